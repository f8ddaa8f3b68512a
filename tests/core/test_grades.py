"""Scales of the committees: versions do not mix, and every label speaks seven languages."""

from __future__ import annotations

from datetime import date

from smallplaces.model.language import CODES
from smallplaces.vocab.grades import grade_name, scales, scales_of


def test_the_human_rights_committee_has_four_scales() -> None:
    assert [scale.code for scale in scales_of("CCPR")] == ["CCPR-2001", "CCPR-2008", "CCPR-2017", "CCPR-2022"]
    assert list(scales()["CCPR-2008"].grades) == ["A", "B1", "B2", "C1", "C2", "D1", "D2", "E"]
    assert list(scales()["CCPR-2017"].grades) == ["A", "B", "C", "D", "E"]
    assert list(scales()["CCPR-2001"].grades) == ["satisfactory", "partially-satisfactory", "incomplete"]


def test_a_letter_says_something_else_on_another_scale() -> None:
    assert grade_name("CCPR-2008", "C1") != grade_name("CCPR-2017", "C")
    assert grade_name("CCPR-2008", "C") == "C", "that scale has no C"
    assert grade_name("none", "A") == "A"


def test_a_scale_is_used_between_its_days() -> None:
    old, now = scales()["CCPR-2008"], scales()["CCPR-2022"]
    assert old.used_on(date(2016, 7, 1))
    assert not old.used_on(date(2019, 7, 1))
    assert now.used_on(date(2025, 1, 1))
    assert not now.used_on(date(2019, 1, 1))


def test_every_scale_says_where_it_comes_from_and_every_grade_what_it_means() -> None:
    for scale in scales().values():
        assert scale.source
        assert scale.until is None or scale.since < scale.until
        for code in scale.grades:
            said = [grade_name(scale.code, code, lang) for lang in CODES]
            assert all(said)
            assert len(set(said)) == len(CODES), code
