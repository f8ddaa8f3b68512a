"""What the page of a place says first: what has been asked that is ours, by department, with filters and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from smallplaces.enrich.route import VERDICTS
from smallplaces_site.actions.allowed import held
from smallplaces_site.briefs import printed, restatements
from smallplaces_site.briefs.choice import OURS, Choice, from_query, in_order, matching
from smallplaces_site.briefs.compose import in_language, own_word, works_of
from smallplaces_site.briefs.content import PlainWords
from smallplaces_site.briefs.restatements import RestatementView
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read.documents import WorkView
from smallplaces_site.corpus.read.excerpts import opening
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.local.read import Asked, asked_of, by_department
from smallplaces_site.web import names
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.briefforms import counted, department_name
from smallplaces_site.web.views.pages import address, paged

#: Items of each department shown before one is chosen, and on one page of a long list.
FIRST = 2
PAGE_SIZE = 20
_SHORT = 280
_FILTERS = {
    "department": _("Department"),
    "theme": _("Theme"),
    "group": _("Persons concerned"),
    "treaty": _("Body"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked, as the page lists it. ``text`` is in ``lang``; ``plain_by`` says whose plain words it is."""

    asked: Asked
    work: WorkView
    text: str
    lang: str
    plain_by: str
    warning: str
    shape: str
    verdict: str
    confirmed: str
    own: str

    @property
    def since(self) -> str:
        """How often and since when it was asked; empty for what was asked once."""
        return printed.asked(self.asked.first_year, self.asked.times) if self.asked.times > 1 else ""


def page_of(request: HttpRequest, place: PlaceView) -> dict[str, Any]:
    """Everything that the page says of what is asked of ``place``."""
    choice = from_query(request.GET.dict(), names.ui())
    every = asked_of(place, verdicts=VERDICTS)
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in VERDICTS and verdict not in OURS else ""
    ours = [one for one in every if one.verdict in OURS]
    within = ours if not verdict else [one for one in every if one.verdict == verdict]
    found = in_order(matching(within, choice), choice.order)
    flat = bool(choice.department or verdict)
    rows = paged(request, found, PAGE_SIZE) if flat else None
    groups = [] if flat else list(by_department(found).items())
    shown = list(rows.object_list) if rows is not None else [one for _code, some in groups for one in some[:FIRST]]
    items = dict(zip((one.paragraph_id for one in shown), _items(place, shown), strict=True))
    again = sorted((one for one in ours if one.times > 1), key=lambda one: one.first_year or "9999")
    return {
        "asked": {
            "all": len(every),
            "ours": sum(one.verdict == "ours" for one in ours),
            "shared": sum(one.verdict == "shared" for one in ours),
            "total": len(ours),
            "again": len(again),
            "first": again[0].first_year if again else "",
            "found": len(found),
            "others": _others(every),
            "verdict": verdict,
            "verdict_name": printed.verdict_name(verdict),
            "groups": [
                (code, department_name(code), len(some), [items[one.paragraph_id] for one in some[:FIRST]])
                for code, some in groups
            ],
            "rows": rows,
            "items": [items[one.paragraph_id] for one in shown],
            "department": department_name(choice.department),
            "order": choice.order,
            "filters": _filters(within, choice),
            "filtered": any(getattr(choice, name) for name in (*_FILTERS, "since", "until")) or bool(verdict),
            "since": choice.since or "",
            "until": choice.until or "",
            "brief": _brief(request, place),
            "decider": held(request.user, "restatement.write", place.state, place.code) is not None,
        }
    }


