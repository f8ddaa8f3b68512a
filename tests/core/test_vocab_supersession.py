"""Which general comment took the place of which, and what suffixes of symbols say."""

import pytest

from smallplaces.vocab.general_comment import general_comments
from smallplaces.vocab.supersession import Relation, related_comments, suffixed


def relations(code: str) -> set[tuple[str, str]]:
    return {(str(related.relation), related.code) for related in related_comments().get(code, ())}


def test_what_replaces_is_known_from_both_ends():
    assert relations("CCPR-GC-36") == {("replaces", "CCPR-GC-6"), ("replaces", "CCPR-GC-14")}
    assert relations("CCPR-GC-14") == {("replaced-by", "CCPR-GC-36")}
    assert relations("CEDAW-GC-19") == {("updated-by", "CEDAW-GC-35")}
    assert (
        relations("CRC-GC-18") == {("joint", "CEDAW-GC-31")} == {("joint", code) for _, code in relations("CRC-GC-18")}
    )
    assert relations("CESCR-GC-4") == set()


def test_every_claim_has_its_source_and_agrees_with_the_catalogue():
    known = general_comments()
    for code, several in related_comments().items():
        assert all(related.source for related in several)
        assert {r.code for r in several if r.relation is Relation.JOINT} == set(known[code].joint)
        assert all(known[r.code].year <= known[code].year for r in several if r.relation is Relation.REPLACES)
    assert {code for code, comment in known.items() if comment.joint} <= set(related_comments())


@pytest.mark.parametrize(
    ("symbol", "base", "this_way", "back"),
    [
        ("A/HRC/22/10/Corr.1", "A/HRC/22/10", "corrects", "corrected-by"),
        ("HRI/GEN/1/Rev.9", "HRI/GEN/1", "revises", "revised-by"),
        ("HRI/GEN/1/Rev.9/Amend.1", "HRI/GEN/1/Rev.9", "amends", "amended-by"),
    ],
)
def test_suffixes_name_what_they_correct(symbol, base, this_way, back):
    assert suffixed(symbol) == (base, this_way, back)


@pytest.mark.parametrize("symbol", ["A/HRC/22/10", "A/HRC/22/10/Add.1", "CCPR/C/21/Rev.1/Add.13"])
def test_addenda_are_documents_of_their_own(symbol):
    assert suffixed(symbol) is None
