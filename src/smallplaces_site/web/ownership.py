"""Whose a paragraph is, as pages say it: the level in words, the department, the basis, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smallplaces.model.language import in_language
from smallplaces.vocab.competence import competence, departments
from smallplaces.vocab.laws import basis_name
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.local.read import SURE, Competence, Labelled, competence_of, labels_of
from smallplaces_site.web.names import ui

#: Who is competent, in every State.
LEVELS: Final[dict[str, str | Promise]] = {
    "national": _("The State alone"),
    "shared": _("The State and local governments together"),
    "local": _("Local governments, the higher and the lower"),
    "province": _("Provinces and metropolitan cities"),
    "municipality": _("Cities, counties and districts"),
    "education": _("Offices of education"),
    "unclear": _("Not clear"),
}
#: Whose it is, said to one place.
VERDICTS: Final[dict[str, str | Promise]] = {
    "ours": _("Ours"),
    "province": _("The province’s"),
    "shared": _("Shared with the State"),
    "national": _("National: to advocate for"),
    "unclear": _("Not clear"),
}


@dataclass(frozen=True, slots=True)
class Ownership:
    """One paragraph's competence in words. ``verdict`` is empty without a place."""

    paragraph: int
    whose: Competence
    level: str
    verdict: str
    head: str
    department: str
    basis: tuple[str, ...]


def for_paragraphs(ids: Iterable[int], place: PlaceView | None = None) -> dict[int, Ownership]:
    """By paragraph; those that ask nothing of a State have none."""
    return {pk: said(pk, whose) for pk, whose in competence_of(ids, place).items()}


def labels_by_others(paragraph: int) -> list[Labelled]:
    """Themes and groups that no source gave a paragraph: a machine's that are sure enough to show, and people's."""
    held = labels_of([paragraph]).get(paragraph, ())
    return [one for one in held if one.facet in ("theme", "group") and one.holds and one.confidence >= SURE]


def said(paragraph: int, whose: Competence, state: str = "") -> Ownership:
    """A competence in words of the language of the page."""
    return Ownership(
        paragraph=paragraph,
        whose=whose,
        level=str(LEVELS[whose.level]),
        verdict=str(VERDICTS[whose.verdict]) if whose.verdict else "",
        head=head_name(state, whose.head),
        department=department_name(whose.department),
        basis=tuple(basis_name(one, ui()) for one in whose.basis),
    )


def department_name(code: str) -> str:
    """What a department is called in the language of the page; empty for none."""
    return in_language(departments()[code], ui()) if code in departments() else ""


def head_name(state: str, code: str) -> str:
    """What a head of competence of a State is called; empty for none."""
    head = competence(state).heads.get(code)
    return in_language(head.names, ui()) if head else ""


def in_margin(work: WorkView, edition: EditionView, paragraphs: Sequence[ParagraphView]) -> Mapping[int, SafeString]:
    """Items for the margin of a document: whose each demand is."""
    if not work.states:
        return {}
    found = for_paragraphs([one.id for one in paragraphs])
    return {pk: _item(own) for pk, own in found.items()}


def _item(own: Ownership) -> SafeString:
    who = f"{own.level} · {own.department}" if own.department else own.level
    state = gettext("(decided)") if own.whose.decided else gettext("(proposed)")
    return format_html('<li><span class="vh">{} </span>{} {}</li>', gettext("Competent:"), who, state)
