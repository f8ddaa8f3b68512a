"""``smallplaces search``: ask the index."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from django.conf import settings
from rich.markup import escape
from rich.text import Text

from smallplaces.errors import NotFound
from smallplaces.search.backends.base import IndexState
from smallplaces.search.hit import Hit, Results
from smallplaces.search.schema import FACETS
from smallplaces.vocab.terms import terms
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out
from smallplaces_site.corpus.index import engine


class Order(StrEnum):
    """Orders of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


#: What is counted: what a paragraph cites has too many values.
_COUNTED = tuple(name for name in FACETS if name != "cites")
_SORTS = {Order.RELEVANCE: "relevance", Order.NEWEST: "-date", Order.OLDEST: "date"}


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, "phrases", symbols; any text at all.')],
    lang: Annotated[list[str] | None, typer.Option(help="Only texts in this language. Repeatable.")] = None,
    filter_: Annotated[
        list[str] | None, typer.Option("--filter", metavar="FIELD=VALUE", help="Keep hits with this value. Repeatable.")
    ] = None,
    sort: Annotated[
        Order, typer.Option(help="Order of the hits; documents without a date come last.")
    ] = Order.RELEVANCE,
    limit: Annotated[int, typer.Option(min=0, max=1000)] = 20,
    offset: Annotated[int, typer.Option(min=0)] = 0,
    group: Annotated[bool, typer.Option(help="One hit a document.")] = False,
    across: Annotated[bool, typer.Option(help="Look in other languages too, for what the words name.")] = True,
    without: Annotated[
        list[str] | None, typer.Option(metavar="CONCEPT", help="A concept not to look for elsewhere. Repeatable.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find paragraphs in any of the languages of the store."""
    if engine().state() is IndexState.MISSING:
        raise NotFound("there is no index here; begin with: smallplaces init", where=str(settings.HOME))
    results = engine().search(
        " ".join(words),
        langs=tuple(lang or ()),
        filters=read_filters(filter_ or []),
        facets=_COUNTED,
        sort=_SORTS[sort],
        limit=limit,
        offset=offset,
        group=group,
        across=across,
        without=tuple(without or ()),
    )
    if as_json:
        emit(as_object(results))
        return
    _tell(results, offset)


def read_filters(given: list[str]) -> dict[str, list[str]]:
    """Filters from ``field=value`` texts. Raises :class:`typer.BadParameter` for another form or an unknown field."""
    filters: dict[str, list[str]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in FACETS:
            raise typer.BadParameter(f"{text!r}: a filter is FIELD=VALUE, with a field of: {', '.join(FACETS)}")
        filters.setdefault(name, []).append(value)
    return filters


def as_object(results: Results) -> dict[str, object]:
    """The object that ``--json`` prints."""
    return {
        "query": results.query,
        "total": results.total,
        "took_ms": results.took_ms,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {name: dict(counts) for name, counts in results.facets.items()},
        "goes_to": {"symbol": results.goes_to.symbol, "paragraph": results.goes_to.paragraph}
        if results.goes_to
        else None,
        "did_you_mean": results.did_you_mean,
        "fuzzy": results.fuzzy,
        "notes": list(results.notes),
        "added": [
            {"concept": added.code, "words": added.words, "lang": added.lang, "terms": dict(added.terms)}
            for added in results.added
        ],
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "work": hit.work,
        "symbol": hit.symbol,
        "edition": f"{hit.work}@{hit.lang}",
        "lang": hit.lang,
        "paragraph": hit.paragraph,
        "number": hit.number,
        "title": hit.title,
        "excerpt": hit.excerpt,
        "marks": [list(mark) for mark in hit.marks],
        "score": round(hit.score, 4),
        "matched": list(hit.matched),
        "kind": hit.kind,
        "body": hit.body,
        "states": list(hit.states),
        "date": hit.date,
        "across": list(hit.across),
    }


def _tell(results: Results, offset: int) -> None:
    if results.goes_to is not None:
        out.print(f"This is a document's symbol: smallplaces show {results.goes_to.symbol}", highlight=False)
    if results.did_you_mean:
        out.print(f"Did you mean: {escape(results.did_you_mean)}", highlight=False)
    for note in results.notes:
        out.print(note, highlight=False, markup=False)
    for added in results.added:
        said = "; ".join(", ".join(forms) for forms in added.terms.values())
        out.print(f"Also searched, for “{added.words}”: {said}", highlight=False, markup=False, style="dim")
        out.print(f"  take back: --without {added.code}", highlight=False, markup=False, style="dim")
    if results.fuzzy:
        out.print("Nothing has these words; these come close.")
    out.print(f"{results.total:,} paragraphs in {results.took_ms:.1f} ms", style="dim")
    for number, hit in enumerate(results.hits, start=offset + 1):
        place = f" ¶ {hit.number}" if hit.number else ""
        out.print(
            f"\n[bold]{number}. {escape(hit.symbol or hit.work)}{escape(place)}[/]  {escape(hit.title)}  "
            f"[dim]{hit.lang} · {hit.date} · {', '.join(hit.matched)}{_across(hit)}[/]",
            highlight=False,
        )
        excerpt = Text(hit.excerpt)
        for start, end in hit.marks:
            excerpt.stylize("bold underline", start, end)
        out.print(excerpt)


def _across(hit: Hit) -> str:
    """By which concepts a hit was found that says none of the words that were typed."""
    return (
        f" · found across languages: {', '.join(terms()[code].name('en') for code in hit.across)}" if hit.across else ""
    )
