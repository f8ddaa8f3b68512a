"""A scan without a text layer: read where tesseract is installed, refused where it is not. The page is invented."""

from __future__ import annotations

import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from tests.core.printed_page import page

from smallplaces.errors import BadFile
from smallplaces.model.document import ParagraphKind
from smallplaces.parse import Limits, ocr, parse_file

LINES = (
    "1. Exampland is an invented country with five towns.",
    "2. The Committee recommends that Exampland open its",
    "libraries to everyone.",
    "3. The Committee will look at Exampland again.",
)


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
    with pytest.raises(BadFile, match=r"needs OCR.*lack of time"):
        parse_file(scan(tmp_path), limits=Limits(seconds=0.01))


def test_without_tesseract_a_scan_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadFile, match="needs OCR"):
        parse_file(scan(tmp_path))
