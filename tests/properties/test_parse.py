"""Whatever a document is made of, every letter of it stands in exactly one place: a paragraph or the furniture.

Documents are invented from blocks (headings, numbered paragraphs, items, tables) in several scripts and written in each
format that the parser reads.
"""

from __future__ import annotations

import html
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallplaces.parse import Limits, registry
from smallplaces.parse.document import parse_lines

VOCABULARY = (
    "library town Exampland recommends that the State party 2021 12 article biblioteca año été закон комитет "
    "مكتبة مدينة 图书馆 委员会 도서관 위원회 137.4 (France) A/HRC/99/1 12 March 2021 Annex Introduction"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))
SENTENCE = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)


@dataclass(frozen=True)
class Block:
    """A piece of an invented document: its kind, its text, and cells for a table."""

    kind: str
    text: str
    cells: tuple[str, ...] = ()


BLOCK = st.builds(
    Block,
    st.sampled_from(["heading", "numbered", "numbered", "item", "plain", "table"]),
    SENTENCE,
    st.lists(SENTENCE, min_size=2, max_size=3).map(tuple),
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=25)


def lines(blocks: list[Block]) -> list[str]:
    count = 0
    written = []
    for block in blocks:
        count += block.kind == "numbered"
        mark = {"numbered": f"{count}. ", "item": "(a) ", "heading": "II. "}.get(block.kind, "")
        written.append("\t".join(block.cells) if block.kind == "table" else mark + block.text)
    return written


def as_text(blocks: list[Block], path: Path) -> None:
    path.write_text("\n\n".join(lines(blocks)), encoding="utf-8")


def as_lines(blocks: list[Block], path: Path) -> None:
    path.write_text("\n".join(lines(blocks)), encoding="utf-8")


def as_html(blocks: list[Block], path: Path) -> None:
    parts = []
    for block, line in zip(blocks, lines(blocks), strict=True):
        text = html.escape(line)
        cells = "".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in block.cells)
        parts.append(
            {
                "heading": f"<h2>{text}</h2>",
                "item": f"<ol type='a'><li><p>{html.escape(block.text)}</p></li></ol>",
                "table": f"<table><tr>{cells}</tr></table>",
            }.get(block.kind, f"<p>{text}<sup>1</sup></p>")
        )
    path.write_text(f"<html><body>{''.join(parts)}</body></html>", encoding="utf-8")


def as_rtf(blocks: list[Block], path: Path) -> None:
    def escaped(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in text)

    body = "\\par\n".join(escaped(line).replace("\t", "\\tab ") for line in lines(blocks))
    path.write_text("{\\rtf1\\ansi\\uc1 " + body + "\\par}", encoding="ascii")


def as_docx(blocks: list[Block], path: Path) -> None:
    made = docx.Document()
    for block, line in zip(blocks, lines(blocks), strict=True):
        if block.kind == "table":
            cells = made.add_table(rows=1, cols=len(block.cells)).rows[0].cells
            for cell, text in zip(cells, block.cells, strict=True):
                cell.text = text
        elif block.kind == "item":
            made.add_paragraph(block.text, style="List Number")
        else:
            made.add_paragraph(line, style="Heading 2" if block.kind == "heading" else None)
    made.save(str(path))


def letters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalnum())


@pytest.mark.parametrize(
    ("suffix", "write"),
    [("txt", as_text), ("txt", as_lines), ("html", as_html), ("rtf", as_rtf), ("docx", as_docx)],
    ids=["text", "lines", "html", "rtf", "docx"],
)
@pytest.mark.parametrize("kind", [None, "upr-addendum", "resolution", "upr-working-group-report"])
@settings(max_examples=15, deadline=None)
@given(blocks=DOCUMENT)
def test_every_letter_stands_in_one_place(
    suffix: str, write: Callable[[list[Block], Path], None], kind: str | None, blocks: list[Block]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"invented.{suffix}"
        write(blocks, path)
        extract = registry.read(path, Limits())
    read = letters("".join(line.text for line in extract.lines))
    document = parse_lines(extract, {"kind": kind} if kind else {})
    placed: Counter[str] = Counter()
    for paragraph in document.paragraphs:
        if "answered_in" in paragraph.facts:
            continue  # an answer that repeats the sentence it stands in, and says so
        placed += letters(
            paragraph.text + paragraph.facts.get("marker", "") + "".join(paragraph.facts.get("calls", ()))
        )
    for piece in document.furniture:
        placed += letters(piece)
    assert placed == read
    wanted = letters("".join("".join(b.cells) if b.kind == "table" else b.text for b in blocks))
    assert not wanted - read
