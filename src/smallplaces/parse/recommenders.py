"""Which States make a recommendation: the names in brackets after it, as reports print and misprint them.

Reads: the text of one recommendation. Writes: nothing. Spellings that reports get wrong: ``data/misprints.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import yaml

from smallplaces.vocab import resolve_state

_TAIL = re.compile(r"[\s.;:,*。；]*(?:\band\b)?[\s.;:,*\d。；]*$")
_AND = re.compile(r"\s+(?:and|et|y|e|и)\s+|\s*&\s*|\s+و\s*|和|及")
_SIGNS = re.compile(r"\s*[;/；]\s*")
_COMMAS = re.compile(r"\s*[,،，、]\s*")
_LEADING = re.compile(r"^(?:and|also|the|et|y|и)\s+", re.IGNORECASE)
_NOT_STATE = re.compile(r"^(?:and|the|by|inter alia|paragraph.*|para.*|rec.*|see.*)$", re.IGNORECASE)
_CALL = re.compile(r"(?<=\D)\s*\d{1,3}$")  # a footnote call that stuck to a name
_END = 60  # characters at the end of a text in which its last signs stand
_OPEN = "([（［"
_BRACKET = re.compile(r"[(\[（［)\]）］]")
_LAST_WORDS = re.compile(r"(?:[^\s()]+\s+){0,5}[^\s()]+(?=\s*\)[\s.;:,*\d]*$)")


@cache
def _misprints() -> dict[str, str]:
    rows: dict[str, str] = yaml.safe_load((Path(__file__).parent / "data" / "misprints.yml").read_text("utf-8"))
    return {wrong.casefold(): right for wrong, right in rows.items()}


@lru_cache(maxsize=4096)
def code_of(name: str) -> str:
    """The ISO alpha-3 code of a State as a report names it; empty when it is none."""
    bare = name.strip(" .")
    head, bracket, inner = bare.partition("(")
    head = "" if bracket and resolve_state(inner.strip(" )")) else head.strip()  # "Paraguay (Argentina)" is two
    for each in (bare, _misprints().get(bare.casefold(), ""), head):
        found = resolve_state(each) if each else None
        if found:
            return found.code
    return ""


def states_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(codes, printed names) of the States that recommend: in the brackets at the end, and in those within the text
    that hold nothing but names of States ("accede to CAT (Mexico, Peru) without delay (Chile)")."""
    end_of_text = len(text) - len(text[-_END:]) + len(_TAIL.sub("", text[-_END:].rstrip())) - 1
    codes: dict[str, None] = {}
    names: dict[str, None] = {}
    for start, end in _brackets(text, 0):
        found = _named(text, start, end, last=end >= end_of_text)
        codes |= dict.fromkeys(code for name in found if (code := code_of(name)))
        names |= dict.fromkeys(found)
    if not codes:
        for name in _without_bracket(text):
            codes[code_of(name)] = names[name] = None
    return tuple(codes), tuple(names)


def states_end(text: str) -> int:
    """Where the first bracket that holds nothing but names of States ends: the recommendation ends there; 0 without."""
    for start, end in _brackets(text, 0):
        names = _inside(text, start, end)
        if names and all(code_of(name) for name in names):
            return end
    return 0


def _named(text: str, start: int, end: int, *, last: bool) -> list[str]:
    """The names in one bracket; those of a bracket within it where it holds other words ("(ICERD, as said (Peru)")."""
    names = _inside(text, start, end)
    known = [code_of(name) for name in names]
    if all(known) if not last else any(known):
        return names
    for inner_start, inner_end in _brackets(text[: end - 1], start + 1):
        found = _inside(text, inner_start, inner_end)
        if found and all(code_of(name) for name in found):
            head = _inside(text, start, inner_start + 1)  # "(Paraguay (Argentina)": the comma was mistyped
            return (head if head and all(code_of(name) for name in head) else []) + found
    return []


def _inside(text: str, start: int, end: int) -> list[str]:
    return list(_names(" ".join(text[start + 1 : end - 1].split()).strip(" .")))


def _without_bracket(text: str) -> list[str]:
    """The name before a bracket that closes but was never opened ("… women rights Bangladesh);")."""
    match = _LAST_WORDS.search(text)
    if not match or text.count("(") >= text.count(")"):
        return []
    words = match[0].split()
    return next(([name] for i in range(len(words)) if code_of(name := " ".join(words[i:]))), [])


def _brackets(text: str, begin: int) -> list[tuple[int, int]]:
    """Spans of the outermost brackets from ``begin``; one that was never closed reaches to the end."""
    spans, depth, start = [], 0, 0
    for sign in _BRACKET.finditer(text, begin):
        if sign[0] in _OPEN:
            start = sign.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append((start, sign.end()))
    if depth:
        spans.append((start, len(text) + 1))
    return spans


@lru_cache(maxsize=4096)  # a report names the same States again and again
def _names(inner: str) -> tuple[str, ...]:
    """The names in a bracket: parted at signs, but "Bosnia and Herzegovina" and "Iran, Islamic Republic of" whole."""
    if code_of(inner) and "," not in _CALL.sub("", inner).split("(")[0]:
        return (_CALL.sub("", inner),)
    if resolve_state(inner):
        return (inner,)
    return tuple(name for piece in _SIGNS.split(inner) for name in _pieces(_CALL.sub("", piece)))


def _pieces(piece: str) -> Iterator[str]:
    if not piece or _NOT_STATE.match(piece):
        return
    if resolve_state(piece):
        yield piece
        return
    for raw in _COMMAS.split(piece):
        part = _CALL.sub("", _LEADING.sub("", raw.strip()))
        if part and code_of(part):
            yield part
        elif part:
            yield from _around_and(part)


def _around_and(text: str) -> list[str]:
    """Names around an "and"; else two that a forgotten comma ran together ("United Kingdom France"); else the text."""
    for match in _AND.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if code_of(left) and code_of(right):
            return [left, right]
    words = text.split()
    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        if code_of(left) and code_of(right):
            return [left, right]
    return [piece for piece in _AND.split(text) if piece]
