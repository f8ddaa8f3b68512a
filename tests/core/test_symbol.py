"""UN document symbols: what they say, how they are spelled, where they stand in text."""

import csv
import gzip
import json
import os
from pathlib import Path

import pytest

from smallplaces.errors import BadSymbol
from smallplaces.model.document import Kind
from smallplaces.model.symbol import base, expand, find, in_query, normalise, parse, parse_all, replaces


@pytest.mark.parametrize(
    ("printed", "canonical", "said", "counted"),
    [
        ("CRPD/C/KOR/CO/2–3*", "CRPD/C/KOR/CO/2-3", ("CRPD", Kind.CONCLUDING_OBSERVATIONS, "KOR"), ((2, 3), "", None)),
        ("CCPR/C/KOR/Q/5", "CCPR/C/KOR/Q/5", ("CCPR", Kind.LIST_OF_ISSUES, "KOR"), ((5,), "", None)),
        ("CCPR/C/KOR/QPR/6", "CCPR/C/KOR/QPR/6", ("CCPR", Kind.LIST_OF_ISSUES_PRIOR, "KOR"), ((6,), "", None)),
        ("CCPR/C/KOR/RQ/5", "CCPR/C/KOR/RQ/5", ("CCPR", Kind.REPLIES, "KOR"), ((5,), "", None)),
        ("CRPD/C/KOR/Q/1/Add.1", "CRPD/C/KOR/Q/1/Add.1", ("CRPD", Kind.REPLIES, "KOR"), ((1,), "", None)),
        ("CRPD/C/COL/FCO/1", "CRPD/C/COL/FCO/1", ("CRPD", Kind.FOLLOW_UP, "COL"), ((1,), "", None)),
        ("CRPD/C/CHN-HKG/1", "CRPD/C/CHN-HKG/1", ("CRPD", Kind.STATE_REPORT, "CHN-HKG"), ((1,), "", None)),
        ("CRPD/C/EU/CO/1", "CRPD/C/EU/CO/1", ("CRPD", Kind.CONCLUDING_OBSERVATIONS, "EU"), ((1,), "", None)),
        ("E/C.12/KOR/CO/4", "E/C.12/KOR/CO/4", ("CESCR", Kind.CONCLUDING_OBSERVATIONS, "KOR"), ((4,), "", None)),
        ("CRC/C/OPAC/KOR/CO/1", "CRC/C/OPAC/KOR/CO/1", ("CRC", Kind.CONCLUDING_OBSERVATIONS, "KOR"), ((1,), "", None)),
        ("CCPR/CO/80/LTU", "CCPR/CO/80/LTU", ("CCPR", Kind.CONCLUDING_OBSERVATIONS, "LTU"), ((), "80", None)),
        ("CCPR/C/79/Add. 114", "CCPR/C/79/Add.114", ("CCPR", Kind.CONCLUDING_OBSERVATIONS, ""), ((79,), "", None)),
        ("E/C.12/1/Add.59", "E/C.12/1/Add.59", ("CESCR", Kind.CONCLUDING_OBSERVATIONS, ""), ((1,), "", None)),
        ("CCPR/C/GC/36", "CCPR/C/GC/36", ("CCPR", Kind.GENERAL_COMMENT, ""), ((36,), "", None)),
        ("CRC/GC/2003/5", "CRC/GC/2003/5", ("CRC", Kind.GENERAL_COMMENT, ""), ((5,), "", 2003)),
        ("CCPR/C/21/Rev.1/Add.13", "CCPR/C/21/Rev.1/Add.13", ("CCPR", Kind.GENERAL_COMMENT, ""), ((21,), "", None)),
        ("CCPR/C/112/D/2001/2010", "CCPR/C/112/D/2001/2010", ("CCPR", Kind.VIEWS, ""), ((2001,), "112", 2010)),
        ("CAT/C/24/D/130&131/1999", "CAT/C/24/D/130&131/1999", ("CAT", Kind.VIEWS, ""), ((130, 131), "24", 1999)),
        ("E/C.12/55/D/2/2014", "E/C.12/55/D/2/2014", ("CESCR", Kind.VIEWS, ""), ((2,), "55", 2014)),
        ("A/HRC/WG.6/42/KOR/1", "A/HRC/WG.6/42/KOR/1", ("UPR", Kind.UPR_NATIONAL_REPORT, "KOR"), ((1,), "42", None)),
        ("A/HRC/WG.6/42/KOR/2", "A/HRC/WG.6/42/KOR/2", ("UPR", Kind.UPR_COMPILATION, "KOR"), ((2,), "42", None)),
        ("A/HRC/WG.6/42/KOR/3", "A/HRC/WG.6/42/KOR/3", ("UPR", Kind.UPR_STAKEHOLDERS, "KOR"), ((3,), "42", None)),
        ("A/HRC/WG.6/7/L.15", "A/HRC/WG.6/7/L.15", ("UPR", Kind.UPR_REPORT, ""), ((), "7", None)),
        ("A/HRC/53/11", "A/HRC/53/11", ("HRC", None, ""), ((11,), "53", None)),
        ("A/HRC/RES/53/11", "A/HRC/RES/53/11", ("HRC", Kind.RESOLUTION, ""), ((11,), "53", None)),
        ("A/RES/70/1", "A/RES/70/1", ("GA", Kind.RESOLUTION, ""), ((1,), "70", None)),
        ("A/RES/217 A (III)", "A/RES/217(III)A", ("GA", Kind.RESOLUTION, ""), ((), "", None)),
        ("S/RES/1325 (2000)", "S/RES/1325", ("SC", Kind.RESOLUTION, ""), ((1325,), "", 2000)),
        ("A/53/38", "A/53/38", ("GA", None, ""), ((38,), "53", None)),
        ("E/CN.4/2000/6", "E/CN.4/2000/6", ("CHR", None, ""), ((6,), "", 2000)),
        ("CAT/OP/PRY/1", "CAT/OP/PRY/1", ("SPT", None, "PRY"), ((1,), "", None)),
        ("ccPR/C/53/D/536/1993", "CCPR/C/53/D/536/1993", ("CCPR", Kind.VIEWS, ""), ((536,), "53", 1993)),
        ("ＣＲＰＤ／Ｃ／ＫＯＲ／１", "CRPD/C/KOR/1", ("CRPD", Kind.STATE_REPORT, "KOR"), ((1,), "", None)),
    ],
)
def test_a_symbol_says_what_it_carries(printed, canonical, said, counted):
    symbol = parse(printed)
    assert symbol.canonical == canonical
    assert (symbol.body, symbol.kind, symbol.state) == said
    assert (symbol.numbers, symbol.session, symbol.year) == counted
    assert symbol.printed == printed


