"""``smallplaces show``: one document, or one of its paragraphs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from smallplaces.errors import NotFound
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out
from smallplaces_site.corpus.read import citations, documents
from smallplaces_site.corpus.titles import title_of


@app.command()
def show(
    symbol: Annotated[str, typer.Argument(help="A UN symbol in any spelling, or a key such as udhr.")],
    para: Annotated[str, typer.Option(help="Only this paragraph: 15, 137.197, 6.")] = "",
    lang: Annotated[str, typer.Option(help="The language version to show.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show a document paragraph by paragraph, with its dates and language versions."""
    work = documents.work(symbol)
    edition = work.best_edition(lang)
    if edition is None:
        raise NotFound("the store knows this document but holds no text of it", where=work.key)
    shown = [documents.paragraph(edition.id, para)] if para else documents.paragraphs(edition.id)
    if as_json:
        emit(_object(work, edition, shown))
        return
    out.print(f"[bold]{title_of(work, edition.lang)}[/]", highlight=False)
    dates = [f"{name} {day}" for name in ("adopted", "distributed") if (day := getattr(work, name))]
    others = [other.lang for other in work.editions if other.lang != edition.lang]
    facts = [work.symbol or work.key, *dates, edition.lang, f"also in: {', '.join(others[:12])}" if others else ""]
    out.print(" · ".join(fact for fact in facts if fact), style="dim", highlight=False)
    heading: tuple[str, ...] = ()
    for paragraph in shown:
        if paragraph.heading != heading and paragraph.heading:
            out.print(f"\n[bold]{' › '.join(paragraph.heading)}[/]", highlight=False)
        heading = paragraph.heading
        number = f"{paragraph.number}. " if paragraph.number else ""
        out.print(f"\n{number}{paragraph.text}", highlight=False, markup=False)


def _object(
    work: documents.WorkView, edition: documents.EditionView, shown: list[documents.ParagraphView]
) -> dict[str, Any]:
    cited = citations.citations_of(paragraph.id for paragraph in shown)
    return {
        "work": work.key,
        "symbol": work.symbol,
        "kind": work.kind,
        "title": title_of(work, edition.lang),
        "body": work.body,
        "states": work.states,
        "dates": {"adopted": work.adopted, "distributed": work.distributed, "entered": work.entered},
        "year": work.year,
        "lang": edition.lang,
        "languages": [other.lang for other in work.editions],
        "status": edition.status,
        "facts": work.facts,
        "paragraphs": [
            {
                "key": paragraph.key,
                "n": paragraph.number,
                "kind": paragraph.kind,
                "heading": paragraph.heading,
                "text": paragraph.text,
                "page": paragraph.page,
                "source": paragraph.source,
                "version": paragraph.version,
                "labels": [
                    {"facet": facet, "scheme": scheme, "value": value, "source": source}
                    for facet, scheme, value, source in paragraph.labels
                ],
                "citations": [_citation(one) for one in cited.get(paragraph.id, ())],
            }
            for paragraph in shown
        ],
    }


def _citation(view: citations.CitationView) -> dict[str, Any]:
    return {
        "start": view.start,
        "end": view.end,
        "text": view.text,
        "kind": view.kind,
        "targets": [one.target for one in view.targets],
        "held": [one.target for one in view.targets if one.held],
        "candidates": [one.target for one in view.candidates],
        "confidence": round(view.confidence, 2),
        "evidence": view.evidence,
        "method": view.method,
        "version": view.version,
        "verdict": view.verdict,
    }
