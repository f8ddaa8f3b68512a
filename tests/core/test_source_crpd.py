"""A folder of original documents: what is known of each file before it is parsed. The files here are empty."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import Kind
from smallplaces.sources.base import Context, File, Item, Refusal, Signal, ToParse
from smallplaces.sources.crpd import source
from smallplaces.sources.describe import describe

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")


def row(pdf: str, /, **changes: Any) -> dict[str, Any]:
    base = {
        "pdf": pdf,
        "country": "Republic of Korea",
        "iso3": "KOR",
        "file_year": "UnknownYear",
        "symbol": "CRPD/C/KOR/CO/97",
        "kind": "CO",
        "lang": "en",
        "pages": 3,
        "distr_date": "25 August 2022",
        "kb": 1,
    }
    return base | changes


def run(path: Path, rows: list[Any], names: list[str], **context: Any) -> list[Item]:
    metadata = path / "documents.jsonl"
    metadata.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), encoding="utf-8")
    files = [File(path / name, f"crpd/pdf/{name}", "00") for name in names]
    return list(source.read((*files, File(metadata, "crpd/documents.jsonl", "00")), Context(**context)))


def asked(items: list[Item]) -> list[ToParse]:
    return [item for item in items if isinstance(item, ToParse)]


def test_a_file_with_its_metadata(tmp_path: Path) -> None:
    items = run(tmp_path, [row("a.pdf")], ["a.pdf"])
    (found,) = asked(items)
    assert found.work.key == found.work.symbol == "CRPD/C/KOR/CO/97"
    assert (found.work.kind, found.work.body, found.work.states) == (
        Kind.CONCLUDING_OBSERVATIONS,
        "CRPD",
        ("KOR",),
    )
    assert (found.work.year, found.work.distributed, found.work.adopted) == (2022, None, None)
    assert found.work.facts == {"date_given": "2022-08-25"}
    assert (found.edition.lang, found.edition.facts) == ("en", {"pages": 3})
    assert found.file.name == found.origin.address == "crpd/pdf/a.pdf"
    assert items == [found]  # no signal, and never complete: a folder may hold a choice


@pytest.mark.parametrize(
    ("symbol", "told", "kind"),
    [
        ("CRPD/C/KOR/97", "report", Kind.STATE_REPORT),
        ("CRPD/C/KOR/Q/97", "Q", Kind.LIST_OF_ISSUES),
        ("CRPD/C/KOR/Q/97/Add.1", "Q", Kind.REPLIES),
        ("CRPD/C/KOR/RQ/97", "RQ", Kind.REPLIES),
        ("CRPD/C/KOR/FCO/97", "FCO", Kind.FOLLOW_UP),
        ("CRPD/C/KOR/CO/97/Add.1", "CO", Kind.FOLLOW_UP),
        ("CRPD/C/EU/CO/97", "?", Kind.CONCLUDING_OBSERVATIONS),
    ],
)
def test_the_symbol_tells_the_kind(tmp_path: Path, symbol: str, told: str, kind: Kind) -> None:
    (found,) = asked(run(tmp_path, [row("a.pdf", symbol=symbol, kind=told)], ["a.pdf"]))
    assert found.work.kind is kind


def test_a_name_without_metadata_still_tells_the_symbol(tmp_path: Path) -> None:
    items = run(tmp_path, [], ["European Union_2015_CRPD_C_EU_Q_97.pdf", "Oman_CRPD_C_OMN_97.pdf", "letter.pdf"])
    found = {item.file.name.removeprefix("crpd/pdf/"): item.work for item in asked(items)}
    assert found["European Union_2015_CRPD_C_EU_Q_97.pdf"].key == "CRPD/C/EU/Q/97"
    assert found["European Union_2015_CRPD_C_EU_Q_97.pdf"].states == ()
    assert found["Oman_CRPD_C_OMN_97.pdf"].states == ("OMN",)
    assert found["letter.pdf"].key == ""
    signals = Counter(item.what.split(";")[0].split(" known")[0] for item in items if isinstance(item, Signal))
    assert signals == {"no metadata for this file": 3, "no symbol": 1}


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [
        row("bad-symbol.pdf", symbol="CRPD and more"),
        row("bad-state.pdf", iso3="XQX"),
        row("bad-kind.pdf", kind="poem"),
        row("missing.pdf"),
        row("good.pdf", novelty=1, distr_date=None),
        "{",
        row(""),
    ]
    items = run(tmp_path, rows, ["bad-symbol.pdf", "bad-state.pdf", "bad-kind.pdf", "good.pdf"])
    assert [item.work.year for item in asked(items)] == [None]
    assert sum(isinstance(item, Refusal) for item in items) == 5
    assert [item.what for item in items if isinstance(item, Signal)] == [
        "unknown field 'novelty'",
        "missing.pdf is not in the folder",
    ]


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    rows = [row("a.pdf"), row("b.pdf", lang="ar")]
    assert [item.edition.lang for item in asked(run(tmp_path, rows, ["a.pdf", "b.pdf"], languages=("ar",)))] == ["ar"]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_folder() -> None:
    paths = [CORPUS / "crpd" / "documents.jsonl", *sorted((CORPUS / "crpd" / "pdf").glob("*.pdf"))]
    files = tuple(File(path, path.relative_to(CORPUS).as_posix(), "00") for path in paths)
    items = list(source.read(files, Context()))
    assert len(items) == len(asked(items)) == 121
    assert len({item.work.key for item in asked(items)}) == 121
    assert Counter(item.work.kind for item in asked(items)) == {
        Kind.CONCLUDING_OBSERVATIONS: 75,
        Kind.STATE_REPORT: 17,
        Kind.LIST_OF_ISSUES: 14,
        Kind.REPLIES: 11,
        Kind.FOLLOW_UP: 4,
    }
    assert describe(Path(source.__file__).parent).languages == ("en", "es", "ar", "ru", "fr")