def test_a_locator_is_kept_apart():
    symbol = parse("HRI/GEN/1/Rev.9 (Vol. I) p. 181")
    assert symbol.canonical == "HRI/GEN/1/Rev.9"
    assert "181" in symbol.locator
    assert parse("A/54/38/Rev.1, chap. 1").canonical == "A/54/38/Rev.1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing is written"),
        ("CRPD", "no slash"),
        ("and/or", "starts no organ"),
        ("24/7", "not a symbol"),
        ("A/HRC/WG.6", "series"),
        ("E/CN.4", "series"),
        ("CRC/C/GC/22, CMW/C/GC/3", "more than one"),
        ("CRC/C/GC/22 on migration", "does not belong"),
    ],
)
def test_what_is_no_symbol_is_refused_with_the_reason(text, says):
    with pytest.raises(BadSymbol, match=says):
        parse(text)


@pytest.mark.parametrize(
    "typed",
    [
        "crpd/c/kor/co/2-3",
        "CRPD-C-KOR-CO-2-3",
        "CRPD C KOR CO 2-3",
        "crpd c kor co 2 3",
        "CRPD/C/KOR/CO/2–3",
        "ＣＲＰＤ／Ｃ／ＫＯＲ／ＣＯ／２－３",
        " «CRPD/C/KOR/CO/2-3». ",
        "(CRPD/C/KOR/CO/2-3)*",
        "crpdckorco2-3",
        "crpd kor co 2-3",
        "CRPD / C / KOR / CO / 2-3",
    ],
)
def test_every_way_of_typing_leads_to_one_form(typed):
    assert normalise(typed) == "CRPD/C/KOR/CO/2-3"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("a-hrc-53-11", "A/HRC/53/11"),
        ("A HRC 53 11 add 1", "A/HRC/53/11/Add.1"),
        ("e c12 kor co 4", "E/C.12/KOR/CO/4"),
        ("ccpr-c-112-d-2001-2010", "CCPR/C/112/D/2001/2010"),
        ("crpd gc 6", "CRPD/C/GC/6"),
        ("s/res/1325 (2000)", "S/RES/1325"),
        ("a hrc wg6 42 kor 2", "A/HRC/WG.6/42/KOR/2"),
        ("A-53-38", "A/53/38"),
        ("E-CN.4-2000-6", "E/CN.4/2000/6"),
        ("crpd c chn-hkg 1", "CRPD/C/CHN-HKG/1"),
        ("and/or", None),
        ("education 2030", None),
        ("crc 12", None),
        ("a 53 38", None),
        ("km/h 30", None),
        ("", None),
        ("!@#", None),
        ("2030 Agenda", None),
        ("CRPD", None),
    ],
)
def test_lenient_reading_knows_its_limits(typed, canonical):
    assert normalise(typed) == canonical


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("crpd/c/kor/co/2-3 para 15", ("CRPD/C/KOR/CO/2-3", "15")),
        ("CRPD-C-KOR-CO-2-3 para 15", ("CRPD/C/KOR/CO/2-3", "15")),
        ("crpd c kor co 2-3 ¶15", ("CRPD/C/KOR/CO/2-3", "15")),
        ("CRPD/C/KOR/CO/2-3, paragraph 15 (a)", ("CRPD/C/KOR/CO/2-3", "15(a)")),
        ("CRPD/C/KOR/CO/2-3 제15항", ("CRPD/C/KOR/CO/2-3", "15")),
        ("CRPD/C/KOR/CO/2-3#15", ("CRPD/C/KOR/CO/2-3", "15")),
        ("A/HRC/53/11 para. 137.197", ("A/HRC/53/11", "137.197")),
        ("CRPD/C/KOR/CO/2-3 párr. 15", ("CRPD/C/KOR/CO/2-3", "15")),
        ("CRPD/C/KOR/CO/2-3 пункт 15", ("CRPD/C/KOR/CO/2-3", "15")),
        ("A/HRC/53/11", ("A/HRC/53/11", None)),
        ("para 15", None),
        ("education para 15", None),
    ],
)
def test_a_query_may_name_a_document_and_its_paragraph(query, answer):
    assert in_query(query) == answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recalls (CRPD/C/KOR/CO/1, para. 8) and/or 24/7, 2010/11 at 60 km/h", ["CRPD/C/KOR/CO/1"]),
        ("see https://undocs.org/A/HRC/53/11 and www.x.org/CRPD/C/KOR/1", []),
        ("documents CCPR/C/79/Add.114; A/53/38.", ["CCPR/C/79/Add.114", "A/53/38"]),
        ("E/1989/22-E/C.12/1989/5", ["E/1989/22", "E/C.12/1989/5"]),
        ("under A/HRC/53/11/Add.1 and A/HRC/53/11", ["A/HRC/53/11/Add.1", "A/HRC/53/11"]),
        ("위원회는 CRPD/C/KOR/CO/2-3에서 권고하였다", ["CRPD/C/KOR/CO/2-3"]),
        ("the Commission (E/CN.4) and HIV/AIDS.13, S/he", []),
        ("Security Council resolution S/RES/1325 (2000)", ["S/RES/1325"]),
    ],
)
def test_symbols_are_found_in_running_text(text, expected):
    found = find(text)
    assert [symbol.canonical for _, _, symbol in found] == expected
    assert all(parse(text[start:end]).canonical == symbol.canonical for start, end, symbol in found)


