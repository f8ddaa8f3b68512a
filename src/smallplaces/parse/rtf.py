"""RTF: paragraphs, footnotes and list numbers from Word's older exchange format.

Reads: an RTF file. Writes: nothing; pictures and embedded objects are stepped over. A small reader of our own: groups,
control words, two ways of writing a character beyond ASCII (code page and Unicode), footnotes, table cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from smallplaces.errors import BadFile
from smallplaces.parse.base import Extract, Limits, Line

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "themedata",
        "datastore",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "xmlnstbl",
        "latentstyles",
        "fldinst",
        "mmathPr",
        "revtbl",
        "filetbl",
        "pgptbl",
        "nonshppict",
        "objdata",
        "bkmkstart",
        "bkmkend",
        "annotation",
        "atnid",
        "atnauthor",
        "pnseclvl",
        "wgrffmtfilter",
    ]
)
_SIGNS = {
    "par": "\n", "sect": "\n", "line": " ", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "page": "\n",
    "cell": "\t", "row": "\n", "nestcell": "\t", "nestrow": "\n",
}  # fmt: skip
_CHARSETS = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
             163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 238: "cp1250"}  # fmt: skip
_DEPTH = 500


@dataclass(slots=True)
class _State:
    """What is in force inside a group."""

    skip: bool = False
    bold: bool = False
    italic: bool = False
    raised: bool = False
    hidden: bool = False
    size: float = 12.0
    uc: int = 1
    font: int = 0
    note: bool = False
    table: bool = False


@dataclass(slots=True)
class _Paragraph:
    text: str = ""
    calls: list[tuple[int, int]] = field(default_factory=list)
    bold: int = 0
    italic: int = 0
    letters: int = 0
    size: float = 0.0
    table: bool = False


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.state = _State()
        self.stack: list[_State] = []
        self.lines: list[Line] = []
        self.notes: list[Line] = []
        self.paragraph = _Paragraph()
        self.outer: _Paragraph | None = None
        self.encoding = "cp1252"
        self.fonts: dict[int, str] = {}
        self.pending = b""
        self.surrogate = 0
        self.swallow = 0
        self.count = 0
        self.fresh_group = False
        self.in_fonts = False

    def run(self) -> None:
        """Read every token."""
        for match in _TOKEN.finditer(self.data):
            word, number, byte, sign, brace, text = match.groups()
            if byte:
                self._byte(bytes([int(byte, 16)]))
                continue
            if text:
                self._bytes(text)
                continue
            self._encode()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif sign:
                self._sign(sign)
        self._encode()
        self._end()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self.stack) > _DEPTH:
                raise BadFile("the RTF is nested beyond any document")
            self.stack.append(self.state)
            self.state = replace(self.state)
            self.fresh_group = True
            return
        closing, self.state = self.state, self.stack.pop() if self.stack else self.state
        self.in_fonts = self.in_fonts and closing.skip and self.state.skip
        if closing.note and not self.state.note:
            self._end_note()

    def _byte(self, byte: bytes) -> None:
        if self.swallow:
            self.swallow -= 1
        elif not self.state.skip:
            self.pending += byte

    def _bytes(self, text: bytes) -> None:
        self.fresh_group = False
        if self.swallow:
            cut = min(self.swallow, len(text))
            self.swallow -= cut
            text = text[cut:]
        if not self.state.skip and text:
            self.pending += text

    def _encode(self) -> None:
        if self.pending:
            name = self.fonts.get(self.state.font, self.encoding)
            data, self.pending = self.pending, b""
            self._say(data.decode(name, errors="replace"))

    def _say(self, text: str) -> None:
        state, paragraph = self.state, self.paragraph
        if state.skip or state.hidden or not text:
            return
        start = len(paragraph.text)
        paragraph.text += text
        if state.raised and re.fullmatch(r"\s*(?:\d{1,3}|\*+|[a-z])\s*", text):
            paragraph.calls.append((start, len(paragraph.text)))
            return
        letters = sum(c.isalpha() for c in text)
        paragraph.letters += letters
        paragraph.bold += letters if state.bold else 0
        paragraph.italic += letters if state.italic else 0
        paragraph.size = paragraph.size or (state.size if letters else 0.0)
        paragraph.table = paragraph.table or state.table

    def _sign(self, sign: bytes) -> None:
        if sign == b"*" and self.fresh_group:
            self.state.skip = True
        elif sign in (b"\\", b"{", b"}"):
            self._say(sign.decode())
        elif sign == b"~":
            self._say(" ")
        elif sign == b"_":
            self._say("-")
        elif sign in (b"\n", b"\r"):
            self._end()

    def _word(self, word: str, number: int | None) -> None:
        state = self.state
        fresh, self.fresh_group = self.fresh_group, False
        if fresh and word in _SKIPPED:
            state.skip = True
            self.in_fonts = self.in_fonts or word == "fonttbl"
        elif word == "bin" and number:
            state.skip = True
        elif word == "u" and number is not None:
            self._unicode(number)
        elif word in _SIGNS:
            self._sign_word(word)
        elif word == "footnote":
            self._begin_note()
        elif word == "chftn":
            self._call()
        else:
            self._format(word, number, state)

    def _sign_word(self, word: str) -> None:
        if self.state.skip:
            return
        if _SIGNS[word] == "\n":
            self._end()
        else:
            self._say(_SIGNS[word])

    def _unicode(self, number: int) -> None:
        self.swallow = self.state.uc
        code = number + 65536 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self.surrogate = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self.surrogate - 0xD800) << 10) + (code - 0xDC00) if self.surrogate else 0xFFFD
        self.surrogate = 0
        self._say(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")

    def _format(self, word: str, number: int | None, state: _State) -> None:  # noqa: PLR0912  # one branch a control word
        on = number != 0
        if word == "b":
            state.bold = on
        elif word == "i":
            state.italic = on
        elif word == "super":
            state.raised = on
        elif word == "nosupersub":
            state.raised = False
        elif word == "v":
            state.hidden = on
        elif word == "plain":
            state.bold = state.italic = state.raised = state.hidden = False
        elif word == "fs" and number:
            state.size = number / 2
        elif word == "uc":
            state.uc = number if number is not None else 1
        elif word == "f" and number is not None:
            state.font = number
        elif word == "fcharset" and self.in_fonts:
            self.fonts[state.font] = _CHARSETS.get(number or 0, self.encoding)
        elif word == "ansicpg" and number:
            self.encoding = f"cp{number}" if number != 936 else "gb18030"
        elif word == "pard":
            state.table = False
        elif word == "intbl":
            state.table = True

    def _call(self) -> None:
        if self.state.note:
            return
        self.count += 1
        start = len(self.paragraph.text)
        self.paragraph.text += str(self.count)
        self.paragraph.calls.append((start, len(self.paragraph.text)))

    def _begin_note(self) -> None:
        if self.outer is None:
            self.outer, self.paragraph = self.paragraph, _Paragraph()
            self.state.note, self.state.skip, self.state.raised = True, False, False

    def _end_note(self) -> None:
        text = re.sub(r"\s+", " ", self.paragraph.text).strip()
        mark = re.match(r"(\*+)\s*", text)
        number = mark[1] if mark else str(self.count)
        self.notes.append(Line(text=text[mark.end() :] if mark else text, fresh=True, role="footnote", note=number))
        if self.outer is not None:
            self.paragraph, self.outer = self.outer, None

    def _end(self) -> None:
        """Close the paragraph."""
        if self.state.note:
            self.paragraph.text += " "
            return
        paragraph, self.paragraph = self.paragraph, _Paragraph()
        if not paragraph.text.strip():
            return
        lead = len(paragraph.text) - len(paragraph.text.lstrip())
        text = paragraph.text.strip()
        letters = max(1, paragraph.letters)
        self.lines.append(
            Line(
                text=text,
                fresh=True,
                size=paragraph.size,
                bold=paragraph.letters > 0 and paragraph.bold >= 0.9 * letters,
                italic=paragraph.letters > 0 and paragraph.italic >= 0.9 * letters,
                calls=tuple((a - lead, b - lead) for a, b in paragraph.calls if a >= lead and b - lead <= len(text)),
                role="table" if paragraph.table and "\t" in text else "",
                cells=text.count("\t") + 1,
            )
        )


def read(path: Path, limits: Limits) -> Extract:
    """Every paragraph of an RTF file."""
    reader = _Reader(path.read_bytes())
    reader.run()
    if sum(len(line.text) for line in reader.lines) > limits.characters:
        raise BadFile("the file holds more text than the limit allows", where=path.name)
    if not reader.lines:
        raise BadFile("the RTF holds no text", where=path.name)
    return Extract(reader.lines + reader.notes)
