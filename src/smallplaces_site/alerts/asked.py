"""What a follow asks of the index, and what it is called in a language.

A State, a body, a theme, an article and a document are searches by a field; a saved search is what its address says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput
from smallplaces.search.percolate import Saved
from smallplaces.search.schema import FACETS
from smallplaces.vocab import resolve_body, resolve_state, resolve_treaty
from smallplaces.vocab.kinds import kind_name
from smallplaces.vocab.labels import label_name
from smallplaces.vocab.terms import terms
from smallplaces_site.alerts.models import Follow
from smallplaces_site.corpus.read import articles, bodies, documents, places, states
from smallplaces_site.corpus.titles import body_name, state_name, title_of

What = Follow.What
_LONGEST = 480
_MOST_VALUES = 20


def canonical(what: str, name: str) -> str:  # noqa: PLR0911 (one answer a kind of thing)
    """The one way in which ``name`` is written. Raises :class:`BadInput` for what cannot be followed and
    :class:`NotFound` for a thing that is not known here."""
    name = name.replace("\0", " ").strip()
    if what not in What.values or not name or len(name) > _LONGEST:
        raise BadInput("This cannot be followed.", where=f"{what} {name}"[:120])
    match what:
        case What.PLACE:
            return places.now(places.get(name)).short
        case What.STATE:
            known = resolve_state(name)
            return known.code if known else _held(name.upper(), states.counts())
        case What.BODY:
            found = resolve_body(name)
            return found.code if found else _held(name, bodies.counts())
        case What.ARTICLE:
            code, _slash, number = name.partition("/")
            article = articles.article(code, number)
            return f"{article.code}/{article.number}"
        case What.DOCUMENT:
            return documents.work(name).key
        case What.SEARCH:
            return _search(name)
        case _:
            return name


def _held(code: str, known: Mapping[str, object]) -> str:
    if code not in known:
        raise BadInput("This cannot be followed.", where=code[:60])
    return code


def _search(address: str) -> str:
    """The address of a search without what only says how it is shown."""
    query = QueryDict(address.lstrip("?"))
    kept = QueryDict(mutable=True)
    words = kept["q"] = " ".join(str(query.get("q", "")).split())
    for facet in FACETS:
        if values := sorted(set(filter(None, query.getlist(facet))))[:_MOST_VALUES]:
            kept.setlist(facet, values)
    if query.get("across") == "no":
        kept["across"] = "no"
    if codes := sorted({code for code in query.getlist("without") if code in terms()}):
        kept.setlist("without", codes)
    if not words.strip(" *") and len(kept) == 1:
        raise BadInput("An empty search finds everything. Write what you are looking for.", field="search")
    return kept.urlencode()


def saved(what: str, name: str) -> Saved | None:
    """The search that finds what is followed; nothing for a place, which is asked otherwise."""
    match what:
        case What.PLACE:
            return None
        case What.STATE | What.BODY:
            return Saved("", {what: (name,)}, across=False)
        case What.ARTICLE:
            return Saved("", {"cites": (f"treaty:{name}",)}, across=False)
        case What.THEME | What.DOCUMENT:
            field = "symbol" if what == What.DOCUMENT else "theme"
            return Saved(f'{field}:"{name.replace(chr(34), " ")}"', across=False)
        case _:
            query = QueryDict(name)
            filters = {facet: tuple(query.getlist(facet)) for facet in FACETS if query.getlist(facet)}
            across = query.get("across") != "no"
            return Saved(query.get("q", ""), filters, across, tuple(query.getlist("without")))


def digest_of(search: Saved) -> str:
    """A name for all that a search asks."""
    asked = [search.text, {name: sorted(values) for name, values in search.filters.items()}, search.across]
    return hashlib.sha256(json.dumps([*asked, sorted(search.without)], sort_keys=True).encode()).hexdigest()


def title(what: str, name: str) -> str:  # noqa: PLR0911 (one answer a kind of thing)
    """What is followed, in the language that is active: "Republic of Korea", "CRPD, article 19", "“housing”"."""
    lang = get_language() or "en"
    match what:
        case What.PLACE:
            return places.get(name).name(lang)
        case What.STATE:
            return state_name(name, lang)
        case What.BODY:
            return body_name(name, lang)
        case What.THEME:
            return label_name("", "theme", name, lang)
        case What.ARTICLE:
            code, _slash, number = name.partition("/")
            treaty = resolve_treaty(code)
            short = treaty.short_name(lang) if treaty else code
            return _("%(treaty)s, article %(number)s") % {"treaty": short, "number": number}
        case What.DOCUMENT:
            work = documents.work(name)
            return f"{work.symbol}: {title_of(work, lang)}" if work.symbol else title_of(work, lang)
        case _:
            return _search_title(QueryDict(name), lang)


def _search_title(query: QueryDict, lang: str) -> str:
    words = query.get("q", "")
    chosen = [_value(facet, query.getlist(facet), lang) for facet in FACETS if query.getlist(facet)]
    said = [_("“%(words)s”") % {"words": words}] if words else []
    return " · ".join([*said, *chosen])


def _value(facet: str, values: Sequence[str], lang: str) -> str:
    namers: dict[str, Callable[[str, str], str]] = {
        "state": state_name,
        "recommending": state_name,
        "body": body_name,
        "kind": kind_name,
    }
    named = (namers[facet](value, lang) if facet in namers else label_name("", facet, value, lang) for value in values)
    return ", ".join(named)


def address(what: str, name: str) -> str:
    """The page of what is followed, in the language that is active."""
    match what:
        case What.SEARCH:
            return f"{reverse('search')}?{name}"
        case What.THEME:
            query = QueryDict(mutable=True)
            query["q"] = f'theme:"{name}"'
            return f"{reverse('search')}?{query.urlencode()}"
        case What.ARTICLE:
            return reverse("article", args=name.split("/", 1))
        case _:
            return reverse(what, args=[name])
