"""Lists of articles: "arts. 2, 3 and 26", "articles 14 (3) (c) and (5), 9, paragraphs 1 and 4; and 16 to 18".

Reads the text right after the word "article(s)"; gives each article with its place inside: ("14", ("3", "c")).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from smallplaces.enrich.cite.grammar import Grammar

Item = tuple[str, tuple[str, ...]]
_ROMAN = re.compile(r"[ivx]+")
_LONGEST_RANGE = 60
_LONGEST_STEP = 200


@dataclass(slots=True)
class _Reading:
    """Where the reader of a list stands."""

    many: bool  # "articles", not "article"
    items: list[Item] = field(default_factory=list)
    mode: str = "article"  # what a number means: article | paragraph (one) | paragraphs (several)
    separated: bool = False  # a comma or "and" since the last number
    closing: bool = False  # the separator was "and": the list of paragraphs ends with the next number
    semicolon: bool = False
    ranging: bool = False
    bracket: bool = False  # inside "9 (par. 1)"

    def _pins(self) -> tuple[str, ...]:
        return self.items[-1][1]

    def add_number(self, number: str) -> bool:
        """Take a bare number; False when it cannot belong to the list."""
        article, _, part = number.partition(".")
        if self.ranging:
            return self._close_range(article)
        if self.mode != "article" and self.items:
            self._add_paragraph(article)
        else:
            self.items.append((article, (part,) if part else ()))
        if self.mode == "paragraphs" and self.closing:
            self.mode = "article"
        self.separated = self.closing = self.semicolon = False
        return True

    def _add_paragraph(self, number: str) -> None:
        article, pins = self.items[-1]
        if pins and pins[0].isdigit():
            self.items.append((article, (number,)))
        else:
            self.items[-1] = (article, (number,))

    def _close_range(self, last: str) -> bool:
        self.ranging = False
        article, pins = self.items[-1]
        first = pins[-1] if self.mode != "article" and pins else article
        if not (first.isdigit() and last.isdigit()):
            return False
        low, high = int(first), int(last)
        if high <= low:  # "article 26-2" is one number of a national law
            if pins:
                return False
            self.items[-1] = (f"{article}-{last}", ())
            return True
        if high - low > _LONGEST_RANGE:
            return False
        if self.mode != "article":
            self.items += [(article, (*pins[:-1], str(n))) for n in range(low + 1, high + 1)]
        else:
            self.items += [(str(n), ()) for n in range(low + 1, high + 1)]
        self.separated = False
        return True

    def add_pin(self, pin: str) -> bool:
        """Take a place in parentheses: deeper when it follows directly, a sibling after a separator."""
        if not self.items:
            return False
        article, pins = self.items[-1]
        if self.ranging:
            return self._range_pins(pin)
        if self.separated:
            at = _sibling(pins, pin)
            if at is None:
                return False
            self.items.append((article, (*pins[:at], pin)))
        else:
            self.items[-1] = (article, (*pins, pin))
        if self.mode == "paragraphs" and self.closing:
            self.mode = "article"
        self.separated = self.closing = False
        return True

    def _range_pins(self, last: str) -> bool:
        self.ranging = False
        article, pins = self.items[-1]
        if not pins:
            return False
        first = pins[-1]
        if first.isdigit() and last.isdigit():
            between = [str(n) for n in range(int(first) + 1, int(last) + 1)]
        elif len(first) == len(last) == 1:
            between = [chr(n) for n in range(ord(first) + 1, ord(last) + 1)]
        else:
            return False
        self.items += [(article, (*pins[:-1], place)) for place in between[:_LONGEST_RANGE]]
        return bool(between)


def _rank(pin: str) -> int:
    return 0 if pin.isdigit() else 1


def _sibling(pins: tuple[str, ...], pin: str) -> int | None:
    """The depth at which ``pin`` stands beside what was read before: (a) … and (c); (3) (c) and (5)."""
    if not pins:
        return None
    if _ROMAN.fullmatch(pin) and _ROMAN.fullmatch(pins[-1]) and len(pins) > 1 and not pins[-2].isdigit():
        return len(pins) - 1
    for depth, known in enumerate(pins):
        if _rank(known) == _rank(pin):
            return depth
    return len(pins)


def read_list(text: str, start: int, rules: Grammar, *, many: bool) -> tuple[int, list[Item]]:
    """(end, items) of the list of articles that begins at ``start``; (start, []) when there is none."""
    reading = _Reading(many)
    position, end, saved = start, start, 0
    while True:
        match = rules.token.match(text, position, position + _LONGEST_STEP)
        if match is None or match.end() == position:
            break
        name = match.lastgroup
        if not _step(reading, name or "", match, text, rules):
            break
        position = match.end()
        if name in ("number", "pin", "half", "gloss", "letter", "close"):
            end, saved = position, len(reading.items)
    return end, reading.items[:saved]


def _step(reading: _Reading, name: str, match: re.Match[str], text: str, rules: Grammar) -> bool:
    """Take one token; False ends the list before it."""
    if name == "with":  # "articles 7 and 9, read in conjunction with 2 (3)": the number names an article again
        reading.mode, reading.separated, reading.closing = "article", True, False
        reading.many = True
        return bool(reading.items)
    if name == "number":
        return _take_number(reading, match, text, rules)
    if not reading.items:
        return False
    return _take_place(reading, name, match, text) if name in _PLACES else _take_mark(reading, name, match)


_PLACES = ("pin", "half", "letter", "gloss")


def _take_number(reading: _Reading, match: re.Match[str], text: str, rules: Grammar) -> bool:
    if reading.items and not (reading.separated or reading.ranging or reading.mode != "article"):
        return False
    number = re.sub(r"(?<=\d)(?:er|re)$", "", match[0].strip())
    return _number_fits(reading, match, text, rules) and reading.add_number(number)


def _take_place(reading: _Reading, name: str, match: re.Match[str], text: str) -> bool:
    """A place in brackets "(b)", half of them "b)", announced "letter b)", or words in brackets, passed over."""
    if name == "gloss":
        return reading.many and bool(re.match(r"\s*(?:,|;|and|y|et|и|\))", text[match.end() : match.end() + 20]))
    if name == "half":
        return (not reading.separated or bool(reading.items[-1][1])) and reading.add_pin(match["half"][:-1])
    if name == "letter":
        reading.separated = False
        return reading.add_pin(match["inner"])
    return reading.add_pin(match["pin"].strip())


def _take_mark(reading: _Reading, name: str, match: re.Match[str]) -> bool:
    """A separator, a range or the word "paragraph"."""
    if name == "to":
        reading.ranging = not reading.separated
        return reading.ranging
    if name in ("one", "many"):
        reading.mode = "paragraph" if name == "one" else "paragraphs"
        reading.separated = reading.closing = False
        reading.bracket = "(" in match[0]
        return True
    if name == "close":
        closed, reading.bracket, reading.mode = reading.bracket, False, "article"
        return closed
    return _separate(reading, name, match[0])


def _separate(reading: _Reading, name: str, words: str) -> bool:
    if reading.separated:
        return False
    reading.separated = True
    reading.closing = any(c.isalpha() for c in words)
    if name == "semi" or (reading.mode == "paragraph" and reading.items[-1][1]):
        # one paragraph was announced and given, or the list of an article's paragraphs was closed
        reading.mode = "article" if name == "semi" or reading.many else "paragraph"
        reading.semicolon = name == "semi"
    return True


def _number_fits(reading: _Reading, match: re.Match[str], text: str, rules: Grammar) -> bool:
    """Whether a further number belongs to the list, and not to the sentence: "article 6, 12 persons"."""
    if not reading.items or reading.ranging:
        return True
    number, rest = match["number"], text[match.end() : match.end() + 40]
    follow = rules.token.match(text, match.end())
    if follow is not None and follow.lastgroup == "sep":
        follow = rules.token.match(text, follow.end())
    announces = follow is not None and follow.lastgroup in ("one", "many")
    if announces and reading.many:
        reading.mode = "article"  # "paragraphs 1 and 2, 19, paragraph 1": 19 is an article
        return True
    if reading.many:
        return not (number.isdigit() and len(number) == 4 and reading.items)
    if reading.mode != "article":
        return int(number.split(".")[0]) < 12 if number[0].isdigit() and number.isdigit() else True
    if len(number) > 3:
        return False
    return bool(
        re.match(r"\s*(?:[,;.):(]|$)", rest)
        or rules.after.match(text, match.end())
        or rules.token.match(text, match.end())
    )


def places(words: str) -> list[tuple[str, ...]]:
    """The places that stand before an article: "paragraphs 2, 4 and 5 of", "paragraph 3 (c) of", "letter a) of"."""
    found: list[tuple[str, ...]] = []
    ranging = False
    for match in re.finditer(
        r"(?P<number>\d{1,3})|\((?P<pin>\w{1,4})\)|(?P<half>[a-z])\)|(?P<range>-)|(?P<sep>,|\b[^\W\d_]+\b)", words
    ):
        if match["number"]:
            if ranging and found and found[-1][0].isdigit():
                found += [(str(n),) for n in range(int(found[-1][0]) + 1, min(int(match["number"]), 200) + 1)]
            else:
                found.append((match["number"],))
            ranging = False
        elif match["pin"] or match["half"]:
            pin = match["pin"] or match["half"]
            direct = found and words[: match.start()].rstrip()[-1:] in "0123456789)"
            if direct:
                found[-1] = (*found[-1], pin)
            else:
                found.append((*found[-1][:-1], pin) if found and len(found[-1]) > 1 else (pin,))
        elif match["range"] or match["sep"] in ("to", "a", "à", "al", "au", "по", "إلى"):
            ranging = True
    return found
