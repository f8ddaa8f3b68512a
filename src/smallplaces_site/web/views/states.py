"""States: the list, one State, and what was recommended to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from smallplaces.model.state import Standing, State
from smallplaces.vocab import resolve_state, states
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import instruments as instrument_reads
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read import states as reads
from smallplaces_site.corpus.read.documents import WorkView
from smallplaces_site.corpus.read.instruments import Party
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.states import Recommendation
from smallplaces_site.corpus.titles import collation_key, state_name, title_of
from smallplaces_site.lineage import read as threads
from smallplaces_site.web import charts, names
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.catalogue import treaty_order
from smallplaces_site.web.threadlines import with_lines
from smallplaces_site.web.views.pages import address, as_file, page, paged, unknown, wants_file

_LISTED = (Standing.MEMBER, Standing.OBSERVER, Standing.ENTITY)
_POSITIONS = ("supported", "in-part", "noted", "pending", "none")
_DOCUMENTS_SHOWN = 30


@page
def index(request: HttpRequest) -> HttpResponseBase:
    """All States, in the order of their names in the reader's language."""
    held = reads.counts()
    listed = {code: state.name(names.ui()) for code, state in states().items() if state.standing in _LISTED}
    listed |= {code: state_name(code, names.ui()) for code in held}
    rows = sorted(
        ((code, name, held.get(code)) for code, name in listed.items()),
        key=lambda row: collation_key(row[1], names.ui()),
    )
    if form := wants_file(request):
        table = Table(
            name="states",
            columns=("code", "name", "documents", "last_year"),
            rows=((code, name, n.documents if n else 0, n.last_year if n else None) for code, name, n in rows),
            query="states",
            address=address(request),
            version=data_version(),
        )
        return as_file(table, form)
    return render(request, "web/states.html", {"rows": rows, "held": len(held)})


def known_state(code: str) -> tuple[str, State | None]:
    """The State of a code or name. Raises Http404 when neither catalogue nor store knows it."""
    if code in reads.counts() and resolve_state(code) is None:
        return code, None
    found = resolve_state(code)
    if found is None:
        raise unknown(code)
    return found.code, found


@page
def state(request: HttpRequest, code: str) -> HttpResponseBase:
    """One State: in a few words, then status, documents and recommendations."""
    own, known = known_state(code)
    if own != code:
        return HttpResponseRedirect(reverse("state", args=[own]))
    parties = sorted(instrument_reads.of_state(own), key=lambda party: treaty_order(party.treaty))
    works = reads.documents(own)
    if form := wants_file(request):
        wanted = request.GET.get("list", "documents")
        table = _status_table(request, own, parties) if wanted == "status" else _documents_table(request, own, works)
        return as_file(table, form)
    found = reads.recommendations(own, names.ui())
    scale = charts.Scale(datetime.now(UTC).year)
    kind = request.GET.get("kind", "")
    chosen = [work for work in works if not kind or work.kind == kind]
    return render(
        request,
        "web/state.html",
        {
            "code": own,
            "name": state_name(own, names.ui()),
            "formal": known.formal_name(names.ui()) if known else "",
            "known": known,
            "status": [(party, charts.timeline(party, scale)) for party in parties],
            "bound": sum(party.standing == "party" for party in parties),
            "worded": [party for party in parties if party.worded],
            "as_of": max((act.as_of for party in parties for act in party.acts), default=""),
            "ticks": scale.ticks(),
            "chart_width": charts.WIDTH,
            "works": paged(request, chosen, _DOCUMENTS_SHOWN),
            "kinds": _kind_counts(works),
            "kind": kind,
            "total_works": len(works),
            "recommendations": len(found),
            "threads": with_lines(threads.longest(own)),
            "all_threads": len(threads.threads(own)),
            "cycles": cycles(found),
            "bodies": _body_counts(found),
            "places": places.states().get(own, 0),
        },
    )


def _kind_counts(works: Iterable[WorkView]) -> list[tuple[str, int]]:
    return Counter(work.kind for work in works).most_common()


def _body_counts(found: Iterable[Recommendation]) -> list[tuple[str, int]]:
    return [(body, count) for body, count in Counter(one.work.body for one in found).most_common() if body]


def cycles(found: Sequence[Recommendation]) -> list[dict[str, Any]]:
    """Positions by cycle of the Universal Periodic Review, with bars."""
    table: dict[str, Counter[str]] = {}
    for one in found:
        if one.cycle:
            table.setdefault(one.cycle, Counter())[one.position or "none"] += 1
    most = max((sum(counter.values()) for counter in table.values()), default=0)
    return [
        {
            "cycle": cycle,
            "counts": [counter[code] for code in _POSITIONS[:4]],
            "total": sum(counter.values()),
            "bars": charts.bars(((code, counter[code]) for code in _POSITIONS), most),
        }
        for cycle, counter in sorted(table.items())
    ]


