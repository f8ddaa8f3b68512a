"""The doors as data: whole, in the languages promised, and read strictly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from smallplaces.errors import BadInput, NotFound
from smallplaces.model.language import CODES
from smallplaces.vocab import procedures as bare_procedures
from smallplaces.vocab import steps as module
from smallplaces.vocab.load import Entry, entries
from smallplaces.vocab.reviews import yearly
from smallplaces.vocab.steps import ACTORS, FAMILIES, committees, procedures, sources, step, steps

TODAY = date(2026, 11, 24)


def test_every_procedure_has_steps_and_a_family() -> None:
    assert len(procedures()) >= 20
    assert {door.family for door in procedures().values()} == set(FAMILIES)
    assert all(door.steps for door in procedures().values())


def test_what_is_named_elsewhere_is_not_named_again() -> None:
    assert procedures()["reporting"].names is bare_procedures()["reporting"].names


def test_steps_are_named_in_seven_languages_and_explained_in_two() -> None:
    for one in steps().values():
        assert set(one.names) == set(CODES), one.id
        for texts in (one.plain, one.local, one.when):
            assert {"en", "ko"} <= set(texts), one.id
        assert tuple(one.who) == ACTORS
        assert one.basis, one.id
        assert one.sources, one.id


def test_what_is_only_known_in_general_says_so() -> None:
    """A step whose only source is general knowledge is never surer than eight in ten."""
    unsure = [one for one in steps().values() if {source.code for source in one.sources} == {"general-knowledge"}]
    assert unsure
    assert all(one.verify and one.confidence <= 0.8 for one in unsure)


def test_a_step_is_safe_in_an_address() -> None:
    assert all(
        set(one.id) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.0123456789")
        for one in steps().values()
    )


def test_outlines_stand_in_english_and_korean_alike() -> None:
    written = [one for one in steps().values() if one.written]
    assert {"upr.stakeholder-input", "reporting.session-input.CRPD", "calls-for-input.contribution"} <= {
        one.id for one in written
    }
    assert all(len(one.outline["en"]) == len(one.outline["ko"]) for one in written)
    assert step("upr.stakeholder-input").headings("fr") == step("upr.stakeholder-input").headings("en")


@pytest.mark.parametrize(
    ("day", "whose", "unit", "number"),
    [
        (TODAY, "alone", "words", 2815),
        (TODAY, "joint", "words", 5630),
        (date(2010, 4, 12), "alone", "pages", 5),
        (date(2010, 4, 12), "joint", "pages", 10),
    ],
)
def test_limits_are_dated(day: date, whose: str, unit: str, number: int) -> None:
    limit = step("upr.stakeholder-input").limit(day, whose, unit)
    assert limit is not None
    assert limit.number == number
    assert limit.counted["ko"]


def test_no_limit_holds_outside_its_days() -> None:
    assert step("upr.stakeholder-input").limit(date(2010, 4, 12)) is None
    assert step("upr.stakeholder-input").limit(TODAY, unit="pages") is None


def test_a_committee_has_steps_of_its_own() -> None:
    one = step("reporting.session-input.CRPD")
    assert one.body == "CRPD"
    assert "CRPD" in one.name("en")
    assert one.basis[0] == "CRPD art. 35"
    assert step("reporting.session-input.CEDAW").limits != step("reporting.session-input").limits
    assert "follow-up.report.CRC" not in steps()  # it has no such procedure
    assert committees()["CRC"].follow_up == 0


def test_a_city_acts_by_itself_at_few_steps() -> None:
    direct = {one.id for one in steps().values() if one.who["local"].how == "directly"}
    assert {"calls-for-input.contribution", "local-government.call", "national.local-plan"} <= direct
    assert step("upr.stakeholder-input").who["local"].through == ("nhri-a", "ngo-ecosoc", "ngo")
    assert not any(one.startswith(("upr.", "reporting.", "follow-up.")) for one in direct)


def test_what_comes_every_year_is_a_step_with_a_source() -> None:
    assert all(one.step in steps() and one.source.code in sources() for one in yearly())
    call = next(one for one in yearly() if one.step == "local-government.call")
    assert list(call.in_year(2025)) == [("2025-04", "2025-06")]
    assert list(call.in_year(2026)) == []


def test_an_unknown_step_is_said_to_be_unknown() -> None:
    with pytest.raises(NotFound, match="no step"):
        step("upr.nothing")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"state": "directly"}, "must name state, nhri-a"),
        (dict.fromkeys(ACTORS, "sometimes"), "no such way: sometimes"),
        (dict.fromkeys(ACTORS, "through"), "say 'through' and whom"),
        (dict.fromkeys(ACTORS, "through mayors"), "no such actor: mayors"),
    ],
)
def test_who_may_is_read_strictly(who: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        module._who(Entry("invented.yml", "a-step", {"who": who}))


def test_a_limit_without_its_day_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: {limits: [{unit: words, number: 5}]}\n", encoding="utf-8")
    (part,) = next(entries("x.yml", tmp_path)).parts("limits")
    with pytest.raises(BadInput, match="the day from which it holds"):
        module._limit(part)
