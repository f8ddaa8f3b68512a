"""PDF pages written by hand, for tests of what is read from them."""

from __future__ import annotations

import io


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


def typed(texts: list[tuple[int, int, str]]) -> bytes:
    """A PDF of one page with each text at its place (points from the left and from the foot)."""
    shown = b"".join(
        b"1 0 0 1 %d %d Tm (%s) Tj " % (x, y, text.replace("(", "\\(").replace(")", "\\)").encode("latin-1"))
        for x, y, text in texts
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
    return page(b"/Font<</F1 5 0 R>>", b"BT /F1 10 Tf " + shown + b"ET", font)
