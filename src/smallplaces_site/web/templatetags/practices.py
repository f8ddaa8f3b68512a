"""How practices are written on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from smallplaces_site.practices.read import PracticeView, SubmissionView
from smallplaces_site.web import names
from smallplaces_site.web.practicewords import value_name

register = template.Library()

_STATUS = {
    "draft": _("draft"),
    "submitted": _("waits for review"),
    "returned": _("given back to be mended"),
    "published": _("published"),
    "withdrawn": pgettext_lazy("status of a practice", "withdrawn"),
}


@register.filter
def practice_title(view: PracticeView) -> str:
    """Its title in the language of the page, else in English."""
    return view.practice.name(names.ui())


@register.filter
def practice_lang(view: PracticeView) -> str:
    """The language of its title and text."""
    return view.practice.name_lang(names.ui())


@register.filter
def practice_dir(lang: str) -> str:
    """Practices are described in languages that run from left to right."""
    return "ltr" if lang else ""


@register.filter
def practice_where(view: PracticeView) -> str:
    """The place, as a reader is told."""
    where = view.practice.where
    return where.get(names.ui()) or where.get("en") or next(iter(where.values()), "")


@register.filter
def practice_kind(view: PracticeView) -> str:
    """Its kind."""
    return value_name("kind", view.practice.kind)


@register.filter
def practice_contact(view: PracticeView) -> str:
    """The office to ask, in the language of the text."""
    contact = view.practice.contact
    return contact.get(practice_lang(view)) or next(iter(contact.values()), "")


@register.filter
def submission_title(row: SubmissionView) -> str:
    """The title of what is being written."""
    return row.title(names.ui())


@register.filter
def submission_status(status: str) -> str:
    """Where it stands."""
    return str(_STATUS.get(status, status))
