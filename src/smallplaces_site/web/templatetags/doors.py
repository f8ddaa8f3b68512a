"""How actors, ways in and days of procedures are written on a page."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, npgettext, pgettext_lazy

from smallplaces.vocab.steps import Access, Limit, Step
from smallplaces_site.doors.read import ANNOUNCED, CANCELLED, EXPECTED, EventView
from smallplaces_site.web import names

register = template.Library()

_ACTORS: dict[str, str | Promise] = {
    "state": pgettext_lazy("who may act", "the State"),
    "nhri-a": gettext_lazy("the national institution with A status"),
    "nhri-b": gettext_lazy("a national institution with B status"),
    "local": gettext_lazy("a local government"),
    "ngo-ecosoc": gettext_lazy("an organisation with consultative status"),
    "ngo": gettext_lazy("an organisation without consultative status"),
    "person": gettext_lazy("any person concerned"),
}
_HOW: dict[str, str | Promise] = {
    "directly": pgettext_lazy("how somebody may act", "directly"),
    "unclear": gettext_lazy("no rule says"),
    "none": pgettext_lazy("how somebody may act", "not"),
}
_FAMILIES: dict[str, str | Promise] = {
    "home": gettext_lazy("At home"),
    "review": gettext_lazy("The review of every State by the others"),
    "treaty": gettext_lazy("Committees of the treaties"),
    "complaint": gettext_lazy("Complaints and urgent matters"),
    "expert": gettext_lazy("Independent experts"),
    "council": gettext_lazy("The Human Rights Council"),
    "forum": gettext_lazy("Forums"),
}
_STANDING: dict[str, str | Promise] = {
    EXPECTED: gettext_lazy("expected"),
    ANNOUNCED: gettext_lazy("announced"),
    CANCELLED: gettext_lazy("called off"),
}
_SIMPLIFIED: dict[str, str | Promise] = {
    "default": gettext_lazy("unless the State opts out"),
    "optional": gettext_lazy("if the State chooses it"),
    "none": gettext_lazy("none so far"),
}


@register.filter
def actor(code: str) -> str:
    """The name of an actor."""
    return str(_ACTORS.get(code, code))


@register.filter
def way_in(access: Access) -> str:
    """How an actor comes in: "directly", "only through the State"."""
    if access.how == "through":
        whom = names.listed([actor(code) for code in access.through])
        return gettext("only through: %(whom)s") % {"whom": whom}
    return str(_HOW[access.how])


@register.filter
def door_family(code: str) -> str:
    """The name of a family of procedures."""
    return str(_FAMILIES[code])


@register.filter
def event_standing(code: str) -> str:
    """Whether a day is expected, announced or called off."""
    return str(_STANDING[code])


@register.filter
def simplified(code: str) -> str:
    """Whether a committee follows the simplified procedure."""
    return str(_SIMPLIFIED[code])


@register.filter
def event_days(event: EventView) -> str:
    """The day, month or days of an event, written out."""
    if event.first == event.last:
        return names.written(event.first)
    return gettext("%(first)s to %(last)s") % {"first": names.written(event.first), "last": names.written(event.last)}


@register.filter
def how_long(limit: Limit) -> str:
    """How long something may be: "2,815 words"."""
    shown = {"shown": names.number(limit.number)}
    if limit.unit == "words":
        return npgettext("how long a text may be", "%(shown)s word", "%(shown)s words", limit.number) % shown
    if limit.unit == "pages":
        return npgettext("how long a text may be", "%(shown)s page", "%(shown)s pages", limit.number) % shown
    return f"{shown['shown']} {limit.unit}"


@register.filter
def percent(value: float) -> str:
    """A confidence as whole per cent."""
    return f"{round(value * 100)} %"


@register.filter
def headings(step: Step, lang: str) -> tuple[str, ...]:
    """The headings that a submission is expected to have."""
    return step.headings(lang)


@register.filter
def told(texts: Mapping[str, str], lang: str) -> SafeString:
    """A text in the language of the page; else in English, said to be so and kept in its own direction."""
    if texts.get(lang):
        return format_html("{}", texts[lang])
    return format_html('<bdi lang="en">{}</bdi>', texts.get("en", ""))
