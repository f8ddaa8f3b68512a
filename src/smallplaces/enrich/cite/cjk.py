"""Korean and Chinese: the number stands inside the word (제2조, 第二条) and the instrument before it.

Reads ``data/ko.yml`` and ``data/zh.yml``; finds and resolves in one pass over each kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

import yaml

from smallplaces.enrich.cite.articles import Item
from smallplaces.enrich.cite.context import Context
from smallplaces.enrich.cite.find import find_symbols, spots_of
from smallplaces.enrich.cite.names import committee_names, treaty_names
from smallplaces.enrich.cite.reference import Articles, Found, Instrument
from smallplaces.enrich.cite.resolve import Claim, resolve_articles, resolve_found
from smallplaces.model.annotation import CitationKind as Kind

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_TIE = re.compile(r"(?:상의|의|은|는|이|가|상|에서|중|,|\(|（|》|」|\s|的|在|中|项下|下)*$")


@cache
def _rules(lang: str) -> dict[str, Pattern[str]]:
    file = Path(__file__).parent / "data" / f"{lang}.yml"
    words: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    rules = {name: re.compile(value) for name, value in words.items() if isinstance(value, str)}
    rules["roles"] = re.compile("|".join(f"(?P<{role}>{form})" for role, form in words["roles"].items()))
    rules["organs"] = re.compile("|".join(f"(?P<{code}>{form})" for code, form in words["organs"].items()))
    return rules


def claims(text: str, context: Context) -> Iterator[Claim]:
    """Every claim of a Korean or Chinese text."""
    rules = _rules(context.lang)
    for found in find_symbols(text, None):
        spot = rules["paragraph"].match(text, found.end)
        placed = Found(found.start, spot.end(), found.kind, found.names, spots_of(spot["p"])) if spot else found
        yield resolve_found(placed, context)
    yield from resolve_articles(list(_articles(text, rules, context.lang)), context)
    for found in (*_comments(text, rules, context.lang), *_others(text, rules)):
        yield resolve_found(found, context)


def _articles(text: str, rules: dict[str, Pattern[str]], lang: str) -> Iterator[Articles]:
    reached = 0
    previous: Instrument | None = None
    for match in _starts(text, rules):
        if match.start() < reached:
            continue
        items, end = _read(text, match, rules)
        instrument = _instrument(text, reached, match.start(), rules, lang)
        joined = reached and rules["join"].fullmatch(text, reached, match.start())
        if instrument is None and joined:
            instrument = previous
        if instrument is None and match.groupdict().get("mark", "") is None:
            continue  # "3조" alone may be three trillion
        start = instrument.start if instrument is not None and instrument.start >= reached else match.start()
        yield Articles(start, end, items, instrument)
        reached, previous = end, instrument


def _starts(text: str, rules: dict[str, Pattern[str]]) -> list[re.Match[str]]:
    found = list(rules["article"].finditer(text))
    if "list" in rules:
        found += rules["list"].finditer(text)
    return sorted(found, key=lambda m: (m.start(), -m.end()))


def _read(text: str, match: re.Match[str], rules: dict[str, Pattern[str]]) -> tuple[list[Item], int]:
    groups = match.groupdict()
    if "list" in groups:
        return [(str(number(n)), ()) for n in re.findall(r"[\d一二三四五六七八九十百]+", groups["list"])], match.end()
    first = number(groups["n"])
    name = f"{first}-{groups['branch']}" if groups.get("branch") else str(first)
    pins = [
        groups.get("para") or (groups.get("para2") or "").strip("()"),
        groups.get("item"),
        groups.get("letter") or groups.get("sub"),
    ]
    item: Item = (name, tuple(_pin(pin) for pin in pins if pin))
    end = match.end()
    items = [item]
    while len(item[1]) == 1 and (more := rules["more_paragraphs"].match(text, end)):
        items.append((name, (str(number(more["p"])),)))
        end = more.end()
    if len(items) > 1:
        return items, end
    span = rules["range"].match(text, match.end())
    if span and not item[1] and number(span["last"]) > first:
        return [(str(n), ()) for n in range(first, min(number(span["last"]), first + 60) + 1)], span.end()
    return [item], match.end()


def _pin(pin: str) -> str:
    plain = pin.strip("()")
    return str(number(plain)) if all(c.isdigit() or c in _DIGITS or c == "十" for c in plain) else plain


def number(text: str) -> int:
    """The value of "12", "十二", "二十" or "一百零三"."""
    if text.isdigit() and text.isascii():
        return int(text)
    total, unit = 0, 0
    for character in text:
        if character in ("十", "百"):
            total += (unit or 1) * (10 if character == "十" else 100)
            unit = 0
        elif character in _DIGITS:
            unit = _DIGITS[character]
        else:
            unit = unit * 10 + int(character)
    return total + unit


def _instrument(text: str, reached: int, start: int, rules: dict[str, Pattern[str]], lang: str) -> Instrument | None:
    tie = _TIE.search(text, max(reached, start - 12), start)
    edge = tie.start() if tie else start
    begin = max(reached, start - 70)
    for name_start, name_end, code in treaty_names(lang).all(text, begin, start):
        if edge <= name_end <= start:
            return Instrument("treaty", code, name_start, name_end)
    for sort in ("law", "roles"):
        for match in rules[sort].finditer(text, begin, start):
            if edge <= match.end() <= start and match[0]:
                role = match.lastgroup or "" if sort == "roles" else ""
                return Instrument("law" if sort == "law" else "role", role, match.start(), match.end())
    return None


def _comments(text: str, rules: dict[str, Pattern[str]], lang: str) -> Iterator[Found]:
    for match in rules["comment"].finditer(text):
        groups = match.groupdict()
        year = groups.get("year") or groups.get("year2") or groups.get("year3")
        named = [code for _, _, code in committee_names(lang).all(text, max(0, match.start() - 60), match.start())]
        spot = rules["paragraph"].match(text, match.end())
        extra = {"word": "recommendation"} if rules["comment_word"].search(match[0]) else {}
        yield Found(
            match.start(),
            spot.end() if spot else match.end(),
            Kind.GENERAL_COMMENT,
            (groups["n"] + (f"/{year}" if year else ""),),
            spots_of(spot["p"]) if spot else (),
            named[-1] if named else "",
            extra,
        )


def _others(text: str, rules: dict[str, Pattern[str]]) -> Iterator[Found]:
    for match in rules["goal"].finditer(text):
        if 1 <= int(match["n"]) <= 17:
            yield Found(match.start(), match.end(), Kind.SDG, (match["n"] + (f".{match['t']}" if match["t"] else ""),))
    for match in rules["resolution"].finditer(text):
        organs = list(rules["organs"].finditer(text, max(0, match.start() - 30), match.start()))
        hint = (organs[-1].lastgroup or "") if organs else ""
        yield Found(match.start(), match.end(), Kind.RESOLUTION, (match["form"],), (), hint)
    for match in rules["communication"].finditer(text):
        yield Found(match.start(), match.end(), Kind.COMMUNICATION, (match["case"],))
    for match in rules["own_paragraph"].finditer(text):
        yield Found(match.start(), match.end(), Kind.PARAGRAPH, (), (match["p"],))
