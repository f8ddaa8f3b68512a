"""Search: our engine from query text to hits with facets and excerpts, beside its peers on the same work.

    SMALLPLACES_CORPUS=… python bench/search.py --paragraphs 100000 [--postgres URL] [--json FILE]

Peers in the same run, on the same paragraphs: raw tantivy (its query parser over our terms: ids of the
first 20 hits and the count, nothing else), SQLite FTS5 (pre-tokenised with our terms, as Datasette
would; hits, snippet, count and facets in SQL) and, when a server is given, PostgreSQL with a GIN index.
Every query runs once to warm the caches of files, then is timed with our own caches of counts emptied.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from search_corpus import entries
from search_peers import Fts5, Peer, Postgres, RawTantivy
from smallplaces.search.engine import PAGE_FACETS, Engine
from smallplaces.search.schema import Entry

QUERIES: dict[str, tuple[str, ...]] = {
    "en": (
        "housing", "death penalty", "persons with disabilities", '"adequate housing"', '"free and informed consent"',
        "torture", "impunity", "deinstitutionalization", "violence against women", "right to education",
        "migrant workers", "indigenous peoples land", "freedom of expression", "enforced disappearance",
        "non-refoulement", "child OR children", "accessib*", "racial discrimination police",
        "prison conditions -death", "social security", "reasonable accommodation", "hate speech online",
        "climate change", "juvenile justice", "statelessness",
        "the right to an effective remedy", "conscientious objection to military service", "legal capacity",
        "forced eviction compensation", "state party",
    ),
    "fr": ("liberté d'expression", "personnes handicapées", "peine de mort", "logement", "égalité", "discrimination"),
    "es": ("personas con discapacidad", "educación inclusiva", "violencia", "vivienda", "accesibilidad", "legal"),
    "ru": ("права инвалидов", "образование", "доступность", "пытки", "свобода"),
    "ar": ("الأشخاص ذوي الإعاقة", "التعليم", "حرية التعبير", "العنف", "المساواة"),
    "zh": ("残疾人", "受教育权", "人人有权", "言论自由", "法律"),
    "ko": ("장애인", "피해자", "국가인권위원회", "주거", "미등록"),
}  # fmt: skip


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


Times = dict[str, list[tuple[float, float]]]


def timed(act: Callable[[str], Any], rounds: int, forget: Callable[[], None] = lambda: None) -> Times:
    """(milliseconds on the clock, of processor time) of every query, ``rounds`` times after one to warm the files."""
    times: Times = {}
    for query in (query for queries in QUERIES.values() for query in queries):
        act(query)
        for _ in range(rounds):
            forget()
            start, work = time.perf_counter(), time.process_time()
            act(query)
            times.setdefault(query, []).append(
                ((time.perf_counter() - start) * 1000, (time.process_time() - work) * 1000)
            )
    return times


def row(name: str, times: Times, **more: Any) -> dict[str, Any]:
    """Medians of the rounds of each query; ``cpu``: least processor time of this process, which a busy machine changes
    little (a server's own work is not in it)."""
    medians = [statistics.median(wall for wall, _ in found) for found in times.values()]
    cpu = [min(work for _, work in found) for found in times.values()]
    return {
        "engine": name,
        "p50_ms": round(percentile(medians, 0.5), 3),
        "p95_ms": round(percentile(medians, 0.95), 3),
        "max_ms": round(max(medians), 3),
        "cpu_p50_ms": round(percentile(cpu, 0.5), 3),
        "cpu_p95_ms": round(percentile(cpu, 0.95), 3),
        **more,
    }


def build(engine: Engine, found: list[Entry]) -> dict[str, float]:
    """Index all entries in a rebuild; seconds and paragraphs a second, outside Korean and with it."""
    korean = [one for one in found if one.lang == "ko"]
    others = [one for one in found if one.lang != "ko"]
    start = time.perf_counter()
    with engine.rebuild() as batch:
        batch.add(others)
        analysed = time.perf_counter()
        batch.add(korean)
        korean_seconds = time.perf_counter() - analysed
    seconds = time.perf_counter() - start
    return {
        "seconds": round(seconds, 1),
        "paragraphs_per_second_outside_korean": round(len(others) / (seconds - korean_seconds)),
        "korean_paragraphs": len(korean),
        "korean_seconds": round(korean_seconds, 1),
    }


def ours(engine: Engine, rounds: int) -> list[dict[str, Any]]:
    def forget() -> None:
        engine.backend._reader.counter._kept.clear()  # type: ignore[attr-defined]

    full = timed(lambda query: engine.search(query, facets=PAGE_FACETS, limit=20), rounds, forget)
    kept = timed(lambda query: engine.search(query, facets=PAGE_FACETS, limit=20), rounds)
    bare = timed(lambda query: engine.search(query, limit=20), rounds)
    across = timed(lambda query: engine.search(query, facets=PAGE_FACETS, limit=20, across=True), rounds, forget)
    work = {query: min(cpu for _, cpu in found) for query, found in full.items()}
    slow = sorted(work, key=lambda query: -work[query])[:6]
    print("most work:", ", ".join(f"{query} {work[query]:.1f}" for query in slow))
    return [
        row("Small Places: hits, excerpts, 6 facets", full),
        row("Small Places: the same, counts kept", kept),
        row("Small Places: hits and excerpts", bare),
        row("Small Places: hits, excerpts, 6 facets, asked across languages", across),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgres", default="", help="address of a PostgreSQL database to compare with")
    parser.add_argument("--peers", default="tantivy,fts5", help="which peers to run, besides PostgreSQL when given")
    parser.add_argument("--folder", type=Path, help="keep the indexes here")
    parser.add_argument("--again", action="store_true", help="ask our index that --folder holds already, and no peers")
    parser.add_argument("--json", type=Path, help="write the figures here")
    given = parser.parse_args()
    root = os.environ.get("SMALLPLACES_CORPUS", "")
    if not root:
        sys.exit("SMALLPLACES_CORPUS is not set: this bench reads the real corpus")
    with tempfile.TemporaryDirectory(prefix="smallplaces-bench-") as temporary:
        folder = given.folder or Path(temporary)
        found = [] if given.again else list(entries(Path(root), given.paragraphs))
        engine = Engine(folder / "ours")
        built = {} if given.again else build(engine, found)
        print(f"{engine.count():,} paragraphs indexed: {built}")
        engine.warm()
        rows = ours(engine, given.rounds)
        peers: list[Peer] = []
        if "tantivy" in given.peers and not given.again:
            peers.append(RawTantivy(folder / "raw"))
        if "fts5" in given.peers and not given.again:
            peers.append(Fts5(folder / "fts5.db"))
        if given.postgres and not given.again:
            peers.append(Postgres(given.postgres))
        for peer in peers:
            start = time.perf_counter()
            peer.build(found)
            seconds = round(time.perf_counter() - start, 1)
            rows.append(row(peer.name, timed(peer.search, min(given.rounds, peer.most_rounds)), build_seconds=seconds))
    report(rows, built, given)


def report(rows: list[dict[str, Any]], built: dict[str, float], given: argparse.Namespace) -> None:
    mine = rows[0]
    columns = ("p50_ms", "p95_ms", "max_ms", "cpu_p50_ms", "cpu_p95_ms", "p50_ratio", "p95_ratio")
    print(" ".join([f"{'engine':58}", *(f"{name:>10}" for name in columns)]))
    for one in rows:
        one["p50_ratio"] = round(one["p50_ms"] / mine["p50_ms"], 1)
        one["p95_ratio"] = round(one["p95_ms"] / mine["p95_ms"], 1)
        print(" ".join([f"{one['engine']:58}", *(f"{one[name]:10.2f}" for name in columns)]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    result = {
        "paragraphs": given.paragraphs,
        "load": [round(load, 1) for load in os.getloadavg()],
        "queries": sum(map(len, QUERIES.values())),
        "tantivy": version("tantivy"),
        "index": built,
        "peak_mb": memory,
        "rows": rows,
    }
    print(json.dumps(result))
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
