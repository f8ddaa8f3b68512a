"""Instruments: the list, and one with its articles, parties and reservations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from smallplaces import guide
from smallplaces.model.instrument import Treaty
from smallplaces.vocab import resolve_treaty, treaties
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import articles, documents
from smallplaces_site.corpus.read import instruments as reads
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView
from smallplaces_site.corpus.read.instruments import Party
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import collation_key, state_name
from smallplaces_site.web import catalogue, names, reading
from smallplaces_site.web.views.pages import address, as_file, page, unknown, wants_file


@page
def index(request: HttpRequest) -> HttpResponseBase:
    """All instruments of the catalogue, the core ones first, and any other that the store knows."""
    counts = reads.party_counts()
    known = treaties()
    core = [t for t in known.values() if t.body or t.code == "UDHR"]
    others = [t for t in known.values() if t not in core]
    if form := wants_file(request):
        table = Table(
            name="instruments",
            columns=("code", "title", "kind", "adopted", "in_force", "body", "parties_known"),
            rows=(
                (t.code, t.name(names.ui()), str(t.kind), t.adopted, t.in_force, t.body, counts.get(t.code, 0))
                for t in known.values()
            ),
            query="instruments",
            address=address(request),
            version=data_version(),
        )
        return as_file(table, form)
    unlisted = sorted(code for code in counts if code not in known)
    return render(
        request,
        "web/instruments.html",
        {
            "core": [(t, counts.get(t.code, 0)) for t in core],
            "others": [(t, counts.get(t.code, 0)) for t in others],
            "unlisted": [(code, counts[code]) for code in unlisted],
        },
    )


@page
def instrument(request: HttpRequest, code: str) -> HttpResponseBase:
    """One instrument: in a few words, its articles, who is bound, and reservations."""
    known = catalogue.treaty(code)
    parties = reads.parties(code)
    work = reads.text(code)
    if known is None and not parties and work is None:
        found = resolve_treaty(code)
        if found is None:
            raise unknown(code)
        return HttpResponseRedirect(reverse("instrument", args=[found.code]))
    rows = sorted(
        ((party, state_name(party.state, names.ui())) for party in parties),
        key=lambda row: collation_key(row[1], names.ui()),
    )
    if form := wants_file(request):
        return as_file(_table(request, code, rows), form)
    edition = work.best_edition(request.GET.get("text", ""), names.ui()) if work else None
    paragraphs = documents.paragraphs(edition.id) if edition else []
    return render(
        request,
        "web/instrument.html",
        {
            "code": code,
            "treaty": known,
            "title": catalogue.treaty_name(code, names.ui()),
            "parent": catalogue.treaty(known.parent) if known and known.parent else None,
            "protocols": [t for t in treaties().values() if t.parent == code],
            "work": work,
            "edition": edition,
            "text_dir": reading.text_direction(edition) if edition else "",
            "listed": _articles(code, known, edition, paragraphs),
            "rows": rows,
            "bound": sum(party.standing == "party" for party in parties),
            "signed": sum(party.standing == "signatory" for party in parties),
            "worded": [(party, name) for party, name in rows if party.worded],
            "as_of": max((act.as_of for party in parties for act in party.acts), default=""),
            "sources": sorted({names.value_name("source", act.source) for party in parties for act in party.acts}),
        },
    )


def _articles(
    code: str, treaty: Treaty | None, edition: EditionView | None, paragraphs: list[ParagraphView]
) -> list[dict[str, Any]]:
    """Every article with its title (the guide's, else the text's own, else how it begins) and how often it is cited."""
    counts, plain = articles.counts(code), guide.articles(code)
    held = {number: one for one in reversed(paragraphs) if (number := articles.number_of(one.key))}
    numbers = list(reversed(held)) or [str(number) for number in range(1, (treaty.articles or 0) + 1 if treaty else 0)]
    found = []
    for number in numbers:
        title, lang = "", names.ui()
        if number in plain:
            lang = lang if lang in plain[number].title else "en"
            title = plain[number].title[lang]
        elif number in held and edition is not None:
            headings = held[number].heading
            title, lang = headings[-1] if len(headings) > 1 else held[number].text, edition.lang
        found.append({"number": number, "title": title, "lang": lang, "count": counts.get(number, 0)})
    return found


def _table(request: HttpRequest, code: str, rows: list[tuple[Party, str]]) -> Table:
    return Table(
        name=f"parties-{code}",
        columns=("treaty", "state", "name", "standing", "act", "date", "articles", "text", "as_of", "source"),
        rows=(
            (
                code,
                party.state,
                name,
                party.standing,
                act.kind,
                act.date,
                list(act.articles),
                act.text,
                act.as_of,
                act.source,
            )
            for party, name in rows
            for act in party.acts
        ),
        query=f"parties to {code}",
        address=address(request),
        version=data_version(),
    )
