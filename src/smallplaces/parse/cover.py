"""The cover: symbol, dates, body, State, session and title, read from the lines before the text begins.

Reads: furniture and the lines before the first numbered paragraph or heading. Writes: a :class:`Cover` and
the lines that are the cover's form. The distribution date is the one beside "Distr."; the date of adoption
is only taken from words that say so.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache

from smallplaces.errors import BadSymbol
from smallplaces.model import symbol as symbols
from smallplaces.parse.base import Cover, Line
from smallplaces.parse.blocks import Block
from smallplaces.parse.dates import find_dates
from smallplaces.parse.layout import closed, is_contents
from smallplaces.parse.ordinals import in_figures
from smallplaces.parse.wording import pattern, words
from smallplaces.text.segment import heading_rank, number_marker
from smallplaces.vocab import resolve_state

_OPENS_PERIOD = re.compile(r"\d{1,2}(?:\s+\w+)?\s?[–-]\s?\d{1,2}\s+\w+\s+(?:19|20)\d\d\b")
_FORM_ANYWHERE = re.compile(r"(?i)\b(?:distr\.|original\s*:|оригинал\s*:)")
_SENTENCE = re.compile(r"(?:[^.。]|\.(?=\S))+")
_SPAN = re.compile(r"\((?:[^)]*[–-]|(?=[^)]*\b\d{1,2}\b[^)]*\b\d{1,2}\b))[^)]*\)?")  # the days of a session
_GOES_ON = (",", ";", "،", "，", "؛", "；", "、")  # what a line of the text ends with, a line of the form never


@cache
def _form() -> re.Pattern[str]:
    return pattern("form", "^", "$")


@cache
def _organ() -> re.Pattern[str]:
    return pattern("organ", "^")


@cache
def _says_kind() -> re.Pattern[str]:
    return pattern("says_kind")


@cache
def _opening() -> re.Pattern[str]:
    return pattern("opening")


def opens(text: str) -> bool:
    """Whether a text begins like the first heading of a document ("Introduction")."""
    return _opening().match(text.strip()) is not None


@cache
def _contents() -> re.Pattern[str]:
    return pattern("contents")


@cache
def _column() -> re.Pattern[str]:
    return pattern("contents_column", "(?:", r"|\s)+")


def symbol_of(first: list[Line], everything: list[str]) -> symbols.Symbol | None:
    """The document's own symbol: the one on its first page and most often at the heads of its pages. What a sentence or
    a footnote cites is another document's."""
    votes: Counter[str] = Counter()
    for position, line in enumerate(first):
        if line.role == "footnote":
            continue
        found = symbols.find(line.text)
        if found:
            numbered = number_marker(line.text)
            of_form = len(line.text) < 60 and not (numbered and numbered.dotted) and is_form(line.text)
            weight = 3 if of_form else int(position < 15)
            votes.update({each.canonical: weight for _, _, each in found if weight})
    for text in everything:
        if len(text) < 60:
            for _, _, each in symbols.find(text):
                votes[each.canonical] += 2
    if not votes:
        return None
    try:
        return symbols.parse(votes.most_common(1)[0][0])
    except BadSymbol:
        return None


def contents(blocks: list[Block]) -> set[int]:
    """The blocks of a table of contents: its heading and its entries."""
    taken: set[int] = set()
    inside = False
    for position, block in enumerate(blocks[:400]):
        text = block.text.strip()
        if _contents().fullmatch(text) or (_contents().match(text) and len(text) < 40):
            inside = True
            taken.add(position)
        elif block.kind == "contents" or any(is_contents(line) for line in block.lines):
            taken.add(position)
            inside = True
        elif inside:
            column = _column().fullmatch(text)
            entry = re.search(r"\s\d{1,3}(?:\s?[-–]\s?\d{1,3})?(?:\s+\d{1,3})?$", text) and not block.marker
            if column or entry or (len(text) < 160 and not block.marker and _entry_ahead(blocks, position)):
                taken.add(position)
            else:
                inside = False
    return taken


def _entry_ahead(blocks: list[Block], position: int) -> bool:
    """Whether an entry with leading dots follows close by, so that this line is part of the contents too."""
    ahead = blocks[position + 1 : position + 8]
    stop = next((i for i, block in enumerate(ahead) if block.marker), len(ahead))
    return any(is_contents(line) for block in ahead[:stop] for line in block.lines)


def form_and_title(front: list[Block]) -> tuple[set[int], list[int]]:
    """Positions of the blocks that are the cover's form, and of those that are the title."""
    form: set[int] = set()
    title: list[int] = []
    for position, block in enumerate(front):
        text = re.sub(r"\s+", " ", block.text).strip(" *")
        if is_form(text) or (symbols.find(text) and len(text) < 60 and not title):
            form.add(position)
        elif _names_organ(text) and not (title and _says_kind().search(text)):
            form.add(position)
            form.update(title)  # what stood above the organ's name was the rest of another name
            title.clear()
        elif (block.bold or block.kind == "heading") and (not title or title[-1] >= position - 2) and len(text) < 400:
            title.append(position)
    return form, title or _plain_title(front, form)


