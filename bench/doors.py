"""Doors: how often a deadline that is read in a committee's text is the one that stands there, beside a plain peer.

    SMALLPLACES_HOME=folder python bench/doors.py [--errors] [--json]

The home must hold the corpus, imported. tests/golden/deadlines/labels.csv names paragraphs of the Committee on the
Rights of Persons with Disabilities and what is due by them, without texts: one reader read each sentence that the
machine claimed and each other paragraph that names a period, a date to come or the simplified procedure together with
a report or information. So a sentence that does neither, and still sets a day, would be missed by the labels too.

Precision and recall of (paragraph, what is due, day); apart: whether the paragraphs meant for follow-up are the right
ones, and whether the simplified procedure is. The peer takes the first date after "by" or "no later than" of any
paragraph that says "report", and "within N months" of any that says "information".
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from smallplaces.enrich.deadlines import read_deadlines
from smallplaces_site.cli.main import prepare

GOLDEN = Path(__file__).parent.parent / "tests/golden/deadlines/labels.csv"
_DATE = re.compile(r"(?:by|no later than) (\d{1,2} [A-Z][a-z]+ \d{4})")
_PERIOD = re.compile(r"within (\d+) months")


class Claim(NamedTuple):
    """One deadline: where it stands, what is due, and the day or period ("P12M")."""

    work: str
    lang: str
    paragraph: str
    kind: str
    due: str


Found = dict[Claim, tuple[frozenset[str], bool]]


def labels() -> Found:
    """What stands there."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return {
            Claim(row["work"], row["lang"], row["paragraph"], row["kind"], row["due"]): (
                frozenset(row["paragraphs"].split()),
                row["simplified"] == "yes",
            )
            for row in csv.DictReader(file)
        }


def texts() -> Iterator[tuple[str, str, str, str]]:
    """(work, language, paragraph, text) of every paragraph of concluding observations in the store."""
    from smallplaces_site.corpus.models import Reading  # noqa: PLC0415 - needs Django, prepared

    rows = Reading.objects.filter(shown=True, paragraph__edition__work__kind="concluding-observations")
    names = ("paragraph__edition__work__key", "paragraph__edition__lang", "paragraph__key", "text")
    yield from rows.values_list(*names).iterator(chunk_size=2000)


def ours(rows: list[tuple[str, str, str, str]]) -> Found:
    """What the machine reads."""
    return {
        Claim(work, lang, paragraph, due.kind.value, due.date or f"P{due.months}M"): (
            frozenset(due.paragraphs),
            due.simplified,
        )
        for work, lang, paragraph, text in rows
        for due in read_deadlines(text, lang)
    }


def plain(rows: list[tuple[str, str, str, str]]) -> Found:
    """What the peer reads."""
    found: Found = {}
    for work, lang, paragraph, text in rows:
        date, period = _DATE.search(text), _PERIOD.search(text)
        if date and "report" in text:
            try:
                day = datetime.strptime(date[1], "%d %B %Y").date().isoformat()
            except ValueError:
                continue
            found[Claim(work, lang, paragraph, "next-report", day)] = (frozenset(), False)
        elif period and "information" in text:
            found[Claim(work, lang, paragraph, "follow-up", f"P{period[1]}M")] = (frozenset(), False)
    return found


def score(found: Found, truth: Found) -> dict[str, float]:
    """Precision and recall, and how often what goes with a right claim is right too."""
    right = [claim for claim in found if claim in truth]
    follow = [claim for claim in right if claim.kind == "follow-up"]
    return {
        "claims": len(found),
        "right": len(right),
        "precision": len(right) / len(found) if found else 0.0,
        "recall": len(right) / len(truth),
        "paragraphs": sum(found[claim][0] == truth[claim][0] for claim in follow) / len(follow) if follow else 0.0,
        "simplified": sum(found[claim][1] == truth[claim][1] for claim in right) / len(right) if right else 0.0,
    }


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--errors", action="store_true")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    prepare()
    rows = list(texts())
    held = {(work, lang) for work, lang, _paragraph, _text in rows}
    truth = {claim: more for claim, more in labels().items() if (claim.work, claim.lang) in held}
    results = {"ours": score(ours(rows), truth), "plain patterns": score(plain(rows), truth)}
    if options.json:
        print(json.dumps({"paragraphs": len(rows), "labels": len(truth), **results}))
        return
    print(f"{len(rows):,} paragraphs of {len(held)} editions, {len(truth)} labelled deadlines")
    for name, figures in results.items():
        shown = "  ".join(
            f"{key} {value:.3f}" if value <= 1 else f"{key} {value:.0f}" for key, value in figures.items()
        )
        print(f"{name:15} {shown}")
    if options.errors:
        mine = ours(rows)
        for claim in sorted(set(mine) ^ set(truth)):
            print("missed" if claim in truth else "wrong ", *claim)


if __name__ == "__main__":
    main()
