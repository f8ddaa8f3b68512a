"""What cites an article as linked data: JSON-LD with schema.org's words.

The article is Legislation, a part of its treaty; each document that cites it is a CreativeWork, each paragraph a part
of that, whose ``citation`` is the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from smallplaces.vocab import treaties
from smallplaces_site.corpus.read.articles import Article
from smallplaces_site.corpus.read.citations import CitingRow
from smallplaces_site.corpus.read.documents import WorkView
from smallplaces_site.corpus.titles import body_name, state_name, title_of

CONTEXT = "https://schema.org"


def article(found: Article, rows: Iterable[CitingRow], whole: Callable[[str], str], lang: str) -> dict[str, Any]:
    """The article and everything that cites it. ``whole`` makes a full address of a path."""
    here = whole(reverse("article", args=[found.code, found.number]))
    treaty = treaties()[found.code]
    instrument: dict[str, Any] = {
        "@type": "Legislation",
        "@id": whole(reverse("instrument", args=[found.code])),
        "name": treaty.name(lang),
        "legislationIdentifier": found.code,
        "legislationType": str(treaty.kind),
    }
    if treaty.adopted:
        instrument["legislationDate"] = treaty.adopted.isoformat()
    graph: list[dict[str, Any]] = [
        instrument,
        {
            "@type": "Legislation",
            "@id": here,
            "identifier": found.target,
            "legislationIdentifier": f"{found.code}, art. {found.number}",
            "isPartOf": {"@id": instrument["@id"]},
            "inLanguage": [edition.lang for edition in found.editions],
        },
    ]
    documents: dict[int, dict[str, Any]] = {}
    for row in rows:
        document = documents.setdefault(row.work.id, _document(row.work, whole, lang))
        document["hasPart"].append(
            {
                "@type": "CreativeWork",
                "@id": whole(reverse("paragraph", args=[row.work.key, row.key])),
                "position": row.number or row.key,
                "inLanguage": row.lang,
                "text": row.excerpt,
                "citation": {"@id": here},
                "identifier": list(row.targets),
            }
        )
    return {"@context": CONTEXT, "@graph": [*graph, *documents.values()]}


def _document(work: WorkView, whole: Callable[[str], str], lang: str) -> dict[str, Any]:
    day = work.adopted or work.distributed
    about = {
        "identifier": work.symbol,
        "genre": work.kind,
        "datePublished": day.isoformat() if day else str(work.year or ""),
        "author": {"@type": "Organization", "name": body_name(work.body, lang)} if work.body else "",
        "spatialCoverage": [state_name(code, lang) for code in work.states],
    }
    return {
        "@type": "CreativeWork",
        "@id": whole(reverse("document", args=[work.key])),
        "name": title_of(work, lang),
        **{name: value for name, value in about.items() if value},
        "hasPart": [],
    }
