"""HTML: one line per block of text, lists numbered, footnotes apart. Scripts, styles and navigation are dropped.

Reads: an HTML file. Writes: nothing; nothing it refers to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from smallplaces.errors import BadFile
from smallplaces.parse.base import Extract, Limits, Line
from smallplaces.parse.docx_numbers import letter, roman
from smallplaces.parse.plain import decode

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "head",
        "svg",
        "iframe",
        "object",
        "form",
        "button",
        "select",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "tr",
        "table",
        "tbody",
        "thead",
        "figure",
        "figcaption",
        "address",
        "hr",
        "center",
        "body",
        "html",
        "td",
        "th",
        "caption",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTE = re.compile(r"(?:^|[\s_-])(?:ftn|fn|footnote|endnote|edn|sdfootnote)[\s_:.-]*(\d{0,3})", re.IGNORECASE)
_NOTE_HEAD = re.compile(r"^\s*[\[(]?(\d{1,3}|\*+)[\])]?[./]?\s*")


@dataclass(slots=True)
class _Block:
    """The block being filled."""

    text: str = ""
    calls: list[tuple[int, int]] = field(default_factory=list)
    bold: int = 0
    italic: int = 0
    letters: int = 0
    level: int = 0
    note: str | None = None
    table: bool = False
    label: str = ""  # the number of a list item, as long as nothing follows it


@dataclass(slots=True)
class _Linked:
    """Links that lead to one another: the first of such a pair calls a footnote, the second stands at its head."""

    calls: set[int] = field(default_factory=set)
    heads: dict[int, str] = field(default_factory=dict)  # -> the note's number

    @classmethod
    def of(cls, root: Any) -> _Linked:
        """The pairs of a document, by the identity of their nodes."""
        found = cls()
        waiting: dict[tuple[str, str], int] = {}  # (where a link stands, where it leads)
        for node in root.css("a[href^='#']"):
            mark = _MARK.fullmatch(node.text(deep=True) or "")
            attributes = node.attributes
            place, target = attributes.get("id") or attributes.get("name") or "", (attributes["href"] or "")[1:]
            if not mark or not place or not target:
                continue
            if (call := waiting.pop((target, place), None)) is not None:
                found.calls.add(call)
                found.heads[node.mem_id] = mark[1]
            else:
                waiting[place, target] = node.mem_id
        return found


@dataclass(slots=True)
class _List:
    """A list that is open: its count (below zero where it has bullets) and how it writes it ("" as its depth asks)."""

    count: int
    style: str = ""


_STYLES: dict[str, Callable[[int], str]] = {
    "1": lambda n: f"{n}. ",
    "a": lambda n: f"({letter(n)}) ",
    "A": lambda n: f"{letter(n).upper()}. ",
    "i": lambda n: f"({roman(n)}) ",
    "I": lambda n: f"{roman(n).upper()}. ",
}
_STYLED = frozenset(["span", "p", "div", "td", "li", "font"])
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[(]?(\d{1,3}|\*{1,4}|[a-z])[\])]?\s*")
_OWN_LABEL = re.compile(r"\s*\(?(\w{1,5})[.)](?!\d)")
_NUMBER_CELL = re.compile(r"\s*\(?\d{1,3}(?:\.\d{1,3})?[.)]?\s*\t")
_DEEP, _LONG = 4, 20_000  # tables within tables, and characters of a row, beyond which a table only places things


class _Walker:
    """Walks the tree once without recursion, with what is in force around each text."""

    def __init__(self, linked: _Linked) -> None:
        self.lines: list[Line] = []
        self.linked = linked
        self.block = _Block()
        self.counts: list[_List] = []
        self.note: str | None = None
        self.tables = 0  # how many tables are open
        self.row: Any = None  # the row that is being read as one line

    def flush(self) -> None:
        block, self.block = self.block, _Block(note=self.note)
        _labelled_once(block)
        text = _folded(block.text)
        if not text.strip():
            return
        calls = tuple(self._moved(block, text))
        numbered = text.count("\t") == 1 and _NUMBER_CELL.match(text)  # a paragraph whose number has a cell of its own
        role, note = ("table", "") if block.table and not numbered else ("", "")
        if block.note is not None:
            head = _NOTE_HEAD.match(text)
            role, note = "footnote", block.note or (head[1] if head else "")
            text = text[head.end() :] if head and (head[1] == note or not note) else text
            calls = ()
        bold, italic = (count >= 0.9 * max(1, block.letters) for count in (block.bold, block.italic))
        self.lines.append(
            Line(
                text=text,
                fresh=True,
                bold=bold,
                italic=italic,
                level=block.level,
                role=role,
                note=note,
                calls=calls,
                cells=text.count("\t") + 1,
            )
        )

    @staticmethod
    def _moved(block: _Block, text: str) -> list[tuple[int, int]]:
        """The spans of the calls after white space was folded."""
        moved = []
        for start, end in block.calls:
            before = len(_folded(block.text[:start]))
            moved.append((before, before + len(block.text[start:end].strip())))
        return [(a, b) for a, b in moved if b <= len(text)]

    def say(self, text: str, bold: bool, italic: bool, raised: bool) -> None:
        """Add a run of text to the block."""
        start = len(self.block.text)
        self.block.text += text.replace("\t", " ")
        if raised and re.fullmatch(r"\s*[\[(]?(?:\d{1,3}|\*+|[a-z])[\])]?\s*", text):
            self.block.calls.append((start, len(self.block.text)))
            return
        letters = sum(c.isalpha() for c in text)
        self.block.letters += letters
        self.block.bold += letters if bold else 0
        self.block.italic += letters if italic else 0

    def enter(self, node: Any, tag: str) -> None:
        """What opening a block tag does."""
        if tag == "table":
            self.tables += 1
        if self.row is not None:
            self.block.text += "\t" if tag in ("td", "th") and self.block.text.strip() else " "
            return
        label = self.block.label if self.block.text == self.block.label else ""
        if label and tag != "li":
            self.block = _Block()
        else:
            self.flush()
            label = ""
        attributes = node.attributes
        mark = " ".join(str(attributes.get(name) or "") for name in ("id", "class"))
        found = _NOTE.search(mark)
        if found and tag in ("div", "p", "li", "aside") and self.note is None and "ref" not in mark.lower():
            self.note = found[1]
        self.block = _Block(level=_HEADINGS.get(tag, 0), note=self.note, text=label, label=label)
        if tag == "ol":
            start = str(attributes.get("start") or "1")
            self.counts.append(_List(int(start) - 1 if start.isdigit() else 0, str(attributes.get("type") or "")))
        elif tag == "ul":
            self.counts.append(_List(-1))
        elif tag == "li" and self.counts:
            self.block.text = self.block.label = self._label(attributes)
        elif tag == "tr" and self._holds_data(node):
            self.row = node
            self.block.table = True

    def _holds_data(self, row: Any) -> bool:
        """Whether a row of a table holds data; else the table is there only to place things on the page."""
        if self.tables > _DEEP or len(self.lines) < 12:
            return False
        cells, child = 0, row.child
        while child is not None:
            cells += child.tag in ("td", "th")
            child = child.next
        return cells > 1 and row.css_first("table") is None and len(row.text(deep=True)) < _LONG

    def leave(self, node: Any, tag: str) -> None:
        """What closing a block tag does."""
        if tag == "table":
            self.tables -= 1
        if self.row is not None:
            if node != self.row:
                return
            self.row = None
        if tag in ("ol", "ul") and self.counts:
            self.counts.pop()
        if tag != "li" or self.block.text != self.block.label:
            self.flush()

    def _label(self, attributes: Any) -> str:
        current = self.counts[-1]
        if current.count < 0:
            return "• "
        value = str(attributes.get("value") or "")
        current.count = int(value) if value.isdigit() else current.count + 1
        nested = len([each for each in self.counts if each.count >= 0]) > 1
        style = current.style if current.style in _STYLES else "a" if nested else "1"
        return _STYLES[style](max(current.count, 1))


def _labelled_once(block: _Block) -> None:
    """Take out the number of a list item whose text says it again, as some word processors write it."""
    end = len(block.label)
    own = _OWN_LABEL.match(block.text, end) if end else None
    if own and (own[1].casefold() == re.sub(r"\W", "", block.label).casefold() or _counts_on(own, block.label)):
        block.text = block.text[end:]
        block.calls = [(a - end, b - end) for a, b in block.calls]


def _counts_on(own: re.Match[str], label: str) -> bool:
    """Whether an item says a number where its list, begun anew after what interrupted it, would count another."""
    return own[1].isdigit() and label.strip(". ").isdigit() and own.group().strip()[0].isdigit()


def _folded(text: str) -> str:
    """Text with its white space folded; tabs, which part the cells of a table, stay."""
    return re.sub(r" ?\t[\t ]*", "\t", re.sub(r"[ \r\n\u00a0]+", " ", text))


def _set_in(node: Any, name: str, pattern: re.Pattern[str]) -> bool:
    """Whether a tag's own style says so."""
    style = node.attributes.get("style") or "" if node.tag in _STYLED else ""
    return name in style and pattern.search(style) is not None


