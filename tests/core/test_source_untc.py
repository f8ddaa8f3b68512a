"""Certified true copies as recognised scans. The texts here are invented; the treaties must be in the catalogue."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.untc import source

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")


def treaty(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "UNTS-X",
        "_source": "UN/TreatyCollection",
        "_type": "legislation",
        "_fetched_at": "2031-01-01T00:00:00+00:00",
        "title": "Convention on the Elimination of All Forms of Discrimination against Women",
        "text": "lNVENTED TEXT",
        "date": "1979-12-18",
        "url": "https://example.org/",
        "mtdsg_no": "IV-8",
        "chapter": 4,
        "chapter_name": "HUMAN RIGHTS",
        "conclusion": "New York, 18 December 19791",
        "entry_into_force": "3 September 1981, in accordance with article 27(1).",
        "registration_number": None,
        "signatories_count": 99,
        "parties_count": 189,
        "text_reference": "vol. 1249, p. 13.",
        "participants": ["Participant", "Exampland"],
        "notes": "",
    } | changes


def run(path: Path, *contents: str) -> list[Item]:
    files = []
    for number, content in enumerate(contents):
        file = path / f"UNTS-{number}.json"
        file.write_text(content, encoding="utf-8")
        files.append(File(file, f"untc-ocr/UNTS-{number}.json", "00"))
    return list(source.read(tuple(files), Context()))


def test_a_scan_is_named_and_not_shown(tmp_path: Path) -> None:
    assert run(tmp_path, json.dumps(treaty())) == [
        Signal("untc-ocr/UNTS-0.json", "a recognised scan of treaty:CEDAW: kept in the archive, not shown")
    ]


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    contents = [
        json.dumps(treaty(title="Treaty of Exampland")),
        json.dumps(treaty(text="")),
        "{",
        "[]",
        json.dumps(treaty(novelty=1)),
    ]
    items = run(tmp_path, *contents)
    assert [item.where for item in items if isinstance(item, Refusal)] == [f"untc-ocr/UNTS-{n}.json" for n in range(4)]
    assert [item.what for item in items if isinstance(item, Signal)][1:] == ["unknown field 'novelty'"]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_files() -> None:
    paths = sorted((CORPUS / "untc-ocr").iterdir())
    items = list(source.read(tuple(File(path, f"untc-ocr/{path.name}", "00") for path in paths), Context()))
    named = [item.what.split(": ")[0].rsplit(" ", 1)[1] for item in items if isinstance(item, Signal)]
    assert named == ["treaty:UNCHARTER", "treaty:ICCPR", "treaty:CEDAW"]
    assert len(items) == 3
    assert describe(Path(source.__file__).parent).rank == 5