def table(request: HttpRequest, place: PlaceView) -> Table:
    """What is asked of a place as a list to keep: what the page's filters leave."""
    choice = from_query(request.GET.dict(), names.ui())
    verdict = request.GET.get("verdict", "")
    found = asked_of(place, verdicts=(verdict,) if verdict in VERDICTS else OURS)
    return Table(
        name=f"asked-{place.short}",
        columns=(
            *("symbol", "paragraph", "date", "body", "verdict", "department", "head", "basis", "confirmed_by"),
            *("confidence", "thread", "first_year", "times", "position", "themes", "groups", "lang", "text", "address"),
        ),
        rows=(_cells(request, one) for one in in_order(matching(found, choice), choice.order)),
        query=" ".join(
            f"{name}={value}" for name, value in request.GET.items() if name not in ("format", "page", "list")
        ),
        address=address(request),
        version=data_version(),
    )


def _cells(request: HttpRequest, one: Asked) -> Sequence[Any]:
    decided = one.competence.decided
    return (
        *(one.symbol or one.work_key, one.number or one.key, one.date, one.body, one.verdict, one.department, one.head),
        *(list(one.basis), decided.who if decided else "", one.confidence, one.thread, one.first_year, one.times),
        *(one.position, list(one.themes), list(one.groups), one.lang, one.text),
        absolute(request, reverse("paragraph", args=[one.work_key, one.key])),
    )


def _items(place: PlaceView, shown: Sequence[Asked]) -> list[Item]:
    lang = names.ui()
    works = works_of({one.work_key for one in shown})
    own = in_language(works, lang, shown)
    said = restatements.approved([(one.work_key, one.key) for one in shown], lang, place)
    found = []
    for one in shown:
        name = (one.work_key, one.key)
        plain, here = said.get(name), own.get(name)
        text, text_lang = (opening(here.text, _SHORT), lang) if here else (_short(one), one.lang)
        decided = one.competence.decided
        own_says, own_by = own_word(one, place)
        found.append(
            Item(
                asked=one,
                work=works[one.work_key],
                text=plain.text if plain else text,
                lang=plain.lang if plain else text_lang,
                plain_by=_by(plain) if plain else "",
                warning=printed.stale() if plain and plain.stale else "",
                shape=printed.verdict_shape(one.verdict),
                verdict=printed.verdict_name(one.verdict),
                confirmed=decided.who if decided else "",
                own=f"{printed.verdict_name(own_says)} ({own_by})" if own_says else "",
            )
        )
    return found


def _short(one: Asked) -> str:
    """The text, when it is short; else the line of it that gives the place something to do: "(b) Strengthen …"."""
    lines = [line.strip() for line in one.text.splitlines() if line.strip()]
    if len(one.text) <= _SHORT or len(lines) < 2:
        return opening(one.text, _SHORT)
    said = [why.sentence for why in one.competence.reasons if why.whose != "national"]
    asking = [line for line in lines if not line.endswith((":", "："))]
    chosen = next((line for line in asking if any(sentence in line for sentence in said)), asking[0] if asking else "")
    return opening(chosen or one.text, _SHORT)


def _by(plain: RestatementView) -> str:
    day = (plain.approved_at or plain.at).date().isoformat()
    words = PlainWords(plain.text, plain.lang, plain.by, day, plain.approved_by, plain.version, plain.stale)
    return printed.plain_by(words, names.ui())


def _others(every: Iterable[Asked]) -> list[tuple[str, str, str, int]]:
    """(verdict, its mark, its name, how many) of what is not ours: the province's, national, not clear."""
    counts: dict[str, int] = {}
    for one in every:
        counts[one.verdict] = counts.get(one.verdict, 0) + 1
    return [
        (code, printed.verdict_shape(code), printed.verdict_name(code), counts[code])
        for code in ("province", "national", "unclear")
        if code in counts
    ]


def _filters(found: Sequence[Asked], choice: Choice) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": label, "values": counted(found, name), "chosen": getattr(choice, name)}
        for name, label in _FILTERS.items()
    ]


def _brief(request: HttpRequest, place: PlaceView) -> str:
    """The address of the form of a new brief, with what is chosen here."""
    chosen = {name: value for name in (*_FILTERS, "since", "until", "order") if (value := request.GET.get(name, ""))}
    path = reverse("brief-new", args=[place.short])
    return f"{path}?{urlencode(chosen)}" if chosen else path
