"""Recommendations of Universal Periodic Review reports: who made them, and in which list they stand.

Reads: paragraphs of a Working Group report (or of its addendum). Writes: the same, with recommendations marked:
``labels`` hold each recommending State (facet "recommending", ISO alpha-3 code where the name is known)
and the list (facet "position": supported, in-part, noted, pending); ``facts["states"]`` the names as printed.
"""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

from smallplaces.model.document import Label, Paragraph, ParagraphKind
from smallplaces.parse import positions
from smallplaces.parse.recommenders import states_of

LISTED = re.compile(r"\brecom+[ae]nda[ct]i\w+|\bрекомендаци\w+|توصيات|建议", re.IGNORECASE)


def recommendations(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Mark the recommendations: numbered below a paragraph that introduces a list of them."""
    introduction: dict[str, Paragraph] = {p.number: p for p in paragraphs if p.number}
    main = [p for p in paragraphs if p.number and "." not in p.number]
    pairs = list(pairwise(main))
    lists: dict[str, tuple[bool, str]] = {}
    result = []
    for paragraph in paragraphs:
        parent = introduction.get(paragraph.number.rpartition(".")[0]) if "." in paragraph.number else None
        if parent is None:
            result.append(paragraph)
            continue
        if parent.number not in lists:
            lists[parent.number] = _list(parent, [pair for pair in pairs if pair[0].number == parent.number])
        listed, position = lists[parent.number]
        is_one = listed or states_of(paragraph.text)[0]
        result.append(marked(paragraph, position) if is_one else paragraph)
    return result


def _list(parent: Paragraph, pairs: list[tuple[Paragraph, Paragraph]]) -> tuple[bool, str]:
    """Whether a paragraph introduces a list of recommendations, and the position it states; else the one that the
    paragraph after the list states ("The response of … will be included in the outcome report"). ``pairs``: each
    paragraph of this number and the one after it."""
    position = positions.said(parent.text)
    if not position:
        position = next((positions.said(two.text) for _, two in reversed(pairs) if LISTED.search(two.text)), "")
    return LISTED.search(parent.text) is not None, position


def marked(paragraph: Paragraph, position: str) -> Paragraph:
    """A paragraph as a recommendation: the States that make it, and the position on it."""
    codes, names = states_of(paragraph.text)
    labels = [Label("recommending", "iso3", code) for code in codes]
    if position:
        labels.append(Label("position", "upr", position))
    facts = {**paragraph.facts, "states": list(names)} if names else paragraph.facts
    return dataclasses.replace(paragraph, kind=ParagraphKind.RECOMMENDATION, labels=tuple(labels), facts=facts)
