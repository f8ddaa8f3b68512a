"""How long it takes to find, among very many saved searches, those that one new document answers.

    SMALLPLACES_CORPUS=folder python bench/alerts.py --searches 100000

In a home of its own it imports the general comments, saves searches made of the words of the term base (one to three,
some in quotation marks, some with a State, most of them asked across languages), and matches one general comment as
if it had just come in. Beside: asking the index for each search, on some of them, extrapolated to all. On those both
must find the same. ``--home FOLDER`` keeps the home, so that a second run need not save the searches again.
"""

# ruff: noqa: PLC0415 (Django is set up first)
from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smallplaces.search.percolate import Saved

DOCUMENT = "CRPD/C/GC/5"
STATES = ("KOR", "FRA", "BRA", "KEN")
SEED = 20261124


def generated(count: int) -> list[Saved]:
    """Different searches of one to three terms in seven languages."""
    from smallplaces.model.language import CODES
    from smallplaces.search.percolate import Saved
    from smallplaces.vocab.terms import terms

    dice = random.Random(SEED)
    words = sorted({word for term in terms().values() for lang in CODES for word in term.asks(lang)})
    found: dict[str, Saved] = {}
    while len(found) < count:
        some = dice.sample(words, dice.choices((1, 2, 3), (4, 4, 2))[0])
        text = " ".join(f'"{word}"' if dice.random() < 0.2 else word for word in some)
        filters = {"state": (dice.choice(STATES),)} if dice.random() < 0.2 else {}
        across = dice.random() < 0.8
        found.setdefault(f"{text} {filters} {across}", Saved(text, filters, across))
    return list(found.values())


def prepare(corpus: Path, wanted: list[Saved]) -> None:
    """Import the general comments and save the searches, unless the home holds them."""
    from smallplaces_site.actions.import_files import import_files
    from smallplaces_site.actions.initialise import initialise
    from smallplaces_site.alerts.models import Search
    from smallplaces_site.alerts.searches import keep
    from smallplaces_site.corpus.models import Work

    initialise()
    if not Work.objects.exists():
        import_files([corpus / "general-comments"])
    begun = time.perf_counter()
    if Search.objects.count() < len(wanted):
        for start in range(0, len(wanted), 5000):
            keep(wanted[start : start + 5000])
        print(f"saved {len(wanted):,} searches in {time.perf_counter() - begun:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--searches", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=1000, help="searches that the peer is asked")
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args()
    corpus = Path(os.environ.get("SMALLPLACES_CORPUS", ""))
    if not (corpus / "general-comments").is_dir():
        sys.exit("SMALLPLACES_CORPUS is not set to the folder of the real corpus")
    with tempfile.TemporaryDirectory(prefix="alerts-") as folder:
        os.environ["SMALLPLACES_HOME"] = str(asked.home or folder)
        from smallplaces_site.cli.main import prepare as ready

        ready()
        wanted = generated(asked.searches)
        prepare(corpus, wanted)
        measure(wanted, asked.sample)


def measure(wanted: list[Saved], sample: int) -> None:
    """Match the document, ask the peer, compare, and print the table."""
    from smallplaces.search.prepare import prepare_some
    from smallplaces_site.alerts.asked import digest_of
    from smallplaces_site.alerts.searches import answered_by, keep
    from smallplaces_site.corpus.entries import entries
    from smallplaces_site.corpus.index import engine
    from smallplaces_site.corpus.models import Paragraph

    ids = list(
        Paragraph.objects.filter(edition__work__symbol=DOCUMENT, edition__lang="en").values_list("pk", flat=True)
    )
    gc.collect()
    gc.freeze()  # the bench's own list of searches, which no import holds, is not to be looked through again and again
    took, worked = [], []
    for _ in range(5):
        begun, busy = time.perf_counter(), time.process_time()
        answers = answered_by(prepare_some(list(entries(ids))))
        took.append(time.perf_counter() - begun)
        worked.append(time.process_time() - busy)
    some = random.Random(SEED).sample(wanted, min(sample, len(wanted)))
    engine().warm()
    begun, busy = time.perf_counter(), time.process_time()
    found = [set(engine().matching(one.text, filters=one.filters, across=one.across)).intersection(ids) for one in some]
    each, work = (time.perf_counter() - begun) / len(some), (time.process_time() - busy) / len(some)
    rows = keep(some)
    differ = [
        one.text for one, peer in zip(some, found, strict=True) if answers.get(rows[digest_of(one)], set()) != peer
    ]
    hits = sum(map(bool, found))
    print(f"{DOCUMENT}: {len(ids)} paragraphs; {len(wanted):,} searches, {len(answers):,} of them answered")
    print(f"matched: {took[0]:.2f} s the first time, {min(took):.2f} s the best of {len(took)}")
    print(f"processor time: {worked[0]:.2f} s the first time, {min(worked):.2f} s the best")
    print(f"peer: {each * 1000:.2f} ms a search on {len(some):,}, {each * len(wanted):.0f} s for all (extrapolated)")
    print(f"peer, processor time: {work * 1000:.2f} ms a search, {work * len(wanted):.0f} s for all (extrapolated)")
    print(f"the same result for {len(some) - len(differ):,} of {len(some):,} searches, {hits} of them answered")
    print(f"load {os.getloadavg()[0]:.1f}")
    if differ:
        sys.exit(f"another result for: {differ[:5]}")


if __name__ == "__main__":
    main()
