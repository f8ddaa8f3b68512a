"""Threads: what a State was asked again and again, and one such demand with everything that asked it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smallplaces.model.document import Kind
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import collation_key, state_name
from smallplaces_site.lineage import cite, read
from smallplaces_site.lineage.read import MemberView, ThreadView
from smallplaces_site.web import names
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.threadlines import WIDTH, Years, line_of, with_lines
from smallplaces_site.web.views.pages import address, as_file, page, paged, wants_file
from smallplaces_site.web.views.states import known_state

_FILTERS = ("body", "position", "theme")
_THREADS_SHOWN = 25


@page
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """The threads of a State, filtered by words, body, position and theme."""
    own, _state = known_state(code)
    if own != code:
        return HttpResponseRedirect(reverse("threads", args=[own]))
    everything = read.threads(own)
    words = request.GET.get("words", "").strip()[:200]
    wanted = {name: request.GET.get(name, "") for name in _FILTERS}
    found = [one for one in everything if _says(one, words) and all(_has(one, *want) for want in wanted.items())]
    if form := wants_file(request):
        return as_file(_threads_table(request, own, found), form)
    rows = paged(request, found, _THREADS_SHOWN)
    return render(
        request,
        "web/threads.html",
        {
            "code": own,
            "name": state_name(own, names.ui()),
            "total": len(everything),
            "found": len(found),
            "rows": rows,
            "lines": with_lines(list(rows.object_list)),
            "words": words,
            "filters": [_options(everything, name, wanted[name]) for name in _FILTERS],
            "filtered": bool(words) or any(wanted.values()),
        },
    )


@page
def thread(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """One thread: every demand of it, why it is there, a line of time, how to cite it."""
    one = read.thread(key)
    if (one.state, one.key) != (code, key):
        return HttpResponseRedirect(reverse("thread", args=[one.state, one.key]))
    everything = read.members(key)
    position = request.GET.get("position", "")
    shown = [member for member in everything if not position or (member.position or "none") == position]
    if form := wants_file(request):
        return as_file(_thread_table(request, one, shown, position), form)
    permanent = absolute(request, reverse("thread", args=[one.state, one.key]))
    version, today = str(data_version()), datetime.now(UTC).date()
    years = _years(one)
    return render(
        request,
        "web/thread.html",
        {
            "thread": one,
            "code": one.state,
            "name": state_name(one.state, names.ui()),
            "title": one.name(names.ui()),
            "title_lang": one.name_lang(names.ui()),
            "members": [(member, reason(member, everything)) for member in shown],
            "line": line_of(everything, years),
            "ticks": years.ticks(),
            "chart_width": WIDTH,
            "committees": any(member.demand.work.kind != Kind.UPR_REPORT for member in everything),
            "graded": any(member.grade for member in everything),
            "positions": Counter(member.position or "none" for member in everything).most_common(),
            "position": position,
            "themes": one.themes[:6],
            "permanent": permanent,
            "cite_en": cite.english(one, address=permanent, version=version, seen=today),
            "cite_ko": cite.korean(one, address=permanent, version=version, seen=today),
            "method": everything[0].method if everything else "",
            "method_version": everything[0].version if everything else "",
            "decisions": read.decisions(key),
        },
    )


def _years(one: ThreadView) -> Years:
    today = date.today().year
    return Years(int(one.since) if one.since else today - 10, today)


VARIANTS = {
    "abolition": gettext_lazy("abolition"),
    "moratorium": gettext_lazy("moratorium"),
    "establishment": gettext_lazy("establishment"),
    "independence": gettext_lazy("independence and resources"),
}


def reason(member: MemberView, everything: Sequence[MemberView]) -> str:
    """Why a demand stands in a thread, in a sentence."""
    beside = next((other for other in everything if other.name == member.beside), None)
    year = beside.date[:4] if beside else ""
    if member.reason == "decision":
        return _("A person put it here.")
    if member.reason == "family":
        form = VARIANTS.get(next(iter(member.evidence), ""))
        if form:
            return _("It makes this known demand, in the form: %(form)s.") % {"form": form}
        return _("It makes this known demand.")
    words = names.listed(member.evidence)
    if member.reason == "citation":
        return _("It cites the demand of %(year)s and has in common with it: %(words)s.") % {
            "year": year,
            "words": words,
        }
    return _("Like the demand of %(year)s it says: %(words)s.") % {"year": year, "words": words}


def _says(one: ThreadView, words: str) -> bool:
    name = one.name(names.ui()).casefold()
    return all(word in one.words or word in name for word in words.casefold().split())


def _has(one: ThreadView, name: str, value: str) -> bool:
    return not value or value in _values(one, name)


def _values(one: ThreadView, name: str) -> tuple[str, ...]:
    return {"body": one.bodies, "position": one.positions, "theme": one.themes}[name]


def _options(everything: Iterable[ThreadView], name: str, chosen: str) -> dict[str, Any]:
    counter = Counter(value for one in everything for value in _values(one, name))
    values = [(value, names.value_name(name, value), count) for value, count in counter.items()]
    values.sort(key=lambda item: collation_key(item[1], names.ui()))
    return {"name": name, "label": names.facet_name(name), "values": values, "chosen": chosen}


def _threads_table(request: HttpRequest, code: str, found: Sequence[ThreadView]) -> Table:
    asked = " ".join(f"{name}={value}" for name in ("words", *_FILTERS) if (value := request.GET.get(name, "")))
    return Table(
        name=f"threads-{code}",
        columns=("thread", "name", "asked", "occasions", "first", "last", "bodies", "positions", "themes", "address"),
        rows=(
            (
                one.key,
                one.name(names.ui()),
                one.asked,
                one.occasions,
                one.first,
                one.last,
                list(one.bodies),
                list(one.positions),
                list(one.themes),
                absolute(request, reverse("thread", args=[one.state, one.key])),
            )
            for one in found
        ),
        query=f"threads of {code} {asked}".strip(),
        address=address(request),
        version=data_version(),
    )


def _thread_table(request: HttpRequest, one: ThreadView, shown: Sequence[MemberView], position: str) -> Table:
    return Table(
        name=f"thread-{one.key}",
        columns=(
            *("date", "body", "session", "cycle", "recommending", "position", "grade", "symbol", "number", "text"),
            *("reason", "evidence", "confidence", "method", "version", "address"),
        ),
        rows=(
            (
                member.date,
                member.demand.work.body,
                member.demand.session,
                member.demand.cycle,
                list(member.demand.recommending_states),
                member.position,
                member.grade,
                member.demand.work.symbol or member.demand.work.key,
                member.place,
                member.demand.paragraph.text,
                member.reason,
                list(member.evidence),
                member.confidence,
                member.method,
                member.version,
                absolute(request, reverse("paragraph", args=[member.demand.work.key, member.demand.paragraph.key])),
            )
            for member in shown
        ),
        query=f"{one.name('en')} ({one.state}, thread {one.key}){f' position={position}' if position else ''}",
        address=address(request),
        version=data_version(),
    )
