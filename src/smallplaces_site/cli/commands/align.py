"""``smallplaces align``: the language versions of one document, paragraph to paragraph."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out, table
from smallplaces_site.corpus.read.aligned import Aligned, Row, aligned

_SHOWN = 60  # characters of a paragraph


@app.command()
def align(
    symbol: Annotated[str, typer.Argument(help="A UN symbol in any spelling, or a key such as udhr.")],
    langs: Annotated[str, typer.Option(help="Languages, with commas between. Default: all the site speaks.")] = "",
    mismatches: Annotated[bool, typer.Option("--mismatches", help="Only the rows that do not agree.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Lay the language versions of a document side by side, and say where they do not agree.

    Paragraphs answer to one another by number; where the numbers differ, by what survives translation: figures, dates,
    symbols, length and order.
    """
    found = aligned(symbol, [lang.strip() for lang in langs.split(",") if lang.strip()])
    rows = found.mismatches if mismatches else found.rows
    if as_json:
        emit(_object(found, rows))
    else:
        _tell(found, rows)


def _object(found: Aligned, rows: tuple[Row, ...]) -> dict[str, Any]:
    return {
        "work": found.work.key,
        "symbol": found.work.symbol,
        "langs": found.langs,
        "counts": found.counts,
        "mismatches": len(found.mismatches),
        "rows": [
            {
                **{lang: {"key": p.key, "n": p.number} for lang, p in row.paragraphs.items()},
                "status": row.status,
                "confidence": row.confidence,
                **({"notes": row.notes} if row.notes else {}),
            }
            for row in rows
        ],
    }


def _tell(found: Aligned, rows: tuple[Row, ...]) -> None:
    lines = []
    for row in rows:
        texts = [_short(row, lang) for lang in found.langs]
        lines.append([row.status, f"{row.confidence:.2f}", *texts, "; ".join(row.notes)])
    table(found.work.symbol or found.work.key, ["status", "sure", *found.langs, "does not agree"], lines)
    counts = ", ".join(f"{count:,} {status}" for status, count in sorted(found.counts.items()))
    out.print(f"{len(found.rows):,} rows: {counts}", highlight=False)


def _short(row: Row, lang: str) -> str:
    paragraph = row.paragraphs.get(lang)
    if paragraph is None:
        return "–"
    text = paragraph.text if len(paragraph.text) <= _SHOWN else paragraph.text[: _SHOWN - 1] + "…"
    return f"{paragraph.number}. {text}" if paragraph.number else text
