"""``smallplaces route``: whether a recommendation is for a place, for the State, or for both, and why."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.markup import escape

from smallplaces.enrich.route import Route
from smallplaces.enrich.route import route as whose
from smallplaces.model.language import CODES, primary
from smallplaces.text.language import detect
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, out
from smallplaces_site.corpus.read import places


@app.command()
def route(
    place: Annotated[str, typer.Option(help="The place asked for, by code or name: KR-26, 부산 해운대구.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Read JSON lines {"id","text","lang"} from standard input, and say of each whose it is: ours, the province's,
    shared, national or unclear, with the head of competence, a likely department and the words that decided."""
    asked = places.one(place)
    refused = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        name: Any = None
        try:
            record = json.loads(line)
            name = record.get("id") if isinstance(record, dict) else None
            text, lang = _read(record)
            found = whose(text, lang, asked.level, asked.state)
        except (ValueError, RecursionError) as error:
            refused += 1
            _refuse(number, name, str(error), as_json=as_json)
            continue
        _say(name, found, as_json=as_json)
    if refused:
        raise typer.Exit(Exit.REFUSED)


def _read(record: Any) -> tuple[str, str]:
    """Text and language of a record. Raises ValueError saying what is wrong."""
    if not isinstance(record, dict):
        raise ValueError("expected an object with id, text and lang")
    text, lang = record.get("text"), record.get("lang") or ""
    if not isinstance(text, str) or not text.strip():
        raise ValueError("the field 'text' must be a text")
    if not isinstance(lang, str):
        raise ValueError("the field 'lang' must be a text")
    if lang and primary(lang) not in CODES:
        raise ValueError(f"the language {lang!r} is not one of {', '.join(CODES)}")
    return text, lang or detect(text, default="en")


def _refuse(number: int, name: Any, message: str, *, as_json: bool) -> None:
    if as_json:
        emit({"id": name, "line": number, "error": message})
    else:
        out.print(f"line {number}: {escape(message)}", highlight=False)


def _say(name: Any, found: Route, *, as_json: bool) -> None:
    if as_json:
        emit({"id": name, **found.as_json()})
        return
    words = "; ".join(", ".join(why.evidence) for why in found.reasons)
    basis = ", ".join(found.basis)
    out.print(
        escape(f"{name}  {found.verdict}  {found.department or '-'}  {basis or '-'}  {found.confidence:.2f}  {words}"),
        highlight=False,
    )