def test_base_leaves_the_addenda_of_a_series_alone():
    assert base(parse("A/HRC/53/11/Add.1")) == "A/HRC/53/11"
    assert base(parse("CRC/C/GC/9/Corr.1")) == "CRC/C/GC/9"
    assert base(parse("CCPR/C/79/Add.114")) == "CCPR/C/79/Add.114"
    assert base(parse("CRC/C/41/Add.4/Rev.1")) == "CRC/C/41/Add.4"
    assert base(parse("CCPR/C/21/Rev.1/Add.5")) == "CCPR/C/21/Rev.1/Add.5"


def test_a_revision_replaces_and_an_addendum_does_not():
    assert replaces(parse("CRC/C/GC/7/Rev.1")) == "CRC/C/GC/7"
    assert replaces(parse("HRI/GEN/1/Rev.9")) == "HRI/GEN/1/Rev.8"
    assert replaces(parse("A/HRC/53/11/Add.1")) == ""


def test_a_range_of_documents_opens_and_a_range_of_cycles_does_not():
    assert [s.canonical for s in expand(parse("A/HRC/WG.6/42/KOR/1–3"))] == [
        f"A/HRC/WG.6/42/KOR/{n}" for n in (1, 2, 3)
    ]
    assert [s.canonical for s in expand(parse("CRPD/C/KOR/CO/2-3"))] == ["CRPD/C/KOR/CO/2-3"]


