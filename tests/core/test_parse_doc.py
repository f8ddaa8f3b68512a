"""Old DOC: a compound file written by hand, with body text in both of Word's encodings, a footnote and a field."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from smallplaces.errors import BadFile
from smallplaces.model.document import ParagraphKind
from smallplaces.parse import parse_file
from smallplaces.parse.base import Limits
from smallplaces.parse.doc import Compound, _own

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
BODY = (
    "Concluding observations on the invented report of Exampland\r"
    "1.\tThe Committee read the invented report.\x02\r"
    "2.\tIt is concerned about ramps \x13 HYPERLINK secret \x14at the hall\x15.\r"
)
WIDE = "3.\tОна рекомендует пандусы.\r"
NOTE = "\x02 An invented note.\r"


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, FREE, 1 if kind == 5 else FREE)
    return head + b"\0" * 36 + struct.pack("<II", start, size) + b"\0" * 4


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of version 3 with one FAT sector; every stream takes whole sectors outside of the mini stream."""
    sectors, table, entries = [b"", b""], [FAT, END], [entry("Root Entry", 5, END, 0)]
    for name, stream in streams.items():
        data = stream.ljust(4096, b"\0")
        first, count = len(sectors), -(-len(data) // 512)
        entries.append(entry(name, 2, first, len(data)))
        sectors += [data[i * 512 : i * 512 + 512].ljust(512, b"\0") for i in range(count)]
        table += [*range(first + 1, first + count), END]
    sectors[0] = struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
    sectors[1] = b"".join(entries).ljust(512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108) + b"".join(sectors)


def word(*, flags: int = 0x0200) -> bytes:
    narrow, wide, note = BODY.encode("cp1252"), WIDE.encode("utf-16-le"), NOTE.encode("cp1252")
    main = bytearray(1024)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<IIII", main, 76, len(BODY) + len(WIDE), len(NOTE), 0, 0)
    start = len(main)
    offsets = (start * 2 | 0x40000000, start + len(narrow), (start + len(narrow) + len(wide)) * 2 | 0x40000000)
    ends = (0, len(BODY), len(BODY) + len(WIDE), len(BODY) + len(WIDE) + len(NOTE))
    plc = struct.pack("<4I", *ends) + b"".join(struct.pack("<HIH", 0, offset, 0) for offset in offsets)
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", main, 418, 0, len(clx))
    return compound({"WordDocument": bytes(main) + narrow + wide + note, "1Table": clx})


def test_the_text_of_an_old_word_document() -> None:
    extract = _own(word(), Limits())
    assert [line.text for line in extract.lines] == [
        "Concluding observations on the invented report of Exampland",
        "1.\tThe Committee read the invented report.1",
        "2.\tIt is concerned about ramps at the hall.",
        "3.\tОна рекомендует пандусы.",
        "An invented note.",
    ]


def test_it_becomes_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # without LibreOffice, so that our own reader is the one under test
    path = tmp_path / "old.doc"
    path.write_bytes(word())
    document = parse_file(path)
    found = {p.number: p.text for p in document.paragraphs if p.kind is ParagraphKind.PARAGRAPH}
    assert found["1"] == "The Committee read the invented report."
    assert found["2"] == "It is concerned about ramps at the hall."
    assert [p.text for p in document.paragraphs if p.kind is ParagraphKind.FOOTNOTE] == ["An invented note."]


def test_encrypted() -> None:
    with pytest.raises(BadFile, match="encrypted"):
        _own(word(flags=0x0300), Limits())


def test_a_circle_of_sectors_ends() -> None:
    data = bytearray(word())
    struct.pack_into("<I", data, 512 + 4 * 3, 2)  # the third sector of the text leads back to its first
    with pytest.raises(BadFile, match="circle"):
        Compound(bytes(data)).stream("WordDocument")
