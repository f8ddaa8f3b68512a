"""Importing one source: when files are read, and when what is missing is believed to be gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smallplaces.model.document import Edition, Kind, Paragraph, Parcel, Work
from smallplaces.sources.base import Complete, Context, Description, File, Item, Source
from smallplaces_site.actions.import_source import Outcome, import_source
from smallplaces_site.corpus.models import Run

pytestmark = pytest.mark.django_db

WORK = Work(key="example:lines", kind=Kind.OTHER)


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """An invented source: every line of a file is a record, and the file is all there is."""
    for file in files:
        for number, line in enumerate(file.path.read_text().splitlines(), start=1):
            paragraph = Paragraph(line, str(number), record=str(number))
            yield Parcel(WORK, Edition("en"), (paragraph,), whole=False)
    yield Complete()


SOURCE = Source(
    Description("lines", "Lines", "nobody", "none", "none", ("en",), ("*.txt",)),
    read=read,
    folder=Path(__file__).parent,
)


def deliver(home: Path, count: int, *, accept_withdrawals: bool = False) -> Outcome:
    path = home / "lines.txt"
    path.write_text("\n".join(f"Invented line {number}." for number in range(count)))
    return import_source(SOURCE, [(path, path.name)], accept_withdrawals=accept_withdrawals)


def test_the_same_files_are_not_read_twice_and_the_run_says_what_the_first_said(home: Path) -> None:
    deliver(home, 300)
    doubted = deliver(home, 100)
    again = deliver(home, 100)

    assert "lacks 200 of the 300" in doubted.message
    assert (again.read, again.new, again.unchanged, again.message) == (100, 0, 100, doubted.message)
    kept = Run.objects.get(pk=again.run)
    assert (kept.message, kept.outcome) == (doubted.message, doubted.outcome)


def test_a_doubted_delivery_is_believed_when_asked_with_the_very_same_files(home: Path) -> None:
    deliver(home, 300)
    assert deliver(home, 100).withdrawn == 0
    assert deliver(home, 100, accept_withdrawals=True).withdrawn == 200
