"""Reports of Special Rapporteurs: metadata and numbering. The reports here are invented."""

from __future__ import annotations

import json
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallplaces.model.document import Kind, Label, Paragraph, ParagraphKind, Parcel, keyed
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.special_procedures import source
from smallplaces.sources.special_procedures.numbering import running, sorted_out

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")


def about(file: str = "a.json", /, **changes: Any) -> dict[str, Any]:
    return {
        "file": file,
        "mandate": "SR Education",
        "symbol": "A/HRC/97/5",
        "title": "Invented schools",
        "year": 2031,
        "date": "2031",
        "link": "https://example.org/5",
        "paragraphs": 1,
    } | changes


def line(file: str = "a.json", seq: int = 0, /, **changes: Any) -> dict[str, Any]:
    base = {"file": file, "symbol": "A/HRC/97/5", "seq": seq, "para_id": f"{seq + 1}.", "section": None}
    return base | {"labels": ["Children"], "text": f"Text {seq}."} | changes


def run(path: Path, documents: list[Any], lines: list[Any], **context: Any) -> list[Item]:
    files = []
    for name, rows in (("sp_reports_paragraphs", lines), ("sp_reports_documents", documents)):
        file = path / f"{name}.jsonl"
        file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
        files.append(File(file, f"special-procedures/{name}.jsonl", "00"))
    return list(source.read(tuple(files), Context(**context)))


def parcels(items: list[Item]) -> list[Parcel]:
    return [item for item in items if isinstance(item, Parcel)]


def test_a_report_with_its_mandate(tmp_path: Path) -> None:
    items = run(tmp_path, [about()], [line()])
    parcel = parcels(items)[0]
    assert (parcel.work.key, parcel.work.kind, parcel.work.year) == ("A/HRC/97/5", Kind.SPECIAL_PROCEDURE, 2031)
    assert parcel.work.body == "SP"
    assert parcel.work.facts["mandate"] == "Special Rapporteur on the right to education"
    assert parcel.paragraphs[0].labels == (Label("group", "lszoszk", "Children"),)
    assert items == [parcel, Complete()]


def test_what_stands_outside_the_running_numbers_never_answers_to_one() -> None:
    report = [
        ("1", "Opening paragraph."),
        ("1", "Prohibition and prevention"),
        ("2", "Second paragraph."),
        ("229", "Convention of Exampland, article 10; and more."),
        ("3", "Third paragraph."),
        ("47", "12 I. Invented, A Book (2031)."),
        ("5", "Fifth; the fourth is not in the set."),
    ]
    result = keyed(sorted_out([Paragraph(text, number) for number, text in report]))
    assert [p.key for p in result if not p.key.startswith(("h.", "t.", "fn."))] == ["1", "2", "3", "5"]
    assert [p.kind for p in result if p.key.startswith("h.")] == [ParagraphKind.HEADING]
    assert [p.number for p in result if p.key.startswith("t.")] == ["229"]
    assert [p.kind for p in result if p.key.startswith("fn.")] == [ParagraphKind.FOOTNOTE]
    assert [p.text for p in result] == [text for _, text in report]


def test_a_summary_before_the_body_gives_way_to_it() -> None:
    assert running([1, 2, 3, 1, 2, 3, 4]) == {3, 4, 5, 6}


@given(st.lists(st.integers(0, 30), max_size=40))
def test_the_running_numbers_rise_and_no_longer_run_exists(numbers: list[int]) -> None:
    at = sorted(running(numbers))
    assert all(numbers[a] < numbers[b] for a, b in pairwise(at))
    longest: list[int] = []
    for i, number in enumerate(numbers):
        longest.append(1 + max((longest[j] for j in range(i) if numbers[j] < number), default=0))
    assert len(at) == max(longest, default=0)


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    documents = [
        about("no-symbol.json", symbol="Report"),
        about("no-title.json", title=""),
        about("empty.json"),
        about("good.json", mandate="SR Inventions", novelty=1, paragraphs=2),
        "{",
    ]
    names = ["no-symbol.json", "no-title.json", "unknown.json", "good.json"]
    items = run(tmp_path, documents, [line(name) for name in names])
    assert [(parcel.work.facts["mandate"], parcel.whole) for parcel in parcels(items)] == [("SR Inventions", False)]
    assert sum(isinstance(item, Refusal) for item in items) == 5
    assert [item.what for item in items if isinstance(item, Signal)] == [
        "unknown mandate 'SR Inventions'",
        "declares 2 paragraphs and has 1",
        "unknown field 'novelty'",
    ]


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path, [about()], [line()], languages=("ko",)) == []


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_set() -> None:
    paths = sorted((CORPUS / "special-procedures").iterdir())
    files = tuple(File(path, f"special-procedures/{path.name}", "00") for path in paths)
    items = list(source.read(files, Context()))
    found = parcels(items)
    assert len(items) == 163
    assert items[-1] == Complete()
    assert len({parcel.work.key for parcel in found}) == 162
    assert sum(len(parcel.paragraphs) for parcel in found) == 20444
    kinds = Counter(p.kind for parcel in found for p in parcel.paragraphs)
    assert kinds[ParagraphKind.HEADING] > 100
    assert kinds[ParagraphKind.PARAGRAPH] > 19_000
    assert describe(Path(source.__file__).parent).name == "special_procedures"
