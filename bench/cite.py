"""Citations: precision and recall on labelled paragraphs, and speed, beside a plain regular expression.

    python bench/cite.py [--held-back | --unseen | --fresh] [--errors] [--speed] [--changes] [--record] [--json]

The labels (tests/golden/cite) hold offsets and targets; the texts are read from SMALLPLACES_CORPUS. A third of them is
held back: it is printed with --held-back alone, and nobody mends the finder by it. --unseen are paragraphs labelled
later, measured once before anything was mended by them (the first figures stand in bench/README.md); part of them was
sought out because it holds forms that were known to be missed ("hard"). --fresh are English paragraphs drawn by chance
(seed 20261124) over bodies and decades, labelled before the finder was asked. --changes says what this version finds
that the last release did not, and the other way round (release.json, written anew with --record at a release).

A unit is one citation (a whole list of articles is one). Precision: of the citations found with targets, those whose
every target stands in an overlapping label of the same kind. Recall: of the labels, those all of whose targets were
found. A law has no target: it is right when the label says law and the finder claims no treaty there.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import zstandard

from smallplaces import config
from smallplaces.enrich.cite import VERSION, annotate
from smallplaces.parse import parse_file

GOLDEN = Path(__file__).parent.parent / "tests/golden/cite"
RELEASE = GOLDEN / "release.json"
PARTS = ("open", "held back", "unseen", "fresh")
Unit = tuple[str, str]
Spans = list[tuple[int, int, str, list[str]]]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix == ".pdf":
        yield from ({"text": paragraph.text} for paragraph in parse_file(path).paragraphs)
    elif path.name.endswith("export-full-en.json.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from json.load(file)
    elif path.suffix == ".zst":
        with path.open("rb") as raw:
            yield from map(
                json.loads, io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8")
            )
    else:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


def text_of(row: dict[str, Any]) -> str:
    return str(row.get("text") or row.get("Text") or "")


def entries_of(part: str) -> list[dict[str, Any]]:
    """The labels of one of :data:`PARTS`."""
    name = f"{part}.json" if part in ("unseen", "fresh") else "paragraphs.json"
    entries: list[dict[str, Any]] = json.loads((GOLDEN / name).read_text(encoding="utf-8"))
    return [entry for entry in entries if entry["held_back"] == (part == "held back")]


def labelled(corpus: Path, part: str = "open") -> list[dict[str, Any]]:
    """The labelled paragraphs with their texts; one whose text has changed is reported and left out."""
    wanted: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for entry in entries_of(part):
        wanted[entry["file"]][entry["index"]] = entry
    for file, entries in wanted.items():
        # Of a file that is parsed the text alone counts: a better parser may count paragraphs otherwise.
        parsed = {entry["sha256"]: entry for entry in entries.values()} if file.endswith(".pdf") else None
        for index, row in enumerate(lines(corpus / file)):
            text = text_of(row)
            known = entries.get(index) if parsed is None else parsed.get(_hash(text))
            if known is not None:
                known["text"] = text
    found = [entry for entries in wanted.values() for entry in entries.values()]
    same = [e for e in found if _hash(e.get("text", "")) == e["sha256"]]
    if len(same) < len(found):
        print(f"{len(found) - len(same)} labelled paragraphs are not in this corpus", file=sys.stderr)
    return same


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def ours(entry: dict[str, Any]) -> Spans:
    cited = annotate(entry["text"], body=entry["body"], lang=entry["lang"], symbol=entry["symbol"])
    return [(c.start, c.end, str(c.kind), list(c.targets)) for c in cited]


_PEER = re.compile(
    r"\b(?:[Aa]rt(?:icles?|s?\.)|[Aa]rtículos?|[Сс]тать\w+)\s+(\d+)|([A-Z]+(?:/[A-Z\d.-]+){2,})|comment No\. (\d+)"
)


def peer(entry: dict[str, Any]) -> Spans:
    """What one writes in five minutes: a regular expression, and the body's treaty for every article."""
    treaty = {"CCPR": "ICCPR", "CESCR": "ICESCR", "CERD": "ICERD", "CMW": "ICMW", "CED": "ICPPED"}
    body = entry["body"]
    spans: Spans = []
    for m in _PEER.finditer(entry["text"]):
        if m[1]:
            spans.append((m.start(), m.end(), "article", [f"treaty:{treaty.get(body, body)}/{m[1]}"]))
        elif m[2]:
            spans.append((m.start(), m.end(), "symbol", [m[2].rstrip(".")]))
        else:
            spans.append((m.start(), m.end(), "general-comment", [f"{body}/C/GC/{m[3]}"]))
    return spans


def score(
    entries: list[dict[str, Any]], finder: Callable[[dict[str, Any]], Spans], *, errors: bool = False
) -> dict[Unit, Counter[str]]:
    table: dict[Unit, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        found = finder(entry)
        labels: Spans = [(c["start"], c["end"], c["kind"], c["targets"]) for c in entry["citations"]]
        for start, end, kind, targets in labels:
            meeting = [f for f in found if f[0] < end and start < f[1]]
            got = {target for f in meeting if f[2] == kind for target in f[3]}
            if kind == "law":
                right = any(f[2] in ("law", "article") and not f[3] for f in meeting)
            else:
                right = set(targets) <= got and any(f[2] == kind for f in meeting)
            table[entry["lang"], kind]["tp" if right else "fn"] += 1
            lost = " ".join(sorted(set(targets) - got)[:4])
            _say("missed" if errors and not right else "", entry, (start, end), f"{kind} {lost}")
        for start, end, kind, targets in found:
            meeting = [x for x in labels if x[0] < end and start < x[1]]
            known = {target for x in meeting if x[2] == kind for target in x[3]}
            wrong = not set(targets) <= known if kind != "law" else not any(x[2] == "law" for x in meeting)
            table[entry["lang"], kind]["fp"] += wrong
            table[entry["lang"], kind]["found"] += bool(targets) or kind == "law"
            strange = " ".join(sorted(set(targets) - known)[:4])
            _say("wrong" if errors and wrong else "", entry, (start, end), f"{kind} {strange}")
    return table


def _say(verdict: str, entry: dict[str, Any], where: tuple[int, int], what: str) -> None:
    if verdict:
        start, end = where
        text = entry["text"]
        around = f"{text[max(0, start - 50) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")
        print(f"{verdict:7}{entry['lang']} {entry['body']} {entry['symbol']} {what}: {around}")


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f}" if whole else "     -"


