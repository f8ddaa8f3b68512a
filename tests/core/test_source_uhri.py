"""The Universal Human Rights Index: every known defect of its exports, on invented records.

The texts are invented; the codes of States and bodies are real because they must resolve.
"""

from __future__ import annotations

import codecs
import gzip
import json
import os
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from smallplaces.model.document import EditionStatus, Kind, Paragraph, ParagraphKind, Parcel
from smallplaces.sources import registry, upr
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal
from smallplaces.sources.uhri import wording

REVIEW: dict[str, Any] = {
    "AffectedPersons": ["Children"],
    "AnnotationId": "00000000-0000-4000-8000-000000000001",
    "AnnotationType": "- Recommendations",
    "Body": "- UPR",
    "Countries": ["Namibia"],
    "DocumentId": "10000000-0000-4000-8000-000000000001",
    "PublicationDate": "2016-04-15T00:00:00",
    "PublicationDateOnUhri": "2016-05-01T10:53:45.827",
    "Regions": ["Africa"],
    "Sdgs": [],
    "Symbol": "",
    "Text": "Build ramps at every post office.",
    "Themes": [],
    "UprCycle": "2",
    "UprPositions": ["Supported"],
    "UprRecommendingCountry": ["France"],
    "UprRecommendingRegions": [],
    "UprSession": ["24"],
}
TREATY_BODY: dict[str, Any] = {
    **REVIEW,
    "Body": "- CRC",
    "AnnotationType": "- Concerns/Observations",
    "Countries": ["Peru"],
    "DocumentId": "20000000-0000-4000-8000-000000000002",
    "Symbol": "CRC/C/PER/CO/6-7",
    "Text": "4.The Committee reminds Exampland of its swings.",
    "UprCycle": None,
    "UprPositions": [],
    "UprRecommendingCountry": [],
    "UprSession": [],
}


