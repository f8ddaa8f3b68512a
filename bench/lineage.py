"""Lineage: precision and recall on pairs of demands judged by reading, beside plain TF-IDF.

    SMALLPLACES_HOME=folder python bench/lineage.py [--held-back | --first | --fresh] [--errors] [--json]

The home must hold the corpus, imported. The pairs (tests/golden/lineage) name paragraphs and a verdict, without texts:
same (one demand at least is asked by both), related (the same subject, another demand), different. A fresh sample of
other States is held back: it is measured with --held-back alone, and nobody mends the method by it. Whoever has looked
at its errors makes it open and judges another.

Ours: both stand in one thread, as it is shown to people. Peer: cosine of scikit-learn's TF-IDF over the words of both,
fitted on the demands to the State, at the threshold that gives the peer its best F1 on these very pairs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from smallplaces.enrich.lineage import find_threads
from smallplaces.enrich.lineage.asks import asks_of
from smallplaces_site.cli.main import prepare

GOLDEN = Path(__file__).parent.parent / "tests/golden/lineage/pairs.json"


_FRESH = ("", "first", "fresh")  # samples drawn later, of 110 other States: the first was mended by, the second was not


def judged(part: str) -> list[dict[str, Any]]:
    """The pairs of a part ("open", "held back", "first", "fresh"), each with what ours says, the peer's likeness and
    both texts. One that is not held is left out."""
    by_state: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in json.loads(GOLDEN.read_text(encoding="utf-8")):
        if part == (_FRESH[pair.get("fresh", 0)] or ("held back" if pair["held_back"] else "open")):
            by_state[pair["state"]].append(pair)
    found = [pair for state, pairs in by_state.items() for pair in measured(state, pairs)]
    lost = sum(map(len, by_state.values())) - len(found)
    if lost:
        print(f"{lost} judged pairs are not in this store", file=sys.stderr)
    return found


def measured(state: str, pairs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    from smallplaces_site.lineage.demands import demands_of  # noqa: PLC0415  # needs Django

    demands = [held.demand for held in demands_of(state)]
    texts: dict[str, str] = {demand.id: demand.text for demand in demands}
    for demand in demands:
        for ask in asks_of(demand):
            texts[ask.id] = (
                f"{texts[ask.id]} {ask.text}" if ask.id in texts and ask.item else texts.get(ask.id, ask.text)
            )
    threads: dict[str, set[int]] = defaultdict(set)
    for number, thread in enumerate(find_threads(demands)):
        for member in thread.members:
            threads[member.ask.id].add(number)
    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit(texts.values())
    held = [pair for pair in pairs if pair["a"] in texts and pair["b"] in texts]
    for pair in held:
        one, two = vectorizer.transform([texts[pair["a"]], texts[pair["b"]]])
        pair |= {
            "ours": bool(threads[pair["a"]] & threads[pair["b"]]),
            "peer": float((one @ two.T).sum()),
            "texts": (texts[pair["a"]], texts[pair["b"]]),
        }
    return held


def figures(pairs: Sequence[dict[str, Any]], said: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = sum(pair["verdict"] == "same" and yes for pair, yes in zip(pairs, said, strict=True))
    precision = right / max(1, sum(said))
    recall = right / max(1, sum(pair["verdict"] == "same" for pair in pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-back", action="store_true", help="measure the half that nobody mends by")
    parser.add_argument("--first", action="store_true", help="measure the first sample of 110 further States")
    parser.add_argument("--fresh", action="store_true", help="measure the second, which nobody mended by")
    parser.add_argument("--errors", action="store_true", help="print what ours gets wrong")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    prepare()
    begun = time.perf_counter()
    asked = next((part for part in ("fresh", "first", "held_back") if getattr(chosen, part)), "open")
    pairs = judged(asked.replace("_", " "))
    seconds = time.perf_counter() - begun
    if not pairs:
        sys.exit("no judged pair is in this store: import the corpus first")
    rows = {"ours": figures(pairs, [pair["ours"] for pair in pairs])}
    at = max((step / 100 for step in range(1, 100)), key=lambda t: figures(pairs, [p["peer"] >= t for p in pairs])[2])
    rows[f"TF-IDF cosine ≥ {at:.2f}"] = figures(pairs, [pair["peer"] >= at for pair in pairs])
    sure = [
        t / 100 for t in range(1, 100) if figures(pairs, [p["peer"] >= t / 100 for p in pairs])[0] >= rows["ours"][0]
    ]
    if sure:
        rows[f"TF-IDF cosine ≥ {sure[0]:.2f}"] = figures(pairs, [pair["peer"] >= sure[0] for pair in pairs])
    if chosen.json:
        print(
            json.dumps({name: dict(zip(("precision", "recall", "f1"), row, strict=True)) for name, row in rows.items()})
        )
        return
    counts = {
        verdict: sum(pair["verdict"] == verdict for pair in pairs) for verdict in ("same", "related", "different")
    }
    print(f"{len(pairs)} pairs ({', '.join(f'{n} {verdict}' for verdict, n in counts.items())}), {seconds:.1f} s")
    print(f"{'':24}{'precision':>10}{'recall':>10}{'F1':>10}")
    for name, row in rows.items():
        print(f"{name:24}" + "".join(f"{value:>10.1%}" for value in row))
    if chosen.errors:
        for pair in pairs:
            if pair["ours"] != (pair["verdict"] == "same"):
                what = "found" if pair["ours"] else "missed"
                print(f"\n{what} {pair['verdict']} {pair['state']} {pair['a']} {pair['b']}")
                print("  " + "\n  ".join(text[:200] for text in pair["texts"]))


if __name__ == "__main__":
    main()
