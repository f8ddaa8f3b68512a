"""``smallplaces brief``: what has been asked of a place, for a council or a department, as text, DOCX, HTML or JSON."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override
from rich.markup import escape

from smallplaces.errors import BadInput
from smallplaces.vocab.competence import departments
from smallplaces_site.briefs.choice import MOST, ORDERS, SIZES, Choice
from smallplaces_site.briefs.compose import of_choice
from smallplaces_site.briefs.content import LANGUAGES, Content, to_json
from smallplaces_site.briefs.docx import to_docx
from smallplaces_site.briefs.page import to_html
from smallplaces_site.briefs.printed import Printed, printed
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out
from smallplaces_site.corpus.read import places


@app.command()
def brief(
    place: Annotated[str, typer.Option(help="A code or a name: KR-26, 부산 해운대구.")],
    lang: Annotated[str, typer.Option(help="Language of the brief: ko or en.")] = "ko",
    department: Annotated[str, typer.Option(help="Code of a department: welfare, housing, transport…")] = "",
    theme: Annotated[str, typer.Option(help="A theme, as its source spells it.")] = "",
    group: Annotated[str, typer.Option(help="Persons concerned, as the source spells them.")] = "",
    body: Annotated[str, typer.Option(help="Who asks: CRPD, CEDAW, UPR…")] = "",
    since: Annotated[int | None, typer.Option(help="First year.", min=1900, max=2200)] = None,
    until: Annotated[int | None, typer.Option(help="Last year.", min=1900, max=2200)] = None,
    items: Annotated[int, typer.Option(help="How many items at most.", min=1, max=MOST)] = SIZES[1],
    order: Annotated[str, typer.Option(help="newest or longest asked first.")] = ORDERS[0],
    national: Annotated[bool, typer.Option("--national", help="Also what only the State can do.")] = False,
    docx: Annotated[Path | None, typer.Option(help="Write a Word file here.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write one file of HTML here, to be printed or sent.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a brief for a place: what the United Nations asked that is its own, by department, with what it rests on."""
    _check("language", lang, LANGUAGES)
    _check("order", order, ORDERS)
    if department:
        _check("department", department, tuple(departments()))
    choice = Choice(
        lang=lang,
        department=department,
        theme=theme,
        group=group,
        treaty=body,
        since=since,
        until=until,
        items=items,
        order=order,
        national=national,
    )
    content = of_choice(places.one(place), choice)
    if as_json:
        emit(to_json(content))
        return
    base = str(settings.SETTINGS["SMALLPLACES_URL"]).rstrip("/")
    words = printed(content, _address(content, choice, base), base)
    if docx:
        docx.write_bytes(to_docx(words, made=datetime.fromisoformat(content.made)))
    if html:
        html.write_text(to_html(words), encoding="utf-8")
    if docx or html:
        written = ", ".join(str(path) for path in (docx, html) if path)
        out.print(escape(f"wrote {written}: {len(content.lines)} of {len(content.lines) + content.more} items"))
    else:
        _tell(words)


def _check(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise BadInput(f"no such {what}; there are {', '.join(known)}", where=given)


def _address(content: Content, choice: Choice, base: str) -> str:
    """Where the same brief can be seen again; empty for a site without a public address."""
    if not base:
        return ""
    with override(content.lang):
        path = reverse("brief-unsaved", args=[content.short])
    return f"{base}{path}?{urlencode({name: value for name, value in choice.as_json().items() if value})}"


def _tell(words: Printed) -> None:
    """The brief as plain text."""
    out.print(escape(words.title), style="bold", soft_wrap=True)
    for text in (*(f"{label}: {value}" for label, value in words.facts), words.summary, words.nothing):
        if text:
            out.print(escape(text), soft_wrap=True, highlight=False)
    for section in words.sections:
        out.print(f"\n{escape(section.name)} ({escape(section.count)})", style="bold", highlight=False)
        for line in section.lines:
            told = [f"{line.number}. {line.citation}  {line.shape} {line.verdict}", line.document, *line.text]
            told += [line.plain_by, line.warning, *(f"{label}: {value}" for label, value in line.rests), line.machine]
            for text in told:
                if text:
                    out.print(escape(text), soft_wrap=True, highlight=False)
    for text in words.key:
        out.print(escape(text), soft_wrap=True, highlight=False)
