"""HTML: one line per block of text, lists numbered, footnotes apart. Scripts, styles and navigation are dropped.

Reads: an HTML file. Writes: nothing; nothing it refers to is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from smallplaces.errors import BadFile
from smallplaces.parse.base import Extract, Limits, Line
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


class _Walker:
    """Walks the tree once without recursion, with what is in force around each text."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.block = _Block()
        self.counts: list[list[int]] = []
        self.note: str | None = None

    def flush(self) -> None:
        block, self.block = self.block, _Block(note=self.note)
        text = re.sub(r"[ \t\r\n\u00a0]+", " ", block.text)
        if not text.strip():
            return
        calls = tuple(self._moved(block, text))
        role, note = ("table", "") if block.table else ("", "")
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
            before = len(re.sub(r"[ \t\r\n\u00a0]+", " ", block.text[:start]))
            moved.append((before, before + len(block.text[start:end].strip())))
        return [(a, b) for a, b in moved if b <= len(text)]

    def say(self, text: str, bold: bool, italic: bool, raised: bool) -> None:
        """Add a run of text to the block."""
        start = len(self.block.text)
        self.block.text += text
        if raised and re.fullmatch(r"\s*[\[(]?(?:\d{1,3}|\*+|[a-z])[\])]?\s*", text):
            self.block.calls.append((start, len(self.block.text)))
            return
        letters = sum(c.isalpha() for c in text)
        self.block.letters += letters
        self.block.bold += letters if bold else 0
        self.block.italic += letters if italic else 0

    def enter(self, node: Any, tag: str) -> None:
        """What opening a block tag does."""
        if tag in ("td", "th"):
            self.block.text += "\t" if self.block.text.strip() else ""
            self.block.table = True
            return
        self.flush()
        attributes = node.attributes
        mark = " ".join(str(attributes.get(name) or "") for name in ("id", "class"))
        found = _NOTE.search(mark)
        if found and tag in ("div", "p", "li", "aside") and self.note is None and "ref" not in mark.lower():
            self.note = found[1]
        self.block = _Block(level=_HEADINGS.get(tag, 0), note=self.note)
        if tag == "ol":
            start = str(attributes.get("start") or "1")
            kind = str(attributes.get("type") or "1")
            self.counts.append([int(start) - 1 if start.isdigit() else 0, 1 if kind == "1" else 0])
        elif tag == "ul":
            self.counts.append([-1, 0])
        elif tag == "li" and self.counts:
            self.block.text = self._label(attributes)

    def _label(self, attributes: Any) -> str:
        count = self.counts[-1]
        if count[0] < 0:
            return "• "
        value = str(attributes.get("value") or "")
        count[0] = int(value) if value.isdigit() else count[0] + 1
        nested = len([c for c in self.counts if c[0] >= 0]) > 1 or not count[1]
        return f"({chr(96 + min(count[0], 26))}) " if nested else f"{count[0]}. "


def _walk(root: Any) -> list[Line]:
    walker = _Walker()
    stack: list[tuple[Any, str, bool, bool, bool, str | None]] = [(root, "in", False, False, False, None)]
    while stack:
        node, state, bold, italic, raised, note = stack.pop()
        tag = node.tag or ""
        if state == "out":
            if tag in ("ol", "ul") and walker.counts:
                walker.counts.pop()
            if tag not in ("td", "th"):
                walker.flush()
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
        bold = bold or tag in ("b", "strong", "th") or tag in _HEADINGS
        italic = italic or tag in ("i", "em")
        raised = raised or tag == "sup"
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
