"""The calendar of the review: cycles, sessions past and expected, deadlines recomputed, and how far the rules miss."""

from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from smallplaces.vocab import resolve_state
from smallplaces.vocab.reviews import (
    cycle_of,
    mid_term,
    place_of,
    report_deadline,
    season_distance,
    session,
    sessions,
    stakeholder_deadline,
)

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS", "/nowhere"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")


@pytest.mark.parametrize(
    ("number", "cycle"),
    [(1, 1), (12, 1), (13, 2), (26, 2), (27, 3), (40, 3), (41, 4), (54, 4), (55, 5), (68, 5), (69, 6)],
)
def test_sessions_belong_to_cycles(number: int, cycle: int) -> None:
    assert cycle_of(number) == cycle


def test_there_is_no_session_before_the_first() -> None:
    with pytest.raises(ValueError, match="no session 0"):
        cycle_of(0)


def test_sessions_follow_one_another() -> None:
    known = [sessions()[number] for number in sorted(sessions())]
    assert [one.number for one in known] == list(range(1, 55))
    assert all(one.start <= one.end for one in known)
    assert all(before.start < after.start for before, after in pairwise(known))


def test_what_no_calendar_names_is_expected() -> None:
    """One meeting time is left out between two cycles, as after sessions 12, 26 and 40."""
    assert not session(54).expected
    assert (session(55).start, session(55).expected) == ("2027-11", True)
    assert session(56).start == "2028-01"
    assert session(57).start == "2028-05"


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (9, "2010-04-12"),
        (21, "2014-06-15"),
        (22, "2014-09-15"),
        (23, "2015-03-23"),
        (24, "2015-06-22"),
        (25, "2015-09-21"),
        (26, "2016-03-21"),
        (41, "2022-03-31"),
        (42, "2022-07-14"),
    ],
)
def test_deadlines_of_past_sessions_are_recomputed_within_three_weeks(number: int, day: str) -> None:
    """Each from the others of its season, itself left out; what is announced is given as it is."""
    one = session(number)
    assert stakeholder_deadline(number).date == day
    assert not stakeholder_deadline(number).expected
    before, _margin = season_distance(one.season, leaving_out=number)
    actual = (date.fromisoformat(one.start) - date.fromisoformat(day)).days
    assert abs(before - actual) <= 21


def test_an_expected_deadline_says_by_which_rule_and_how_far_it_may_miss() -> None:
    found = stakeholder_deadline(50)
    assert found.expected
    assert "autumn" in found.rule
    assert found.margin == 21
    assert found.date == "2025-03-26"


def test_a_month_stays_a_month() -> None:
    assert stakeholder_deadline(56).date == "2027-06"
    assert report_deadline(56).date == "2027-10"
    assert mid_term(42).date == "2025-07"


def test_the_republic_of_korea_is_found_in_its_sessions() -> None:
    held = {1: 2, 2: 14}
    third = place_of(3, held, "KOR")
    assert third is not None
    assert (third.session, third.known) == (28, False)
    fourth = place_of(4, held, "KOR")
    assert fourth is not None
    assert (fourth.session, fourth.known) == (42, True)
    fifth = place_of(5, held, "KOR")
    assert fifth is not None
    assert (fifth.session, fifth.known) == (56, False)
    assert fifth.confidence < fourth.confidence
    assert report_deadline(42).date == "2022-10-10"


def test_nothing_is_guessed_of_a_state_never_seen() -> None:
    assert place_of(4, {}, "XXE") is None


def _corpus_sessions() -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    with gzip.open(CORPUS / "upr" / "upr_info_sessions_1-20.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            state = resolve_state(row["To"])
            if state is not None and row["Session"].isdecimal():
                found[state.code][cycle_of(int(row["Session"]))] = int(row["Session"])
    return found


@needs_corpus
@pytest.mark.corpus
def test_the_order_of_review_holds_on_the_corpus() -> None:
    """From the first cycle to the second within two sessions; from the second to the fourth exactly, by two lists."""
    held = _corpus_sessions()
    both = {code: known for code, known in held.items() if {1, 2} <= set(known)}
    assert len(both) >= 100
    misses = []
    for code, known in both.items():
        placed = place_of(2, {1: known[1]}, "")
        assert placed is not None, code
        misses.append(abs(placed.session - known[2]))
    assert sum(miss == 0 for miss in misses) / len(misses) >= 0.7
    assert max(misses) <= 2
    for number in (41, 48):
        second = {code for code, known in held.items() if known.get(2) == number - 28}
        assert set(sessions()[number].states) == second
