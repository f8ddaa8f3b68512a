"""Documents that do not exist, set as the United Nations sets its own, printed to PDF, and what must be read in them.

A document is a list of :class:`Head` and :class:`Para`. :func:`page` makes HTML of it: a cover, running heads at either
edge, page and job numbers, footnotes at the foot of pages, paragraphs that go on over the page. ``python
printed_document.py FOLDER`` prints every HTML file of a folder (a process of its own, so that the browser's loop stays
out of the tests). :func:`read` and :func:`written` give what was parsed and what was written in one shape.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import docx
import yaml
from docx.shared import Pt

from smallplaces.model.document import ParagraphKind
from smallplaces.parse import ParsedDocument

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FONTS = {"ar": "Noto Naskh Arabic", "zh": "Noto Sans CJK SC", "ko": "Noto Sans CJK KR"}
_STYLE = """
@page{size:A4;margin:0} body{margin:0;font:10pt/1.25 FONT,'Liberation Serif',serif}
section{box-sizing:border-box;width:210mm;height:296mm;padding:15mm 25mm 12mm;display:flex;flex-direction:column;
 page-break-after:always;overflow:hidden}
.main{flex:1} .p,.s{margin:0 0 6pt;text-align:justify;padding-inline:12mm 8mm} .s{text-indent:10mm}
 .s.on{text-indent:0} .full{text-align-last:justify}
.n,.m{display:inline-block;min-width:10mm;text-indent:0} .deep{padding-inline-start:20mm} .deep .n{min-width:16mm}
h1,h2,h3,h4{margin:8pt 0;padding-inline-start:12mm;font-size:10pt} h1{font-size:14pt} h2{font-size:12pt}
h4{font-style:italic;font-weight:normal} sup{font-size:65%;line-height:0;vertical-align:super}
.fn{font-size:9pt;margin:0 0 2pt;padding-inline:12mm 8mm} .rule{width:30mm;border-top:.5pt solid;margin:4pt 12mm}
.run{font-weight:bold;font-size:9pt;border-bottom:.5pt solid;margin-bottom:8mm} .odd{text-align:right}
.cover,.foot{display:flex;justify-content:space-between} .cover{border-bottom:1pt solid} .big{font-size:20pt}
.organ{font-weight:bold;font-size:12pt} .foot{font-size:8pt;margin-top:4mm}
"""

Row = tuple[str, str, tuple[str, ...]]  # number, text, path of headings


@dataclass
class Para:
    """A paragraph: its number (or none), sub-items as (marker, text), a footnote, whether it stands further in."""

    number: str
    text: str
    items: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""
    deep: bool = False


@dataclass
class Head:
    """A heading: 1 and 2 in large type, 3 bold, 4 italic."""

    text: str
    level: int


@dataclass
class Document:
    """What is printed: five lines of cover, title, the note of the title, the text."""

    lang: str
    symbol: str
    cover: list[str]
    title: str
    body: list[Para | Head]
    adopted: str = ""


@cache
def texts() -> dict[str, Any]:
    """The invented texts, by language."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "printed_texts.yml").read_text("utf-8"))
    return found


