"""How competence is written on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from smallplaces_site.corpus.read import places
from smallplaces_site.local.read import Asked
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Scope, membership_for, places_of
from smallplaces_site.web.names import value_name
from smallplaces_site.web.ownership import LEVELS, VERDICTS, department_name

register = template.Library()


@register.filter
def level_words(level: str) -> str:
    """Who is competent, in words."""
    return str(LEVELS.get(level, level))


@register.filter
def verdict_words(verdict: str) -> str:
    """Whose it is for a place, in words."""
    return str(VERDICTS.get(verdict, verdict))


@register.filter
def department(code: str) -> str:
    """The name of a department."""
    return department_name(code)


@register.simple_tag
def decides(user: User, state: str) -> bool:
    """Whether somebody may say whose demands to a State are: for all of it, or for a place of theirs in it."""
    if membership_for(user, "competence.decide", Scope(state)):
        return True
    return any(places.get(code).state == state for code in places_of(user))


@register.filter
def spot(asked: Asked) -> str:
    """Where a demand stands: "CRPD/C/KOR/CO/2-3 ¶ 42"; by body and year where its document has no symbol."""
    name = asked.symbol or " ".join(filter(None, (value_name("body", asked.body), asked.date[:4]))) or asked.work_key
    return f"{name} ¶ {asked.number}" if asked.number else name


@register.filter
def evidence(asked: Asked) -> SafeString:
    """The text of a demand, with the words that decided whose it is marked in the sentences that they stand in."""
    text = asked.text
    spans: list[tuple[int, int]] = []
    for why in asked.competence.reasons:
        start = max(text.find(why.sentence), 0)
        end = start + len(why.sentence) if text.find(why.sentence) >= 0 else len(text)
        for word in why.words:
            spans.extend(
                (start + found.start(), start + found.end()) for found in re.finditer(re.escape(word), text[start:end])
            )
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, spans)))


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[SafeString]:
    pieces: list[SafeString] = []
    at = 0
    for start, end in sorted(spans):
        if start < at:  # a longer one covers it
            continue
        pieces += [_lines(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
        at = end
    return [*pieces, _lines(text[at:])]


def _lines(text: str) -> SafeString:
    return SafeString(escape(text).replace("\n", "<br>"))