def _walk(root: Any) -> list[Line]:
    walker = _Walker(_Linked.of(root))
    stack: list[tuple[Any, str, bool, bool, bool, str | None]] = [(root, "in", False, False, False, None)]
    while stack:
        node, state, bold, italic, raised, note = stack.pop()
        tag = node.tag or ""
        if state == "out":
            walker.leave(node, tag)
            walker.note = note
            walker.block.note = note
            continue
        if tag == "-text":
            walker.say(node.text_content or "", bold, italic, raised)
            continue
        if tag in _DROPPED or tag.startswith(("-", "!", "_")):
            continue
        if len(stack) > 400_000:
            raise BadFile("the HTML is nested beyond any document")
        if tag == "br":
            walker.say(" ", False, False, False)
            continue
        bold = bold or tag in ("b", "strong", "th") or tag in _HEADINGS or _set_in(node, "font-weight", _BOLD)
        italic = italic or tag in ("i", "em") or _set_in(node, "font-style", _ITALIC)
        if tag == "a" and node.mem_id in walker.linked.heads:
            walker.block.note = walker.linked.heads[node.mem_id]
        raised = (
            raised or tag == "sup" or node.mem_id in walker.linked.calls or _set_in(node, "vertical-align", _RAISED)
        )
        if tag in _BLOCKS:
            stack.append((node, "out", bold, italic, raised, walker.note))
            walker.enter(node, tag)
        children, child = [], node.child
        while child is not None:
            children.append(child)
            child = child.next
        stack += [(each, "in", bold, italic, raised, None) for each in reversed(children)]
    walker.flush()
    return walker.lines


def read(path: Path, limits: Limits) -> Extract:
    """Every block of an HTML file."""
    text = decode(path.read_bytes())
    if len(text) > limits.characters:
        raise BadFile("the file holds more text than the limit allows", where=path.name)
    if text.count("<") > 3_000_000:
        raise BadFile("the HTML holds more tags than any document", where=path.name)
    root = LexborHTMLParser(text).root
    lines = _walk(root) if root is not None else []
    if not lines:
        raise BadFile("the HTML holds no text", where=path.name)
    text_lines = [line for line in lines if line.role != "footnote"]
    return Extract(text_lines + [line for line in lines if line.role == "footnote"])
