"""What a document cites, or what cites it, as CSV, XLSX, JSON or JSON-LD.

Reads: citations and documents. Writes: bytes as they go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.corpus import edges, export
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.targets import target_of

FORMS = ("csv", "xlsx", "json", "jsonld")
CONTENT_TYPES = {**export.CONTENT_TYPES, "jsonld": "application/ld+json"}


def export_citations(name: str, form: str, *, lang: str = "", paragraph: str = "") -> Iterator[bytes]:
    """What a document, or one of its paragraphs, cites. Raises :class:`NotFound`, :class:`BadInput`."""
    _check(form)
    work = documents.work(name)
    edition = work.edition(lang) if lang else work.best_edition()
    if edition is None:
        raise NotFound("This document has no such text here.", where=f"{work.key} {lang}".strip())
    shown = [documents.paragraph(edition.id, paragraph)] if paragraph else documents.paragraphs(edition.id)
    if form == "jsonld":
        return iter([edges.linked_from(work, edition, shown, address)])
    asked = " ".join(filter(None, ("cited by", work.key, paragraph, edition.lang)))
    found = edges.from_document(work, edition, shown)
    return export.write(_table(work.key, asked, address(work.key, edition.lang, ""), found), form)


def export_citing(name: str, form: str, **filters: Any) -> Iterator[bytes]:
    """What cites a document, an article or a paragraph, as people name it; ``filters`` are those of
    :func:`~smallplaces_site.corpus.read.citing.citing`. Raises :class:`BadInput`."""
    _check(form)
    if form == "jsonld":
        return iter([edges.linked_to(name, address, **filters)])
    target = str(target_of(name))
    asked = " ".join([f"cites {target}", *(f"{key}={value}" for key, value in filters.items() if value)])
    return export.write(_table(target, asked, "", edges.to_target(name, **filters)), form)


def address(key: str, lang: str, paragraph: str) -> str:
    """The permanent address of a document or a paragraph, which leads to its page in the reader's language; a path
    alone when the site has no address set."""
    place = {"key": key, **({"para": paragraph} if paragraph else {})}
    with translation.override("en"):
        path = reverse("paragraph" if paragraph else "document", urlconf=settings.ROOT_URLCONF, kwargs=place)
    return f"{str(settings.SETTINGS['SMALLPLACES_URL']).rstrip('/')}{path.removeprefix('/en')}?text={lang}"


def _check(form: str) -> None:
    if form not in FORMS:
        raise BadInput(
            "Citations can be had as %(known)s, not as “%(given)s”.",
            known=tuple(FORMS),
            given=form[:20],
            field="format",
        )


def _table(name: str, asked: str, where: str, found: Iterable[edges.Edge]) -> export.Table:
    return export.Table(
        name=f"citations-{name}",
        columns=edges.COLUMNS,
        rows=(edge.row() for edge in found),
        query=asked,
        address=where,
        version=data_version(),
    )
