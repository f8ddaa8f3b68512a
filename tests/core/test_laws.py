"""How a legal basis is written out."""

from __future__ import annotations

import pytest

from smallplaces.vocab.competence import competence, own_files
from smallplaces.vocab.laws import basis_name, laws


@pytest.mark.parametrize(
    ("basis", "korean", "english"),
    [
        ("LAA art. 13(2)2", "「지방자치법」 제13조제2항제2호", "Local Autonomy Act, art. 13(2)2"),
        ("LAA art. 15(5)", "「지방자치법」 제15조제5호", "Local Autonomy Act, art. 15(5)"),
        ("LAA art. 28", "「지방자치법」 제28조", "Local Autonomy Act, art. 28"),
        ("Regional Public Health Act", "「지역보건법」", "Regional Public Health Act"),
        ("COFOG 06.1", "정부기능분류(COFOG) 06.1", "Classification of the Functions of Government (COFOG) 06.1"),
        ("Unlisted Act art. 3", "Unlisted Act art. 3", "Unlisted Act art. 3"),
    ],
)
def test_a_basis_is_written_as_its_language_does(basis: str, korean: str, english: str) -> None:
    assert (basis_name(basis, "ko"), basis_name(basis, "en")) == (korean, english)


@pytest.mark.parametrize("scheme", [*sorted(own_files()), "any other State"])
def test_every_law_on_which_a_competence_rests_has_a_name(scheme: str) -> None:
    given = {basis for head in competence(scheme).heads.values() for basis in head.basis}
    assert given
    assert [basis for basis in given if not any(basis == code or basis.startswith(f"{code} ") for code in laws())] == []
