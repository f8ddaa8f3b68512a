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
from smallplaces.vocab import resolve_state

LISTED = re.compile(r"\brecom+[ae]nda[ct]i\w+|\bрекомендаци\w+|توصيات|建议", re.IGNORECASE)
_TAIL = re.compile(r"[\s.;:,*]*(?:\band\b)?[\s.;:,*\d]*$")
_SPLIT = re.compile(r"\s*[;,/]\s*|\s+and\s+|\s*&\s*")
_NOT_STATE = re.compile(r"^(?:and|the|by|inter alia|paragraph.*|para.*|rec.*|see.*)$", re.IGNORECASE)


def states_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(codes, printed names) of the States that recommend: in the brackets at the end, and in those within the text
    that hold nothing but names of States ("accede to CAT (Mexico, Peru) without delay (Chile)")."""
    groups = _brackets(text)
    tail = _TAIL.sub("", text.rstrip())
    codes: list[str] = []
    names: list[str] = []
    for start, end in groups:
        found = _names(re.sub(r"\s+", " ", text[start + 1 : end - 1]).strip(" ."))
        states = [resolve_state(name) for name in found]
        last = end >= len(tail) - 1
        if not any(states) or (not last and not all(states)):
            continue
        codes += [state.code for state in states if state and state.code not in codes]
        names += [name for name in found if name not in names]
    return tuple(codes), tuple(names)


def states_end(text: str) -> int:
    """Where the first bracket that holds nothing but names of States ends: the recommendation ends there; 0 without."""
    for start, end in _brackets(text):
        names = _names(re.sub(r"\s+", " ", text[start + 1 : end - 1]).strip(" ."))
        if names and all(resolve_state(name) for name in names):
            return end
    return 0


def _brackets(text: str) -> list[tuple[int, int]]:
    """Spans of the outermost brackets."""
    spans, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "([":
            start = position if depth == 0 else start
            depth += 1
        elif character in ")]" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, position + 1))
    if depth:
        spans.append((start, len(text) + 1))  # a bracket that was never closed
    return spans


def _names(inner: str) -> list[str]:
    """The names in a bracket: parted at signs, but "Bosnia and Herzegovina" and "Iran, Islamic Republic of" whole."""
    whole = resolve_state(inner)
    if whole:
        return [inner]
    names = []
    for piece in re.split(r"\s*[;/]\s*", inner):
        if not piece or _NOT_STATE.match(piece):
            continue
        if resolve_state(piece):
            names.append(piece)
            continue
        for raw in re.split(r"\s*,\s*", piece):
            part = re.sub(r"^(?:and|also|the)\s+", "", raw.strip())
            if not part:
                continue
            if resolve_state(part) or " and " not in part:
                names.append(part)
            else:
                names += _around_and(part)
    return names


def _around_and(text: str) -> list[str]:
    pieces = text.split(" and ")
    for cut in range(1, len(pieces)):
        left, right = " and ".join(pieces[:cut]), " and ".join(pieces[cut:])
        if resolve_state(left) and resolve_state(right):
            return [left, right]
    return [piece for piece in _SPLIT.split(text) if piece]


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
