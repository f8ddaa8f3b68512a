"""DOCX: paragraphs with their automatic numbers, styles, footnotes and tables.

Reads: a DOCX (or DOCM: its macros are never looked at). Writes: nothing. XML is read without entities and
without a network; an archive that unpacks to more than the limits is refused before it is unpacked.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from smallplaces.errors import BadFile
from smallplaces.parse.base import Extract, Limits, Line
from smallplaces.parse.docx_numbers import Numbering
from smallplaces.text.segment import number_marker

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NS = {"w": _W[1:-1]}
_RATIO = 400  # an entry that unpacks to more than this many times its size is no document
_SKIPPED = {
    f"{_W}del",
    f"{_W}instrText",
    f"{_W}delText",
    f"{_MC}Fallback",
    f"{_W}moveFrom",
    f"{_W}sectPr",
    f"{_W}rPr",
    f"{_W}pPr",
}
_WRAPS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}smartTag", f"{_W}moveTo")
_DRAWN = (f"{_MC}AlternateContent", f"{_W}drawing", f"{_W}pict", f"{_W}object")
_HEADS = 6  # of the parts that hold running heads, how many are read
_UN_HEADING = re.compile(r"_?\s*H_?_?(\d)", re.IGNORECASE)


def part(archive: zipfile.ZipFile, name: str, limits: Limits) -> Any:
    """One XML part of the archive as an element tree; None when it is not there."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > limits.inner_bytes or (
        info.file_size > 1 << 20 and info.file_size > _RATIO * info.compress_size
    ):
        raise BadFile(f"{name} unpacks to {info.file_size:,} bytes: refused as an archive bomb")
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise BadFile(f"{name} declares entities: refused")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise BadFile(f"{name} is not well-formed: {error.msg}") from error


@dataclass(slots=True)
class _Style:
    """What a style says of its paragraphs, its bases included."""

    name: str = ""
    bold: bool | None = None
    italic: bool | None = None
    size: float = 0.0
    level: int = 0
    numbering: tuple[str, int] | None = None


