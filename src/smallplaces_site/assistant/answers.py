"""The answers to assistants: exact words, each with symbol, paragraph, language, standing of the text and data version.

Reads: documents, the index. Writes: nothing. What cannot be answered raises a :class:`smallplaces.errors.UserError`
that says why; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from smallplaces.enrich.cite import annotate
from smallplaces.errors import BadInput, NotFound
from smallplaces.search.schema import FACETS
from smallplaces.vocab import resolve_state
from smallplaces_site.briefs.choice import from_query
from smallplaces_site.briefs.compose import of_choice
from smallplaces_site.briefs.content import to_json
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.corpus.read.citations import TargetView, resolved
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.quotations import plain, quoted_in
from smallplaces_site.corpus.titles import title_of
from smallplaces_site.doors.read import board, first_day
from smallplaces_site.doors.shape import board_shape

#: Paragraphs that one answer holds; more are named and fetched by number.
MOST = 40
#: Fields by which a search may be narrowed.
FILTERS = tuple(name for name in FACETS if name not in {"cites", "lang"})


def search(
    query: str, *, lang: str = "", filters: Mapping[str, Sequence[str]] | None = None, limit: int = 10
) -> dict[str, Any]:
    """The paragraphs that answer a query best, whole. ``filters``: names of :data:`FILTERS` to values."""
    unknown = sorted(set(filters or {}) - set(FILTERS))
    if unknown:
        raise BadInput(f"there is no filter {', '.join(unknown)}; there are {', '.join(FILTERS)}")
    results = engine().search(
        query, langs=(lang,) if lang else (), filters=filters or {}, limit=max(1, min(limit, MOST)), across=True
    )
    found = []
    for hit in results.hits:
        work = documents.work(hit.work)
        edition = work.edition(hit.lang)
        shown = documents.paragraphs(edition.id, keys=[hit.paragraph]) if edition else []
        if edition and shown:
            found.append(_quote(work, edition, shown[0]) | {"found_in_other_language": bool(hit.across)})
    return _answer({"query": query, "total": results.total, "paragraphs": found})


def show(symbol: str, paragraph: str = "", lang: str = "en") -> dict[str, Any]:
    """A document's paragraphs: one, a range ("40-43"), or the first :data:`MOST` with the numbers of all the rest."""
    work, edition = _text(symbol, lang)
    first, dash, last = paragraph.partition("-")
    if paragraph and not (dash and first.strip().isdecimal() and last.strip().isdecimal()):
        shown = [documents.paragraph(edition.id, paragraph)]
    elif paragraph:
        shown = [documents.paragraph(edition.id, str(n)) for n in _range(int(first), int(last))]
    else:
        shown = documents.paragraphs(edition.id)
    quotes = [_quote(work, edition, one) for one in shown[:MOST]]
    rest = [one.number or one.key for one in shown[MOST:]]
    languages = [other.lang for other in work.editions]
    return _answer({"document": _document(work, edition), "languages": languages, "paragraphs": quotes, "rest": rest})


def check_quotation(symbol: str, paragraph: str, words: str, lang: str = "en") -> dict[str, Any]:
    """Whether a paragraph says these words. ``verdict``: "exact" (but for spaces and the shape of quotation marks),
    "differs" (with what it says in their place), or "not there" (with other paragraphs of the document that say it)."""
    if not words.strip():
        raise BadInput("say which words to check")
    work, edition = _text(symbol, lang)
    there = documents.paragraph(edition.id, paragraph)
    found = quoted_in(words, there.text)
    said: dict[str, Any] = {"verdict": found.verdict, "paragraph": _quote(work, edition, there)}
    if found.verdict == "exact":
        return _answer(said)
    wanted = plain(words)
    elsewhere = [one.number or one.key for one in documents.paragraphs(edition.id) if wanted in plain(one.text)]
    if found.verdict == "differs" and not elsewhere:
        return _answer(said | {"says_instead": found.says_instead, "likeness": found.likeness})
    return _answer(said | {"verdict": "not there", "elsewhere_in_document": elsewhere})


