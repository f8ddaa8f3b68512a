"""How well and how fast documents are parsed, beside a crude baseline and pdfium's raw extraction, in one run.

    SMALLPLACES_CORPUS=… python bench/parse.py [--limit N] [--json FILE]

Per language and kind: documents whose paragraph numbers form an unbroken sequence from 1; numbered paragraphs whose
beginning and end are found by a second, independent extraction (poppler's pdftotext, when it is installed); headings;
footnotes; pages per second of CPU time beside pdfium's raw text of the same pages; peak memory. The baseline's figures
are read from its own paragraphs of the same files.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

import pypdfium2 as pdfium
import zstandard

from smallplaces.errors import BadFile
from smallplaces.model.document import ParagraphKind
from smallplaces.parse import ParsedDocument, parse_file

NUMBERED = (ParagraphKind.PARAGRAPH, ParagraphKind.RECOMMENDATION)


@dataclass
class Row:
    """The figures of one group of documents."""

    documents: int = 0
    pages: int = 0
    paragraphs: int = 0
    unbroken: int = 0
    unbroken_baseline: int = 0
    in_baseline: int = 0
    bounded: int = 0
    checked: int = 0
    headings: int = 0
    footnotes: int = 0
    recommendations: int = 0
    with_state: int = 0
    seconds: float = 0.0
    raw_seconds: float = 0.0
    failed: int = 0


def raw_seconds(path: Path) -> float:
    """CPU time of pdfium's raw text of every page."""
    start = time.process_time()
    document = pdfium.PdfDocument(path)
    for index in range(len(document)):
        page = document[index]
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    document.close()
    return time.process_time() - start


def unbroken(numbers: list[str]) -> bool:
    """Whether whole numbers run 1, 2, 3… and the parts below each run 1, 2, 3… too."""
    count: dict[str, int] = defaultdict(int)
    for number in numbers:
        parent, _, part = number.rpartition(".")
        count[parent] += 1
        if int(part) != count[parent]:
            return False
    return bool(numbers)


def squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text)


def bounded(document: ParsedDocument, path: Path) -> tuple[int, int]:
    """(paragraphs whose head follows their number and whose tail stands in poppler's text, paragraphs looked at)."""
    if not shutil.which("pdftotext") or document.lang == "ar":
        return 0, 0  # poppler turns Arabic around differently: no judge there
    text = squeeze(
        subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=False).stdout
    )
    good = total = 0
    for paragraph in document.paragraphs:
        if not paragraph.number or paragraph.kind not in NUMBERED:
            continue
        total += 1
        head, tail = squeeze(paragraph.text)[:22], squeeze(paragraph.text)[-18:]
        number = squeeze(paragraph.number)
        good += tail in text and (
            number + head in text or squeeze(str(paragraph.facts.get("marker", ""))) + head in text
        )
    return good, total


def baseline(corpus: Path) -> dict[str, list[str]]:
    """The paragraph numbers that the baseline found, by file."""
    found: dict[str, list[str]] = defaultdict(list)
    with (corpus / "crpd/baseline_paragraphs.jsonl.zst").open("rb") as stream:
        data = zstandard.ZstdDecompressor().stream_reader(stream).read().decode("utf-8")
    for line in data.splitlines():
        record = json.loads(line)
        if record["n"]:
            found[record["pdf"]].append(str(record["n"]))
    return found


def measure(path: Path, row: Row, crude: dict[str, list[str]]) -> ParsedDocument | None:
    row.documents += 1
    row.raw_seconds += raw_seconds(path)
    start = time.process_time()
    try:
        document = parse_file(path)
    except BadFile as error:
        row.failed += 1
        print(f"refused: {error}", file=sys.stderr)
        return None
    row.seconds += time.process_time() - start
    found = [p for p in document.paragraphs if p.number and p.kind in NUMBERED]
    good, checked = bounded(document, path)
    recommended = [p for p in found if p.kind is ParagraphKind.RECOMMENDATION]
    row.pages += document.pages
    row.paragraphs += len(found)
    row.unbroken += unbroken([p.number for p in found])
    row.bounded += good
    row.checked += checked
    row.headings += sum(p.kind is ParagraphKind.HEADING for p in document.paragraphs)
    row.footnotes += sum(p.kind is ParagraphKind.FOOTNOTE for p in document.paragraphs)
    row.recommendations += len(recommended)
    row.with_state += sum(any(label.facet == "recommending" for label in p.labels) for p in recommended)
    if path.name in crude:
        row.in_baseline += 1
        row.unbroken_baseline += unbroken(crude[path.name])
    return document


def table(rows: dict[tuple[str, str], Row]) -> None:
    head = ["lang", "kind", "docs", "pages", "paragraphs", "unbroken", "baseline", "bounded", "headings", "notes"]
    head += ["recs", "states", "p/s", "raw", "share"]
    lines = [head]
    total = Row()
    for (lang, kind), row in [*sorted(rows.items()), (("all", ""), total)]:
        if row is not total:
            for name, value in asdict(row).items():
                setattr(total, name, getattr(total, name) + value)
        lines.append(
            [
                lang, kind, str(row.documents), str(row.pages), str(row.paragraphs),
                f"{row.unbroken / max(1, row.documents):.1%}",
                f"{row.unbroken_baseline / row.in_baseline:.1%}" if row.in_baseline else "–",
                f"{row.bounded / row.checked:.2%}" if row.checked else "–",
                str(row.headings), str(row.footnotes), str(row.recommendations),
                f"{row.with_state / row.recommendations:.1%}" if row.recommendations else "–",
                f"{row.pages / row.seconds:.0f}" if row.seconds else "–",
                f"{row.pages / row.raw_seconds:.0f}" if row.raw_seconds else "–",
                f"{row.raw_seconds / row.seconds:.0%}" if row.seconds else "–",
            ]
        )  # fmt: skip
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpus", type=Path, default=os.environ.get("SMALLPLACES_CORPUS"), help="folder of the real corpus"
    )
    parser.add_argument("--limit", type=int, default=0, help="only every so many-th file, for a quick look")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    chosen = parser.parse_args()
    if not chosen.corpus or not Path(chosen.corpus).is_dir():
        sys.exit("set SMALLPLACES_CORPUS or give --corpus")
    corpus = Path(chosen.corpus)
    files = [*sorted((corpus / "crpd/pdf").glob("*.pdf")), *sorted((corpus / "upr/wg-reports").glob("*.pdf"))]
    rows: dict[tuple[str, str], Row] = defaultdict(Row)
    crude = baseline(corpus)
    for path in files[:: max(1, chosen.limit)]:
        row = Row()
        document = measure(path, row, crude)
        key = (document.lang, document.kind.value) if document else ("?", "refused")
        for name, value in asdict(row).items():
            setattr(rows[key], name, getattr(rows[key], name) + value)
    table(rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the whole run: {memory:.0f} MB")
    if chosen.json:
        chosen.json.write_text(
            json.dumps({"/".join(k): asdict(v) for k, v in rows.items()} | {"peak_mb": memory}, indent=1)
        )


if __name__ == "__main__":
    main()