def test_joint_documents_have_two_symbols():
    assert [s.canonical for s in parse_all("CRC/C/GC/22, CMW/C/GC/3")] == ["CRC/C/GC/22", "CMW/C/GC/3"]
    assert [s.canonical for s in parse_all("CRC/C/86/D/57/2018/CRC/C/86/D/58/2018")] == [
        "CRC/C/86/D/57/2018",
        "CRC/C/86/D/58/2018",
    ]


# Fields of the corpus that are broken where they were made, each with the reason.
BROKEN = {
    "CCPR/C/21/Rev.1/Add. 1326 May 2004": "a date stuck to the number 13",
    "CCPR/C/134/D/2841/2016/INITIAL/PROCEEDINGS": "a file name, not a symbol",
    "CCPR/C/134D/2849/2016": "a slash lost when the file was named",
    "CCPR/C143/D/4367/2023": "a slash lost when the file was named",
    "A/HRC/WG": "cut off in the index",
    "A/HRC/WG.6/7L.14": "a slash lost in the index",
}


def corpus() -> Path:
    folder = os.environ.get("SMALLPLACES_CORPUS")
    if not folder:
        pytest.skip("SMALLPLACES_CORPUS is not set")
    return Path(folder)


def symbols_of_the_corpus(root: Path) -> set[str]:
    def lines(path: str):
        opener = gzip.open if path.endswith(".gz") else open
        with opener(root / path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)

    found = {row["Signature"] for row in lines("general-comments/documents.jsonl")}
    found |= {row["symbol"] for row in lines("crpd/documents.jsonl")}
    found |= {row["symbol_guess"] for row in lines("jurisprudence/jurisprudence_documents.jsonl")}
    found |= {row["Id_string"] for row in lines("jurisprudence/ohchr_metadata.jsonl.gz")}
    found |= {row["symbol"] for row in lines("special-procedures/sp_reports_documents.jsonl")}
    with gzip.open(root / "uhri/export-full-en.json.gz", "rt", encoding="utf-8") as file:
        found |= {row["Symbol"] for row in json.load(file)}
    with (root / "upr/wg_reports_index.csv").open(encoding="utf-8") as file:
        found |= {row["sym"] for row in csv.DictReader(file)}
    return {text for text in found if text}


@pytest.mark.corpus
def test_every_symbol_of_the_corpus_is_read_or_known_to_be_broken():
    texts = symbols_of_the_corpus(corpus())
    refused = set()
    for text in texts:
        try:
            for symbol in parse_all(text):
                assert parse(symbol.canonical).canonical == symbol.canonical, text
        except BadSymbol:
            refused.add(text)
    assert len(texts) > 5000
    assert refused == BROKEN.keys()
