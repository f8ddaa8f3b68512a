"""Journey 6: a translator loads a translation whose numbers do not match, mends it and loads it again. All invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import timezone

from smallplaces.model.document import Edition, Kind, Paragraph, ParagraphKind, Parcel, Work
from smallplaces.sources import registry
from smallplaces_site.actions.import_source import Outcome, import_source
from smallplaces_site.corpus import models
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.originals import original_numbers
from smallplaces_site.corpus.store import Store

pytestmark = pytest.mark.django_db

KEY = "CRPD/C/GC/99"
MAPPING = (
    "id: bogi\ntitle: 보기\npublisher: 보기 위원회\nlicence: 공공\nlang: ko\nkind: general-comment\n"
    "status: institution-translation\ncolumns: {symbol: 문서, number: 문단, text: 번역문}\n"
)


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    settings.HOME = str(tmp_path / "home")  # type: ignore[attr-defined]
    original = tuple(Paragraph(text=f"Invented paragraph {n}.", number=str(n)) for n in (1, 2, 10))
    footnote = Paragraph(text="A note.", number="5", kind=ParagraphKind.FOOTNOTE)
    run = models.Run.objects.create(source="original", started=timezone.now())
    work = Work(key=KEY, kind=Kind.GENERAL_COMMENT, body="CRPD")
    Store(run, 60).save([(Parcel(work, Edition(lang="en"), (*original, footnote)), None)])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "collection.yml").write_text(MAPPING, encoding="utf-8")
    return tmp_path / "mine"


def load(folder: Path, *rows: tuple[str, str]) -> tuple[Outcome, list[dict[str, object]]]:
    lines = "".join(f"{KEY},{number},{text}\n" for number, text in rows)
    (folder / "번역.csv").write_text(f"문서,문단,번역문\n{lines}", encoding="utf-8")
    ((source, files),) = registry.match(folder)
    outcome = import_source(source, files)
    if not outcome.report:
        return outcome, []
    home = folder.parent / "home"
    lines = next(home.rglob(Path(outcome.report).name)).read_text(encoding="utf-8")
    return outcome, [json.loads(line) for line in lines.splitlines()]


def korean() -> list[tuple[str, str]]:
    edition = documents.work(KEY).edition("ko")
    assert edition is not None
    return [(paragraph.key, paragraph.text) for paragraph in documents.paragraphs(edition.id)]


def test_the_numbers_of_the_original_are_those_of_its_body_in_order(folder: Path) -> None:
    assert original_numbers(KEY) == ["1", "2", "10"]
    assert original_numbers("CRPD/C/GC/98") is None


def test_numbers_that_do_not_match_are_shown_mended_and_gone(folder: Path) -> None:
    outcome, told = load(folder, ("1", "하나"), ("22", "둘"), ("10", "열"))
    assert (outcome.new, outcome.refused) == (3, 0)
    assert [(line["where"], line["what"]) for line in told] == [
        ("번역.csv:3", f"paragraph 22 is not in the original of {KEY}"),
        ("번역.csv:4", f"paragraphs of the original of {KEY} that are not here: 2"),
    ]
    assert korean() == [("1", "하나"), ("22", "둘"), ("10", "열")]
    outcome, told = load(folder, ("1", "하나"), ("2", "둘"), ("10", "열"))
    assert told == []
    assert (outcome.new, outcome.unchanged, outcome.withdrawn) == (1, 2, 1)
    assert korean() == [("1", "하나"), ("2", "둘"), ("10", "열")]
