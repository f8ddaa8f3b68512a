"""The one call that others make: every citation of a text, with what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smallplaces.enrich.cite import cjk, find
from smallplaces.enrich.cite.clean import clean
from smallplaces.enrich.cite.context import Context, context
from smallplaces.enrich.cite.grammar import Grammar, grammar, language
from smallplaces.enrich.cite.reference import Found
from smallplaces.enrich.cite.resolve import Claim, resolve_articles, resolve_found
from smallplaces.model.annotation import Citation

METHOD = "cite"
VERSION = "1"


def annotate(text: str, *, body: str = "", lang: str = "", symbol: str = "") -> list[Citation]:
    """Every citation in ``text``, left to right, without overlaps.

    ``body`` is a committee's code or name (several after commas), ``symbol`` the document's own symbol; both say
    what "the Covenant", "article 6" and "paragraph 12 above" mean here. ``lang`` is an ISO 639-1 code; when empty
    it is told from the text. Offsets are characters of ``text`` as given. Nothing is raised for any text.
    """
    plain = clean(text)
    spoken = (lang or language(plain)).replace("_", "-").split("-", 1)[0].lower()
    around = context(plain, lang=spoken, body=body, symbol=symbol)
    if spoken in ("ko", "zh"):
        claims = list(cjk.claims(plain, around))
    else:
        rules = grammar(spoken if spoken in ("fr", "es", "ru", "ar") else "en")
        claims = list(_claims(plain, around, rules))
    return [_citation(claim, text) for claim in _without_overlaps(claims)]


def _claims(text: str, around: Context, rules: Grammar) -> Iterable[Claim]:
    if not any(map(str.isdigit, text)) and not rules.versus.search(text):
        return
    finders: tuple[Callable[[], Iterable[Found]], ...] = (
        lambda: find.find_symbols(text, rules),
        lambda: find.find_comments(text, rules),
        lambda: find.find_goals(text, rules, recent=around.is_recent),
        lambda: find.find_resolutions(text, rules),
        lambda: find.find_communications(text, rules),
        lambda: find.find_own_paragraphs(text, rules),
    )
    for finder in finders:
        for found in finder():
            yield resolve_found(found, around)
    yield from resolve_articles(find.find_articles(text, rules), around)


def _without_overlaps(claims: Iterable[Claim]) -> list[Claim]:
    """Where two claims meet the earlier one stays, and of two that start together the longer."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.start, -c.end)):
        if not kept or claim.start >= kept[-1].end:
            kept.append(claim)
    return kept


def _citation(claim: Claim, text: str) -> Citation:
    return Citation(
        start=claim.start,
        end=claim.end,
        text=text[claim.start : claim.end],
        kind=claim.kind,
        confidence=claim.confidence,
        evidence=claim.evidence,
        method=METHOD,
        version=VERSION,
        targets=claim.targets,
        candidates=claim.candidates,
    )
