"""The one call that others make: every citation of a text, with what it leads to."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from smallplaces.enrich.cite import cjk, find
from smallplaces.enrich.cite.clean import clean
from smallplaces.enrich.cite.context import Context, context
from smallplaces.enrich.cite.grammar import LANGUAGES, Grammar, grammar, language
from smallplaces.enrich.cite.reference import Found
from smallplaces.enrich.cite.resolve import Claim, resolve_articles, resolve_found
from smallplaces.model.annotation import Citation

METHOD = "cite"
VERSION = "5"
_LONG = 3000
_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_DIGIT = re.compile(r"\d")


def annotate(text: str, *, body: str = "", lang: str = "", symbol: str = "") -> list[Citation]:
    """Every citation in ``text``, left to right, without overlaps.

    ``body`` is a committee's code or name (several after commas), ``symbol`` the document's own symbol; both say
    what "the Covenant", "article 6" and "paragraph 12 above" mean here. ``lang`` is an ISO 639-1 code; when empty
    it is told from the text. Offsets are characters of ``text`` as given. Nothing is raised for any text.
    """
    blocks = list(_BLOCK.finditer(text)) if len(text) > _LONG else []
    if len(blocks) > 1:  # a whole document: what one paragraph says of "article 6" does not bind the next
        return [
            dataclasses.replace(c, start=c.start + block.start(), end=c.end + block.start())
            for block in blocks
            for c in annotate(block[0], body=body, lang=lang, symbol=symbol)
        ]
    plain = clean(text)
    spoken = (lang or language(plain)).replace("_", "-").split("-", 1)[0].lower()
    spoken = spoken if spoken in LANGUAGES else "en"
    around = context(plain, lang=spoken, body=body, symbol=symbol)
    if spoken in ("ko", "zh"):
        claims = list(cjk.claims(plain, around))
    else:
        claims = list(_claims(plain, around, grammar(spoken)))
    return [_citation(claim, text) for claim in _without_overlaps(claims)]


def annotate_headings(headings: tuple[str, ...], *, body: str = "", lang: str = "", symbol: str = "") -> list[Citation]:
    """What the headings above a paragraph say that it is about: "Living independently (art. 19)".

    The innermost heading that cites anything speaks for all. Only what is resolved is claimed; such a citation stands
    nowhere in the paragraph itself, so that it begins and ends at 0. ``text`` is what the heading says.
    """
    for heading in reversed(headings):
        found = [citation for citation in annotate(heading, body=body, lang=lang, symbol=symbol) if citation.targets]
        if found:
            said = f"the heading above: {heading.strip()[:160]}"
            return [dataclasses.replace(one, start=0, end=0, evidence=said) for one in found]
    return []


def _claims(text: str, around: Context, rules: Grammar) -> Iterable[Claim]:
    if not (_DIGIT.search(text) or any(rules.may_have(kind, text) for kind in ("comments", "cases", "articles"))):
        return  # articles and comments may be counted in Roman numerals, cases cited by name
    references = list(_found(text, around, rules))
    for found in references:  # a case that has its number beside it once may be cited by its name alone
        if "name" in found.extra and (found.names or found.places):
            around.cases.setdefault(found.extra["name"], resolve_found(found, around).targets)
    for found in references:
        yield resolve_found(found, around)
    if rules.may_have("articles", text):
        yield from resolve_articles(find.find_articles(text, rules), around)


def _found(text: str, around: Context, rules: Grammar) -> Iterator[Found]:
    if "/" in text:
        yield from find.find_symbols(text, rules)
        yield from find.find_communications(text, rules)
    if rules.may_have("cases", text):
        yield from find.find_cases(text, rules)
    if rules.may_have("comments", text):
        yield from find.find_comments(text, rules)
    if rules.may_have("goals", text):
        yield from find.find_goals(text, rules, recent=around.is_recent)
    if rules.may_have("resolutions", text):
        yield from find.find_resolutions(text, rules)
        yield from find.find_council_resolutions(text, rules)
    if rules.may_have("own", text):
        yield from find.find_own_paragraphs(text, rules)
    if "." in text and rules.may_have("comments", text):
        yield from find.find_review_recommendations(text, rules)


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
