"""Old DOC (Word 97 to 2003): through LibreOffice when it is installed, else by a small reader of the text itself.

Reads: a DOC. Writes: nothing that stays. The small reader follows Microsoft's published layout ([MS-CFB], [MS-DOC]):
the compound file, the file information block, the piece table, and through ``doc_lists`` automatic numbers and heading
styles. It knows no weight of type; where LibreOffice is present it is asked first because it does.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import struct
import subprocess
import tempfile
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from smallplaces.errors import BadFile
from smallplaces.parse import doc_lists, docx
from smallplaces.parse.base import Extract, Limits, Line
from smallplaces.text.segment import number_marker

_FREE = 0xFFFFFFF0
_NOT_TEXT = {
    "\x01": "",
    "\x02": "",
    "\x03": "",
    "\x04": "",
    "\x05": "",
    "\x08": "",
    "\x13": "",
    "\x14": "",
    "\x15": "",
    "\x1e": "-",
    "\x1f": "",
    "\x0b": " ",
    "\xa0": " ",
}
_Place = tuple[int, int, int]
_MARKS = re.compile(r"[\r\x0c\x07]")
_CONVERTERS = ("soffice", "libreoffice")


def read(path: Path, limits: Limits) -> Extract:
    """Every paragraph of a DOC."""
    program = next((found for name in _CONVERTERS if (found := shutil.which(name))), "")
    if program:
        with contextlib.suppress(BadFile):  # what it cannot open is read by the small reader, which says what is wrong
            return _converted(program, path, limits)
    data = path.read_bytes()
    try:
        return _own(data, limits)
    except (struct.error, IndexError, ValueError) as error:
        raise BadFile(f"the DOC is damaged: {error}", where=path.name) from error
    except BadFile as error:
        raise BadFile(error.message, where=path.name) from error


def _converted(program: str, path: Path, limits: Limits) -> Extract:
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx",
                   "--outdir", folder, str(path)]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=limits.seconds)  # noqa: S603  # a program found on the path, no shell
        except (subprocess.SubprocessError, OSError) as error:
            raise BadFile("LibreOffice could not open the DOC", where=path.name) from error
        made = Path(folder) / (path.stem + ".docx")
        if not made.exists():
            raise BadFile("LibreOffice could not read the DOC", where=path.name)
        return docx.read(made, limits)


class Compound:
    """A compound file (OLE 2): streams by name."""

    def __init__(self, data: bytes) -> None:
        if data[:8] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise BadFile("not a compound file")
        self.data = data
        self.size: int = 1 << struct.unpack_from("<H", data, 30)[0]
        self.mini_size = 1 << struct.unpack_from("<H", data, 32)[0]
        if self.size not in (512, 4096) or self.mini_size != 64:
            raise BadFile("the compound file is damaged")
        (directory,) = struct.unpack_from("<I", data, 48)
        self.cutoff, mini, _, difat, more = struct.unpack_from("<IIIII", data, 56)
        sectors = list(struct.unpack_from("<109I", data, 76))
        per = self.size // 4
        for _ in range(min(more, 10_000)):
            block = struct.unpack_from(f"<{per}I", data, self._at(difat))
            sectors += block[:-1]
            difat = block[-1]
        self.table: list[int] = []
        for sector in sectors:
            if sector < _FREE:
                self.table += struct.unpack_from(f"<{per}I", data, self._at(sector))
        self.entries = self._directory(self._chain(directory))
        root = self.entries.get("Root Entry", (0, 0))
        self.mini = self._chain(root[0]) if root[1] else b""
        raw = self._chain(mini) if mini < _FREE else b""
        self.mini_table = list(struct.unpack(f"<{len(raw) // 4}I", raw))

    def _at(self, sector: int) -> int:
        offset: int = (sector + 1) * self.size
        if offset + self.size > len(self.data) + self.size:
            raise BadFile("the compound file is truncated")
        return offset

    def _chain(self, sector: int) -> bytes:
        pieces, seen = [], 0
        while sector < _FREE:
            start = self._at(sector)
            pieces.append(self.data[start : start + self.size])
            sector = self.table[sector]
            seen += 1
            if seen > len(self.table):
                raise BadFile("the compound file runs in a circle")
        return b"".join(pieces)

    @staticmethod
    def _directory(raw: bytes) -> dict[str, tuple[int, int]]:
        entries = {}
        for offset in range(0, len(raw) - 127, 128):
            (length,) = struct.unpack_from("<H", raw, offset + 64)
            if 2 <= length <= 64:
                name = raw[offset : offset + length - 2].decode("utf-16-le", errors="replace")
                entries[name] = struct.unpack_from("<II", raw, offset + 116)
        return entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; empty when it is not there."""
        if name not in self.entries:
            return b""
        start, size = self.entries[name]
        if size >= self.cutoff:
            return self._chain(start)[:size]
        pieces, seen = [], 0
        while start < _FREE and seen <= len(self.mini_table):
            pieces.append(self.mini[start * 64 : start * 64 + 64])
            start = self.mini_table[start]
            seen += 1
        return b"".join(pieces)[:size]