def check_citations(text: str, body: str = "", lang: str = "") -> dict[str, Any]:
    """Every reference in a text, with what it leads to here: whether the document and the paragraph exist."""
    found = annotate(text, body=body, lang=lang)
    known = resolved({target for one in found for target in (*one.targets, *one.candidates)}, lang=lang or "en")
    return _answer(
        {
            "citations": [
                {
                    "text": one.text,
                    "start": one.start,
                    "end": one.end,
                    "verdict": _standing([known[target] for target in one.targets]),
                    "leads_to": [_target(known[target]) for target in one.targets],
                    "may_be": [] if one.targets else [_target(known[target]) for target in one.candidates],
                    "confidence": round(one.confidence, 2),
                    "method": f"cite {one.version}",
                }
                for one in found
            ]
        }
    )


def doors(place: str = "", state: str = "", actor: str = "local", lang: str = "en", on: str = "") -> dict[str, Any]:
    """What an actor can do at the United Nations and at home: open now, soon, later, and where only others can.

    Each with the rule, its source and how sure it is. ``on``: a day, ISO 8601; today when empty.
    """
    known = resolve_state(state) if state else None
    if state and known is None:
        raise NotFound("no State of that name or code", where=state)
    found = places.one(place) if place else None
    code = found.state if found else known.code if known else ""
    if not code:
        raise BadInput("name a place or a State")
    day = first_day(on) if on else datetime.now(UTC).date()
    return _answer({"place": found.code if found else "", **board_shape(board(code, actor, day), lang)})


def brief(place: str, lang: str = "en", department: str = "", theme: str = "", items: int = 10) -> dict[str, Any]:
    """What has been asked that is a place's own, by department, each line quoted with symbol and paragraph, and
    whether a person confirmed whose it is."""
    found = places.one(place)
    choice = from_query({"lang": lang, "department": department, "theme": theme, "items": str(items)}, lang)
    return _answer(to_json(of_choice(found, choice)))


def _standing(targets: Sequence[TargetView]) -> str:
    """Whether what is cited exists: "unclear", "not in this copy", "no such paragraph" or "exists"."""
    if not targets:
        return "unclear"
    if not all(one.held for one in targets):
        return "not in this copy"
    return "no such paragraph" if any(one.place and not one.paragraph for one in targets) else "exists"


def _target(one: TargetView) -> dict[str, Any]:
    return {
        "target": one.target,
        "title": one.title,
        "in_this_copy": one.held,
        "paragraph": one.number or one.paragraph,
        "lang": one.lang,
        "begins": one.preview,
    }


def _range(first: int, last: int) -> range:
    if not 0 <= last - first < MOST:
        raise BadInput(f"ask for a range of at most {MOST} paragraphs, from the lower number to the higher")
    return range(first, last + 1)


def _text(symbol: str, lang: str) -> tuple[WorkView, EditionView]:
    work = documents.work(symbol)
    edition = work.edition(lang)
    if edition is None:
        held = ", ".join(one.lang for one in work.editions) or "no language"
        raise NotFound(f"no text in {lang!r} here; it is held in: {held}", where=work.symbol or work.key)
    return work, edition


def _document(work: WorkView, edition: EditionView) -> dict[str, Any]:
    return {
        "symbol": work.symbol,
        "key": work.key,
        "title": title_of(work, edition.lang),
        "kind": work.kind,
        "body": work.body,
        "states": list(work.states),
        "date": str(work.adopted or work.distributed or work.year or ""),
    }


def _quote(work: WorkView, edition: EditionView, one: ParagraphView) -> dict[str, Any]:
    """One paragraph as it may be quoted. ``standing`` of the text: official, or whose translation it is."""
    return {
        **_document(work, edition),
        "paragraph": one.number or one.key,
        "lang": edition.lang,
        "standing": f"{edition.status}, {edition.by}" if edition.by else edition.status,
        "heading": list(one.heading),
        "text": one.text,
        "source": one.source,
        "page": f"/{{language}}/documents/{work.key}/p/{one.key}/?text={edition.lang}",
    }


def _answer(said: dict[str, Any]) -> dict[str, Any]:
    return said | {"data_version": str(data_version())}
