"""Addenda of the Universal Periodic Review: what the State answered to each recommendation.

Reads: the paragraphs of an addendum. Writes: the same, and after a paragraph that answers several recommendations at
once ("accepts 137.1 and 137.4-137.9") one paragraph for each number that has none of its own. Such a paragraph repeats
the answer as its text and names where it stands in ``facts["answered_in"]``.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from smallplaces.model.document import Paragraph, ParagraphKind
from smallplaces.parse import positions, upr
from smallplaces.parse.base import Line
from smallplaces.parse.recommenders import states_end
from smallplaces.parse.sequence import Start
from smallplaces.text.segment import number_marker

_NUMBER = re.compile(r"(?<![\d./§])(\d{1,3})\.(\d{1,3})(?![\d%]|\.\d)")
_RANGE = re.compile(
    r"\s*(?:[-–—]|\bto\b|\bthrough\b|\bà\b|\bal?\b|\bпо\b|إلى|至)\s*(?:(\d{1,3})\.)?(\d{1,3})(?![\d%]|\.\d)"
)
_SENTENCE = re.compile(  # a point in "137.1" and a semicolon in a list of numbers end no sentence
    r"(?:[^.;\n]|\.(?=\d)|;(?=\s*(?:and\s+|et\s+|y\s+|и\s+)?\d{1,3}\.\d))+[.;\n]?"
)
_COUNTED = re.compile(  # "Recommendation 5", as the first cycle's answers count them
    r"(?:recommendations?|recommandations?|recomendaci[oó]n(?:es)?|рекомендаци[яи])\s+(?:(?:nos?|nº|n°|núm|№)\.?\s*)?"
    r"(?P<first>\d{1,3})(?![\d.]\d)(?P<more>(?:\s*(?:,|and|et|y|и|to|à|a|[-–])\s*\d{1,3}(?!\.?\d))*)",
    re.IGNORECASE,
)
_WIDEST = 200  # numbers in one range; more is a misprint

Mention = tuple[int, int, str]  # start, end, number


def bases(texts: Iterable[str]) -> frozenset[int]:
    """The paragraphs of the report under which the recommendations stand: 137 of "137.1". Named three times or more
    (twice when nothing is), so that "3.5 per cent" makes none."""
    seen = Counter(int(match[1]) for text in texts for match in _NUMBER.finditer(text))
    least = 3 if any(count > 2 for count in seen.values()) else 2
    return frozenset(base for base, count in seen.items() if count >= least)


def names(text: str, known: frozenset[int]) -> bool:
    """Whether a text names one of the recommendations."""
    return next(mentions(text, known), None) is not None


def begins(line: Line, known: frozenset[int]) -> bool:
    """Whether a line begins the entry of one recommendation: its number and words, no list of numbers."""
    marker = number_marker(line.text)
    if not marker or len(marker.number) != 2 or marker.number[0] not in known:
        return False
    rest = line.text[marker.end :].lstrip()
    if not rest or _NUMBER.match(rest) or rest[0] in ",;-–—&" or _RANGE.match(line.text, marker.end):
        return False
    return not re.match(r"(?:and|et|y|e|to|и|و)\s+\d", rest)


def entries(lines: list[Line], starts: dict[int, Start], known: frozenset[int]) -> dict[int, Start]:
    """Where numbered paragraphs begin, the entries of recommendations among them, which stand in any order; without the
    lines of a list of numbers that only happen to begin with one."""
    result = {i: s for i, s in starts.items() if len(s.marker.number) == 1 or s.marker.number[0] not in known}
    for index, line in enumerate(lines):
        marker = number_marker(line.text) if begins(line, known) else None
        if marker:
            result[index] = Start(marker)
    return result


def mentions(text: str, known: frozenset[int]) -> Iterator[Mention]:
    """Every recommendation that a text names, ranges counted out."""
    at = 0
    while match := _NUMBER.search(text, at):
        at = match.end()
        base, first = int(match[1]), int(match[2])
        if base not in known:
            continue
        last = first
        reach = _RANGE.match(text, at)
        if reach and int(reach[1] or base) == base and first < int(reach[2]) <= first + _WIDEST:
            last, at = int(reach[2]), reach.end()
        for number in range(first, last + 1):
            yield match.start(), at, f"{base}.{number}"


def answers(text: str, known: frozenset[int], context: str) -> dict[str, tuple[str, str]]:
    """Number -> (position, the sentence) for the recommendations that a running text names."""
    result: dict[str, tuple[str, str]] = {}
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        named = list(mentions(sentence, known))
        stated = positions.spans(sentence)
        for start, _, number in named:
            result.setdefault(number, (_nearest(start, named[0][0], stated) or context, sentence))
        if stated:
            context = stated[-1][2]
    return result


def _nearest(start: int, first: int, stated: list[tuple[int, int, str]]) -> str:
    """The position that goes with a number at ``start``: where numbers open the sentence ("137.1 and 137.2 are noted")
    the next that follows, else the last before it."""
    if not stated:
        return ""
    if first < stated[0][0]:
        return next((name for at, _, name in stated if at > start), stated[-1][2])
    return [name for at, _, name in stated if at < start][-1]


def own_position(text: str) -> str:
    """The answer inside an entry that opens with one recommendation: in a cell or line of its own, else after the
    brackets with the recommending States, else in the first sentence that speaks of the recommendation."""
    for line in text.split("\n")[1:] if "\n" in text else [text]:
        found = positions.spans(line) if len(line) < 60 else []
        if found and found[0][0] < 25:
            return found[0][2]
    end = states_end(text)
    if end:
        return _first_stated(text[end:])
    return next(
        (
            p
            for s in _sentences(text)
            if re.search(r"(?i)recom+[ae]nda|рекоменд|توصي|建议", s) and (p := positions.said(s))
        ),
        "",
    )


def _first_stated(text: str) -> str:
    return next((p for sentence in _sentences(text) if (p := positions.said(sentence))), "")


def _sentences(text: str) -> list[str]:
    return [match.group() for match in _SENTENCE.finditer(text)]


def attach(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Mark the entries of recommendations with the State's position, and add those that are only named in lists."""
    known = bases(p.text if not _is_entry(p) else f"{p.number} {p.text}" for p in paragraphs)
    if not known:
        return _counted(paragraphs)
    own = {p.number for p in paragraphs if _is_entry(p) and int(p.number.partition(".")[0]) in known}
    placed: list[tuple[Paragraph, list[Paragraph]]] = []
    listed: dict[str, str] = {}
    context = ""
    for paragraph in paragraphs:
        if paragraph.number in own and _is_entry(paragraph):
            ticked = positions.said(str(paragraph.facts.get("column", "")))
            placed.append((upr.marked(paragraph, ticked or own_position(paragraph.text) or context), []))
            continue
        found = answers(paragraph.text, known, positions.said(str(paragraph.facts.get("column", ""))) or context)
        added = []
        for number, (position, sentence) in found.items():
            listed[number] = position or listed.get(number, "")
            if position and number not in own:
                own.add(number)
                added.append(_answer(paragraph, number, position, sentence))
        placed.append((paragraph, added))
        context = _context(paragraph, found, context)
    return [each for one, added in placed for each in (_filled(one, listed), *added)]


