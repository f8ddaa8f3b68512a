"""Who is competent for what: the files hold together, and wrong ones are refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smallplaces.errors import BadInput
from smallplaces.model.language import CODES
from smallplaces.vocab.competence import LEVELS, actions, check_heads, competence, departments, matters

SCHEMES = ("KOR", "generic")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_matter_falls_under_one_head_with_a_basis(scheme: str) -> None:
    law = competence(scheme)
    for code in matters():
        head = law.of_matter(code)
        assert head and head.basis and set(head.rules) == set(LEVELS)


def test_a_state_without_a_file_gets_the_generic_one() -> None:
    assert competence("FRA").scheme == "generic"
    assert competence("KOR").scheme == "KOR"


def test_article_13_has_its_seven_heads() -> None:
    basis = {part for head in competence("KOR").heads.values() for part in head.basis}
    assert {f"LAA art. 13(2){number}" for number in range(1, 8)} <= basis


def test_what_article_15_keeps_is_no_local_matter() -> None:
    for head in competence("KOR").heads.values():
        if any("art. 15" in part for part in head.basis):
            assert head.rules["national"] == "exclusive" and not head.has_part("municipality")


def test_actions_and_matters_have_words_in_every_language() -> None:
    for action in actions().values():
        assert set(action.cues) == set(CODES), action.code
    assert all(set(names) == set(CODES) for names in departments().values())


def test_a_law_of_another_day_is_not_applied() -> None:
    assert competence("KOR").of_matter("schools", "2021-12-31") is None
    assert competence("KOR").of_matter("schools", "2023-01-01") is not None


def test_a_matter_under_two_heads_is_refused() -> None:
    heads = list(competence("KOR").heads.values())
    with pytest.raises(BadInput, match="falls under"):
        check_heads("EXA", [*heads, replace(heads[0], code="twice")])


def test_a_matter_under_no_head_is_refused() -> None:
    with pytest.raises(BadInput, match="no head for"):
        check_heads("EXA", list(competence("KOR").heads.values())[1:])
