"""Documents printed for the purpose, in seven languages: exactly what was written is read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.printed_document import (
    CHROMIUM,
    Document,
    Head,
    Para,
    notes,
    page,
    plain,
    print_all,
    read,
    texts,
    word,
    written,
)

from smallplaces.model.document import ParagraphKind
from smallplaces.parse import parse_file

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "ko")
ARABIC_FONTS = ("DejaVu Sans", "Noto Sans Arabic", "Noto Kufi Arabic")
SYMBOL = "CRPD/C/XXA/CO/1"
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")


def observations(lang: str) -> Document:
    """Concluding observations in the usual order."""
    known = texts()[lang]
    said, heads, letters = known["sentences"], known["headings"], known["letters"]
    stop, comma, colon, space = {"zh": ("。", "；", "：", "")}.get(lang, (".", "؛" if lang == "ar" else ";", ":", " "))

    def para(number: int, *which: int, note: bool = False) -> Para:
        text = space.join(said[each] + stop for each in which)
        return Para(str(number), text, note=known["note"] if note else "")

    def demand(number: int, *, note: bool = False) -> Para:
        ends = ((letters[0], said[3] + comma), (letters[1], said[4] + comma), (letters[2], said[6] + stop))
        return Para(str(number), said[2] + colon, list(ends), known["note"] if note else "")

    body: list[Para | Head] = [
        Head(heads[0], 1), para(1, 0, 5), para(2, 5),
        Head(heads[1], 1), para(3, 0, 1, 5), para(4, 0),
        Head(heads[2], 1), Head(heads[3], 2), para(5, 1, note=True), demand(6),
        Head(heads[4], 2), Head(heads[5], 3), para(7, 1, 5), demand(8), para(9, 1, 0, 5, note=True), para(10, 2, 5),
        demand(11, note=True), para(12, 0, 5),
    ]  # fmt: skip
    return Document(lang, SYMBOL, known["cover"], known["title"], body, known["adopted"])


HYPHENED = (
    "The Committee recalls the pre-school, inter-agency and cross-border measures of 2019-2023, the short- and "
    "long-term plans, Act No. 2013-010, the COVID-19 response, and the gender- and age-sensitive, non-discriminatory, "
    "well-known, community-based and vis-à-vis arrangements of the self-governing and law-enforcement bodies"
)


def hyphened() -> Document:
    """Paragraphs whose hyphens fall at the ends of lines, each a word further than the one before."""
    document = observations("en")
    words = HYPHENED.split()
    shifted = [" ".join(["Indeed"] * count + words) + "." for count in range(12)]
    document.body = [Head("A. Principles", 2), *(Para(str(n), text) for n, text in enumerate(shifted, 1))]
    return document


def years() -> Document:
    """Paragraphs whose notes are called right after a number."""
    document = observations("en")
    said = ("The plan was adopted in 2019", "The register is kept under Act No. 42-00", "It is set out in article 50")
    document.body = [
        Head("A. Principles", 2),
        *(Para(str(n), text, note=f"See the plan, page {n}.") for n, text in enumerate(said, 1)),
    ]
    return document


def titled() -> list[tuple[str, str, str]]:
    """(language, kind, title) of every invented title."""
    return [
        (lang, kind, title)
        for lang, known in texts().items()
        for kind, titles in known["titles"].items()
        for title in titles
    ]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every document of these tests printed."""
    folder = tmp_path_factory.mktemp("printed")
    for lang in LANGUAGES:
        for every in (3, 4):
            (folder / f"{lang}-{every}.html").write_text(page(observations(lang), every=every), "utf-8")
    (folder / "years.html").write_text(page(years()), "utf-8")
    (folder / "hyphened.html").write_text(page(hyphened()), "utf-8")
    for font in ARABIC_FONTS:
        (folder / f"{font}.html").write_text(page(observations("ar"), font=font), "utf-8")
    for number, (lang, _, title) in enumerate(titled()):
        document = observations(lang)
        document.title, document.symbol, document.adopted = title, "", ""
        (folder / f"title-{number}.html").write_text(page(document), "utf-8")
    print_all(folder)
    return folder


@needs_browser
@pytest.mark.parametrize("every", [3, 4])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_printed_document_is_read_as_it_was_written(printed: Path, lang: str, every: int) -> None:
    document = observations(lang)
    parsed = parse_file(printed / f"{lang}-{every}.pdf")
    assert read(parsed) == written(document)
    found = [(p.number, p.text) for p in parsed.paragraphs if p.kind is ParagraphKind.FOOTNOTE]
    assert [note for note in found if note[0] != "*"] == notes(document)
    assert (parsed.cover.symbol, parsed.kind, parsed.lang) == (SYMBOL, "concluding-observations", lang)
    assert parsed.warnings == ()


@needs_browser
def test_a_note_called_right_after_a_number(printed: Path) -> None:
    parsed = parse_file(printed / "years.pdf")
    assert read(parsed) == written(years())
    assert [(p.number, p.text) for p in parsed.paragraphs if p.kind is ParagraphKind.FOOTNOTE][-3:] == notes(years())


@needs_browser
def test_hyphens_at_the_ends_of_lines_stay_and_break_nothing(printed: Path) -> None:
    parsed = parse_file(printed / "hyphened.pdf")
    assert read(parsed) == written(hyphened())


@needs_browser
@pytest.mark.parametrize("font", ARABIC_FONTS)
def test_arabic_is_read_in_fonts_no_table_knows(printed: Path, font: str) -> None:
    parsed = parse_file(printed / f"{font}.pdf")
    assert read(parsed) == written(observations("ar"))
    assert parsed.warnings == ()


@needs_browser
def test_the_kind_is_told_by_the_title_in_six_languages(printed: Path) -> None:
    wrong = {
        title: parsed.kind
        for number, (_, kind, title) in enumerate(titled())
        if (parsed := parse_file(printed / f"title-{number}.pdf")).kind != kind
    }
    assert wrong == {}
    assert len({kind for _, kind, _ in titled()}) >= 6


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_document_in_word_and_in_plain_text(tmp_path: Path, lang: str) -> None:
    document = observations(lang)
    word(document, tmp_path / "a.docx")
    (tmp_path / "a.txt").write_text(plain(document), "utf-8")
    for name in ("a.docx", "a.txt"):
        parsed = parse_file(tmp_path / name)
        assert read(parsed) == written(document)
        assert (parsed.cover.symbol, parsed.kind, parsed.lang) == (SYMBOL, "concluding-observations", lang)