def print_table(title: str, table: dict[Unit, Counter[str]]) -> dict[str, dict[str, int]]:
    print(f"\n{title}\nlang kind               labelled  precision  recall")
    result: dict[str, dict[str, int]] = {}
    rows = dict(sorted(table.items()))
    for lang in sorted({lang for lang, _ in table}):
        rows[lang, "all three main kinds"] = sum(
            (c for (at, k), c in table.items() if at == lang and k in ("article", "symbol", "general-comment")),
            Counter(),
        )
    for (lang, kind), cell in sorted(rows.items()):
        tp, fp, fn, found = cell["tp"], cell["fp"], cell["fn"], cell["found"]
        print(f"{lang:4} {kind:21}{tp + fn:6}     {percent(found - fp, found)}  {percent(tp, tp + fn)}")
        result[f"{lang}/{kind}"] = {"labelled": tp + fn, "found": found, "wrong": fp, "missed": fn}
    return result


def speed(corpus: Path) -> dict[str, float]:
    """Megabytes (UTF-8) a second of one core's own time, over general comments and a slice of the jurisprudence."""
    paragraphs = [(text_of(r), str(r["committee"])) for r in lines(corpus / "general-comments/paragraphs.jsonl.gz")]
    for n, row in enumerate(lines(corpus / "jurisprudence/jurisprudence_paragraphs.jsonl.zst")):
        if n % 12 == 0:
            paragraphs.append((text_of(row), row["doc_id"].split("-")[0].upper()))
    size = sum(len(text.encode()) for text, _ in paragraphs) / 1e6
    annotate("article 1 of the Covenant", body="CCPR")
    results = {}
    for name, work in (
        ("Small Places", lambda t, b: annotate(t, body=b, lang="en")),
        ("plain regular expression", lambda t, b: peer({"text": t, "body": b})),
    ):
        begun = time.process_time()
        count = sum(len(work(text, body)) for text, body in paragraphs)
        took = time.process_time() - begun
        results[name] = round(size / took, 2)
        print(f"{name:26}{size:6.1f} MB in {took:5.1f} s = {size / took:5.1f} MB/s, {count:,} references")
    return results


def record(corpus: Path) -> None:
    """Keep what this version finds on every labelled paragraph, for the next to be held against."""
    found = {_place(entry): ours(entry) for part in PARTS for entry in labelled(corpus, part)}
    rows = ",\n".join(f"{json.dumps(place)}: {json.dumps(spans)}" for place, spans in sorted(found.items()) if spans)
    RELEASE.write_text(f'{{"version": {json.dumps(VERSION)}, "found": {{\n{rows}\n}}}}\n', encoding="utf-8")


def changes(corpus: Path) -> dict[str, int]:
    """What is found now and was not, and the other way round; and how much of it the labels bear out."""
    release = json.loads(RELEASE.read_text(encoding="utf-8"))
    tally: Counter[str] = Counter()
    for part in PARTS:
        for entry in labelled(corpus, part):
            known = {(c["kind"], target) for c in entry["citations"] for target in c["targets"]}
            then = _claims(release["found"].get(_place(entry), []))
            now = _claims(ours(entry))
            for verdict, claims in (("gained", now - then), ("lost", then - now)):
                for kind, target in sorted(claims):
                    right = (kind, target) in known
                    tally[f"{verdict} {'rightly' if right == (verdict == 'gained') else 'wrongly'}"] += 1
                    print(
                        f"{verdict} {'right' if right else 'wrong'} {entry['lang']} {entry['symbol']} {kind} {target}"
                    )
    print(f"\nversion {VERSION} against release {release['version']}: {dict(sorted(tally.items())) or 'no change'}")
    return dict(tally)


def _claims(spans: Any) -> set[tuple[str, str]]:
    return {(kind, target) for _start, _end, kind, targets in spans for target in targets}


def _place(entry: dict[str, Any]) -> str:
    return f"{entry['file']}#{entry['index']}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for flag in ("--held-back", "--unseen", "--fresh", "--errors", "--speed", "--changes", "--record", "--json"):
        options.add_argument(flag, action="store_true")
    chosen = options.parse_args()
    folder = config.load()["SMALLPLACES_CORPUS"]
    if not folder:
        sys.exit("SMALLPLACES_CORPUS is not set: the labels have no texts without it")
    corpus = Path(folder)
    for wanted, work in ((chosen.speed, speed), (chosen.changes, changes)):
        if wanted:
            result = work(corpus)
            print(json.dumps(result) if chosen.json else result)
            return
    if chosen.record:
        record(corpus)
        return
    part = "held back" if chosen.held_back else "unseen" if chosen.unseen else "fresh" if chosen.fresh else "open"
    entries = labelled(corpus, part)
    table = print_table(f"Small Places, {len(entries)} paragraphs, {part}", score(entries, ours, errors=chosen.errors))
    print_table("A plain regular expression on the same", score(entries, peer))
    if chosen.json:
        print(json.dumps(table))


if __name__ == "__main__":
    main()
