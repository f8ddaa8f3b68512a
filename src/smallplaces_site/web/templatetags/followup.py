"""How follow-up is written on a page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal
from django import template

from smallplaces.errors import NotFound
from smallplaces.vocab.grades import grade_name, scales
from smallplaces_site.corpus.read import places
from smallplaces_site.followup.records import VOICES, ItemView, UnitView
from smallplaces_site.web import followupwords as words
from smallplaces_site.web import names, placelines

register = template.Library()


@register.filter
def progress(code: str) -> str:
    """How far something is."""
    return str(words.PROGRESS.get(code, code))


@register.filter
def action_status(code: str) -> str:
    """The status of an action."""
    return str(words.STATUS.get(code, code))


@register.filter
def voice(code: str) -> str:
    """Who speaks."""
    return str(words.VOICES.get(code, code))


@register.filter
def say(code: str) -> str:
    """What the button of a voice says."""
    return str(words.SAY.get(code, code))


@register.filter
def indicator_kind(code: str) -> str:
    """What an indicator measures."""
    return str(words.KINDS.get(code, code))


@register.filter
def frequency(code: str) -> str:
    """How often a value comes."""
    return str(words.FREQUENCIES.get(code, code))


@register.filter
def item_kind(code: str) -> str:
    """What is followed."""
    return str(words.ITEMS.get(code, code))


@register.filter
def did(code: str) -> str:
    """What was done."""
    return str(words.DID.get(code, code))


@register.filter
def followup_field(code: str) -> str:
    """A field of the history."""
    return str(words.FIELDS.get(code, code))


@register.filter
def said_of(value: str, field: str) -> str:
    """A value of the history."""
    return words.value_of(field, value)


@register.filter
def grade(code: str, scale: str) -> str:
    """What a grade says: "B1: …"; a scale of words needs no letter."""
    name = grade_name(scale, code, names.ui())
    return f"{code}: {name}" if code.isupper() or code[:1].isupper() else name


@register.filter
def scale_body(scale: str) -> str:
    """The committee of a scale."""
    known = scales().get(scale)
    return known.body if known else scale


@register.filter
def amount(value: Decimal | None) -> str:
    """A number with the separators of the page's language, without zeros that say nothing."""
    return "" if value is None else str(format_decimal(value, locale=names.locale(names.ui())))


@register.filter
def place_short(code: str) -> str:
    """A place's short code, by which it has an address, also when the place is not here any more."""
    try:
        return places.get(code).short
    except NotFound:
        return code.rpartition("/")[2]


@register.filter
def place_called(code: str) -> str:
    """The name of a place that tells which."""
    try:
        return placelines.writing(places.get(code))
    except NotFound:
        return code


@register.filter
def unit(one: UnitView) -> str:
    """The name of a unit."""
    return one.name(names.ui())


@register.filter
def told(one: ItemView) -> list[tuple[str, date | None]]:
    """How far an item is as each voice sees it, and of which day it speaks."""
    said = ((voice, one.latest(voice)) for voice in VOICES)
    return [(one.progress(voice), latest.as_of if latest else None) for voice, latest in said]
