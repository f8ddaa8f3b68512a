"""Citations on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from smallplaces_site.corpus.read.citations import CitationView, TargetView
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView
from smallplaces_site.web import cited, names
from smallplaces_site.web.guided import read_next
from smallplaces_site.web.sheet import Sheet

register = template.Library()

register.filter("target_address", cited.address)
register.filter("target_label", cited.label)
register.simple_tag(read_next)


@register.simple_tag
def cited_text(
    paragraph: ParagraphView,
    citations: Mapping[int, Sequence[CitationView]] | None,
    work: WorkView,
    edition: EditionView,
) -> SafeString:
    """The text of a paragraph in lines, with what it cites as links."""
    alone = f"{reverse('paragraph', args=[work.key, paragraph.key])}?text={edition.lang}"
    return cited.lines(paragraph.text, (citations or {}).get(paragraph.id, ()), alone)


@register.simple_tag
def text_of(sheet: Sheet) -> SafeString:
    """The paragraphs of a whole document with their headings and margins."""
    return sheet.text()


@register.simple_tag
def notes_of(sheet: Sheet) -> SafeString:
    """The footnotes of a whole document."""
    return sheet.notes()


@register.filter
def un_address(target: TargetView) -> str:
    """Where the United Nations keep a document that this copy does not hold; empty for what is no symbol of theirs."""
    symbol = target.target.partition("#")[0]
    return f"https://undocs.org/{names.ui()}/{symbol}" if "/" in symbol and ":" not in symbol else ""


@register.filter
def spoken(texts: Mapping[str, str], lang: str) -> str:
    """A text of the guide in the language of the page, else in English."""
    return texts.get(lang) or texts.get("en", "")


@register.filter
def spoken_lang(texts: Mapping[str, str], lang: str) -> str:
    """The language that :func:`spoken` gives a text in."""
    return lang if texts.get(lang) else "en"


@register.filter
def at(values: Mapping[Any, Any], key: object) -> Any:
    """The value of a mapping at a key; empty when it has none."""
    return values.get(key, "")


#: What a relation of one document to another is called, read before the other's name.
_RELATIONS = {
    "replaced-by": gettext_lazy("Replaced by:"),
    "replaces": gettext_lazy("Replaces:"),
    "updated-by": gettext_lazy("To be read with the newer:"),
    "updates": gettext_lazy("Updates:"),
    "joint": gettext_lazy("One text under two symbols:"),
    "corrected-by": gettext_lazy("Corrected by:"),
    "corrects": gettext_lazy("Corrects:"),
    "revised-by": gettext_lazy("Revised by:"),
    "revises": gettext_lazy("Revises:"),
    "amended-by": gettext_lazy("Amended by:"),
    "amends": gettext_lazy("Amends:"),
}


@register.filter
def relation_name(relation: str) -> str:
    """What comes before the name of the other document."""
    return str(_RELATIONS[relation])
