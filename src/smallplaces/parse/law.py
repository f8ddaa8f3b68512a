"""A treaty or a law as a :class:`ParsedDocument`: its articles, in each language that the text holds.

Reads: lines. Writes: one document a language. A copy with many misread numbers is marked as noisy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smallplaces.model.document import Kind, ParagraphKind
from smallplaces.parse import articles, plain
from smallplaces.parse.base import Cover, Extract, ParsedDocument


def parse_editions(text: str, *, hints: Mapping[str, Any] | None = None) -> tuple[ParsedDocument, ...]:
    """Every language edition of a treaty or law in plain or scanned text; empty when it is not made of articles."""
    return editions(plain.lines_of(text), hints or {})


def editions(extract: Extract, hints: Mapping[str, Any]) -> tuple[ParsedDocument, ...]:
    """Like :func:`parse_editions`, from lines."""
    found = articles.articles(extract.lines)
    result = []
    for each in found:
        warnings = list(extract.warnings)
        if each.missing:
            numbers = ", ".join(str(number) for number in each.missing[:20])
            warnings.append(f"articles missing from the sequence: {numbers}")
        if each.repaired:
            warnings.append(f"noisy copy: {each.repaired} article numbers were misread and put right by their sequence")
        kind = Kind(hints["kind"]) if hints.get("kind") else (Kind.LAW if each.lang == "ko" else Kind.TREATY)
        cover = Cover(symbol=str(hints.get("symbol") or ""), title=str(hints.get("title") or ""))
        result.append(
            ParsedDocument(kind, each.lang, cover, tuple(each.paragraphs), (), tuple(warnings), extract.pages)
        )
    return tuple(result)


def chosen(extract: Extract, hints: Mapping[str, Any]) -> ParsedDocument | None:
    """The edition in the language asked for, else the first; the others are named in a warning."""
    wanted = str(hints.get("kind") or "") in (Kind.TREATY, Kind.LAW)
    if not (wanted or articles.looks_like_articles(extract.lines)):
        return None
    found = editions(extract, hints)
    if not found:
        return None
    asked = [each for each in found if each.lang == hints.get("lang")]
    one = asked[0] if asked else found[0]
    others = sorted({each.lang for each in found} - {one.lang})
    warnings = (*one.warnings, f"the text also holds {', '.join(others)}") if others else one.warnings
    rest = tuple(
        p.text for each in found if each is not one for p in each.paragraphs if p.kind is ParagraphKind.ARTICLE
    )
    return ParsedDocument(one.kind, one.lang, one.cover, one.paragraphs, rest, warnings, one.pages)
