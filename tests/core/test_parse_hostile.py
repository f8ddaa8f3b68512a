"""Files that are damaged, hostile or no documents: refused with the reason, in bounded time and memory."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from smallplaces.errors import BadFile
from smallplaces.parse import Limits, parse_file, parse_many, parse_safely
from smallplaces.parse.docx import read as read_docx

BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def pdf_bytes(pages: int = 1, text: str = "1. Exampland is invented. It has no laws.") -> bytes:
    """A PDF written by hand: ``pages`` pages, each with one line of text."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(pages))
    objects.append(f"<</Type/Pages/Count {pages}/Kids[{kids}]>>")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else ""
    for i in range(pages):
        resources = "<</Font<</F1 3 0 R>>>>"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{resources}/Contents {5 + 2 * i} 0 R>>"
        objects += [page, f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    xref = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{offset:010} 00000 n \n" for offset in offsets).encode())
    out.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF".encode())
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF whose trailer names an encryption that no empty password opens."""
    data = pdf_bytes()
    encrypt = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    return data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R" + encrypt + b">>")


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


def reason(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BadFile) as caught:
        parse_file(path, limits=limits)
    return str(caught.value)


def test_the_handmade_pdf_is_sound(tmp_path: Path) -> None:
    document = parse_file(write(tmp_path / "a.pdf", pdf_bytes()))
    assert [p.text for p in document.paragraphs if p.number == "1"] == ["Exampland is invented. It has no laws."]


def test_encrypted_pdf(tmp_path: Path) -> None:
    assert "encrypted" in reason(write(tmp_path / "a.pdf", encrypted_pdf()))


@pytest.mark.parametrize("keep", [9, 120, 400])
def test_truncated_pdf(tmp_path: Path, keep: int) -> None:
    path = write(tmp_path / "a.pdf", pdf_bytes()[:keep])
    assert "a.pdf" in reason(path)


def test_empty_file(tmp_path: Path) -> None:
    assert "empty" in reason(write(tmp_path / "a.pdf", b""))


def test_missing_file(tmp_path: Path) -> None:
    assert "cannot be read" in reason(tmp_path / "none.pdf")


def test_a_scan_needs_ocr(tmp_path: Path) -> None:
    assert "OCR" in reason(write(tmp_path / "a.pdf", pdf_bytes(3, "")))


def test_an_image_needs_ocr(tmp_path: Path) -> None:
    assert "OCR" in reason(write(tmp_path / "a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 100))


def test_too_many_pages_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", pdf_bytes(10_000))
    assert "10,000 pages" in reason(path)


def test_too_many_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"1. a\n" * 1000)
    assert "the limit is" in reason(path, Limits(file_bytes=1000))


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.docx", {"word/document.xml": b"<a>" + b" " * 30_000_000})
    assert "bomb" in reason(path)


def test_entity_bomb(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;">]>' + BODY % "&d;"
    assert "entities" in reason(archive(tmp_path / "a.docx", {"word/document.xml": bomb.encode()}))


def test_external_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret of Exampland")
    evil = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
        + BODY % "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"
    )
    with pytest.raises(BadFile):
        read_docx(archive(tmp_path / "a.docx", {"word/document.xml": evil.encode()}), Limits())


def test_truncated_docx(tmp_path: Path) -> None:
    whole = archive(tmp_path / "whole.docx", {"word/document.xml": (BODY % "").encode() * 50}).read_bytes()
    assert "damaged" in reason(write(tmp_path / "a.docx", whole[: len(whole) // 2]))


def test_docx_with_broken_xml(tmp_path: Path) -> None:
    assert "well-formed" in reason(archive(tmp_path / "a.docx", {"word/document.xml": b"<w:document><w:body>"}))


def test_zip_without_a_document(tmp_path: Path) -> None:
    assert "no document" in reason(archive(tmp_path / "a.docx", {"readme.txt": b"hello"}))


def test_deep_xml_does_not_break_the_process(tmp_path: Path) -> None:
    deep = "<w:p>" * 20_000 + "</w:p>" * 20_000
    assert reason(archive(tmp_path / "a.docx", {"word/document.xml": (BODY % deep).encode()}))


def test_deep_html_is_read_or_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", b"<html><body>" + b"<div>" * 50_000 + b"1. Exampland." + b"</div>" * 50_000)
    try:
        document = parse_safely(path, limits=Limits(seconds=60))
    except BadFile as error:
        assert "a.html" in str(error)
    else:
        assert "Exampland" in document.paragraphs[-1].text


def test_deep_rtf_is_refused(tmp_path: Path) -> None:
    assert "nested" in reason(write(tmp_path / "a.rtf", b"{\\rtf1" + b"{" * 100_000))


@pytest.mark.parametrize(
    "data", [b"MZ\x90\x00", b"\x7fELF", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"\x00\x01\x02\x03\x04\x05\x06\x07"]
)
def test_no_document_at_all(tmp_path: Path, data: bytes) -> None:
    assert reason(write(tmp_path / "a.pdf", data + b"\x00\x01\x00\x02" * 20))


def test_damaged_compound_file(tmp_path: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 22 + struct.pack("<HH", 9, 6) + b"\xff" * 1000
    assert "a.doc" in reason(write(tmp_path / "a.doc", head))


def test_what_takes_too_long_is_killed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", pdf_bytes(4000))
    with pytest.raises(BadFile, match="longer than"):
        parse_safely(path, limits=Limits(seconds=0.05))


def test_what_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"1. Exampland is invented and its sentences are long. " * 1_500_000)
    with pytest.raises(BadFile, match="memory"):
        parse_safely(path, limits=Limits(memory=420 << 20, characters=1 << 40))


def test_one_bad_file_does_not_stop_the_folder(tmp_path: Path) -> None:
    good = [write(tmp_path / f"good{i}.pdf", pdf_bytes()) for i in range(3)]
    bad = [write(tmp_path / "bad1.pdf", b"%PDF-1.4 rubbish"), write(tmp_path / "bad2.pdf", encrypted_pdf())]
    outcomes = {o.path.name: o for o in parse_many([good[0], bad[0], good[1], bad[1], good[2]])}
    assert {name for name, o in outcomes.items() if o.document} == {"good0.pdf", "good1.pdf", "good2.pdf"}
    assert "encrypted" in str(outcomes["bad2.pdf"].error)


def test_pdfium_itself_opens_the_sound_one() -> None:
    assert len(pdfium.PdfDocument(pdf_bytes(2))) == 2