def _names_organ(text: str) -> bool:
    return len(text) < 170 and not text.endswith(_GOES_ON) and _organ().match(text) is not None


def _plain_title(front: list[Block], form: set[int]) -> list[int]:
    """The title where nothing is set in a type of its own (plain text, old files): what follows the form, up to the
    first sentence or the first word of the text."""
    if not form or any(block.bold or block.kind == "heading" for block in front):
        return []
    title: list[int] = []
    for position in range(max(form) + 1, min(len(front), max(form) + 8)):
        text = front[position].text.strip()
        if len(text) > 300 or closed(text) or opens(text) or front[position].marker or heading_rank(text) < 3:
            break
        title.append(position)
    return title


def is_form(text: str) -> bool:
    """Whether a line belongs to the printed form of the cover: the organization's name, symbol, dates, languages."""
    if len(text) < 160 and _FORM_ANYWHERE.search(text):
        return True
    rest = text
    for start, end, _ in reversed(symbols.find(text)):
        rest = rest[:start] + " " + rest[end:]
    rest = re.sub(r"\s+", " ", rest).strip(" *")
    if not re.sub(r"[\W\d_]+", "", rest) or _form().match(rest):
        return True
    if text.endswith(_GOES_ON):
        return False
    if _OPENS_PERIOD.match(text) and len(text) < 120:
        return True  # the days of a session
    return len(text) < 48 and bool(find_dates(text)) and not _says_kind().search(text)


def read(symbol: symbols.Symbol | None, front: list[str], notes: list[str], opening: list[str], title: str) -> Cover:
    """The cover's facts. ``front`` are the lines before the text, ``opening`` the first paragraphs of the text."""
    state = ""
    if symbol and symbol.state:
        found = resolve_state(symbol.state.split("-")[-1])
        state = found.code if found else symbol.state
    if not state:
        state = _state_in(title)
    return Cover(
        symbol=symbol.canonical if symbol else "",
        title=title,
        body=symbol.body if symbol else "",
        state=state,
        session=_session(front, notes),
        original=_original(front),
        adopted=_adopted([title, *opening, *notes]),
        distributed=_distributed(front),
    )


def _state_in(title: str) -> str:
    """The State a title ends with or names after "of"/"by" ("… on the initial report of Andorra")."""
    bare = re.sub(r"[*†]+", "", title).strip()
    pieces = re.split(r"\s[–—:]\s|\n", bare)
    for piece in reversed(pieces):
        whole = resolve_state(piece) or resolve_state(re.sub(r"\s*\(including.*", "", piece))
        if whole:
            return whole.code
        tail = piece.split()
        for start in range(len(tail)):
            found = resolve_state(" ".join(tail[start:]))
            if found:
                return found.code
    return ""


def _session(front: list[str], notes: list[str]) -> str:
    """The session in figures: of the words that stand by "session", the longest run that is an ordinal."""
    for text in [*front, *notes]:
        for expression, side in _sessions():
            for match in expression.finditer(text):
                found = _ordinal(match[1].split(), side)
                if found:
                    return found
    return ""


@cache
def _sessions() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Expressions with the ordinal as their group, and on which side of the group it must touch: -1 its end, 1 its
    beginning, 0 both."""
    spoken = r"((?:[^\s.,;()]+\s+){0,4}[^\s.,;()]+)"
    before = [(re.compile(spoken + r"\s+" + word, re.IGNORECASE), -1) for word in words("session_before")]
    after = [(re.compile(word + r"\s+" + spoken, re.IGNORECASE), 1) for word in words("session_after")]
    return (*before, *after, *((re.compile(word, re.IGNORECASE), 0) for word in words("session_around")))


def _ordinal(spoken: list[str], side: int) -> str:
    for length in range(len(spoken), 0, -1):
        piece = " ".join(spoken[-length:] if side < 0 else spoken[:length])
        number = in_figures(piece)
        if number.isdigit():
            return number
        if side == 0:
            break
    return ""


def _original(front: list[str]) -> str:
    after_word = pattern("original", "", r"\s*[:：]\s*(\w+)")
    for text in front:
        match = after_word.search(text)
        if match:
            return match[1].strip(".,").capitalize()
    return ""


def _distributed(front: list[str]) -> date | None:
    """The date that follows "Distr."; else the first date of the form that is no span of a session."""
    start = next((i for i, text in enumerate(front) if re.search(r"(?i)distr", text)), 0)
    for text in front[start : start + 14]:
        if re.search(r"\d\s?[–-]\s?\d", text) and "/" not in text:
            continue
        dates = find_dates(text)
        if dates:
            return dates[0]
    return None


def _adopted(texts: list[str]) -> date | None:
    """The day a sentence names that says that this document was adopted; a session's span of days is none."""
    verb, own = pattern("adopted"), pattern("adopted_self")
    for text in texts:
        for sentence in _SENTENCE.findall(text[:4000]):
            said = verb.search(sentence)
            if not said or not own.search(sentence):
                continue
            after = find_dates(_SPAN.sub(" ", sentence[said.end() : said.end() + 240]))
            before = find_dates(_SPAN.sub(" ", sentence[max(0, said.start() - 240) : said.start()]))
            if after or before:
                return (after or before)[-1]
    return None
