"""A scan without a text layer: pages rendered by pdfium, read by tesseract where it is installed.

Reads: a PDF document that is open. Writes: nothing. What comes back is noisy and says so: its lines carry one size of
type and no weight, so headings are told by their words alone.
"""

from __future__ import annotations

import csv
import io
import shutil
import statistics
import subprocess
from collections import defaultdict
from time import monotonic

import pypdfium2 as pdfium

from smallplaces.errors import BadFile
from smallplaces.parse.base import Limits, Line
from smallplaces.parse.ocr_numbers import Scanned, repaired

WARNING = "read by OCR"
_DPI = 300
_SIZE = 10.0  # of type; heights of words read from a picture vary too much to tell sizes
_LATIN = ("eng", "fra", "spa")
_OTHERS = ("rus", "ara", "chi_sim", "kor")
_SURE = 60.0  # mean confidence in words, of 100, below which another script is tried
_SHARE = 0.75  # of a file's time that may go into reading pictures


def installed() -> bool:
    """Whether tesseract can be called."""
    return shutil.which("tesseract") is not None


def read(document: pdfium.PdfDocument, limits: Limits, name: str) -> list[Line]:
    """The lines of every page. Raises :class:`BadFile` when nothing can be read or it takes too long."""
    deadline = monotonic() + _SHARE * limits.seconds
    lines: list[Scanned] = []
    languages = ""
    for index in range(len(document)):
        page = document[index]
        try:
            width, height = page.get_size()
            scale = _DPI / 72 * min(1.0, 842 / max(width, height, 1.0))  # a huge page makes no huge picture
            bitmap = page.render(scale=scale, grayscale=True)
            picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + _rows(bitmap)
        finally:
            page.close()
        try:
            languages = languages or _languages(picture, deadline)
            rows = _words(picture, languages, deadline)
        except subprocess.TimeoutExpired as error:
            raise BadFile(
                f"a scan without a text layer: it needs OCR, and reading it stopped at page {index + 1} of "
                f"{len(document)} for lack of time",
                where=name,
            ) from error
        lines += _lines(rows, index + 1, scale, height)
    if not any(each.line.text.strip() for each in lines):
        raise BadFile("a scan without a text layer: it needs OCR, and tesseract read nothing in it", where=name)
    return repaired(lines)


def _rows(bitmap: pdfium.PdfBitmap) -> bytes:
    """The grey values of a bitmap, without what pads its rows."""
    data = bytes(bitmap.buffer)
    if bitmap.stride == bitmap.width:
        return data
    return b"".join(data[i : i + bitmap.width] for i in range(0, bitmap.stride * bitmap.height, bitmap.stride))


def _run(arguments: list[str], picture: bytes, deadline: float) -> str:
    command = [shutil.which("env") or "env", "OMP_THREAD_LIMIT=1", shutil.which("tesseract") or "tesseract", *arguments]
    done = subprocess.run(  # noqa: S603  # a fixed command; the picture goes through a pipe
        command, input=picture, capture_output=True, timeout=max(0.1, deadline - monotonic()), check=False
    )
    return done.stdout.decode("utf-8", "replace")


def _languages(picture: bytes, deadline: float) -> str:
    """The languages to read with: those in Latin letters, unless another script reads the first page better."""
    known = set(_run(["--list-langs"], b"", deadline).split())
    latin = "+".join(each for each in _LATIN if each in known)
    best = latin or next(iter(sorted(known & set(_OTHERS))), "eng")
    score = _confidence(_words(picture, best, deadline))
    for other in _OTHERS:
        if score < _SURE and other in known and other != best:
            found = _confidence(_words(picture, other, deadline))
            if found > score:
                best, score = other, found
    return best


def _words(picture: bytes, languages: str, deadline: float) -> list[dict[str, str]]:
    table = _run(["stdin", "stdout", "-l", languages, "--dpi", str(_DPI), "tsv"], picture, deadline)
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]


def _confidence(rows: list[dict[str, str]]) -> float:
    return statistics.fmean(float(row["conf"]) for row in rows) if rows else 0.0


def _lines(rows: list[dict[str, str]], page: int, scale: float, height: float) -> list[Scanned]:
    grouped: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        grouped[row["block_num"], row["par_num"], row["line_num"]].append(row)
    found = []
    for words in grouped.values():
        left = min(int(word["left"]) for word in words)
        right = max(int(word["left"]) + int(word["width"]) for word in words)
        foot = statistics.median(int(word["top"]) + int(word["height"]) for word in words)
        text = " ".join(word["text"].strip() for word in words)
        line = Line(text, page, left / scale, right / scale, height - foot / scale, _SIZE)
        gap = int(words[1]["left"]) - int(words[0]["left"]) - int(words[0]["width"]) if len(words) > 1 else 0
        tall = statistics.median(int(word["height"]) for word in words) or 1
        found.append(Scanned(line, words[0]["text"].strip(), gap / tall))
    return found
