"""Views and decisions: names, doubles, cases, paragraphs, notes. The decisions here are invented."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import Kind, Label, ParagraphKind, Parcel, keyed
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.jurisprudence import source
from smallplaces.sources.jurisprudence.cases import article
from smallplaces.sources.jurisprudence.naming import communications, read_name

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")
FILES = ("jurisprudence_documents", "ohchr_metadata", "jurisprudence_paragraphs")


def document(guess: str = "CAT/C/12/D/93/1993", /, **changes: Any) -> dict[str, Any]:
    return {
        "doc_id": guess.lower().translate(str.maketrans("/.", "--")),
        "symbol_guess": guess,
        "treaty_body": guess.partition("/")[0],
        "country": "Switzerland",
        "year": 1993,
        "outcome": "violation_found",
        "paragraphs": 1,
        "chars": 9,
        "source_format": None,
        "ocr": False,
    } | changes


def line(doc_id: str = "cat-c-12-d-93-1993", /, seq: int = 0, **changes: Any) -> dict[str, Any]:
    base = {"doc_id": doc_id, "seq": seq, "para_id": "1.", "section": "Facts", "labels": [], "text": "Invented."}
    return base | changes


def case(match: str | None = "cat-c-12-d-93-1993", /, **changes: Any) -> dict[str, Any]:
    return {
        "Submission_date": "18 Oct 1993",
        "Type_of_decision": "Adoption of views",
        "Articles": ["CAT-3", "CAT-22-5-b"],
        "Date_of_adoption_of_the_Views": "27 Apr 1994",
        "Display_name": "Invented",
        "Committee": "CAT",
        "Author": "I. Invented",
        "Countries": ["Switzerland"],
        "Admission_date": None,
        "Session_No": "12",
        "Communication_numbers": "093/1993,",
        "Id_string": "CAT/C/12/D/93/1993",
        "Victim": "The author",
        "Comment": None,
        "Issues": ["torture", "admissibility - same matter "],
        "match_doc_id": match,
    } | changes


def run(path: Path, documents: list[Any], lines: list[Any], cases: list[Any] = [], **context: Any) -> list[Item]:  # noqa: B006
    files = []
    for name, rows in zip(FILES, (documents, cases, lines), strict=True):
        file = path / f"{name}.jsonl"
        file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
        files.append(File(file, f"jurisprudence/{name}.jsonl", "00"))
    return list(source.read(tuple(reversed(files)), Context(**context)))


def parcels(items: list[Item]) -> list[Parcel]:
    return [item for item in items if isinstance(item, Parcel)]


def signals(items: list[Item]) -> list[str]:
    return [item.what for item in items if isinstance(item, Signal)]


def refusals(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Refusal)]


@pytest.mark.parametrize(
    ("guess", "key", "numbers"),
    [
        ("CAT/C/12/D/13/1993", "CAT/C/12/D/13/1993", ("13/1993",)),
        ("CAT/C/5/D/5/1990/REV/1", "CAT/C/5/D/5/1990/Rev.1", ("5/1990",)),
        ("CCPR/C/134D/2849/2016", "CCPR/C/134/D/2849/2016", ("2849/2016",)),
        ("CCPR/C143/D/4367/2023", "CCPR/C/143/D/4367/2023", ("4367/2023",)),
        ("CCPR/C/D/122/2190/2012", "CCPR/C/122/D/2190/2012", ("2190/2012",)),
        ("CEDAW/C/55/40/2012", "CEDAW/C/55/D/40/2012", ("40/2012",)),
        ("CCPR/C/141/D/JC3", "CCPR/C/141/D/J/3", ()),
        ("CAT/C/54/3", "CAT/C/54/3", ()),
        (
            "E/C.12/75/D/121/2019/E/C/12/75/D/132/2019",
            "E/C.12/75/D/121/2019-E/C.12/75/D/132/2019",
            ("121/2019", "132/2019"),
        ),
    ],
)
def test_flattened_names_get_their_symbols_back(guess: str, key: str, numbers: tuple[str, ...]) -> None:
    name = read_name("x", guess)
    assert (name.key, name.communications, name.certain) == (key, numbers, True)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("1209/1231/2003/1241/2004", ("1209/2003", "1231/2003", "1241/2004")),
        ("1917/2009/1953/2010", ("1917/2009", "1953/2010")),
        ("042/2008", ("42/2008",)),
        ("2010/2010", ("2010/2010",)),
        ("1867/2009/1977/1981/2010/2010", ()),
        ("2914/3040/3051", ()),
    ],
)
def test_communications_are_told_from_years_or_not_at_all(row: str, found: tuple[str, ...]) -> None:
    assert communications(row.split("/")) == found


def test_a_name_that_is_no_symbol_is_kept_apart(tmp_path: Path) -> None:
    guess = "CCPR/C/134/D/2841/2016/INITIAL/PROCEEDINGS"
    odd, plain = document(guess), document("CCPR/C/134/D/2841/2016")
    items = run(tmp_path, [odd, plain], [line(odd["doc_id"]), line(plain["doc_id"])])
    works = [parcel.work for parcel in parcels(items)]
    assert [work.key for work in works] == [f"views:{odd['doc_id']}", "CCPR/C/134/D/2841/2016"]
    assert works[0].symbol == ""
    assert f"not a symbol: {guess!r}" in signals(items)


def test_a_decision_with_its_case(tmp_path: Path) -> None:
    items = run(tmp_path, [document()], [line(labels=["Children"])], [case()])
    parcel = parcels(items)[0]
    work = parcel.work
    assert (work.key, work.kind, work.body, work.states, work.session) == (
        "CAT/C/12/D/93/1993",
        Kind.VIEWS,
        "CAT",
        ("CHE",),
        "12",
    )
    assert (work.adopted, work.year) == (date(1994, 4, 27), 1994)
    assert work.title == {"en": "Invented v. Switzerland"}
    assert set(work.aliases) == {"views:cat-c-12-d-93-1993", "communication:CAT/93/1993"}
    assert work.facts["author"] == "I. Invented"
    assert work.facts["articles"] == ["treaty:CAT/3", "treaty:CAT/22(5)(b)"]
    assert work.facts["outcome"] == "violation_found"
    assert set(parcel.paragraphs[0].labels) == {
        Label("group", "lszoszk", "Children"),
        Label("issue", "ohchr", "torture"),
        Label("issue", "ohchr", "admissibility - same matter"),
        Label("article", "treaty", "treaty:CAT/3"),
        Label("article", "treaty", "treaty:CAT/22"),
        Label("outcome", "lszoszk", "violation_found"),
    }
    assert items[-1] == Complete()
    assert not signals(items)


def test_articles_are_named_by_their_instrument() -> None:
    assert article("CCPR-14-3-b").endswith("/14(3)(b)")
    assert article("CCPR-5-2-B").endswith("/5(2)(b)")
    assert article("CCPR-OP-5-2-b").split("/")[0] != article("CCPR-5").split("/")[0]
    assert article("CCPR-OP").startswith("treaty:")
    assert article("XYZ-1") == ""


def test_inadmissible_cases_are_dated_by_that_decision(tmp_path: Path) -> None:
    changes = {
        "Type_of_decision": "Inadmissibility decision",
        "Date_of_adoption_of_the_Views": None,
        "Admission_date": "09 Nov 1994",
    }
    assert parcels(run(tmp_path, [document()], [line()], [case(**changes)]))[0].work.adopted == date(1994, 11, 9)


def test_several_states_are_no_respondent(tmp_path: Path) -> None:
    items = run(tmp_path, [document(country="Azerbaijan,Sweden")], [line()])
    assert parcels(items)[0].work.states == ()
    assert parcels(items)[0].work.facts["countries_named"] == "Azerbaijan,Sweden"
    assert parcels(items)[0].work.title == {"en": "Communication No. 93/1993"}
    assert any("several States" in what for what in signals(items))


def test_numbers_opinions_annexes_and_notes(tmp_path: Path) -> None:
    doc = "cat-c-12-d-93-1993"
    note = {"n": 3, "text": "A note."}
    lines = [
        line(doc, 0, para_id="2.1.", text="Facts[[fn:3]] of it.", footnotes=[note], section="Facts[[fn:2]]"),
        line(doc, 1, para_id="OP2-4.", text="I disagree."),
        line(doc, 2, para_id="OP2-U8.", text="And more."),
        line(doc, 3, para_id="A1-6.", text="Annexed."),
        line(doc, 4, para_id="G17.", text="6.4. The Committee recalls.", section=None),
        line(doc, 5, para_id=None, text="COMMITTEE", ocr_mean_conf=92.5),
    ]
    parcel = parcels(run(tmp_path, [document(paragraphs=6, ocr=True, source_format="pdf_ocr")], lines))[0]
    facts = [(p.kind, p.number, p.key, p.text) for p in keyed(parcel.paragraphs)]
    assert facts[:6] == [
        (ParagraphKind.PARAGRAPH, "2.1", "2.1", "Facts of it."),
        (ParagraphKind.FOOTNOTE, "3", "fn.3", "A note."),
        (ParagraphKind.OPINION, "4", "opinion.2.4", "I disagree."),
        (ParagraphKind.OPINION, "", "opinion.2.u8", "And more."),
        (ParagraphKind.ANNEX, "6", "annex.1.6", "Annexed."),
        (ParagraphKind.PARAGRAPH, "6.4", "6.4", "The Committee recalls."),
    ]
    assert parcel.paragraphs[0].facts == {"notes": ["3"]}
    assert parcel.paragraphs[0].heading == ("Facts",)
    assert parcel.paragraphs[6].number == ""
    assert parcel.edition.facts == {"source_format": "pdf_ocr", "ocr": True, "ocr_mean_confidence": 92.5}


def test_the_dates_of_the_session_are_no_paragraph(tmp_path: Path) -> None:
    lines = [line(para_id="14.", text="March to 1 April 2011"), line(seq=1, para_id="14.", text="Real.")]
    parcel = parcels(run(tmp_path, [document(paragraphs=2)], lines))[0]
    assert [p.text for p in parcel.paragraphs] == ["Real."]
    assert (parcel.work.year, parcel.work.facts["session_dates"], parcel.whole) == (
        2011,
        "14 March to 1 April 2011",
        True,
    )


def test_one_document_filed_twice_is_one_work(tmp_path: Path) -> None:
    good, bad = document("CCPR/C/120/D/92435/2014"), document("CCPR/C/120/D92435/2014", paragraphs=1)
    lines = [line(bad["doc_id"]), line(good["doc_id"])]
    items = run(tmp_path, [bad, good], lines, [case(bad["doc_id"], Id_string="CCPR/C/120/D/92435/2014")])
    assert [parcel.work.key for parcel in parcels(items)] == ["CCPR/C/120/D/92435/2014"]
    assert {f"views:{good['doc_id']}", f"views:{bad['doc_id']}"} <= set(parcels(items)[0].work.aliases)
    assert parcels(items)[0].work.adopted == date(1994, 4, 27)
    assert f"{bad['doc_id']} is the same document as {good['doc_id']}" in signals(items)
    assert items[-1] == Complete()


def test_a_communication_decided_twice_names_neither_decision(tmp_path: Path) -> None:
    both = [document("CAT/C/47/D/94/2010"), document("CAT/C/48/D/94/2010")]
    items = run(tmp_path, both, [line(one["doc_id"]) for one in both])
    assert len(parcels(items)) == 2
    assert not any(alias.startswith("communication:") for p in parcels(items) for alias in p.work.aliases)


def test_a_revision_bears_the_name_and_is_named_by_what_it_replaces(tmp_path: Path) -> None:
    stem = "CCPR/C/58/D/9659/1995"
    three = [document(stem), document(f"{stem}/REV/1"), document(f"{stem}/CORR/1")]
    items = run(tmp_path, three, [line(one["doc_id"]) for one in three])
    works = {parcel.work.key: parcel.work for parcel in parcels(items)}
    assert works[stem].facts["replaced_by"] == f"{stem}/Rev.1"
    bearing = [key for key, work in works.items() if "communication:CCPR/9659/1995" in work.aliases]
    assert bearing == [f"{stem}/Rev.1"]


def test_a_second_record_of_a_case_adds_its_issues(tmp_path: Path) -> None:
    items = run(tmp_path, [document()], [line()], [case(), case(Issues=["privacy"]), case(None)])
    assert parcels(items)[0].work.facts["issues"] == ["torture", "admissibility - same matter", "privacy"]
    assert len(signals(items)) == 2


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    documents = [document(), document("CAT/C/1/D/2/1990"), document("CAT/C/1/D/3/1990"), document("")]
    lines = [
        line("cat-c-1-d-2-1990", text=""),
        line("unknown"),
        "[1]",
        line(para_id="???"),
        line(seq=1, para_id="2.", labels="none"),
        line(seq=2, para_id="3.", footnotes=[{"n": 1}]),
        line(seq=3, para_id="4.", text="Good.", novelty=1),
    ]
    items = run(tmp_path, documents, lines, [case(Articles="CAT-3"), case(Articles=["NOPE-1"])])
    assert [[p.text for p in parcel.paragraphs] for parcel in parcels(items)] == [["Good."]]
    assert Counter(refusals(items)) == Counter(
        [
            "symbol_guess is empty",
            "Articles must be a list of texts",
            "text is empty",
            "has no text",
            "no metadata for this document",
            "not a JSON object",
            "para_id not understood: '???'",
            "labels must be a list of texts",
            "a footnote has no text",
            "has no paragraphs",
        ]
    )
    assert "unknown article 'NOPE-1'" in signals(items)
    assert "unknown field 'novelty'" in signals(items)
    assert not any(isinstance(item, Complete) for item in items)


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    assert parcels(run(tmp_path, [document()], [line()], languages=("ko",))) == []


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_set() -> None:
    paths = sorted((CORPUS / "jurisprudence").iterdir())
    files = tuple(File(path, f"jurisprudence/{path.name}", "00") for path in paths)
    count: Counter[str] = Counter()
    names: Counter[str] = Counter()
    editions: set[tuple[str, str]] = set()
    last: Item | None = None
    for last in source.read(files, Context()):
        count[type(last).__name__] += 1
        if isinstance(last, Signal):
            assert "unknown field" not in last.what
        if isinstance(last, Parcel):
            count["paragraphs"] += len(last.paragraphs)
            count["notes"] += sum(p.kind is ParagraphKind.FOOTNOTE for p in last.paragraphs)
            assert last.whole
            assert not any("[[fn:" in p.text for p in last.paragraphs)
            editions.add((last.work.key, last.edition.lang))
            if last.edition.lang == "en":
                names.update({last.work.key, *last.work.aliases})
    assert last == Complete()
    assert count["Parcel"] == len(editions) == 4313
    assert count["Refusal"] == 0
    assert max(names.values()) == 1
    assert count["paragraphs"] > 190_000
    assert describe(Path(source.__file__).parent).expect["works"].minimum == 4200
