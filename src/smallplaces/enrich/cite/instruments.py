"""Which instrument a list of articles belongs to, by the words around it.

Looks right after the list ("of the Covenant", "of its Penal Code", "thereof"), then right before it
("CRC article 24", "the Covenant (art. 2)", "Criminal Code, art. 59").
"""

from __future__ import annotations

import re

from smallplaces.enrich.cite.grammar import Grammar
from smallplaces.enrich.cite.names import treaty_names
from smallplaces.enrich.cite.reference import Instrument

_NEAR = 200  # no gap between a list and its instrument is longer
_DIRECT = re.compile(r"\s*\(?(?=[A-Z]{3})")
_UNITED_NATIONS = re.compile(r"(?:United Nations|UN|U\.N\.|Nations Unies|Naciones Unidas)\s+")
_TITLE_GOES_ON = re.compile(
    r"\s+(?:on|for|against|relating to|concerning|relative|sur|contre|pour|sobre|contra|para|о|об|против)\s"
    r"(?:(?:the|la|le|les|el|los|las)\s)?[A-ZА-ЯÉÁ]"
    r"|\s+(?:No\.|no|№)\s"
)
_SMALL = re.compile(
    r"(?:and|of|on|the|to|with|for|in|their|its|by|or|from|No\.?|№|de|la|del|et|sur|des|du|les|los|las|sobre|y|о|об|и)$"
)
_GAP = re.compile(
    r"[\s,(:\]]*(?:(?:in|see|see also|particularly|notably|especially|in particular|namely|en|dans|в|см\.|voir)\s+)?"
    r"(?:the\s+|its\s+)?$"
)
_LAW_GAP = re.compile(
    r"(?:\s+(?:No\.?|núm\.|no|№|[\d/.()-]+|of|on|the|and|to|relating|concerning|de|sobre|от"
    r"|[A-ZА-ЯÉÁ][\w'-]*|\d+ \w+ \d{4}))*"
    r"[\s,(]+(?:in|en|dans|в|see|under)?\s*$"
)
_NAME_BEFORE = re.compile(
    r"(?<![\w-])(?!Under|The|See|And|Both|While|With|That|Draft|Common|Article)[A-Z][\w-]{2,}(?:'s)?\s\(?$"
)


def after(text: str, end: int, rules: Grammar) -> Instrument | None:
    """The instrument named after a list that ends at ``end``."""
    limit = end + _NEAR
    same = rules.same.match(text, end, limit)
    direct = _DIRECT.match(text, end, limit)
    if direct and (named := _named(text, direct.end(), rules)) and text[direct.end() : named.end].isupper():
        return named
    tie = rules.after.match(text, end, limit)
    if tie is None:
        return Instrument("same", "", same.start(), same.end()) if same else None
    found = _named(text, tie.end(), rules) or _role(text, tie.end(), rules)
    if found is None:
        law, foreign = _law(text, tie.end(), rules), _foreign(text, tie.end(), rules)
        found = foreign if law and foreign and foreign.end < law.end else law or (None if same else foreign)
    if same and found is None:
        return Instrument("same", "", same.start(), same.end())
    return found


def before(text: str, start: int, rules: Grammar) -> Instrument | None:
    """The instrument named right before a list that starts at ``start``."""
    tail = text[max(0, start - 240) : start]
    offset = start - len(tail)
    bare = tail.rstrip()
    owner = _owner(text, max(offset, text.rfind(". ", 0, start)), start, rules) if rules.own.search(tail) else None
    if owner or not bare or not (bare[-1] in "(,:" or _NAME_BEFORE.search(tail) or bare.endswith((" in", " см."))):
        return owner
    gap = _GAP.search(tail)
    edge = offset + (gap.start() if gap else len(tail))
    for name_start, name_end, code in treaty_names(rules.lang).all(text, offset, start):
        if name_end >= edge and _GAP.fullmatch(text[name_end:start]):
            return Instrument("treaty", code, name_start, name_end)
    for role in rules.roles.finditer(text, offset, start):
        if _GAP.fullmatch(text[role.end() : start]):
            return Instrument("role", role.lastgroup or "", role.start(), role.end())
    if bare[-1] in "(," or bare.endswith(" in"):
        for law in rules.law_name.finditer(tail):
            if _LAW_GAP.fullmatch(tail[law.end() :]):
                return Instrument("law", "", offset + law.start(), start)
        for outside in rules.foreign_head.finditer(tail):
            if bare[-1] == "(" and _is_title(tail[outside.end() :].rstrip(" (")):
                return Instrument("foreign", "", offset + outside.start(), start)
    return None


def _owner(text: str, begin: int, start: int, rules: Grammar) -> Instrument | None:
    """Whose articles "its articles" are: the treaty named last in the sentence, if no law is named after it."""
    named = list(treaty_names(rules.lang).all(text, begin, start))
    if not named or rules.law_name.search(text, named[-1][1], start):
        return None
    name_start, name_end, code = named[-1]
    return Instrument("treaty", code, name_start, name_end)


def law_in_sentence(text: str, start: int, rules: Grammar) -> bool:
    """Whether the sentence speaks of a law before a place."""
    begin = max(text.rfind(". ", 0, start), start - 300, 0)
    return rules.law_name.search(text, begin, start) is not None


def _is_title(words: str) -> bool:
    return len(words) < 90 and all(
        w[:1].isupper() or w[:1].isdigit() or _SMALL.match(w.rstrip(",")) for w in words.split()
    )


def _named(text: str, start: int, rules: Grammar) -> Instrument | None:
    prefix = _UNITED_NATIONS.match(text, start)
    for place in (start, prefix.end()) if prefix else (start,):
        named = treaty_names(rules.lang).at(text, place)
        if named:
            return Instrument("treaty", named[1], start, named[0])
    return None


def _role(text: str, start: int, rules: Grammar) -> Instrument | None:
    role = rules.roles.match(text, start)
    if role is None:
        return None
    name = role.lastgroup or ""
    if _TITLE_GOES_ON.match(text, role.end()):
        return Instrument("foreign", "", start, role.end())
    if name == "protocol" and re.match(r"[Ss]econd|[Dd]euxième|[Ss]egundo|[Вв]торого", role[0]):
        name = "second protocol"
    tie = rules.after.match(text, role.end(), role.end() + _NEAR) if name == "protocol" else None
    parent = rules.roles.match(text, tie.end()) if tie else None
    if parent and parent.lastgroup in ("covenant", "convention"):
        return Instrument("role", f"protocol to {parent.lastgroup}", start, parent.end())
    return Instrument("role", name, start, role.end())


def _law(text: str, start: int, rules: Grammar) -> Instrument | None:
    law = rules.law.match(text, start)
    if law is None:
        return None
    words = law[0].split()[:-1]
    if len(words) > 3 and not all(w[:1].isupper() or w[:1].isdigit() or _SMALL.match(w) for w in words):
        return None
    return Instrument("law", "", start, law.end())


def _foreign(text: str, start: int, rules: Grammar) -> Instrument | None:
    foreign = rules.foreign.match(text, start)
    if foreign is None or not _is_title(foreign[0]):
        return None
    return Instrument("foreign", "", start, foreign.end())
