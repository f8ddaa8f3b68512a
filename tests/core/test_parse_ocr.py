"""A scan without a text layer: read where tesseract is installed, refused where it is not. The page is invented."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from smallplaces.errors import BadFile
from smallplaces.model.document import ParagraphKind
from smallplaces.parse import Limits, ocr, parse_file

LINES = (
    "1. Exampland is an invented country with five towns.",
    "2. The Committee recommends that Exampland open its",
    "libraries to everyone.",
    "3. The Committee will look at Exampland again.",
)


def made(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first its catalogue."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    xref = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, xref))
    return out.getvalue()


def page(resources: bytes, content: bytes, *more: bytes) -> bytes:
    """A PDF of one page."""
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents 4 0 R>>" % resources
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    return made([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", sheet, stream, *more])


def scan(folder: Path) -> Path:
    """A page of text, turned into a picture of itself."""
    shown = b"".join(b"1 0 0 1 72 %d Tm (%s) Tj " % (760 - 30 * i, t.encode()) for i, t in enumerate(LINES))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
    text = page(b"/Font<</F1 5 0 R>>", b"BT /F1 13 Tf " + shown + b"ET", font)
    document = pdfium.PdfDocument(text)
    bitmap = document[0].render(scale=200 / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    grey = b"".join(rows[i : i + bitmap.width] for i in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    data = zlib.compress(grey)
    document.close()
    image = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (bitmap.width, bitmap.height, len(data), data)
    )
    path = folder / "scan.pdf"
    path.write_bytes(page(b"/XObject<</I 5 0 R>>", b"595 0 0 842 0 0 cm /I Do", image))
    return path


needs_tesseract = pytest.mark.skipif(not ocr.installed(), reason="tesseract is not installed")


@needs_tesseract
def test_a_scan_is_read_and_says_so(tmp_path: Path) -> None:
    document = parse_file(scan(tmp_path))
    numbered = {p.number: p for p in document.paragraphs if p.kind is ParagraphKind.PARAGRAPH and p.number}
    assert list(numbered) == ["1", "2", "3"]
    assert numbered["2"].text == "The Committee recommends that Exampland open its libraries to everyone."
    assert document.warnings == (ocr.WARNING,)
    assert all(p.facts["ocr"] is True for p in document.paragraphs)


@needs_tesseract
def test_reading_pictures_ends_in_time(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="needs OCR.*lack of time"):
        parse_file(scan(tmp_path), limits=Limits(seconds=0.01))


def test_without_tesseract_a_scan_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadFile, match="needs OCR"):
        parse_file(scan(tmp_path))
