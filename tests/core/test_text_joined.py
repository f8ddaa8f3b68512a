"""Paragraphs that one language version keeps apart and another joins. All texts are invented."""

from __future__ import annotations

from smallplaces.model.document import Paragraph
from smallplaces.text.align import Alignment, Pair, align
from smallplaces.text.joined import Joined, by_number, joined, settle

ENGLISH = [
    Paragraph("The council met on 3 March 2021 in the hall of the town and read all the letters.", "1"),
    Paragraph("It thanks the 12 libraries of the town for the answers that they gave it in writing.", "2"),
    Paragraph("It recommends ramps at 45 doors of the town hall and of its schools by the year 2025.", "3"),
    Paragraph("It asks for a report on all of this in 2028, in print that everybody can read with ease.", "4"),
]


def merged(at: int) -> list[Paragraph]:
    both = Paragraph(f"{ENGLISH[at].text} {ENGLISH[at + 1].text}", ENGLISH[at].number)
    return [*ENGLISH[:at], both, *ENGLISH[at + 2 :]]


def test_joined_in_the_second_version() -> None:
    for at in range(3):
        two = merged(at)
        assert joined(ENGLISH, two, align(ENGLISH, two)) == (Joined(True, (at, at + 1), at),)


def test_joined_in_the_first_version() -> None:
    for at in range(3):
        one = merged(at)
        assert joined(one, ENGLISH, align(one, ENGLISH)) == (Joined(False, (at, at + 1), at),)


def test_a_paragraph_that_is_simply_missing_is_not_joined() -> None:
    for at in range(4):
        two = ENGLISH[:at] + ENGLISH[at + 1 :]
        assert joined(ENGLISH, two, align(ENGLISH, two)) == ()


def test_equal_versions() -> None:
    assert joined(ENGLISH, ENGLISH, align(ENGLISH, ENGLISH)) == ()


def test_leftovers_of_one_number_are_paired_in_doubt() -> None:
    two = [*ENGLISH[:3], Paragraph("Quite another text: 77, 88 and 99 of 1950, 1960, 1970 and 1980.", "4")]
    left_over = Alignment((*(Pair(n, n) for n in range(3)), Pair(3, None), Pair(None, 3)))
    found = by_number(ENGLISH, two, left_over).pairs
    assert [(pair.one, pair.two) for pair in found] == [(n, n) for n in range(4)]
    assert found[3].score < -0.6
    assert "differ much" in found[3].reason


def test_leftovers_of_other_numbers_stay_apart_and_in_order() -> None:
    left_over = Alignment((Pair(0, None), Pair(1, None), Pair(None, 0), Pair(None, 1), Pair(2, 2)))
    two = [Paragraph("a", "7"), Paragraph("b", "2"), Paragraph("c", "3")]
    found = by_number(ENGLISH, two, left_over).pairs
    assert [(pair.one, pair.two) for pair in found] == [(0, None), (None, 0), (1, 1), (2, 2)]


WORDS = "a few words of an invented town that were said in the hall and written down".split()  # noqa: SIM905


def by_length(lengths: list[int], start: int = 1) -> list[Paragraph]:
    """Paragraphs without any figure, told apart by their lengths alone."""
    return [Paragraph(" ".join((WORDS * 9)[:length]), str(n)) for n, length in enumerate(lengths, start)]


def test_numbers_that_run_on_are_one_witness() -> None:
    lengths = [12, 40, 9, 70, 25, 110, 15, 60, 33, 90, 18, 50]
    one = by_length(lengths)
    two = [*by_length(lengths[:4]), *by_length(lengths[4:], start=6)]
    found = settle(align(one, two), align(one, two, numbered=False))
    assert [(pair.one, pair.two) for pair in found.pairs] == [(n, n) for n in range(12)]
    assert {pair.reason for pair in found.pairs[4:]} == {f"numbered {n} here and {n + 1} there" for n in range(5, 13)}


def test_numbers_stand_where_content_says_little() -> None:
    one, two = by_length([30] * 8), by_length([29, 33, 28, 31, 34, 27])
    found = settle(align(one, two), align(one, two, numbered=False))
    assert [(pair.one, pair.two) for pair in found.pairs][:6] == [(n, n) for n in range(6)]