def _counted(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Answers to recommendations that are merely counted ("Recommendation 5: accepted"): after the paragraph in which
    an entry begins, one for each number that it answers."""
    entries: list[tuple[int, list[int], list[str]]] = []
    for position, paragraph in enumerate(paragraphs):
        if paragraph.kind is ParagraphKind.FOOTNOTE:
            continue
        for line in paragraph.text.split("\n"):
            match = _COUNTED.match(line)
            if match:
                entries.append((position, _numbers(match), [line]))
            elif entries and (paragraph.kind is not ParagraphKind.HEADING or positions.said(line)):
                entries[-1][2].append(line)
    if len(entries) < 2:
        return paragraphs
    added: dict[int, list[Paragraph]] = {}
    for position, numbers, lines in entries:
        text = "\n".join(lines)
        position_said = _first_stated(text)
        for number in numbers if position_said else ():
            made = _answer(paragraphs[position], str(number), position_said, text)
            added.setdefault(position, []).append(dataclasses.replace(made, key=f"recommendation.{number}"))
    return [each for i, one in enumerate(paragraphs) for each in (one, *added.get(i, ()))]


def _numbers(match: re.Match[str]) -> list[int]:
    """The numbers that an entry names, ranges counted out."""
    found = [int(match["first"])]
    for sign, number in re.findall(r"(,|and|et|y|и|to|à|a|[-–])\s*(\d{1,3})", match["more"]):
        last = int(number)
        ranged = sign in ("to", "à", "a", "-", "–") and found[-1] < last <= found[-1] + _WIDEST
        found += range(found[-1] + 1, last + 1) if ranged else [last]
    return found


def _is_entry(paragraph: Paragraph) -> bool:
    return paragraph.number.count(".") == 1 and paragraph.kind not in (ParagraphKind.FOOTNOTE, ParagraphKind.HEADING)


def _context(paragraph: Paragraph, found: dict[str, tuple[str, str]], now: str) -> str:
    """The position in force after a paragraph: a heading, an introduction or a lone word ("Accepted:") sets it."""
    text = paragraph.text
    said = positions.spans(text)
    if paragraph.kind is ParagraphKind.HEADING:
        return said[0][2] if said else now
    if not said or (found and not text.rstrip().endswith(":")):
        return now
    introduces = text.rstrip().endswith(":") or len(text) < 60 or bool(upr.LISTED.search(text))
    return said[-1][2] if introduces else now


def _answer(source: Paragraph, number: str, position: str, sentence: str) -> Paragraph:
    facts = {"answered_in": source.number} if source.number else {"answered_in": ""}
    bare = Paragraph(sentence, number, heading=source.heading, page=source.page, facts=facts)
    return dataclasses.replace(upr.marked(bare, position), facts=facts)


def _filled(paragraph: Paragraph, listed: dict[str, str]) -> Paragraph:
    """An entry without a position of its own takes the one that a list elsewhere gives it."""
    if paragraph.kind is not ParagraphKind.RECOMMENDATION or any(x.facet == "position" for x in paragraph.labels):
        return paragraph
    return upr.marked(paragraph, listed.get(paragraph.number, ""))