_FILTERS = ("body", "cycle", "position", "theme", "year")


@page
def recommendations(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was recommended to a State, filtered and counted."""
    own, _state = known_state(code)
    if own != code:
        return HttpResponseRedirect(reverse("recommendations", args=[own]))
    everything = reads.recommendations(own, names.ui())
    wanted = {name: request.GET.get(name, "") for name in _FILTERS}
    found = [one for one in everything if all(_has(one, name, value) for name, value in wanted.items() if value)]
    if form := wants_file(request):
        return as_file(_recommendations_table(request, own, found, wanted), form)
    return render(
        request,
        "web/recommendations.html",
        {
            "code": own,
            "name": state_name(own, names.ui()),
            "total": len(everything),
            "found": len(found),
            "rows": paged(request, found),
            "filters": [_options(everything, name, wanted[name]) for name in _FILTERS],
            "filtered": any(wanted.values()),
            "cycles": cycles(found),
            "chart_width": charts.WIDTH,
        },
    )


def _values(one: Recommendation, name: str) -> tuple[str, ...]:
    if name == "body":
        return (one.work.body,) if one.work.body else ()
    if name == "year":
        return (str(one.work.year),) if one.work.year else ()
    return one.values(name)


def _has(one: Recommendation, name: str, value: str) -> bool:
    return value in _values(one, name)


def _options(everything: Iterable[Recommendation], name: str, chosen: str) -> dict[str, Any]:
    counter = Counter(value for one in everything for value in _values(one, name))
    values = [(value, names.value_name(name, value), count) for value, count in counter.items()]
    if name in ("cycle", "year"):
        values.sort(key=lambda item: item[0], reverse=name == "year")
    else:
        values.sort(key=lambda item: collation_key(item[1], names.ui()))
    return {"name": name, "label": names.facet_name(name), "values": values, "chosen": chosen}


def _recommendations_table(
    request: HttpRequest, code: str, found: Sequence[Recommendation], wanted: dict[str, str]
) -> Table:
    asked = " ".join(f"{name}={value}" for name, value in wanted.items() if value)
    return Table(
        name=f"recommendations-{code}",
        columns=(
            "state",
            "symbol",
            "body",
            "kind",
            "year",
            "date",
            "cycle",
            "session",
            "number",
            "text",
            "position",
            "recommending",
            "themes",
            "persons",
            "language",
            "source",
            "address",
        ),
        rows=(
            (
                code,
                one.work.symbol or one.work.key,
                one.work.body,
                one.work.kind,
                one.work.year,
                one.work.adopted or one.work.distributed,
                one.cycle,
                one.session,
                one.paragraph.number,
                one.paragraph.text,
                one.position,
                list(one.values("recommending")),
                list(one.values("theme")),
                list(one.values("group")),
                one.lang,
                one.paragraph.source,
                absolute(request, reverse("paragraph", args=[one.work.key, one.paragraph.key])),
            )
            for one in found
        ),
        query=f"recommendations to {code} {asked}".strip(),
        address=address(request),
        version=data_version(),
    )


def _status_table(request: HttpRequest, code: str, parties: Iterable[Party]) -> Table:
    return Table(
        name=f"treaty-status-{code}",
        columns=("state", "treaty", "act", "date", "articles", "text", "as_of", "source"),
        rows=(
            (act.state, act.treaty, act.kind, act.date, list(act.articles), act.text, act.as_of, act.source)
            for party in parties
            for act in party.acts
        ),
        query=f"treaty status of {code}",
        address=address(request),
        version=data_version(),
    )


def _documents_table(request: HttpRequest, code: str, works: Iterable[WorkView]) -> Table:
    return documents_table(request, f"documents-{code}", f"documents concerning {code}", works)


def documents_table(request: HttpRequest, name: str, query: str, works: Iterable[WorkView]) -> Table:
    """A list of documents as a file."""
    return Table(
        name=name,
        columns=(
            "symbol",
            "key",
            "title",
            "kind",
            "body",
            "states",
            "adopted",
            "distributed",
            "entered",
            "year",
            "session",
            "languages",
            "address",
        ),
        rows=(
            (
                work.symbol,
                work.key,
                title_of(work, names.ui()),
                work.kind,
                work.body,
                list(work.states),
                work.adopted,
                work.distributed,
                work.entered,
                work.year,
                work.session,
                [edition.lang for edition in work.editions][:20],
                absolute(request, reverse("document", args=[work.key])),
            )
            for work in works
        ),
        query=query,
        address=address(request),
        version=data_version(),
    )
