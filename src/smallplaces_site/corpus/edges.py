"""Citations as edges, from a paragraph to what it cites: for lists, and as linked data.

Reads: citations, and the documents on both sides. Writes: bytes as they go.

Linked data is JSON-LD with the terms of schema.org: treaties, declarations and laws are Legislation, an article is part
of its treaty, and ``citation`` leads from what cites to what is cited.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from smallplaces.model.document import Kind
from smallplaces.model.target import read_target
from smallplaces_site.corpus.export import Cell
from smallplaces_site.corpus.read import citations
from smallplaces_site.corpus.read.citations import CitationView, TargetView
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView
from smallplaces_site.corpus.read.targets import name_of, target_of
from smallplaces_site.corpus.titles import title_of

#: What a row of edges says, in order.
COLUMNS = (
    *("work", "symbol", "document", "title", "body", "states", "year", "lang", "paragraph", "text", "kind", "target"),
    *("candidates", "cited_work", "cited_title", "cited_paragraph", "confidence", "evidence", "method", "version"),
    "verdict",
)
_LEGISLATION = (Kind.TREATY, Kind.DECLARATION, Kind.LAW)
_PAGE = 200

#: The public address of a document (key, language) or one of its paragraphs (its key, else empty).
Address = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Edge:
    """One citation and one of its targets; None where it is unresolved."""

    work: WorkView
    lang: str
    paragraph: str
    citation: CitationView
    target: TargetView | None

    def row(self) -> list[Cell]:
        """The values of :data:`COLUMNS`."""
        found, to, work = self.citation, self.target, self.work
        held = to.work if to else None
        return [
            *(work.key, work.symbol, work.kind, title_of(work, "en"), work.body, list(work.states), work.year),
            *(self.lang, self.paragraph, found.text, found.kind, to.target if to else ""),
            *([one.target for one in found.candidates], held.key if held else "", to.title if to else ""),
            *(to.paragraph if to else "", found.confidence, found.evidence, found.method, found.version, found.verdict),
        ]


def from_document(work: WorkView, edition: EditionView, shown: list[ParagraphView]) -> Iterator[Edge]:
    """What these paragraphs of an edition cite, in reading order."""
    for start in range(0, len(shown), _PAGE):
        some = shown[start : start + _PAGE]
        found = citations.citations_of(view.id for view in some)
        for view in some:
            for citation in found.get(view.id, ()):
                for target in citation.targets or (None,):
                    yield Edge(work, edition.lang, view.key, citation, target)


def to_target(text: str, **filters: Any) -> Iterator[Edge]:
    """What cites a target, as :func:`~smallplaces_site.corpus.read.citing.citing` finds it."""
    for number in count(1):
        page = citations.citing(text, page=number, size=_PAGE, **filters)
        found = citations.citations_of(row.paragraph for row in page.rows)
        for row in page.rows:
            wanted = set(row.targets)
            for citation in found.get(row.paragraph, ()):
                for target in citation.targets:
                    if target.target in wanted:
                        yield Edge(row.work, row.lang, row.key, citation, target)
        if number >= page.pages:
            return


# -- linked data ----------------------------------------------------------------------------------------------------


def linked_from(work: WorkView, edition: EditionView, shown: list[ParagraphView], address: Address) -> bytes:
    """A document and what each of its paragraphs cites, as JSON-LD."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for edge in from_document(work, edition, shown):
        if edge.target is not None:
            parts.setdefault(edge.paragraph, []).append(_thing_cited(edge.target, address))
    whole = _document(work, edition.lang, address)
    has = [
        {"@id": address(work.key, edition.lang, key), "@type": _type(work), "position": key, "citation": things}
        for key, things in parts.items()
    ]
    return _encoded({"@context": "https://schema.org", **whole, "inLanguage": edition.lang, "hasPart": has})


def linked_to(text: str, address: Address, **filters: Any) -> bytes:
    """An article or document and everything that cites it, as JSON-LD."""
    target = str(target_of(text))
    view = citations.resolved([target])[target]
    citing: dict[str, dict[str, Any]] = {}
    for edge in to_target(text, **filters):
        name = address(edge.work.key, edge.lang, edge.paragraph)
        citing[name] = {
            "@id": name,
            "@type": _type(edge.work),
            "position": edge.paragraph,
            "inLanguage": edge.lang,
            "isPartOf": _document(edge.work, edge.lang, address),
        }
    thing = _thing_cited(view, address)
    return _encoded({"@context": "https://schema.org", **thing, "@reverse": {"citation": list(citing.values())}})


def _thing_cited(view: TargetView, address: Address) -> dict[str, Any]:
    target = read_target(view.target)
    thing: dict[str, Any] = {"@type": "Legislation" if target.work.startswith("treaty:") else "CreativeWork"}
    if view.work is not None:
        thing["@type"] = _type(view.work)
        if view.paragraph or not target.place:
            thing = {"@id": address(view.work.key, view.lang or "en", view.paragraph), **thing}
    if target.place:
        whole = {"@type": thing["@type"], "identifier": target.work, "name": name_of(target, "en")}
        thing["isPartOf"] = _document(view.work, view.lang, address) if view.work is not None else whole
        thing["position"] = target.place
    else:
        thing["name"] = view.title
    if thing["@type"] == "Legislation":
        thing["legislationIdentifier"] = view.target.removeprefix("treaty:")
        thing["legislationType"] = "article" if target.place else "treaty"
    return {**thing, "identifier": view.target}


def _document(work: WorkView, lang: str, address: Address) -> dict[str, Any]:
    thing: dict[str, Any] = {
        "@id": address(work.key, lang, ""),
        "@type": _type(work),
        "identifier": work.symbol or work.key,
        "name": title_of(work, lang),
    }
    if thing["@type"] == "Legislation":
        thing |= {"legislationIdentifier": work.key.removeprefix("treaty:"), "legislationType": work.kind}
    else:
        thing["additionalType"] = work.kind
    day = work.adopted or work.distributed
    if day or work.year:
        thing["datePublished"] = day.isoformat() if day else str(work.year)
    return thing


def _type(work: WorkView) -> str:
    return "Legislation" if work.kind in _LEGISLATION else "CreativeWork"


def _encoded(thing: dict[str, Any]) -> bytes:
    return json.dumps(thing, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
