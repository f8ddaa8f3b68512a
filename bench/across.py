"""Search across languages: known articles, asked for in one language and sought in another, with and without the terms.

    SMALLPLACES_CORPUS=… SMALLPLACES_HOME=… python bench/across.py [--json FILE] [--missed]

The index of SMALLPLACES_HOME holds the whole corpus. Each query is asked with ``lang:`` of the other language as its
filter, so an article stands among all that the corpus holds in that language: a few hundred paragraphs in Korean,
hundreds of thousands in English. ``declarations`` asks the same among the texts of the Universal Declaration alone.

Known items: (1) the 30 articles of the Universal Declaration, whose queries stand in ``across_gists.yml``: the term
base was mended by what this set missed, so its figures are the best that can be hoped for; (2) articles of the
Convention on the Rights of Persons with Disabilities, which the corpus holds in English, asked in six languages among
all English articles of treaties (``across_treaty_gists.yml``): held back at first, mended since by what it missed;
(3) articles of the Convention on the Rights of the Child, in the same way (``across_children_gists.yml``): held back.

The peer in the same run is the same engine without the terms of the term base: what it found before.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from smallplaces.model.language import CODES
from smallplaces.search.engine import Engine

_HERE = Path(__file__).parent
_DEPTH = 10
_AIM = 0.85


@dataclass
class Score:
    """Ranks of the known items of one pair of languages; 0: not among the first ten."""

    ranks: list[int] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the items that stand among the first ten."""
        return sum(rank > 0 for rank in self.ranks) / len(self.ranks)

    @property
    def mrr(self) -> float:
        """The mean of 1 / rank."""
        return statistics.mean(1 / rank if rank else 0.0 for rank in self.ranks)


def gists(file: str) -> dict[str, Mapping[str, str]]:
    """Number of the article -> language -> query."""
    read = yaml.safe_load((_HERE / file).read_text(encoding="utf-8"))
    return {str(number): queries for number, queries in read.items()}


def rank(engine: Engine, query: str, lang: str, work: str, number: str, *, across: bool, within: str = "") -> int:
    """Where the article stands among the first hits in the language; 0 when it does not."""
    text = f"{query} {within}".strip()
    hits = engine.search(text, langs=[lang], limit=_DEPTH, across=across).hits
    places = [at for at, hit in enumerate(hits, 1) if hit.work == work and hit.number == number]
    return places[0] if places else 0


def pairs(
    engine: Engine, items: Mapping[str, Mapping[str, str]], targets: Iterable[str], work: str, within: str = ""
) -> Iterator[tuple[str, str, Score, Score]]:
    """(language asked, language sought, with the terms, without them)."""
    for target in targets:
        for asked in CODES:
            if asked == target or asked not in next(iter(items.values())):
                continue
            scores = (Score(), Score())
            for number, queries in items.items():
                for score, across in zip(scores, (True, False), strict=True):
                    at = rank(engine, queries[asked], target, work, number, across=across, within=within)
                    score.ranks.append(at)
                    if not at:
                        score.missed.append(f"{number} {queries[asked]}")
            yield asked, target, *scores


def told(name: str, found: list[tuple[str, str, Score, Score]], *, missed: bool) -> dict[str, object]:
    """Print the table of one run; its figures."""
    print(f"\n{name}: recall@{_DEPTH} / MRR with the terms (without them), asked in the row, sought in the column")
    by_pair = {(asked, target): (wide, bare) for asked, target, wide, bare in found}
    targets = list(dict.fromkeys(target for _, target, _, _ in found))
    print("     " + "".join(f"{target:^26}" for target in targets))
    for asked in CODES:
        cells = []
        for target in targets:
            if (asked, target) not in by_pair:
                cells.append(f"{'':^26}")
                continue
            wide, bare = by_pair[asked, target]
            cells.append(f"{wide.recall:.2f}/{wide.mrr:.2f} ({bare.recall:.2f}/{bare.mrr:.2f})".center(26))
        print(f"{asked:5}" + "".join(cells))
    recalls = [wide.recall for _, _, wide, _ in found]
    reached = sum(recall >= _AIM for recall in recalls)
    print(f"pairs with recall@{_DEPTH} of {_AIM} or more: {reached} of {len(recalls)}; lowest {min(recalls):.2f}")
    if missed:
        for asked, target, wide, _ in found:
            if wide.missed:
                print(f"  {asked} > {target}: " + "; ".join(wide.missed))
    return {
        f"{asked}>{target}": {
            "recall": round(wide.recall, 3),
            "mrr": round(wide.mrr, 3),
            "recall_without": round(bare.recall, 3),
            "mrr_without": round(bare.mrr, 3),
        }
        for asked, target, wide, bare in found
    }


def own(engine: Engine, items: Mapping[str, Mapping[str, str]], work: str) -> dict[str, float]:
    """Recall of each language asked in itself: what ranking alone allows."""
    return {
        lang: round(
            sum(rank(engine, queries[lang], lang, work, number, across=False) > 0 for number, queries in items.items())
            / len(items),
            2,
        )
        for lang in CODES
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    given = parser.parse_args()
    home = os.environ.get("SMALLPLACES_HOME", "")
    if not home:
        sys.exit("SMALLPLACES_HOME is not set: this bench asks the index of the whole corpus")
    engine = Engine(Path(home) / "index")
    if not engine.count():
        sys.exit(f"the index in {home} is {engine.state()}: import the corpus, or run smallplaces rebuild")
    print(f"{engine.count():,} paragraphs; by language:", dict(engine.backend.values("lang")))
    items = gists("across_gists.yml")
    figures: dict[str, object] = {
        "whole": told("the whole corpus", list(pairs(engine, items, CODES, "udhr")), missed=given.missed),
        "declarations": told(
            "the Declaration alone", list(pairs(engine, items, CODES, "udhr", "symbol:udhr")), missed=given.missed
        ),
        "mended": told(
            "articles of the CRPD among English treaties",
            list(pairs(engine, gists("across_treaty_gists.yml"), ["en"], "treaty:CRPD", "kind:treaty")),
            missed=given.missed,
        ),
        "held back": told(
            "articles of the CRC among English treaties, held back",
            list(pairs(engine, gists("across_children_gists.yml"), ["en"], "treaty:CRC", "kind:treaty")),
            missed=given.missed,
        ),
        "own": own(engine, items, "udhr"),
    }
    print("\nasked in its own language, the whole corpus:", figures["own"])
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
