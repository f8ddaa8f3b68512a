"""The status of treaties: dated acts, reservations, yearly tables. The wordings are invented."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from smallplaces.model.status import ActionKind, TreatyAction
from smallplaces.sources import registry
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.treaty_status import wording

ACTIONS = "mtdsg_no,treaty_name,participant,column,raw_value,date_iso,action_code\n"
STATUS = "iso2,member,state party,year ratification or accession,signatory,no action,status,note\n"


def read(folder: Path, name: str, content: str) -> list[Item]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return list(registry.get("treaty_status").read((File(path, name, ""),), Context()))


def told(folder: Path, *texts: tuple[str, str]) -> list[TreatyAction]:
    lines = [json.dumps({"mtdsg_no": number, "participant": "Chile", "text": text}) for number, text in texts]
    items = read(folder, "declarations_2015.jsonl", "\n".join(lines))
    assert all(isinstance(item, TreatyAction) for item in items)
    return [item for item in items if isinstance(item, TreatyAction)]


@pytest.mark.parametrize(
    ("column", "letter", "kind"),
    [
        ("Signature", "", ActionKind.SIGNATURE),
        ('"Signature, Succession to signature(d)"', "d", ActionKind.SIGNATURE),
        ('"Ratification, Accession(a)"', "", ActionKind.RATIFICATION),
        ('"Ratification, Accession(a)"', "a", ActionKind.ACCESSION),
        ('"Accession(a), Succession(d)"', "d", ActionKind.SUCCESSION),
        ("Acceptance(A)", "A", ActionKind.ACCEPTANCE),
        ('"Ratification, Approval(AA)"', "AA", ActionKind.APPROVAL),
        ('"Formal confirmation(c)"', "c", ActionKind.RATIFICATION),
    ],
)
def test_the_letter_behind_a_date_says_what_was_done(
    tmp_path: Path, column: str, letter: str, kind: ActionKind
) -> None:
    row = f"4-15,Convention,Republic of Korea,{column},11 Dec 2008,2008-12-11,{letter}\n"
    (action,) = read(tmp_path, "actions_2015.csv", ACTIONS + row)
    assert isinstance(action, TreatyAction)
    assert (action.treaty, action.state, action.kind, action.date, action.as_of) == (
        "CRPD",
        "KOR",
        kind,
        "2008-12-11",
        "2015",
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9-99,Convention,Chile,Signature,x,2008-12-11,", "the catalogue has no treaty '9-99'"),
        ("4-15,Convention,Exampland,Signature,x,2008-12-11,", "the catalogue has no State 'Exampland'"),
        ("4-15,Convention,Chile,Ratification,x,2008-12-11,z", "an act with the letter 'z' is unknown"),
        ("4-15,Convention,Chile,Ratification,x,11 Dec 2008,", "not a date: '11 Dec 2008'"),
        ("4-15,Convention,Chile,Ratification,x,,", "date_iso is empty"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(tmp_path: Path, row: str, reason: str) -> None:
    (refusal,) = read(tmp_path, "actions_2015.csv", f"{ACTIONS}{row}\n")
    assert isinstance(refusal, Refusal)
    assert (refusal.where, refusal.reason) == ("actions_2015.csv:2", reason)


def test_the_yearly_table_says_party_or_signatory_and_nothing_else(tmp_path: Path) -> None:
    rows = (
        "NA,Namibia,1,1994,0,0,state party,\n"
        "KR,South Korea,0,,1,0,signatory state,\n"
        "TP,East Timor,1,2003,0,0,state party,as Timor-Leste\n"
        "CL,Chile,0,,0,1,no action,\n"
        "PE,Peru,0,2009,0,0,state party,\n"
        "FR,France,1,,0,0,state party,\n"
    )
    items = read(tmp_path, "status_2022_hr_status_op_crpd.csv", STATUS + rows)
    actions = [item for item in items if isinstance(item, TreatyAction)]
    assert [(a.treaty, a.state, a.kind, a.date, a.as_of) for a in actions] == [
        ("OP-CRPD", "NAM", ActionKind.RECORDED, "1994", "2022"),
        ("OP-CRPD", "KOR", ActionKind.SIGNATURE, "", "2022"),
        ("OP-CRPD", "TLS", ActionKind.RECORDED, "2003", "2022"),
    ]
    assert [item.where.rpartition(":")[2] for item in items if isinstance(item, Refusal)] == ["6", "7"]


def test_a_file_whose_name_says_nothing_is_refused(tmp_path: Path) -> None:
    (refusal,) = read(tmp_path, "parties.csv", ACTIONS)
    assert isinstance(refusal, Refusal)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Exampland does not consider itself bound by article 9.", ActionKind.RESERVATION),
        ("Exampland reserves the right not to apply article 3.", ActionKind.RESERVATION),
        ("With a reservation to article 25 (e).", ActionKind.RESERVATION),
        ("Article 22 shall be so applied as to be in conformity with local law.", ActionKind.RESERVATION),
        ("Exampland declares that the minimum age for recruitment is 18 years.", ActionKind.DECLARATION),
        ("Exampland recognizes the competence of the Committee.", ActionKind.DECLARATION),
        ("Exampland understands article 3 to cover fish.", ActionKind.DECLARATION),
        ("Exampland objects to the reservation made by Otherland to article 2.", ActionKind.OBJECTION),
        ("Declaration: Exampland makes a reservation of a table.", ActionKind.DECLARATION),
        ("Upon signature: Reservations: All is well.", ActionKind.RESERVATION),
    ],
)
def test_words_say_what_they_do_and_a_heading_says_it_first(tmp_path: Path, text: str, kind: ActionKind) -> None:
    (action,) = told(tmp_path, ("4-15", text))
    assert (action.kind, action.text) == (kind, text)


def test_a_text_under_several_headings_is_several_acts_and_none_of_it_is_lost(tmp_path: Path) -> None:
    text = "Opening words.Declaration: Fish are animals.Reservation: Not bound by article 2.Objection: To that."
    actions = told(tmp_path, ("4-15", text))
    assert [action.kind for action in actions] == [
        ActionKind.DECLARATION,
        ActionKind.DECLARATION,
        ActionKind.RESERVATION,
        ActionKind.OBJECTION,
    ]
    assert "".join(action.text for action in actions) == text
    assert len({action.record for action in actions}) == 4


def test_a_text_printed_under_another_treaty_is_fetched_from_there(tmp_path: Path) -> None:
    text = "Exampland does not consider itself bound by article 9."
    first, second, third = told(tmp_path, ("4-3", text), ("4-4", "See chapter IV.3."), ("5-5", "See chapter V.2."))
    assert (second.treaty, second.kind, second.text) == ("ICCPR", first.kind, text)
    assert third.text == "See chapter V.2."


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("article 14 (5)", ("14(5)",)),
        ("Article 14, paragraph 5", ("14(5)",)),
        ("paragraph 1 of article 29", ("29(1)",)),
        ("paragraph 1 (a) of article 29", ("29(1)(a)",)),
        ("articles 17 (1), 21, 22 (1), 26 and 34", ("17(1)", "21", "22(1)", "26", "34")),
        ("articles 10 (2) (b) and 10, paragraph 3", ("10(2)(b)", "10(3)")),
        ("article IX and article XII", ("IX", "XII")),
        ("article 2 and again article 2", ("2",)),
        ("article 9, but article 96 of the Code of Exampland", ("9",)),
        ("article 25 of the Constitution", ()),
        ("an article about fish", ()),
        ("particle 9", ()),
    ],
)
def test_articles_are_named_simply(text: str, articles: tuple[str, ...]) -> None:
    assert wording.articles(text) == articles


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    line = '{"mtdsg_no": "4-15", "participant": "Chile", "text": ""}\n{"mtdsg_no": "4-15"}\n'
    items = read(tmp_path, "declarations_2015.jsonl", line)
    assert [item.reason for item in items if isinstance(item, Refusal)] == ["the text is empty", "participant is empty"]


@pytest.mark.corpus
def test_the_corpus_is_read() -> None:
    folder = os.environ.get("SMALLPLACES_CORPUS")
    if not folder:
        pytest.skip("SMALLPLACES_CORPUS is not set")
    files = tuple(File(path, path.name, "") for path in Path(folder, "treaty-status").iterdir())
    items = list(registry.get("treaty_status").read(files, Context()))
    kinds = Counter(item.kind for item in items if isinstance(item, TreatyAction))
    assert kinds[ActionKind.RECORDED] == 2_298
    dated = sum(1 for item in items if isinstance(item, TreatyAction) and len(item.date) == 10)
    assert dated == 4_968
    assert kinds[ActionKind.RESERVATION] > 300
    reasons = Counter(item.reason.partition(":")[0] for item in items if isinstance(item, Refusal))
    assert reasons == {"the text is empty": 82, "its columns contradict one another": 6}
    assert not [item for item in items if isinstance(item, Signal)]