def numbered(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every record an id of its own unless the test gives one."""
    own = REVIEW["AnnotationId"]
    return [
        {**r, "AnnotationId": f"00000000-0000-4000-8000-{n:012d}"} if r.get("AnnotationId") == own else r
        for n, r in enumerate(records, start=1)
    ]


def read_bytes(folder: Path, content: bytes, name: str = "part.json", **options: Any) -> list[Item]:
    path = folder / name
    path.write_bytes(content)
    return list(registry.get("uhri").read((File(path, name, "0" * 64),), Context(options=options)))


def read(folder: Path, *records: dict[str, Any]) -> list[Item]:
    return read_bytes(folder, json.dumps(numbered(list(records)), ensure_ascii=False).encode())


def only(items: list[Item], kind: type) -> list[Any]:
    return [item for item in items if isinstance(item, kind)]


def paragraphs(items: list[Item]) -> list[Paragraph]:
    return [paragraph for parcel in only(items, Parcel) for paragraph in parcel.paragraphs]


def labels(items: list[Item], facet: str) -> list[str]:
    (paragraph,) = paragraphs(items)
    return [label.value for label in paragraph.labels if label.facet == facet]


# -- Works ------------------------------------------------------------------------------------------------------------


def test_a_review_without_a_symbol_is_known_by_state_and_session(tmp_path: Path) -> None:
    items = read(tmp_path, REVIEW)
    (parcel,) = only(items, Parcel)
    assert items == [parcel]
    work = parcel.work
    assert (work.key, work.kind, work.body, work.states, work.session) == (
        "upr:NAM/24",
        Kind.UPR_REPORT,
        "UPR",
        ("NAM",),
        "24",
    )
    assert set(work.title) == {"en", "fr", "es", "ru", "zh", "ar", "ko"}
    assert work.title["en"] == "Universal Periodic Review of Namibia, session 24"
    assert (work.distributed, work.entered, work.adopted) == (date(2016, 4, 15), date(2016, 5, 1), None)
    assert (parcel.edition.lang, parcel.edition.status, parcel.whole) == ("en", EditionStatus.RECORD, False)
    (paragraph,) = parcel.paragraphs
    assert paragraph.kind is ParagraphKind.RECOMMENDATION
    assert paragraph.record == REVIEW["AnnotationId"]


def test_a_symbol_names_the_work_and_the_other_names_are_aliases(tmp_path: Path) -> None:
    items = read(tmp_path, {**REVIEW, "Symbol": "a/hrc/32/4 "}, {**TREATY_BODY, "Symbol": "CRC/C/PER/CO/6–7*"})
    review, observations = (parcel.work for parcel in only(items, Parcel))
    assert (review.key, review.aliases) == ("A/HRC/32/4", ("upr:NAM/24", f"uhri:{REVIEW['DocumentId']}"))
    assert (observations.key, observations.kind) == ("CRC/C/PER/CO/6-7", Kind.CONCLUDING_OBSERVATIONS)
    assert observations.aliases == (f"uhri:{TREATY_BODY['DocumentId']}",)
    assert observations.title == {}


def test_a_document_of_several_states_lends_its_id_to_no_single_review(tmp_path: Path) -> None:
    items = read(tmp_path, REVIEW, {**REVIEW, "Countries": ["Peru"]})
    works = [parcel.work for parcel in only(items, Parcel)]
    assert [(work.key, work.aliases) for work in works] == [("upr:NAM/24", ()), ("upr:PER/24", ())]


def test_a_document_id_is_the_alias_of_one_symbol_only(tmp_path: Path) -> None:
    items = read(tmp_path, TREATY_BODY, {**TREATY_BODY, "Symbol": "CRC/C/PER/CO/8"})
    assert [parcel.work.aliases for parcel in only(items, Parcel)] == [(f"uhri:{TREATY_BODY['DocumentId']}",), ()]


def test_a_document_about_several_states_names_them_all(tmp_path: Path) -> None:
    record = {**TREATY_BODY, "Symbol": "", "Body": "- SR Housing"}
    (parcel,) = only(read(tmp_path, record, {**record, "Countries": ["Chile"]}), Parcel)
    assert parcel.work.key == f"uhri:{record['DocumentId']}"
    assert (parcel.work.states, parcel.work.kind) == (("PER", "CHL"), Kind.SPECIAL_PROCEDURE)


def test_what_is_no_symbol_is_signalled_and_the_document_id_serves(tmp_path: Path) -> None:
    items = read(tmp_path, {**TREATY_BODY, "Symbol": "see annex"})
    (parcel,) = only(items, Parcel)
    assert parcel.work.key == f"uhri:{TREATY_BODY['DocumentId']}"
    assert [signal.what for signal in only(items, Signal)] == ["not a symbol: 'see annex'"]


def test_documents_that_take_turns_in_the_file_stay_together(tmp_path: Path) -> None:
    other = {**TREATY_BODY, "DocumentId": "other", "Symbol": "CRC/C/CHL/CO/4", "Countries": ["Chile"]}
    items = read(tmp_path, *[TREATY_BODY, other] * 40)
    assert [(parcel.work.key, len(parcel.paragraphs)) for parcel in only(items, Parcel)] == [
        ("CRC/C/PER/CO/6-7", 40),
        ("CRC/C/CHL/CO/4", 40),
    ]


# -- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Namibia", "NAM"),
        ("NA", "NAM"),  # the code that spreadsheets read as "not available"
        ("PK", "PAK"),
        ("CZ", "CZE"),
        ("- Peru", "PER"),
        ("State of Palestine*", "PSE"),
        ("Kosovo*", "XKX"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("European Union", "EUE"),
        ("Holy See", "VAT"),
        ("Timor-Leste", "TLS"),
        ("Cote d'Ivoire", "CIV"),
        ("\xa0Viet  Nam ", "VNM"),
    ],
)
def test_states_are_known_in_every_spelling(tmp_path: Path, written: str, code: str) -> None:
    (parcel,) = only(read(tmp_path, {**TREATY_BODY, "Countries": [written]}), Parcel)
    assert parcel.work.states == (code,)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("- CRC", "CRC"),
        ("- Committee on the Rights of the Child", "CRC"),
        ("- CEDAW", "CEDAW"),
        ("- Committee on the Elimination of Discrimination against Women", "CEDAW"),
        ("CESCR", "CESCR"),
        ("- IE  Albinism", "IE-ALBINISM"),
        ("- SR Housing", "SR-ADEQUATE-HOUSING"),
        ("- SR  Swings", "SR Swings"),
    ],
)
def test_bodies_are_known_by_code_and_by_name(tmp_path: Path, written: str, code: str) -> None:
    (parcel,) = only(read(tmp_path, {**TREATY_BODY, "Body": written}), Parcel)
    assert parcel.work.body == code


def test_unknown_names_are_counted_and_the_record_is_kept(tmp_path: Path) -> None:
    items = read(tmp_path, *[{**TREATY_BODY, "Countries": ["Exampland"]}] * 3)
    assert len(paragraphs(items)) == 3
    assert [signal.what for signal in only(items, Signal)] == ["unknown State 'Exampland' (3 times, first here)"]


def test_labels_lose_their_odd_blanks(tmp_path: Path) -> None:
    themes = [" Participation of women in political & public life\xa0", "Equality  &  more", "Housing &amp; land"]
    items = read(tmp_path, {**TREATY_BODY, "Themes": themes, "AffectedPersons": ["Women & girls "]})
    assert labels(items, "theme") == [
        "Participation of women in political & public life",
        "Equality & more",
        "Housing & land",
    ]
    assert labels(items, "group") == ["Women & girls"]
    assert labels(items, "annotation-type") == ["Concerns/Observations"]


def test_goals_and_targets_are_told_apart(tmp_path: Path) -> None:
    sdgs = ["5 - GENDER EQUALITY", "5.1 - End discrimination", "16.b - Fair policies", "18 - NO SUCH GOAL"]
    items = read(tmp_path, {**TREATY_BODY, "Sdgs": sdgs})
    assert labels(items, "sdg") == ["5", "16"]
    assert labels(items, "sdg-target") == ["5.1 - End discrimination", "16.b - Fair policies"]
    assert [signal.what for signal in only(items, Signal)] == ["unknown goal '18 - NO SUCH GOAL'"]


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("Supported", "supported"),
        ("Noted", "noted"),
        ("Supported/Noted", "in-part"),
        ("- Supported", "supported"),
        ("Rejected", "noted"),
        ("Pending", "pending"),
    ],
)
def test_positions_are_read(tmp_path: Path, written: str, position: str) -> None:
    items = read(tmp_path, {**REVIEW, "UprPositions": [written]})
    assert labels(items, "position") == [position]
    facts = paragraphs(items)[0].facts
    assert facts == ({} if written.strip("- ").casefold() == position else {"position": written.strip("- ")})


def test_who_recommends_and_when_are_labels(tmp_path: Path) -> None:
    items = read(tmp_path, {**REVIEW, "UprRecommendingCountry": ["France", "TL"], "UprCycle": None})
    assert labels(items, "recommending") == ["FRA", "TLS"]
    assert (labels(items, "session"), labels(items, "cycle")) == (["24"], ["2"])


def test_an_unknown_field_is_signalled_once(tmp_path: Path) -> None:
    items = read(tmp_path, *[{**REVIEW, "Mood": "good"}] * 2)
    assert [signal.what for signal in only(items, Signal)] == ["unknown field 'Mood' (2 times, first here)"]


# -- texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "number", "text"),
    [
        ("110.23 Build ramps", "110.23", "Build ramps"),
        ("110.23. Build ramps", "110.23", "Build ramps"),
        ("<p><b>137.197</b>&nbsp;Build ramps</p>", "137.197", "Build ramps"),
        ("<p>110.5</p><p>Build</p><p>ramps</p>", "110.5", "Build ramps"),
        ("12. Build ramps", "12", "Build ramps"),
        ("79(a) Build ramps", "79(a)", "Build ramps"),
        ("2030 Agenda: build ramps", "", "2030 Agenda: build ramps"),
        ("0.7 per cent of the budget", "", "0.7 per cent of the budget"),
        ("12.5 per cent of the budget", "", "12.5 per cent of the budget"),
        ("1325.12 Build ramps", "", "1325.12 Build ramps"),
        ("Build&nbsp;ramps  &amp;amp; lifts", "", "Build ramps & lifts"),
        ("Keep a < b and b > c", "", "Keep a < b and b > c"),
    ],
)
def test_the_number_of_a_recommendation_opens_its_text(tmp_path: Path, raw: str, number: str, text: str) -> None:
    (paragraph,) = paragraphs(read(tmp_path, {**REVIEW, "Text": raw}))
    assert (paragraph.number, paragraph.text) == (number, text)
    assert bool(paragraph.key) == (not number)


@pytest.mark.parametrize(
    ("raw", "heading", "number", "text"),
    [
        ("4.The Committee notes", (), "4", "The Committee notes"),
        ("Rural women 49.The Committee notes", ("Rural women",), "49", "The Committee notes"),
        (
            "Equality and non-discrimination (art. 5) 15. The Committee is concerned",
            ("Equality and non-discrimination (art. 5)",),
            "15",
            "The Committee is concerned",
        ),
        (
            "B. Specific rights (arts. 5-30) 12.While it welcomes",
            ("B. Specific rights (arts. 5-30)",),
            "12",
            "While it welcomes",
        ),
        ("<b>Rural women</b><br>49.The Committee notes", ("Rural women",), "49", "The Committee notes"),
        (
            "The Committee regrets a breach of article 4.The Committee asks",
            (),
            "",
            "The Committee regrets a breach of article 4.The Committee asks",
        ),
        ("Access to paragraph 7.The rule", (), "", "Access to paragraph 7.The rule"),
        ("Goal 3.5 is far away", (), "", "Goal 3.5 is far away"),
        ("4.5 million people wait", (), "", "4.5 million people wait"),
    ],
)
def test_a_heading_glued_before_the_number_is_cut_off(
    tmp_path: Path, raw: str, heading: tuple[str, ...], number: str, text: str
) -> None:
    (paragraph,) = paragraphs(read(tmp_path, {**TREATY_BODY, "Text": raw}))
    assert (paragraph.heading, paragraph.number, paragraph.text) == (heading, number, text)


PIECES = st.lists(
    st.sampled_from(
        [
            "Rural women",
            "49.",
            "110.23",
            "The Committee",
            "(art. 5)",
            "<b>",
            "</p>",
            "&nbsp;",
            "&lt;",
            "\xa0",
            "B. ",
            "2030",
        ]
    )
    | st.text(max_size=8),
    max_size=12,
)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@settings(deadline=None)
@given(PIECES.map("".join))
def test_nothing_a_text_says_is_lost_between_heading_number_and_words(raw: str) -> None:
    whole = letters(wording.plain(raw))
    for read_it in (wording.read_review, wording.read_paragraph):
        found = read_it(raw)
        assert letters("".join(found.heading) + found.number + found.text) == whole


@settings(deadline=None)
@given(st.lists(st.sampled_from([b"{", b"}", b'"', b"\\", b"[", b"]", b",", b'"Text"', b":", b"x", b"\xff", b"\n"])))
def test_any_bytes_give_records_or_refusals_and_never_an_error(pieces: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for item in read_bytes(Path(folder), b"[" + b"".join(pieces)):
            assert isinstance(item, Parcel | Refusal | Signal)


def test_the_same_recommendation_has_one_key_whoever_typed_it() -> None:
    key = upr.recommendation_key("Build ramps at every post office.", ["FRA"])
    assert upr.recommendation_key("build ramps at every  post office (France)", ["FRA"]) == key
    assert upr.recommendation_key("Build ramps at every post office.", ["PER"]) != key
    assert upr.recommendation_key("a", ["PER", "FRA"]) == upr.recommendation_key("A.", ["FRA", "PER"])
    assert upr.recommendation_key("Ratify the Convention (CRC)", []) != upr.recommendation_key(
        "Ratify the Convention", []
    )


def test_the_bracket_names_who_recommends_when_no_column_does(tmp_path: Path) -> None:
    record = {**REVIEW, "UprRecommendingCountry": [], "Text": "Build ramps (France, Timor-Leste and Peru);"}
    assert labels(read(tmp_path, record), "recommending") == ["FRA", "TLS", "PER"]


# -- damage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \xa0 ", "<p>&nbsp;</p>", None, 7, "- . -"])
def test_a_record_without_text_is_refused_with_its_id_and_the_next_is_read(tmp_path: Path, text: object) -> None:
    items = read(tmp_path, {**REVIEW, "Text": text}, REVIEW)
    (refusal,) = only(items, Refusal)
    assert refusal.where == f"part.json: record 1, {REVIEW['AnnotationId']}"
    assert refusal.reason == "it has no text"
    assert len(paragraphs(items)) == 1


def test_a_record_that_belongs_nowhere_is_refused(tmp_path: Path) -> None:
    (refusal,) = read(tmp_path, {**TREATY_BODY, "Symbol": "", "DocumentId": None})
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "it names neither a symbol, a review nor a document"


def test_an_id_that_comes_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    own = {"AnnotationId": "ffffffff-0000-4000-8000-000000000009"}
    items = read(tmp_path, REVIEW | own, {**TREATY_BODY, **own, "AnnotationId": own["AnnotationId"].upper()})
    assert len(paragraphs(items)) == 1
    assert [refusal.reason for refusal in only(items, Refusal)] == [
        "its AnnotationId ffffffff-0000-4000-8000-000000000009 was in this file before"
    ]


def test_what_is_no_object_is_refused_by_its_number(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, json.dumps([REVIEW, "loose words", 3]).encode())
    assert [refusal.where for refusal in only(items, Refusal)] == [
        "part.json: record 2",
        "part.json: record 3",
    ]
    assert len(paragraphs(items)) == 1


def test_odd_types_of_values_stop_nothing(tmp_path: Path) -> None:
    odd = {**REVIEW, "Themes": None, "Countries": "Namibia", "UprSession": 24, "Sdgs": [["5 - A"]], "UprCycle": [2]}
    items = read(tmp_path, odd, {**REVIEW, "PublicationDate": ["2016"], "AffectedPersons": {"a": "b"}}, REVIEW)
    assert len(paragraphs(items)) >= 2
    assert only(items, Parcel)[0].work.key == "upr:NAM/24"


@pytest.mark.parametrize("ending", [b"]", b""])
def test_hostile_depth_and_numbers_cost_their_record(tmp_path: Path, ending: bytes) -> None:
    plain = json.dumps(numbered([REVIEW, REVIEW, REVIEW])).encode()[:-1]
    deep = plain.replace(b'"Themes": []', b'"Themes": [' + b"[" * 3_000 + b"]" * 3_000 + b"]", 1)
    long = deep.replace(b'"UprCycle": "2"', b'"UprCycle": ' + b"9" * 5_000, 2)
    items = read_bytes(tmp_path, long + ending)
    assert len(paragraphs(items)) >= 1
    assert len(only(items, Refusal)) >= 1


def test_a_cut_off_file_gives_all_that_is_whole_and_says_so(tmp_path: Path) -> None:
    content = json.dumps(numbered([REVIEW] * 5)).encode()
    items = read_bytes(tmp_path, content[:-200])
    assert len(paragraphs(items)) == 4
    assert [(r.where, r.reason) for r in only(items, Refusal)] == [
        ("part.json", "the file is damaged or cut off; 4 records were found in it")
    ]
    assert isinstance(items[-1], Parcel)


def test_a_broken_record_costs_one_record(tmp_path: Path) -> None:
    records = [json.dumps(record).encode() for record in numbered([REVIEW] * 4)]
    records[1] = records[1].replace(b'"Themes": []', b'"Themes": [,]')
    items = read_bytes(tmp_path, b"[" + b",".join(records) + b"]")
    assert len(paragraphs(items)) == 3
    assert [refusal.where for refusal in only(items, Refusal)] == [
        "part.json: record 2",
        "part.json",
    ]


def test_bytes_that_are_no_utf8_cost_their_record(tmp_path: Path) -> None:
    plain = json.dumps(numbered([REVIEW, REVIEW, REVIEW])).encode()
    content = plain.replace(b"post office", "bureau fermé".encode("latin-1"), 1)
    items = read_bytes(tmp_path, content)
    assert len(paragraphs(items)) == 2
    assert only(items, Refusal)[0].reason == "its text is not UTF-8"


def test_records_longer_than_what_is_read_at_once_are_salvaged_whole(tmp_path: Path) -> None:
    long = 'Braces } { and \\ quotes " stay. ' * 30_000
    content = json.dumps(numbered([{**REVIEW, "Text": long}] * 3)).encode()
    items = read_bytes(tmp_path, content[:-5])
    assert [len(paragraph.text) for paragraph in paragraphs(items)] == [len(long.strip())] * 2


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    content = json.dumps([{**REVIEW, "Text": "Build \ud83d ramps"}]).encode()
    for ending in (content, content[:-1]):
        (paragraph,) = paragraphs(read_bytes(tmp_path, ending))
        paragraph.text.encode()
        assert paragraph.text.startswith("Build ")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b'{"value": []}', "is not the export: a JSON array of records is expected"),
        (b"<html>Service unavailable</html>", "is not the export: a JSON array of records is expected"),
        (codecs.BOM_UTF16_LE + "[]".encode("utf-16-le"), "is UTF-16 text; the export is UTF-8"),
    ],
)
def test_a_file_that_is_something_else_is_refused_whole(tmp_path: Path, content: bytes, complaint: str) -> None:
    assert read_bytes(tmp_path, content) == [Refusal("part.json", complaint)]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert len(paragraphs(read_bytes(tmp_path, codecs.BOM_UTF8 + json.dumps([REVIEW]).encode()))) == 1


def test_packed_files_are_read(tmp_path: Path) -> None:
    content = json.dumps(numbered([REVIEW] * 3)).encode()
    for name, packed in (("a.json.gz", gzip.compress(content)), ("a.json.zst", zstandard.compress(content))):
        assert len(paragraphs(read_bytes(tmp_path, packed, name))) == 3


def test_a_cut_off_packed_file_gives_what_it_holds(tmp_path: Path) -> None:
    records = numbered([{**REVIEW, "Text": f"Build ramp {n} {os.urandom(200).hex()}"} for n in range(2000)])
    packed = gzip.compress(json.dumps(records).encode())
    items = read_bytes(tmp_path, packed[: len(packed) * 3 // 4], "part.json.gz")
    assert 1400 < len(paragraphs(items)) < 1600
    assert len(only(items, Refusal)) == 1
    assert not only(items, Complete)


# -- completeness -----------------------------------------------------------------------------------------------------


def test_a_small_file_withdraws_nothing_whatever_it_is_called(tmp_path: Path) -> None:
    content = json.dumps([REVIEW]).encode()
    parcel, signal = read_bytes(tmp_path, content, "export-full-en.json")
    assert isinstance(parcel, Parcel)
    assert signal == Signal("export-full-en.json", "1 records are fewer than a full export has; nothing is withdrawn")
    assert len(read_bytes(tmp_path, content, "part.json")) == 1


def test_the_language_is_in_the_name(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, json.dumps([REVIEW]).encode(), "export-full-es.json")
    assert only(items, Parcel)[0].edition.lang == "es"
    items = read_bytes(tmp_path, json.dumps([REVIEW]).encode(), "mine.json", lang="fr")
    assert only(items, Parcel)[0].edition.lang == "fr"


def test_progress_is_told_in_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps([REVIEW]).encode())
    told: list[tuple[int, int | None]] = []
    context = Context(progress=lambda done, total: told.append((done, total)))
    list(registry.get("uhri").read((File(path, "a.json", ""),), context))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


# -- the Excel export -------------------------------------------------------------------------------------------------

COLUMNS = [
    "Text",
    "Countries Concerned",
    "Reccomending Body",
    "Document Symbol",
    "Themes",
    "Affected Persons",
    "Sdgs",
    "Document Publication Date",
    "UPR Reccomending States",
    "UPR Position",
    "Type",
    "OHCHR Annotation Id",
    "UPR Session",
    "Regions Concerned",
    "Recommending Regions",
    "Date of publication on UHRI",
]
ROW = [
    "110.23 Build ramps",
    "- Namibia",
    "- UPR",
    None,
    "- Housing\n- Mobility",
    "- Children\n- Women & girls",
    "- 5 - GENDER EQUALITY\n- 5.1 - End discrimination",
    42475,
    "- France\n- Peru",
    "- Supported/Noted",
    "- Recommendations",
    "00000000-0000-4000-8000-00000000000a",
    24,
    "- Africa",
    "- Western Europe & Others",
    42491.4540,
]


def workbook(folder: Path, *rows: list[Any], name: str = "search.xlsx") -> list[Item]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return list(registry.get("uhri").read((File(folder / name, name, ""),), Context()))


def test_the_excel_export_says_the_same_as_the_json_export(tmp_path: Path) -> None:
    items = workbook(tmp_path, COLUMNS, ROW)
    (parcel,) = items
    assert isinstance(parcel, Parcel)
    assert (parcel.work.key, parcel.work.distributed, parcel.work.entered) == (
        "upr:NAM/24",
        date(2016, 4, 15),
        date(2016, 5, 1),
    )
    (paragraph,) = parcel.paragraphs
    assert (paragraph.number, paragraph.text, paragraph.record) == ("110.23", "Build ramps", ROW[11])
    assert labels(items, "theme") == ["Housing", "Mobility"]
    assert labels(items, "group") == ["Children", "Women & girls"]
    assert labels(items, "sdg") == ["5"]
    assert labels(items, "recommending") == ["FRA", "PER"]
    assert labels(items, "position") == ["in-part"]
    assert labels(items, "cycle") == ["2"]


def test_excel_dates_may_be_real_dates_or_text(tmp_path: Path) -> None:
    row = list(ROW)
    row[7], row[15] = datetime(2016, 4, 15), "2016-05-01"
    (parcel,) = workbook(tmp_path, COLUMNS, row)
    assert (parcel.work.distributed, parcel.work.entered) == (date(2016, 4, 15), date(2016, 5, 1))


def test_the_header_may_be_spelled_right_and_stand_below_a_title(tmp_path: Path) -> None:
    columns = [name.replace("Reccomending", "Recommending") for name in COLUMNS]
    columns[13] = "Mood"
    items = workbook(tmp_path, ["Search result"], [], columns, ROW, [None] * 16)
    assert len(paragraphs(items)) == 1
    assert [(signal.where, signal.what) for signal in only(items, Signal)] == [
        ("search.xlsx: row 3", "unknown column 'Mood'")
    ]


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    (refusal,) = workbook(tmp_path, ["Name", "Age"], ["Ann", 9])
    assert isinstance(refusal, Refusal)
    assert "no row has the columns" in refusal.reason
    (refusal,) = read_bytes(tmp_path, b"PK\x03\x04 not a workbook", "broken.xlsx")
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith("cannot be read as an Excel workbook")


# -- the real shape ---------------------------------------------------------------------------------------------------


@pytest.mark.corpus
def test_the_whole_export_of_the_corpus_is_read() -> None:
    folder = os.environ.get("SMALLPLACES_CORPUS")
    if not folder:
        pytest.skip("SMALLPLACES_CORPUS is not set")
    path = Path(folder, "uhri", "export-full-en.json.gz")
    count = works = 0
    rest: list[Item] = []
    for item in registry.get("uhri").read((File(path, path.name, ""),), Context()):
        if isinstance(item, Parcel):
            count += len(item.paragraphs)
            works += 1
            assert item.work.states
            assert len(item.paragraphs) <= 500
        else:
            rest.append(item)
    assert (count, rest) == (48_371, [Complete(("en",))])
    assert works == 412
