"""Recommendations of Universal Periodic Review reports: who made them, and in which list they stand.

Reads: paragraphs of a Working Group report (or of its addendum). Writes: the same, with recommendations marked:
``labels`` hold each recommending State (facet "recommending", ISO alpha-3 code where the name is known)
and the list (facet "position"); ``facts["states"]`` the names as printed.
"""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

from smallplaces.model.document import Label, Paragraph, ParagraphKind
from smallplaces.vocab import resolve_state

_POSITIONS = (
    # the first that the introduction of a list says decides; refusals stand first because they hold the same words
    (
        "noted",
        r"(?:do|does|did|could|can|will|would)\s?(?:not|n.t)\s+(?:enjoy|have|receive|gain|meet)|not\s+enjoy|cannot\s+(?:accept|support)|"
        r"could\s+not\s+(?:accept|support)|(?:are|were|been)\s+(?:rejected|refused|noted|not\s+(?:accepted|supported))|not\s+(?:accepted|supported)|"
        r"rejects?\b|takes?\s+note|noted\b|did\s+not\s+(?:accept|support)|unable\s+to\s+(?:accept|support)|without\s+the\s+support",
    ),
    (
        "examined",
        r"will\s+be\s+(?:further\s+)?(?:examined|considered|reviewed|studied)|will\s+(?:examine|consider|provide\s+(?:its\s+)?(?:responses|replies))|"
        r"responses?\s+(?:of|to|by|from)?.{0,80}will\s+be\s+(?:included|provided)|under\s+(?:consideration|examination)|pending",
    ),
    (
        "implemented",
        r"(?:already|have\s+been|is|are)\s+(?:been\s+)?(?:implemented|in\s+the\s+process)|process\s+of\s+implementation|already\s+(?:under|being)",
    ),
    (
        "supported",
        r"enjoy(?:s|ed)?\s+(?:the\s+)?(?:full\s+)?support|(?:accept|support|endorse|agree)(?:s|ed)?\b|have\s+the\s+support",
    ),
)
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for name, pattern in _POSITIONS)
_LIST = re.compile(r"\brecommendations?\b", re.IGNORECASE)
_TAIL = re.compile(r"[\s.;:,*]*(?:\band\b)?[\s.;:,*\d]*$")
_SPLIT = re.compile(r"\s*[;,/]\s*|\s+and\s+|\s*&\s*")
_NOT_STATE = re.compile(r"^(?:and|the|by|inter alia|paragraph.*|para.*|rec.*|see.*)$", re.IGNORECASE)


def position_of(introduction: str) -> str:
    """The list that an introduction opens: supported, noted, examined, implemented; empty when it says none."""
    sentence = introduction
    for name, pattern in _COMPILED:
        if pattern.search(sentence):
            return name
    return ""


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
    after = _answers(paragraphs)
    result = []
    for paragraph in paragraphs:
        parent = introduction.get(paragraph.number.rpartition(".")[0]) if "." in paragraph.number else None
        if parent is None or not (_LIST.search(parent.text) or states_of(paragraph.text)[0]):
            result.append(paragraph)
            continue
        result.append(_marked(paragraph, position_of(parent.text) or after.get(parent.number, "")))
    return result


def _answers(paragraphs: list[Paragraph]) -> dict[str, str]:
    """What the paragraph after a list says of it ("The response of … will be included in the outcome report")."""
    main = [p for p in paragraphs if p.number and "." not in p.number]
    return {one.number: position_of(two.text) for one, two in pairwise(main) if _LIST.search(two.text)}


def _marked(paragraph: Paragraph, position: str) -> Paragraph:
    codes, names = states_of(paragraph.text)
    labels = [Label("recommending", "iso3", code) for code in codes]
    if position:
        labels.append(Label("position", "upr", position))
    facts = {**paragraph.facts, "states": list(names)} if names else paragraph.facts
    return dataclasses.replace(paragraph, kind=ParagraphKind.RECOMMENDATION, labels=tuple(labels), facts=facts)