@dataclass(slots=True)
class _Text:
    """The text of a paragraph while it is read."""

    text: str = ""
    calls: list[tuple[int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    weights: list[tuple[int, bool, bool]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    def share(self, which: int) -> bool:
        total = sum(weight[0] for weight in self.weights)
        return total > 0 and sum(w[0] for w in self.weights if w[which]) >= 0.9 * total


def _flag(properties: Any, tag: str) -> bool | None:
    if properties is None:
        return None
    element = properties.find(f"{_W}{tag}")
    return None if element is None else element.get(f"{_W}val", "1") not in ("0", "false", "none", "off")


def _value(element: Any, path: str) -> str:
    found = element.find(path, _NS) if element is not None else None
    return found.get(f"{_W}val", "") if found is not None else ""


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those inside content controls among them."""
    for element in parent:
        if element.tag == f"{_W}{tag}":
            yield element
        elif element.tag in _WRAPS:
            yield from _within(element, tag)


def _boxes(drawn: Any) -> list[Any]:
    """The contents of text boxes in a drawing; what stands there twice, for old programs, is read once."""
    boxes, stack = [], [drawn]
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}txbxContent":
            boxes.append(element)
        elif element.tag != f"{_MC}Fallback":
            stack += list(reversed(element))
    return boxes


class _Reader:
    """Walks a document's body once."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.numbering = Numbering(part(archive, "word/numbering.xml", limits))
        self.styles = self._read_styles(part(archive, "word/styles.xml", limits))
        self.notes: dict[str, Any] = {}
        for name, tag in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
            root = part(archive, name, limits)
            if root is not None:
                self.notes |= {f"{tag}{note.get(f'{_W}id')}": note for note in root.iter(f"{_W}{tag}")}
        self.counted: dict[str, str] = {}
        self.lines: list[Line] = []
        self.footnotes: list[Line] = []
        self.joins = False

    def _read_styles(self, root: Any) -> dict[str, _Style]:
        if root is None:
            return {}
        raw = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
        return {key: self._style(key, raw, 0) for key in raw}

    def _style(self, key: str, raw: dict[str, Any], depth: int) -> _Style:
        element = raw.get(key)
        if element is None or depth > 12:
            return _Style()
        based = _value(element, "w:basedOn")
        style = self._style(based, raw, depth + 1) if based else _Style()
        style.name = _value(element, "w:name")
        properties = element.find(f"{_W}rPr")
        for tag, attribute in (("b", "bold"), ("i", "italic")):
            flag = _flag(properties, tag)
            if flag is not None:
                setattr(style, attribute, flag)
        size = _value(element, "w:rPr/w:sz")
        style.size = int(size) / 2 if size.isdigit() else style.size
        outline = _value(element, "w:pPr/w:outlineLvl")
        named = re.match(r"heading (\d)", style.name, re.IGNORECASE) or _UN_HEADING.match(style.name)
        if named:
            style.level = int(named[1])
        elif outline.isdigit() and int(outline) < 9:
            style.level = int(outline) + 1
        numbers = _value(element, "w:pPr/w:numPr/w:numId")
        if numbers:
            level = _value(element, "w:pPr/w:numPr/w:ilvl")
            style.numbering = (numbers, int(level) if level.isdigit() else 0)
        return style

    def body(self, root: Any) -> None:
        """Read the body's paragraphs and tables in order."""
        body = root.find(f"{_W}body")
        if body is None:
            raise BadFile("word/document.xml has no body")
        for element in self._flat(body):
            if element.tag == f"{_W}p":
                self._paragraph(element, "")
            elif element.tag == f"{_W}tbl":
                self._table(element)

    def _flat(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables, those inside content controls among them."""
        for element in parent:
            if element.tag in _WRAPS:
                yield from self._flat(element)
            elif element.tag in (f"{_W}p", f"{_W}tbl"):
                yield element

    def _table(self, table: Any) -> None:
        """A table: the cover's as lines, a frame of one column around numbered text as its paragraphs, else rows."""
        rows = [[list(self._paragraphs(cell)) for cell in _within(row, "tc")] for row in _within(table, "tr")]
        frame = all(len(row) <= 1 for row in rows)
        cover = len(self.lines) < 12 and len(rows) <= 6 and not any(number_marker(line.text) for line in self.lines)
        if cover or (frame and any(self._counted(p) for row in rows for cell in row for p in cell)):
            for paragraph in (p for row in rows for cell in row for p in cell):
                self._paragraph(paragraph, "")
            return
        for row in rows:
            self._row(row)

    def _counted(self, paragraph: Any) -> bool:
        """Whether a paragraph begins with a number, its own or an automatic one."""
        properties = paragraph.find(f"{_W}pPr")
        style = self.styles.get(_value(properties, "w:pStyle"), _Style())
        listed = _value(properties, "w:numPr/w:numId") or style.numbering
        return bool(listed) or number_marker("".join(paragraph.itertext(f"{_W}t"))) is not None

    def _paragraphs(self, cell: Any) -> Iterator[Any]:
        """The paragraphs of a cell, those of tables inside it among them."""
        for element in self._flat(cell):
            if element.tag == f"{_W}p":
                yield element
            else:
                for inner in (c for row in _within(element, "tr") for c in _within(row, "tc")):
                    yield from self._paragraphs(inner)

    def _row(self, cells: list[list[Any]]) -> None:
        line = _Text()
        notes: list[str] = []
        for position, cell in enumerate(cells):
            line.text += "\t" if position else ""
            first = True
            for paragraph in cell:
                found = self._numbered(paragraph)
                if not found.text.strip():
                    continue
                line.text += "" if first else " "
                first = False
                shift = len(line.text)
                line.calls += [(a + shift, b + shift) for a, b in found.calls]
                line.text += found.text
                notes += found.notes
        if line.text.strip():
            self.lines.append(
                Line(line.text.rstrip(), calls=tuple(line.calls), fresh=True, role="table", cells=len(cells))
            )
        for note in notes:
            self._note(note)

    def _numbered(self, element: Any) -> _Text:
        """The text of a paragraph after the number that Word prints before it."""
        properties = element.find(f"{_W}pPr")
        key = _value(properties, "w:pStyle")
        style = self.styles.get(key, _Style())
        found = self._read(element, style)
        label = self._label(properties, style, key) if found.text.strip() else ""
        if label:
            shift = len(label) + 1
            found.text = f"{label}\t{found.text}"
            found.calls = [(a + shift, b + shift) for a, b in found.calls]
        return found

    def _paragraph(self, element: Any, role: str) -> None:
        style = self.styles.get(_value(element.find(f"{_W}pPr"), "w:pStyle"), _Style())
        found = self._numbered(element)
        goes_on = self.joins
        self.joins = (
            element.find("w:pPr/w:rPr/w:del", _NS) is not None
        )  # its mark was deleted: the next one goes on here
        if found.text.strip():
            self.lines.append(
                Line(
                    text=found.text,
                    size=style.size,
                    bold=found.share(1),
                    italic=found.share(2),
                    calls=tuple(found.calls),
                    fresh=not goes_on,
                    level=style.level if len(found.text) < 300 else 0,
                    role=role,
                )
            )
        for note in found.notes:
            self._note(note)
        for box in found.boxes:
            for inner in self._paragraphs(box):
                self._paragraph(inner, role)

    def _label(self, properties: Any, style: _Style, key: str) -> str:
        """The number that Word would print before the paragraph."""
        number = _value(properties, "w:numPr/w:numId")
        level = _value(properties, "w:numPr/w:ilvl")
        if number == "0":
            return ""
        if number:
            return self.numbering.next(number, int(level) if level.isdigit() else 0)
        if not style.numbering:
            return ""
        return self.numbering.next(style.numbering[0], self.numbering.level_of(*style.numbering, key))

    def _read(self, paragraph: Any, style: _Style | None = None) -> _Text:
        found = _Text()
        stack = [iter(paragraph)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif element.tag == f"{_W}r":
                self._run(element, found, style or _Style())
            elif element.tag not in _SKIPPED and isinstance(element.tag, str):
                stack.append(iter(element))
        return found

    def _run(self, run: Any, found: _Text, style: _Style) -> None:
        properties = run.find(f"{_W}rPr")
        bold, italic = _flag(properties, "b"), _flag(properties, "i")
        raised = _value(properties, "w:vertAlign") == "superscript"
        start = len(found.text)
        for element in run:
            tag = element.tag
            if tag == f"{_W}t":
                found.text += element.text or ""
            elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                found.text += "\t" if tag == f"{_W}tab" else " "
            elif tag == f"{_W}noBreakHyphen":
                found.text += "-"
            elif tag in _DRAWN:
                found.boxes += _boxes(element)
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                self._call(element, tag, found)
        added = found.text[start:]
        if found.calls and found.calls[-1][0] >= start:
            return  # a reference, which counted its call itself
        if raised and re.fullmatch(r"\s*(?:\d{1,3}|\*+|[a-z])\s*", added):
            found.calls.append((start, len(found.text)))
        elif added.strip():
            weight = sum(c.isalpha() for c in added)
            is_bold = style.bold if bold is None else bold
            is_italic = style.italic if italic is None else italic
            found.weights.append((weight, bool(is_bold), bool(is_italic)))

    def _call(self, element: Any, tag: str, found: _Text) -> None:
        kind = "footnote" if tag.endswith("footnoteReference") else "endnote"
        key = f"{kind}{element.get(f'{_W}id')}"
        if key not in self.notes:
            return
        if element.get(f"{_W}customMarkFollows") in ("1", "true"):
            self.counted.setdefault(key, "*")
        else:
            self.counted.setdefault(key, str(1 + sum(mark.isdigit() for mark in self.counted.values())))
            start = len(found.text)
            found.text += self.counted[key]
            found.calls.append((start, len(found.text)))
        found.notes.append(key)

    def _note(self, key: str) -> None:
        texts = [self._read(p).text.strip() for p in self.notes[key].iter(f"{_W}p")]
        text = " ".join(text for text in texts if text)
        mark = self.counted[key]
        text = re.sub(rf"^{re.escape(mark)}\s*", "", text)
        self.footnotes.append(Line(text=text, fresh=True, role="footnote", note=mark))


def read(path: Path, limits: Limits) -> Extract:
    """Every paragraph of a DOCX. Raises :class:`BadFile` for one that is damaged, hostile or not a document."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, limits)
    except BadFile as error:
        raise BadFile(error.message, where=path.name) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise BadFile(f"the archive is damaged: {error}", where=path.name) from error


def _heads(archive: zipfile.ZipFile, limits: Limits) -> list[Line]:
    """Running heads, each text once, as furniture: on some covers only they hold the symbol."""
    names = sorted(name for name in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", name))
    texts: dict[str, None] = {}
    for name in names[:_HEADS]:
        root = part(archive, name, limits)
        for paragraph in root.iter(f"{_W}p") if root is not None else ():
            texts["".join(paragraph.itertext(f"{_W}t")).strip()] = None
    return [Line(text=text, fresh=True, role="furniture") for text in texts if text]


def _read(archive: zipfile.ZipFile, limits: Limits) -> Extract:
    names = archive.infolist()
    if len(names) > 10_000 or sum(info.file_size for info in names) > limits.inner_bytes:
        raise BadFile("the archive unpacks to more than the limit: refused as an archive bomb")
    if any(info.flag_bits & 1 for info in names):
        raise BadFile("the archive is encrypted: it asks for a password")
    root = part(archive, "word/document.xml", limits)
    if root is None:
        raise BadFile("a zip archive that holds no Word document")
    reader = _Reader(archive, limits)
    reader.body(root)
    heads = _heads(archive, limits)
    macros = any(info.filename.lower().endswith("vbaproject.bin") for info in names)
    warnings = ("the file holds macros, which were left alone",) if macros else ()
    return Extract(reader.lines + reader.footnotes + heads, 0, warnings)
