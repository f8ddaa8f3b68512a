"""Treaties by article. The articles here are invented; the treaties are real: the catalogue must know them."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import EditionStatus, Kind, Parcel, keyed
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.treaties import source

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")


def line(treaty: str = "CRPD", lang: str = "en", article: str = "1", /, **changes: Any) -> dict[str, Any]:
    return {
        "treaty": treaty,
        "bwb": "BWBV0",
        "lang": lang,
        "instrument_part": 0,
        "article": article,
        "heading": f"Article {article}",
        "text": "1. Invented. \n2. Invented too.",
        "article_title": None,
    } | changes


def run(path: Path, lines: list[Any], **context: Any) -> list[Item]:
    file = path / "articles.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in lines), encoding="utf-8")
    return list(source.read((File(file, "treaties/articles.jsonl", "00"),), Context(**context)))


def parcels(items: list[Item]) -> list[Parcel]:
    return [item for item in items if isinstance(item, Parcel)]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Refusal)]


def test_a_treaty_has_its_name_from_the_catalogue_and_one_paragraph_an_article(tmp_path: Path) -> None:
    items = run(tmp_path, [line(), line("CRPD", "en", "9", article_title="Access"), line("CRPD", "nl")])
    english, dutch = parcels(items)
    assert (english.work.key, english.work.kind, english.work.body) == ("treaty:CRPD", Kind.TREATY, "CRPD")
    assert english.work.adopted == date(2006, 12, 13)
    assert english.work == dutch.work
    assert english.work.title["ko"]
    assert (english.edition.status, dutch.edition.status) == (
        EditionStatus.OFFICIAL,
        EditionStatus.OFFICIAL_TRANSLATION,
    )
    article = keyed(english.paragraphs)[1]
    assert (article.key, article.heading) == ("art.9", ("Article 9", "Access"))
    assert article.text == "1. Invented.\n2. Invented too."
    assert items[-1] == Complete()
    assert any(isinstance(item, Signal) and "CRPD has 50 articles" in item.what for item in items)


def test_a_second_part_of_a_publication_is_another_treaty(tmp_path: Path) -> None:
    items = run(tmp_path, [line("ICCPR"), line("ICCPR", instrument_part=1)])
    assert [parcel.work.key for parcel in parcels(items)] == ["treaty:ICCPR", "treaty:ICCPR-OP1"]


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [
        line("Treaty of Exampland"),
        line("CRC", instrument_part=7),
        line("CRPD", "xx"),
        line(),
        line(),
        line("CRPD", "en", "2", text=" "),
        "{",
        line("CAT"),
        line("CRPD", "en", "3"),
        line("CEDAW", novelty=1),
    ]
    items = run(tmp_path, lines)
    assert [(parcel.work.key, parcel.whole) for parcel in parcels(items)] == [
        ("treaty:CRPD", False),
        ("treaty:CAT", True),
        ("treaty:CEDAW", True),
    ]
    assert reasons(items)[:5] == [
        "unknown treaty 'Treaty of Exampland', part 0",
        "unknown treaty 'CRC', part 7",
        "unknown language 'xx'",
        "article 1 stands twice",
        "text is empty",
    ]
    assert reasons(items)[6] == "articles of this edition stood further up"
    assert any(isinstance(item, Signal) and item.what == "unknown field 'novelty'" for item in items)
    assert not any(isinstance(item, Complete) for item in items)


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    items = run(tmp_path, [line(), line("CRPD", "nl")], languages=("nl",))
    assert [parcel.edition.lang for parcel in parcels(items)] == ["nl"]
    assert items[-1] == Complete(("nl",))


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_file() -> None:
    path = CORPUS / "treaties" / "articles.jsonl"
    items = list(source.read((File(path, "treaties/articles.jsonl", "00"),), Context()))
    found = parcels(items)
    assert len(items) == 58  # 57 editions, none with more or fewer articles than its treaty, and the end
    assert items[-1] == Complete()
    assert len({parcel.work.key for parcel in found}) == 29
    assert sum(len(parcel.paragraphs) for parcel in found) == 1645
    assert all(parcel.whole for parcel in found)
    assert describe(Path(source.__file__).parent).rank == 70
