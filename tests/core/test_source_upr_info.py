"""UPR Info: recommendations and pledges, on invented rows; States are real because they must resolve."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from pathlib import Path

import pytest

from smallplaces.model.document import Kind, Paragraph, ParagraphKind, Parcel
from smallplaces.sources import registry, upr
from smallplaces.sources.base import Context, File, Item, Refusal, Signal

ROW = {
    "row_id": "X-1",
    "To": "DPR Korea",
    "To-Rgrp": "Asia",
    "To-Org": "",
    "Text": "Build ramps at every post office (Timor-Leste)",
    "From": "Timor-Leste",
    "From-Rgrp": "Asia",
    "From-Org": "",
    "Response": "Accepted",
    "Action": "5",
    "Issue": "Right to housing,Disabilities",
    "Session": "19",
    "source_file": "17-20",
    "Cycle": "2",
}


def read(folder: Path, *rows: dict[str, str]) -> list[Item]:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "upr_info.csv"
    path.write_text(stream.getvalue(), encoding="utf-8-sig")
    return list(registry.get("upr_info").read((File(path, path.name, ""),), Context()))


def one(items: list[Item]) -> Paragraph:
    (parcel,) = (item for item in items if isinstance(item, Parcel))
    return parcel.paragraphs[0]


def label(paragraph: Paragraph, facet: str) -> list[str]:
    return [found.value for found in paragraph.labels if found.facet == facet]


def test_a_recommendation_with_its_codes(tmp_path: Path) -> None:
    (parcel,) = read(tmp_path, ROW)
    assert isinstance(parcel, Parcel)
    assert (parcel.work.key, parcel.work.kind, parcel.work.session) == ("upr:PRK/19", Kind.UPR_REPORT, "19")
    (paragraph,) = parcel.paragraphs
    assert paragraph.kind is ParagraphKind.RECOMMENDATION
    assert (paragraph.record, paragraph.facts) == ("X-1", {"position": "Accepted"})
    assert paragraph.key == upr.recommendation_key("Build ramps at every post office.", ["TLS"])
    assert {facet: label(paragraph, facet) for facet in ("theme", "action", "position", "recommending", "cycle")} == {
        "theme": ["Right to housing", "Disabilities"],
        "action": ["5"],
        "position": ["supported"],
        "recommending": ["TLS"],
        "cycle": ["2"],
    }


def test_a_pledge_is_no_recommendation_and_has_no_position(tmp_path: Path) -> None:
    paragraph = one(read(tmp_path, {**ROW, "Response": "Voluntary Pledge", "From": "DPR Korea"}))
    assert paragraph.kind is ParagraphKind.PARAGRAPH
    assert (label(paragraph, "position"), label(paragraph, "recommending")) == ([], [])
    assert label(paragraph, "annotation-type") == ["Voluntary pledge"]


def test_blank_codes_are_no_labels(tmp_path: Path) -> None:
    paragraph = one(read(tmp_path, {**ROW, "Issue": "", "Action": "", "Cycle": ""}))
    assert (label(paragraph, "theme"), label(paragraph, "action")) == ([], [])
    assert label(paragraph, "cycle") == ["2"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [("&#40;Unknown&#41;", []), ("Bosnia & Herzegovina", ["BIH"]), ("Republic of Congo", ["COG"]), ("", ["TLS"])],
)
def test_who_recommends(tmp_path: Path, name: str, codes: list[str]) -> None:
    assert label(one(read(tmp_path, {**ROW, "From": name})), "recommending") == codes


@pytest.mark.parametrize(
    ("word", "position"),
    [("Noted", "noted"), ("Rejected", "noted"), ("Pending", "pending"), ("Accepted/Noted", "in-part")],
)
def test_responses_of_all_times(tmp_path: Path, word: str, position: str) -> None:
    assert label(one(read(tmp_path, {**ROW, "Response": word})), "position") == [position]


def test_oddities_are_told_and_the_rows_kept(tmp_path: Path) -> None:
    odd = {**ROW, "Response": "Perhaps", "Action": "9", "From": "Exampland", "Mood": "good"}
    items = read(tmp_path, odd)
    assert one(items).facts == {"position": "Perhaps"}
    assert {item.what for item in items if isinstance(item, Signal)} == {
        "unknown response 'Perhaps'",
        "unknown action '9'",
        "unknown recommending State 'Exampland'",
        "unknown field 'Mood'",
    }


def test_rows_that_belong_nowhere_are_refused_with_their_line(tmp_path: Path) -> None:
    bad = [{"To": "Exampland"}, {"Session": ""}, {"Session": "last"}, {"Text": " "}]
    items = read(tmp_path, ROW, *({**ROW, **change} for change in bad), ROW)
    assert [(item.where, item.reason) for item in items if isinstance(item, Refusal)] == [
        ("upr_info.csv:3", "the State under review is unknown: 'Exampland'"),
        ("upr_info.csv:4", "Session is empty"),
        ("upr_info.csv:5", "Session is not a whole number: 'last'"),
        ("upr_info.csv:6", "Text is empty"),
    ]
    assert sum(len(item.paragraphs) for item in items if isinstance(item, Parcel)) == 2


@pytest.mark.corpus
def test_the_corpus_is_read_and_meets_the_index_in_the_same_paragraphs() -> None:
    folder = os.environ.get("SMALLPLACES_CORPUS")
    if not folder:
        pytest.skip("SMALLPLACES_CORPUS is not set")
    paths = {
        "upr_info": Path(folder, "upr/upr_info_sessions_1-20.csv.gz"),
        "uhri": Path(folder, "uhri/export-full-en.json.gz"),
    }
    keys: dict[str, set[tuple[str, str]]] = {}
    kinds: Counter[str] = Counter()
    for name, path in paths.items():
        found = keys.setdefault(name, set())
        for item in registry.get(name).read((File(path, path.name, ""),), Context()):
            assert not isinstance(item, Refusal | Signal)
            if isinstance(item, Parcel) and item.work.body == upr.BODY:
                found |= {(item.work.key, paragraph.key) for paragraph in item.paragraphs if paragraph.key}
                if name == "upr_info":
                    kinds.update(str(paragraph.kind) for paragraph in item.paragraphs)
    assert kinds == {"recommendation": 41_066, "paragraph": 947}
    assert keys["upr_info"] == keys["uhri"]
    assert len(keys["uhri"]) == 41_062  # four recommendations were made twice by the same State