def _own(data: bytes, limits: Limits) -> Extract:
    compound = Compound(data)
    main = compound.stream("WordDocument")
    if not main:
        raise BadFile("a compound file that holds no Word document")
    magic, _ = struct.unpack_from("<HH", main, 0)
    (flags,) = struct.unpack_from("<H", main, 10)
    if magic != 0xA5EC:
        raise BadFile("a Word document of before 1997: save it anew as DOCX")
    if flags & 0x0100:
        raise BadFile("encrypted: it asks for a password")
    table = compound.stream("1Table" if flags & 0x0200 else "0Table")
    lengths = struct.unpack_from("<IIII", main, 76)
    clx_at, clx_size = struct.unpack_from("<II", main, 418)
    text, places = _pieces(main, table[clx_at : clx_at + clx_size])
    if len(text) > limits.characters:
        raise BadFile("the file holds more text than the limit allows")
    said = doc_lists.read(main, table)
    body, notes = text[: lengths[0]], text[lengths[0] : lengths[0] + lengths[1]]
    macros = ("the file holds macros, which were left alone",) if "Macros" in compound.entries else ()
    return Extract(_lines(body, places, said) + _notes(notes), 0, macros)


def _pieces(main: bytes, clx: bytes) -> tuple[str, list[_Place]]:
    """The text, and for each piece of it (first character, offset in the stream, bytes a character)."""
    position = 0
    while position < len(clx) and clx[position] == 1:
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    if position >= len(clx) or clx[position] != 2:
        raise BadFile("the piece table is missing")
    (size,) = struct.unpack_from("<I", clx, position + 1)
    plc = clx[position + 5 : position + 5 + size]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    text, places = [], list[_Place]()
    for index in range(count):
        (offset,) = struct.unpack_from("<I", plc, (count + 1) * 4 + index * 8 + 2)
        length = ends[index + 1] - ends[index]
        if offset & 0x40000000:
            start = (offset & 0x3FFFFFFF) // 2
            places.append((ends[index], start, 1))
            text.append(main[start : start + length].decode("cp1252", errors="replace"))
        else:
            places.append((ends[index], offset, 2))
            text.append(main[offset : offset + 2 * length].decode("utf-16-le", errors="replace"))
    return "".join(text), places


def _fields(text: str) -> str:
    """The text without field instructions; the results of fields stay."""
    result, depth, hidden = [], 0, list[bool]()
    for character in text:
        if character == "\x13":
            hidden.append(True)
            depth += 1
        elif character == "\x14" and hidden:
            hidden[-1] = False
        elif character == "\x15" and hidden:
            hidden.pop()
        elif not any(hidden):
            result.append(character)
    return "".join(result)


def _offset(character: int, places: list[_Place]) -> int:
    """Where in the stream a character of the text stands."""
    first, start, width = places[max(0, bisect_right(places, character, key=lambda place: place[0]) - 1)]
    return start + (character - first) * width


def _rows(text: str, places: list[_Place], said: doc_lists.Paragraphs) -> Iterator[tuple[int, str]]:
    """(where its mark stands, its text) for every paragraph outside tables and every row of a table."""
    start = 0
    for match in _MARKS.finditer(text):
        at = match.start()
        if match[0] == "\x07" and not (places and said.at(_offset(at, places)).row_ends):
            continue  # the end of a cell
        yield at, text[start:at].rstrip("\x07")
        start = at + 1
    yield len(text), text[start:]


def _lines(text: str, places: list[_Place], said: doc_lists.Paragraphs) -> list[Line]:
    lines: list[Line] = []
    count, begun = 0, False
    for end, raw in _rows(text, places, said):
        properties = said.at(_offset(end, places)) if places else doc_lists.Properties()
        row = _fields(raw)
        label = said.numbering.next(str(properties.number), properties.level) if properties.number and row else ""
        calls, piece = [], f"{label}\t" if label else ""
        for character in row:
            if character == "\x02":
                count += 1
                calls.append((len(piece), len(piece) + len(str(count))))
                piece += str(count)
            else:
                piece += _NOT_TEXT.get(character, character)
        cells = piece.count("\x07") + 1
        piece = piece.replace("\x07", "\t")
        if piece.strip():
            begun = begun or number_marker(piece) is not None
            role = "table" if cells > 1 and (begun or len(lines) > 12) else ""  # the cover's own table comes before
            level = properties.heading if len(piece) < 300 else 0
            lines.append(Line(piece.rstrip(), fresh=True, calls=tuple(calls), role=role, cells=cells, level=level))
    return lines


def _notes(text: str) -> list[Line]:
    notes: list[Line] = []
    for piece in text.split("\x02")[1:]:
        clean = "".join(_NOT_TEXT.get(c, c) for c in _fields(piece).replace("\r", " ")).strip()
        notes.append(Line(text=clean, fresh=True, role="footnote", note=str(len(notes) + 1)))
    return notes
