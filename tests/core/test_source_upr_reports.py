"""Reports of the UPR Working Group: State, symbol, session. The files here are empty."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import Kind
from smallplaces.sources.base import Context, File, Item, Refusal, Signal, ToParse
from smallplaces.sources.describe import describe
from smallplaces.sources.upr_reports import source
from smallplaces.vocab import resolve_state

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")
HEADER = "f,year,kb,pages,chars,sym,orig,included_pdf"


def run(path: Path, rows: list[str], names: list[str], **context: Any) -> list[Item]:
    index = path / "wg_reports_index.csv"
    index.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    files = [File(path / name, f"upr/wg-reports/{name}", "00") for name in names]
    return list(source.read((*files, File(index, "upr/wg_reports_index.csv", "00")), Context(**context)))


def asked(items: list[Item]) -> list[ToParse]:
    return [item for item in items if isinstance(item, ToParse)]


def test_a_report_answers_to_its_review(tmp_path: Path) -> None:
    rows = [
        "korea2008.pdf,2008,89,19,58733,A/HRC/8/40,ENGLISH/FRENCH,True",
        "japan2012.pdf,2012,1,2,3,A/HRC/22/14,,False",
    ]
    (found,) = asked(run(tmp_path, rows, ["korea2008.pdf"]))
    work = found.work
    assert (work.key, work.aliases, work.session) == ("A/HRC/8/40", ("upr:KOR/2",), "2")
    assert (work.kind, work.body, work.states, work.year) == (Kind.UPR_REPORT, "UPR", ("KOR",), 2008)
    assert work.facts == {"original_language": "English/French"}
    assert (found.edition.lang, found.edition.facts) == ("en", {"pages": 19})


def test_a_draft_is_known_by_its_review(tmp_path: Path) -> None:
    rows = [
        "bosniaandherzegovina2010.pdf,2010,1,23,9,A/HRC/WG.6/7/L.15.,English,True",
        "slovenia2010.pdf,2010,1,2,9,A/HRC/WG.6/7L.14,English,True",
        "kyrgysztan2010.pdf,2010,1,2,9,A/HRC/WG,English,True",
    ]
    names = [row.split(",")[0] for row in rows]
    works = {item.work.states[0]: item.work for item in asked(run(tmp_path, rows, names))}
    assert (works["BIH"].key, works["BIH"].aliases) == ("upr:BIH/7", ("A/HRC/WG.6/7/L.15",))
    assert (works["SVN"].key, works["SVN"].symbol) == ("upr:SVN/7", "A/HRC/WG.6/7/L.14")
    assert (works["KGZ"].key, works["KGZ"].symbol) == ("upr:KGZ/8", "")


@pytest.mark.parametrize(
    ("symbol", "session"),
    [
        ("A/HRC/8/34", "1"),
        ("A/HRC/8/35", "2"),
        ("A/HRC/8/18", ""),
        ("A/HRC/28/16", "20"),
        ("A/HRC/53/11", ""),
        ("A/HRC/WG.6/6/L.5", "6"),
        ("A/HRC/WG.6/6/KOR/1", ""),
        ("", ""),
    ],
)
def test_a_session_is_told_only_where_it_is_certain(symbol: str, session: str) -> None:
    assert source.session_of(symbol) == session


def test_a_report_without_a_row_or_a_session_is_still_delivered(tmp_path: Path) -> None:
    items = run(tmp_path, ["chad2031.pdf,2031,1,2,9,A/HRC/99/4,English,True"], ["Viet Nam2031.pdf", "chad2031.pdf"])
    works = [item.work for item in asked(items)]
    assert [(work.key, work.states, work.year) for work in works] == [
        ("", ("VNM",), 2031),
        ("A/HRC/99/4", ("TCD",), 2031),
    ]
    assert len([item for item in items if isinstance(item, Signal)]) == 3


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [
        "exampland2031.pdf,2031,1,2,9,A/HRC/22/1,English,True",
        "peru2012.pdf,2012,1,2,9,no symbol,English,True",
        "chad2012.pdf,2012,1,many,9,A/HRC/22/9,English,True",
        "short,row",
        ",2012,1,2,9,A/HRC/22/9,English,True",
        "mali2012.pdf,2012,1,2,9,A/HRC/22/9,English,True",
    ]
    names = ["exampland2031.pdf", "peru2012.pdf", "chad2012.pdf", "noyear.pdf", "mali2012.pdf"]
    items = run(tmp_path, rows, names)
    assert [item.work.key for item in asked(items)] == ["A/HRC/22/9"]
    assert len([item for item in items if isinstance(item, Refusal)]) == 6


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path, [], ["peru2012.pdf"], languages=("ko",)) == []


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_every_session_agrees_with_the_recommendations_of_upr_info() -> None:
    paths = [CORPUS / "upr" / "wg_reports_index.csv", *sorted((CORPUS / "upr" / "wg-reports").glob("*.pdf"))]
    files = tuple(File(path, path.relative_to(CORPUS).as_posix(), "00") for path in paths)
    items = list(source.read(files, Context()))
    assert len(items) == len(asked(items)) == 87
    reviews = set()
    with gzip.open(CORPUS / "upr" / "upr_info_sessions_1-20.csv.gz", "rt", encoding="utf-8-sig", newline="") as text:
        for to, session in {(row["To"], row["Session"]) for row in csv.DictReader(text)}:
            state = resolve_state(to)
            assert state is not None
            reviews.add(f"upr:{state.code}/{session}")
    found = {name for item in asked(items) for name in (item.work.key, *item.work.aliases) if name.startswith("upr:")}
    assert len(found) == 87
    assert found <= reviews
    assert describe(Path(source.__file__).parent).name == "upr_reports"
