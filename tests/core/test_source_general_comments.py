"""General comments: keys, aliases, dates, labels. The comments here are invented."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import Kind, Label, Parcel
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.general_comments import source

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")


def about(file: str = "a.json", paragraphs: int = 1, /, **changes: Any) -> dict[str, Any]:
    return {
        "file": file,
        "Name": "General Comment No. 7: Invented matters",
        "Signature": "CRPD/C/GC/7",
        "Adoption Date": "9 November 2018",
        "Adoption Year": 2018,
        "Committee": "CRPD",
        "Link": "https://example.org/7",
        "Simplified Name": "GC7: Invented matters",
        "paragraphs": paragraphs,
    } | changes


def line(seq: int = 0, file: str = "a.json", **changes: Any) -> dict[str, Any]:
    return {"doc_file": file, "seq": seq, "para_id": f"{seq + 1}.", "labels": [], "text": f"Text {seq}."} | changes


def run(path: Path, documents: list[Any], lines: list[Any], **context: Any) -> list[Item]:
    files = []
    for name, rows in (("paragraphs", lines), ("documents", documents)):
        file = path / f"{name}.jsonl"
        file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
        files.append(File(file, f"general-comments/{name}.jsonl", "00"))
    return list(source.read(tuple(files), Context(**context)))


def parcels(items: list[Item]) -> list[Parcel]:
    return [item for item in items if isinstance(item, Parcel)]


def refusals(items: list[Item]) -> list[Refusal]:
    return [item for item in items if isinstance(item, Refusal)]


def signals(items: list[Item]) -> list[str]:
    return [item.what for item in items if isinstance(item, Signal)]


def test_a_comment_published_on_its_own_has_its_symbol_for_key(tmp_path: Path) -> None:
    items = run(tmp_path, [about()], [line()])
    work = parcels(items)[0].work
    assert (work.key, work.aliases, work.kind, work.body) == (
        "CRPD/C/GC/7",
        ("gc:CRPD/7",),
        Kind.GENERAL_COMMENT,
        "CRPD",
    )
    assert (work.adopted, work.distributed, work.year) == (None, date(2018, 11, 9), 2018)
    assert work.title == {"en": "General Comment No. 7: Invented matters"}
    assert items[-1] == Complete()
    assert not signals(items)


@pytest.mark.parametrize(
    ("printed", "key", "aliases", "symbol"),
    [
        ("A/44/38", "gc:CEDAW/9", (), ""),
        ("HRI/GEN/1/Rev.9 (Vol. I) p. 181", "gc:CEDAW/9", (), ""),
        ("CCPR/C/21/Rev.1/Add. 4", "CCPR/C/21/Rev.1/Add.4", ("gc:CEDAW/9",), "CCPR/C/21/Rev.1/Add. 4"),
        ("E/C.12/2000/4", "gc:CEDAW/9", ("E/C.12/2000/4",), "E/C.12/2000/4"),
        ("CRC/GC/2001/1", "CRC/GC/2001/1", ("gc:CEDAW/9",), "CRC/GC/2001/1"),
        ("CRC/C/GC/9/Corr.1", "CRC/C/GC/9", ("gc:CEDAW/9",), "CRC/C/GC/9/Corr.1"),
    ],
)
def test_a_shared_symbol_is_no_key(
    tmp_path: Path, printed: str, key: str, aliases: tuple[str, ...], symbol: str
) -> None:
    changes = {"Signature": printed, "Committee": "CEDAW", "Name": "General recommendation No. 9: Invented"}
    work = parcels(run(tmp_path, [about(**changes)], [line()]))[0].work
    assert (work.key, work.aliases, work.symbol) == (key, aliases, symbol)
    assert work.facts.get("printed_in", "") == ("" if symbol else printed)


def test_a_joint_comment_is_one_work_under_all_its_names(tmp_path: Path) -> None:
    joint = about(
        Signature="CRC/C/GC/91, CMW/C/GC/92",
        Committee="CRC, CMW",
        Name="Joint General Comment No. 92 of the CMW / No. 91 of the CRC: Invented",
    )
    work = parcels(run(tmp_path, [joint], [line()]))[0].work
    assert work.key == "CRC/C/GC/91"
    assert set(work.aliases) == {"CMW/C/GC/92", "gc:CRC/91", "gc:CMW/92"}


def test_the_number_is_the_first_of_the_title(tmp_path: Path) -> None:
    name = "General recommendation No. 035 on inventions, updating general recommendation No. 19 [REVISED]"
    changes = {"Signature": "CEDAW/C/GC/35", "Committee": "CEDAW", "Name": name}
    work = parcels(run(tmp_path, [about(**changes)], [line()]))[0].work
    assert work.aliases == ("gc:CEDAW/35",)
    assert work.title["en"].startswith("General recommendation No. 35 on inventions")
    assert "REVISED" not in work.title["en"]
    assert work.facts["revised"] is True


def test_numbers_labels_and_line_ends(tmp_path: Path) -> None:
    lines = [
        line(0, para_id=1, labels=["Children "], text="One.\r\n(a) Two."),
        line(1, para_id="2.\xa0", labels=None),
        line(2, para_id=None, text="3.There are"),
    ]
    paragraphs = parcels(run(tmp_path, [about("a.json", 3)], lines))[0].paragraphs
    assert [p.number for p in paragraphs] == ["1", "2", "3"]
    assert paragraphs[0].text == "One.\n(a) Two."
    assert paragraphs[0].labels == (Label("group", "lszoszk", "Children"),)
    assert paragraphs[0].facts == {}
    assert paragraphs[1].facts == {"unlabelled": ["group"]}
    assert paragraphs[2].text == "There are"


def test_a_missing_line_makes_the_edition_a_part(tmp_path: Path) -> None:
    items = run(tmp_path, [about("a.json", 2)], [line(), '{"doc_file": "a.json", '])
    assert parcels(items)[0].whole is False
    assert refusals(items)[0].where == "general-comments/paragraphs.jsonl:2"
    assert not any(isinstance(item, Complete) for item in items)
    assert "declares 2 paragraphs and has 1" in signals(items)


def test_what_is_no_symbol_leaves_the_number(tmp_path: Path) -> None:
    items = run(tmp_path, [about(Signature="nonsense")], [line()])
    assert (parcels(items)[0].work.key, parcels(items)[0].work.symbol) == ("gc:CRPD/7", "")
    assert signals(items) == ["not a symbol: 'nonsense'"]


def test_oddities_are_signalled(tmp_path: Path) -> None:
    odd = about(**{"Adoption Date": "some day", "novelty": "x"})
    found = signals(run(tmp_path, [odd], [line(extra=1)]))
    assert found == ["unknown field 'extra'", "date not understood: 'some day'", "unknown field 'novelty'"]
    other = signals(run(tmp_path, [about(**{"Adoption Year": 2003})], [line()]))
    assert other == ["the year 2003 contradicts the date '9 November 2018'"]


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    documents = [
        about("no-number.json", Name="Comment without one"),
        about("no-committee.json", Committee=""),
        about("no-text.json"),
        about("good.json"),
        "not json",
    ]
    files = ("no-number.json", "no-committee.json", "unknown.json", "good.json")
    lines = [line(file=file) for file in files] + [line(file="no-number.json")]
    items = run(tmp_path, documents, lines)
    assert [parcel.work.key for parcel in parcels(items)] == ["CRPD/C/GC/7"]
    reasons = [refusal.reason for refusal in refusals(items)]
    assert any(reason.startswith("no number") for reason in reasons)
    assert "no metadata for this document" in reasons
    assert "has no paragraphs" in reasons
    assert any("not JSON" in reason for reason in reasons)
    assert "lines of this document stood further up" in reasons
    assert len(reasons) == 6
    assert all(refusal.where.startswith("general-comments/") for refusal in refusals(items))


def test_a_truncated_packed_file_keeps_what_was_good(tmp_path: Path) -> None:
    packed = gzip.compress(b"\n".join(json.dumps(line(file=f"{n}.json")).encode() for n in range(4000)))
    documents, lines = tmp_path / "documents.jsonl", tmp_path / "paragraphs.jsonl.gz"
    documents.write_text("\n".join(json.dumps(about(f"{n}.json")) for n in range(4000)), encoding="utf-8")
    lines.write_bytes(packed[: len(packed) // 2])
    files = (File(documents, "documents.jsonl", "0"), File(lines, "paragraphs.jsonl.gz", "0"))
    items = list(source.read(files, Context()))
    assert 0 < len(parcels(items)) < 4000
    assert all(parcel.whole for parcel in parcels(items))
    assert any("cannot be read to its end" in refusal.reason for refusal in refusals(items))
    assert not any("has no paragraphs" in refusal.reason for refusal in refusals(items))
    assert not any(isinstance(item, Complete) for item in items)


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path, [about()], [line()], languages=("ko",)) == []


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_set() -> None:
    names = ("general-comments/documents.jsonl", "general-comments/paragraphs.jsonl.gz")
    items = list(source.read(tuple(File(CORPUS / name, name, "00") for name in names), Context()))
    found = parcels(items)
    assert not refusals(items)
    assert len(found) == len({parcel.work.key for parcel in found}) == 180
    assert sum(len(parcel.paragraphs) for parcel in found) == 6536
    assert all(parcel.whole and all(p.number for p in parcel.paragraphs) for parcel in found)
    names_of = Counter(name for parcel in found for name in (parcel.work.key, *parcel.work.aliases))
    assert max(names_of.values()) == 1
    assert {"gc:CESCR/4", "gc:CEDAW/19", "gc:CEDAW/35", "gc:CRC/22", "gc:CMW/3", "E/C.12/2000/4"} <= set(names_of)
    assert sum(key.startswith("gc:") for key in names_of) == 183
    assert sum(bool(p.facts.get("unlabelled")) for parcel in found for p in parcel.paragraphs) == 1281
    assert describe(Path(source.__file__).parent).expect["records"].maximum is not None
