"""Segmentation: the sequence of numbers is found whatever stands around it, and no character is lost or doubled."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from smallplaces.model.document import ParagraphKind
from smallplaces.parse.base import Extract, Line
from smallplaces.parse.document import parse_lines
from smallplaces.text.segment import Candidate, chain, gaps, heading_rank, number_marker, subitem

VOCABULARY = ["exampland", "invented", "library", "ramp", "clinic", "town", "hall", "opens", "closes", "council"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=4, max_size=30)


def sentence(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."


@given(st.integers(1, 9999), st.sampled_from([".", ")", "．", "、", "-", " –"]), WORDS)
def test_a_number_is_read_in_any_of_the_signs_in_use(number: int, sign: str, words: list[str]) -> None:
    marker = number_marker(f"{number}{sign} {sentence(words)}")
    assert marker is not None
    assert marker.printed == str(number)


@given(st.integers(1, 999), st.integers(1, 300), WORDS)
def test_a_number_with_two_parts_is_read_whole(first: int, second: int, words: list[str]) -> None:
    marker = number_marker(f"{first}.{second} {sentence(words)}")
    assert marker is not None
    assert marker.printed == f"{first}.{second}"


@given(st.integers(1, 999))
def test_arabic_indic_digits_count_like_others(number: int) -> None:
    digits = "".join(chr(0x660 + int(digit)) for digit in str(number))
    for text in (f"{digits}- نص", f"-{digits} نص"):
        marker = number_marker(text)
        assert marker is not None
        assert marker.number == (number,)


@given(st.text(max_size=60))
def test_any_text_has_a_marker_or_none_and_never_an_error(text: str) -> None:
    marker = number_marker(text)
    assert marker is None or 0 < marker.end <= len(text)
    assert 0 <= heading_rank(text) <= 5
    assert text.lstrip().startswith(subitem(text)) or not subitem(text)


@given(st.integers(1, 60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 70)), max_size=25))
def test_the_sequence_is_found_among_stray_numbers(length: int, strays: list[tuple[int, int]]) -> None:
    """Strays look less like the head of a paragraph: they weigh little."""
    real = [Candidate(10 * i, (i + 1,), 3.0) for i in range(length)]
    false = [Candidate(10 * place + 1 + k % 8, (number,), 0.4) for k, (place, number) in enumerate(strays)]
    mixed = sorted({c.index: c for c in [*false, *real]}.values(), key=lambda c: c.index)
    assert [c for c in chain(mixed) if c.weight == 3.0] == real


@given(st.sets(st.integers(1, 200), min_size=1))
def test_gaps_are_exactly_what_is_missing(present: set[int]) -> None:
    numbers = sorted(present)
    missing = {int(gap) for gap in gaps([(n,) for n in numbers])}
    assert missing == set(range(1, numbers[-1] + 1)) - present


LINES = st.lists(
    st.one_of(
        WORDS.map(sentence),
        st.tuples(st.integers(1, 40), WORDS).map(lambda pair: f"{pair[0]}. {sentence(pair[1])}"),
        st.tuples(st.sampled_from("abc"), WORDS).map(lambda pair: f"({pair[0]}) {sentence(pair[1])}"),
        st.sampled_from(
            ["I. Introduction", "Annex", "CRPD/C/XXA/CO/1", "12", "GE.22-12345", "______", "1 CRPD/C/1/Rev.1.", "Notes"]
        ),
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40),
    ),
    min_size=1,
    max_size=60,
)


def letters(text: str) -> Counter[str]:
    """Every character that is neither space nor a hyphen that a mended line break takes away."""
    return Counter(c for c in text if not c.isspace() and c not in "-‟’")


def placed(lines: list[Line]) -> Counter[str]:
    """The characters of all places of a parsed document."""
    document = parse_lines(Extract(lines, 3), {})
    everything: Counter[str] = Counter()
    for paragraph in document.paragraphs:
        everything += letters(paragraph.text)
        everything += letters(str(paragraph.facts.get("marker", "")))
        everything += letters("".join(paragraph.facts.get("calls", ())))
    for piece in document.furniture:
        everything += letters(piece)
    return everything


@given(LINES, st.booleans())
def test_every_character_stands_in_exactly_one_place(texts: list[str], printed: bool) -> None:
    """Of a page or of a flowing document: paragraph, heading, footnote, furniture, number or footnote call."""
    lines = []
    for index, text in enumerate(texts):
        page, row = divmod(index, 25)
        line = Line(text=text, page=page + 1, size=8.0 if text.startswith("1 CRPD") else 10.0, bold=len(text) < 20)
        if printed:
            line.x0, line.x1, line.y = 100.0, 100.0 + 5 * len(text), 800.0 - 24 * row
        else:
            line.fresh = True
        lines.append(line)
    assert placed(lines) == letters("".join(texts))


def test_footnote_calls_leave_the_text_and_are_kept() -> None:
    text = "1. The council of Exampland opened the library.3 It is invented."
    lines = [Line(text=text, fresh=True, calls=((47, 48),)), Line(text="2. The clinic opened too.", fresh=True)]
    document = parse_lines(Extract(lines), {})
    first = next(p for p in document.paragraphs if p.kind is ParagraphKind.PARAGRAPH)
    assert first.text == "The council of Exampland opened the library. It is invented."
    assert first.facts["calls"] == ["3"]


def test_sections_that_are_missing_do_not_end_the_sequence() -> None:
    numbers = [(10, 1), (10, 2), (13, 1), (13, 2), (14, 3), (15,), (16,)]
    candidates = [Candidate(i, number, 3.5) for i, number in enumerate([(n,) for n in range(1, 10)] + numbers)]
    assert chain(candidates) == candidates
