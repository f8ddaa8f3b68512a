"""What the parts, facets and values of practices are called on a page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smallplaces.vocab.competence import competence
from smallplaces.vocab.practices import practice_kinds
from smallplaces_site.web import names
from smallplaces_site.web.briefforms import department_name

PART_NAMES: dict[str, Promise] = {
    "problem": _("The problem"),
    "done": _("What was done"),
    "conditions": _("What it needed"),
    "cost": _("What it cost"),
    "evidence": _("How we know that it worked"),
    "failed": _("What did not work"),
}
FACET_NAMES: dict[str, Promise] = {
    "kind": _("Kind of practice"),
    "department": _("Department"),
    "group": _("Persons concerned"),
    "right": _("Article"),
    "sdg": _("Sustainable Development Goal"),
    "head": _("Functions of government"),
    "state": _("State"),
    "theme": _("Theme"),
    "language": _("Language of the text"),
}
CHECKED_NAMES: dict[str, Promise] = {
    "general-knowledge": _("General knowledge: to be verified before you rely on it"),
    "sources": _("Compared with the sources named"),
    "officer": _("Checked by an officer with the place itself"),
}


def value_name(facet: str, value: str) -> str:
    """The name of a value in the language of the page."""
    lang = names.ui()
    if facet == "kind":
        known = practice_kinds().get(value, {})
        return known.get(lang) or known.get("en") or value
    if facet == "department":
        return department_name(value)
    if facet == "head":
        head = competence("").heads.get(value)
        return f"{value} {head.names.get(lang) or head.names['en']}" if head else value
    if facet == "right":
        return names.target_name(value)
    if facet == "sdg":
        return names.goal_name(value.partition(".")[0]) + (f" ({value})" if "." in value else "")
    return names.value_name(facet, value)
