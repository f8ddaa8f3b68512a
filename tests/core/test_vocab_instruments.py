"""Treaties and bodies: complete in seven languages, linked to each other, found by name, number and nickname."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from smallplaces.model.instrument import InstrumentKind, Treaty
from smallplaces.model.language import CODES
from smallplaces.vocab import (
    bodies,
    body_of_symbol,
    core_treaties,
    not_a_treaty,
    not_treaties,
    resolve_body,
    resolve_treaty,
    treaties,
    treaty_bodies,
)

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS", "/nowhere"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")


def test_nine_core_treaties_and_ten_bodies_monitor_each_other() -> None:
    assert len(core_treaties()) == 9
    assert len(treaty_bodies()) == 10
    for treaty in treaties().values():
        assert not treaty.parent or treaty.parent in treaties()
        assert not treaty.body or treaty.code in bodies()[treaty.body].monitors
    for body in bodies().values():
        assert not body.parent or body.parent in bodies()
        assert all(treaties()[code].body == body.code for code in body.monitors)


@pytest.mark.parametrize("treaty", treaties().values(), ids=lambda treaty: treaty.code)
def test_every_treaty_answers_to_all_its_names(treaty: Treaty) -> None:
    names = {treaty.name(lang) for lang in CODES} | {treaty.short_name(lang) for lang in CODES}
    names |= {alias for aliases in treaty.aliases.values() for alias in aliases} | {treaty.code, treaty.code.lower()}
    assert {name for name in names if resolve_treaty(name) is not treaty} == set()


def test_dates_are_in_order() -> None:
    for treaty in treaties().values():
        assert treaty.adopted
        assert treaty.in_force is None or treaty.in_force >= treaty.adopted
        parent = treaties().get(treaty.parent, treaty)
        assert parent.adopted
        assert parent.adopted <= treaty.adopted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("자유권규약", "ICCPR"),
        ("자유권 규약", "ICCPR"),
        ("B규약", "ICCPR"),
        ("Ｂ규약", "ICCPR"),
        ("A규약", "ICESCR"),
        ("Women's Convention", "CEDAW"),
        ("the Women’s Convention", "CEDAW"),
        ("Torture Convention", "CAT"),
        ("여성차별철폐협약", "CEDAW"),
        ("장애인권리협약", "CRPD"),
        ("Convention relative aux droits de l'enfant", "CRC"),
        ("儿童权利公约", "CRC"),
        ("КПР", "CRC"),
        ("PIDCP", "ICCPR"),
        ("CPED", "ICPPED"),
        ("ICRMW", "ICMW"),
        ("4-11-b", "OP-CRC-AC"),
        ("ILO 제190호 협약", "ILO-C190"),
        ("UDHR", "UDHR"),
        ("Convention on the Rights of the Child. New York, 20 November 1989", "CRC"),
    ],
)
def test_nicknames(text: str, code: str) -> None:
    treaty = resolve_treaty(text)
    assert treaty is not None
    assert treaty.code == code


def test_the_istanbul_protocol_is_no_treaty_and_says_why() -> None:
    assert resolve_treaty("Istanbul Protocol") is None
    friend = not_a_treaty("istanbul protocol")
    assert friend is not None
    assert friend is not_a_treaty("이스탄불 의정서")
    assert "manual" in friend.why["en"]


def test_no_false_friend_resolves_to_a_treaty() -> None:
    for friend in not_treaties().values():
        assert all(code in treaties() for code in friend.means)
        assert [name for name in friend.names if resolve_treaty(name)] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- CRC", "CRC"),
        ("- Committee on the Rights of the Child", "CRC"),
        ("Human Rights Committee", "CCPR"),
        ("자유권규약위원회", "CCPR"),
        ("CRC-OP-SC", "CRC"),
        ("HRC", "HRC"),
        ("Universal Periodic Review", "UPR"),
        ("КПР", "CRC"),
    ],
)
def test_bodies_by_name(text: str, code: str) -> None:
    body = resolve_body(text)
    assert body is not None
    assert body.code == code


def test_every_body_answers_to_all_its_names() -> None:
    for body in bodies().values():
        names = {body.name(lang) for lang in CODES} | {body.short_name(lang) for lang in CODES} | {body.code}
        assert {name for name in names if resolve_body(name) is not body} == set()


@pytest.mark.parametrize(
    ("symbol", "code"),
    [
        ("A/HRC/WG.6/42/KOR/1", "UPR"),
        ("a/hrc/53/11", "HRC"),
        ("A/53/44", "GA"),
        ("E/C.12/GC/24", "CESCR"),
        ("CAT/OP/KOR/1", "SPT"),
        ("CAT/C/KOR/CO/6", "CAT"),
        ("E/CN.4/2005/1", "CHR"),
    ],
)
def test_a_symbol_tells_its_body(symbol: str, code: str) -> None:
    body = body_of_symbol(symbol)
    assert body is not None
    assert body.code == code


def test_a_symbol_of_nobody_has_no_body() -> None:
    assert body_of_symbol("CRPDX/C/1") is None
    assert body_of_symbol("") is None


@pytest.mark.corpus
@needs_corpus
def test_every_treaty_a_source_names_resolves() -> None:
    lines = (CORPUS / "treaties/articles.jsonl").read_text(encoding="utf-8").splitlines()
    names = {json.loads(line)["treaty"] for line in lines}
    with (CORPUS / "treaty-status/actions_2015.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["mtdsg_no"], row["treaty_name"]) for row in csv.DictReader(file)}
    names |= {path.stem.removeprefix("status_2022_hr_status_") for path in (CORPUS / "treaty-status").glob("s*.csv")}
    assert {name for name in names if resolve_treaty(name) is None} == set()
    for number, name in rows:
        assert resolve_treaty(number) is not None, number
        assert resolve_treaty(name) is resolve_treaty(number), name


@pytest.mark.corpus
@needs_corpus
def test_adoption_dates_agree_with_the_depositary() -> None:
    with (CORPUS / "treaty-status/actions_2015.csv").open(encoding="utf-8", newline="") as file:
        printed = {row["mtdsg_no"]: row["treaty_name"].rsplit(", ", 1)[1] for row in csv.DictReader(file)}
    opened_later = {"4-2"}  # the ICERD is named by the day it was opened for signature
    for number, day in printed.items():
        treaty = resolve_treaty(number)
        assert treaty is not None
        assert treaty.adopted
        if number not in opened_later:
            assert f"{treaty.adopted.day} {treaty.adopted:%B %Y}" == day, treaty.code


def test_only_what_is_not_law_lacks_the_day_it_came_into_force() -> None:
    pending = {treaty.code for treaty in treaties().values() if treaty.in_force is None}
    assert pending == {"UDHR", "ICERD-AMD-8", "CEDAW-AMD-20", "CAT-AMD-17-18"}
    assert treaties()["UDHR"].kind is InstrumentKind.DECLARATION


@pytest.mark.corpus
@needs_corpus
def test_the_number_of_articles_agrees_with_the_texts() -> None:
    lines = (CORPUS / "treaties/articles.jsonl").read_text(encoding="utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for row in map(json.loads, lines):
        if row["lang"] == "en" and row["instrument_part"] == 0:
            found.setdefault(row["treaty"], set()).add(row["article"])
    counted = {name: len(articles) for name, articles in found.items()}
    expected = {name: treaty.articles for name in counted if (treaty := resolve_treaty(name))}
    assert counted == expected