def _halves(text: str) -> tuple[str, str]:
    """A text in two, where a page ends."""
    middle = text.find(" ", len(text) // 2) if " " in text else len(text) // 2
    return text[:middle], text[middle:].lstrip()


class _Printer:
    """Sets the pages of a document: ``every`` paragraphs a page, the last of a page, or its last item, going
    on over it."""

    def __init__(self, every: int) -> None:
        self.every, self.calls = every, 0
        self.pages: list[tuple[str, str]] = []
        self.text, self.notes = "", ""

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append((self.text, self.notes))
        self.text = self.notes = ""

    def paragraph(self, para: Para, *, last: bool) -> None:
        """Set one paragraph."""
        sign = para.text[-1] if para.text[-1] in ".:;。：；؛" else ""
        body, dot = para.text[: len(para.text) - len(sign)], "" if para.number.count(".") else "."
        number = f"<span class=n>{para.number}{dot}</span> " if para.number else ""
        deep = " deep" if para.deep else ""
        if last and not para.items and len(body) > 60:
            begun, body = _halves(body)
            self.text += f'<p class="p full{deep}">{number}{html.escape(begun)}</p>'
            self.turn()
            number, last = "", False
        call = self._note(para.note) if para.note else ""
        self.text += f'<p class="p{deep}">{number}{html.escape(body)}{call}{sign}</p>'
        for position, (marker, text) in enumerate(para.items, 1):
            over = last and position == len(para.items)
            begun, rest = _halves(text) if over else (text, "")
            full = " full" if over else ""
            self.text += f'<p class="s{full}"><span class=m>{marker}</span> {html.escape(begun)}</p>'
            if over:
                self.turn()
                self.text += f'<p class="s on">{html.escape(rest)}</p>'
        if last and not para.items:
            self.turn()

    def _note(self, text: str) -> str:
        self.calls += 1
        self.notes += f"<p class=fn><sup>{self.calls}</sup> {html.escape(text)}</p>"
        return f"<sup>{self.calls}</sup>"


def page(document: Document, *, every: int = 4, font: str = "") -> str:
    """The document as HTML."""
    printer = _Printer(every)
    count = 0
    for position, each in enumerate(document.body):
        if isinstance(each, Head):
            printer.text += f"<h{each.level}>{html.escape(each.text)}</h{each.level}>"
        else:
            count += 1
            printer.paragraph(each, last=count % every == 0 and position < len(document.body) - 1)
    printer.turn()
    pages = [_sheet(document, number, *sheet) for number, sheet in enumerate(printer.pages, 1)]
    style = _STYLE.replace("FONT", f"'{font or FONTS.get(document.lang, 'Liberation Serif')}'")
    direction = "rtl" if document.lang == "ar" else "ltr"
    head = f"<!doctype html><html lang={document.lang} dir={direction}><meta charset=utf-8><style>{style}</style>"
    return head + "".join(pages)


def _sheet(document: Document, number: int, text: str, notes: str) -> str:
    top = f'<div class="run {"odd" if number % 2 else ""}">{document.symbol}</div>'
    if number == 1:
        organization, *dates, organ = document.cover
        star = "<sup>*</sup>" if document.adopted else ""
        notes = (f"<p class=fn>* {html.escape(document.adopted)}</p>" if document.adopted else "") + notes
        top = (
            f"<div class=cover><div>{organization}</div><div class=big>{document.symbol}</div>"
            f"<div>{'<br>'.join(dates)}</div></div><p class=organ>{organ}</p>"
            f"<h1>{html.escape(document.title)}{star}</h1>"
        )
    foot = f"<b>{number}</b><span>GE.22-12345</span>" if number > 1 else "<span>GE.22-12345 (E)</span>"
    notes = f"<div><div class=rule></div>{notes}</div>" if notes else ""
    return f"<section>{top}<div class=main>{text}</div>{notes}<div class=foot>{foot}</div></section>"


def word(document: Document, path: Path) -> None:
    """The document as DOCX, its numbers typed; footnotes are left out."""
    made = docx.Document()
    organization, *dates, organ = document.cover
    for text in (organization, document.symbol, *dates):
        made.add_paragraph(text)
    for text in (organ, document.title):
        made.add_paragraph().add_run(text).bold = True
    for each in document.body:
        if isinstance(each, Head):
            run = made.add_paragraph().add_run(each.text)
            run.bold, run.italic = each.level < 4, each.level == 4
            run.font.size = Pt({1: 14, 2: 12}.get(each.level, 10))
        else:
            made.add_paragraph((f"{each.number}.\t" if each.number else "") + each.text)
            for marker, text in each.items:
                made.add_paragraph(f"{marker}\t{text}")
    made.save(str(path))


def plain(document: Document) -> str:
    """The document as plain text."""
    pieces = [document.cover[0], document.symbol, *document.cover[1:], document.title]
    for each in document.body:
        if isinstance(each, Head):
            pieces.append(each.text)
        else:
            pieces += [f"{each.number}. {each.text}" if each.number else each.text]
            pieces += [f"{marker} {text}" for marker, text in each.items]
    return "\n\n".join(pieces)


def written(document: Document) -> tuple[list[str], list[Row]]:
    """(headings, paragraphs with their paths) as they were written; items of a list of a report as "14.1"."""
    path: list[Head] = []
    rows: list[Row] = []
    parent = ""
    for each in document.body:
        if isinstance(each, Head):
            path = [*(above for above in path if above.level < each.level), each]
            continue
        number = f"{parent}.{each.number}" if each.deep and "." not in each.number else each.number
        parent = parent if "." in number else number
        items = [f"{marker} {text}" for marker, text in each.items]
        rows.append((number, "\n".join([each.text, *items]), tuple(head.text for head in path)))
    return [each.text for each in document.body if isinstance(each, Head)], rows


def read(parsed: ParsedDocument) -> tuple[list[str], list[Row]]:
    """The same of a parsed document."""
    headings = [p.text for p in parsed.paragraphs if p.kind is ParagraphKind.HEADING]
    away = (ParagraphKind.HEADING, ParagraphKind.FOOTNOTE)
    return headings, [(p.number, p.text, p.heading) for p in parsed.paragraphs if p.kind not in away]


def notes(document: Document) -> list[tuple[str, str]]:
    """The footnotes as they were written, numbered."""
    found = [each.note for each in document.body if isinstance(each, Para) and each.note]
    return [(str(number), text) for number, text in enumerate(found, 1)]


def print_all(folder: Path) -> None:
    """Print every HTML file of a folder beside itself."""
    subprocess.run([sys.executable, __file__, str(folder)], check=True, timeout=300)


def _main(folder: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only this process needs a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        sheet = browser.new_page()
        for path in sorted(folder.glob("*.html")):
            sheet.set_content(path.read_text("utf-8"))
            sheet.pdf(path=str(path.with_suffix(".pdf")), prefer_css_page_size=True)
        browser.close()


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
