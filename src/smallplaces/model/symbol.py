"""United Nations document symbols: read, spelled one way, found in text.

A symbol names a document, not a language version. Three spellings are kept apart: what was *printed*
("CRPD/C/KOR/CO/2–3*"), the *canonical* form by which the store knows the document ("CRPD/C/KOR/CO/2-3")
and whatever a person types ("crpd c kor co 2-3"), which :func:`normalise` brings to the canonical form.

The grammar is a sequence of parts between slashes, after the United Nations' own rules for symbols: an
organ, its subsidiary bodies, then session, State, kind and number, then suffixes. Canonical spelling:
parts in upper case, except the words of ``symbol_grammar.SPELLING``; ASCII hyphens; no spaces; no reissue
mark. A Security Council resolution has its number alone ("S/RES/1325"), because the year adds nothing to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from smallplaces.errors import BadSymbol
from smallplaces.model.document import Kind
from smallplaces.model.symbol_grammar import (
    BODY_WORD,
    BOUNDARY,
    DASHES,
    DOTTED,
    GLUED,
    KINDS,
    LOCATOR,
    NOT_STATES,
    NUMBER,
    ORGANS,
    PARAGRAPH,
    SERIES,
    SERIES_KINDS,
    SERIES_ONLY,
    SPELLING,
    STATE,
    SUFFIXES,
    SYMBOL,
    TREATY_BODIES,
    UPR_KINDS,
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol taken apart. Fields are empty where the symbol says nothing; nothing is inferred.

    ``body`` is a code (CRPD, CESCR for E/C.12, SPT, HRC, UPR for A/HRC/WG.6, CHR, GA…). ``kind`` is a
    hint, None when the symbol fits several kinds (A/HRC/53/11). ``state`` is the token as it stands
    ("KOR", "CHN-HKG", "EU"). ``numbers`` are cycles (2, 3), a general comment's number, or
    communication numbers. ``year`` is given only when the symbol carries it: of Views it is the year in
    which the communication was registered. ``locator`` is what followed the symbol ("p. 181").
    """

    printed: str
    canonical: str
    body: str = ""
    kind: Kind | None = None
    state: str = ""
    numbers: tuple[int, ...] = ()
    session: str = ""
    suffixes: tuple[str, ...] = ()
    year: int | None = None
    locator: str = ""

    def __str__(self) -> str:
        return self.canonical


def parse(text: str) -> Symbol:
    """Read one symbol as documents print it; spaces, dashes, case, reissue marks and locators may vary.

    Raises :class:`~smallplaces.errors.BadSymbol` saying what is wrong.
    """
    folded = _fold(text)
    if not folded:
        raise BadSymbol("Write the symbol of a document: nothing is written.")
    if "/" not in folded:
        raise BadSymbol("“%(given)s” has no slash: a symbol looks like CRPD/C/KOR/CO/2-3.", given=text.strip())
    for attempt in (folded, _upper(folded)):
        match = SYMBOL.match(attempt)
        if match is None:
            continue
        if not _is_complete(match[0]):
            raise BadSymbol("“%(given)s” names a series, not a document: its number is missing.", given=match[0])
        rest = attempt[match.end() :].strip(" .;,:*")
        if not rest:
            return _symbol(text.strip(), match)
        located = LOCATOR.fullmatch(attempt[match.end() :])
        if located:
            return _symbol(text.strip(), match, locator=located[1])
        if SYMBOL.search(rest.lstrip("-")):
            raise BadSymbol("“%(given)s” holds more than one symbol.", given=text.strip())
        raise BadSymbol("“%(rest)s” does not belong to a symbol, after “%(symbol)s”.", rest=rest, symbol=match[0])
    first = folded.split("/", 1)[0]
    raise BadSymbol(
        "“%(given)s” is not a symbol: “%(first)s” starts no organ’s series, or a part cannot be read.",
        given=text.strip(),
        first=first,
    )


def parse_all(text: str) -> tuple[Symbol, ...]:
    """Read a field that may name several documents: joint comments ("CRC/C/GC/22, CMW/C/GC/3"), Views on
    several communications ("CRC/C/86/D/57/2018/CRC/C/86/D/58/2018"). One symbol gives a tuple of one.

    Raises :class:`~smallplaces.errors.BadSymbol` when any of them cannot be read.
    """
    pieces = [piece for piece in BOUNDARY.split(_fold(text)) if piece.strip()]
    return tuple(parse(piece) for piece in pieces) or (parse(text),)


def find(text: str) -> list[tuple[int, int, Symbol]]:
    """Every symbol in running text as (start, end, symbol), left to right.

    The span leaves out brackets, sentence punctuation and a footnote's asterisk. Slashed words
    ("and/or", "24/7", "2010/11", addresses) are none.
    """
    if "/" not in text:
        return []
    return [
        (match.start(), match.end(), _symbol(match[0], match))
        for match in SYMBOL.finditer(text)
        if _is_complete(match[0])
    ]


def normalise(text: str) -> str | None:
    """The canonical form of whatever a person typed, or None when it is no symbol.

    Lower case, spaces, hyphens or nothing for slashes, missing dots ("e c12", "add 1"), full-width
    characters, dashes of any kind and surrounding punctuation are understood.
    """
    folded = _fold(text).strip(" .,;:!?\"'«»“”‘’[]<>*").removeprefix("(")
    if folded.count(")") > folded.count("("):
        folded = folded.rstrip(").")
    if not folded or len(folded) > 120 or not any(map(str.isdigit, folded)):
        return None
    try:
        return parse(folded).canonical
    except BadSymbol:
        rebuilt = _rebuild(folded.upper())
    if rebuilt is None:
        return None
    match = SYMBOL.fullmatch(rebuilt)
    return _symbol(rebuilt, match).canonical if match else None


def in_query(text: str) -> tuple[str, str | None] | None:
    """(canonical symbol, paragraph number or None) when the whole query names a document, else None.

    Paragraph locators: "para 15", "¶15", "#15", "paragraph 15(a)", "제15항", "para. 137.197".
    """
    folded = unicodedata.normalize("NFKC", text)
    located = PARAGRAPH.search(folded)
    if located:
        canonical = normalise(folded[: located.start()])
        if canonical:
            return canonical, re.sub(r"\s", "", located[1])
    canonical = normalise(folded)
    return (canonical, None) if canonical else None


def base(symbol: Symbol) -> str:
    """The canonical symbol of the document that ``symbol`` adds to, corrects or revises.

    In a series such as CCPR/C/79/Add.114 each addendum is a document of its own and stays.
    """
    parts = symbol.canonical.split("/")
    while len(parts) > 2 and parts[-1].startswith(SUFFIXES):
        if parts[-1].startswith("Add.") and SERIES.match("/".join(parts[:-1])):
            break
        parts.pop()
    return "/".join(parts)


def replaces(symbol: Symbol) -> str:
    """The canonical symbol that ``symbol`` replaces by being its revision; empty when it is none.

    Rev.1 replaces the document without a suffix, Rev.2 replaces Rev.1. Addenda and corrigenda replace nothing.
    """
    stem, _, last = symbol.canonical.rpartition("/")
    if not last.startswith("Rev."):
        return ""
    number = int(last[4:])
    return f"{stem}/Rev.{number - 1}" if number > 1 else stem


def expand(symbol: Symbol) -> tuple[Symbol, ...]:
    """The documents of a printed range: "A/HRC/WG.6/42/KOR/1–3" names three, "CRPD/C/KOR/CO/2-3" is one."""
    match = re.fullmatch(r"(A/HRC/WG\.6/\d+/[A-Z]{3}/|[A-Z/]+/GC/)(\d+)-(\d+)", symbol.canonical)
    if match is None or int(match[2]) >= int(match[3]):
        return (symbol,)
    return tuple(parse(f"{match[1]}{n}") for n in range(int(match[2]), int(match[3]) + 1))


def _is_complete(text: str) -> bool:
    """Whether a document is named, and not only an organ or a series: something numbered comes after them."""
    last = text.rpartition("/")[2]
    ends_well = any(map(str.isdigit, last)) or last.upper() in ("SUMMARY", "R") or _is_state(last)
    return ends_well and any(map(str.isdigit, text)) and not SERIES_ONLY.match(text)


def _fold(text: str) -> str:
    """Compatibility characters folded, dashes and slashes made ASCII, spaces kept only where they say something."""
    folded = unicodedata.normalize("NFKC", text).translate(DASHES)
    folded = re.sub(r"\s+", " ", folded).strip(" .,;:*")
    folded = re.sub(r" ?/+ ?", "/", folded)
    folded = re.sub(r"(?i)^E/C/12(?=/)", "E/C.12", folded)
    return re.sub(r"(?<=[A-Za-z])\. (?=\d)", ".", re.sub(r"\.(?=/)", "", folded))


def _upper(folded: str) -> str:
    """Upper case for the symbol itself: what stands before the first space or comma that a locator may follow."""
    head, space, rest = folded.partition(" ")
    return head.upper() + space + rest


def _spell(part: str) -> str:
    """One part in canonical spelling."""
    part = part.replace(" ", "").upper()
    match = re.match(r"([A-Z]+)\.?(?=\d|$)", part)
    word = SPELLING.get(match[1]) if match else None
    if match is None or word is None:
        return part
    number = part[match.end() :]
    return f"{word}.{number}" if number else word


def _symbol(printed: str, match: re.Match[str], *, locator: str = "") -> Symbol:
    text = (match[1] + (f"/{match[2]}" if match[2] else "")).translate(DASHES)
    text = re.sub(r"(?i)/(rev|corr|add)/(?=\d)", r"/\1.", text)
    resolution = re.match(r"S/RES/(\d+)(?: ?\((\d{4})\))?", text)
    if resolution:
        year = int(resolution[2]) if resolution[2] else None
        canonical = f"S/RES/{resolution[1]}" + "".join("/" + _spell(p) for p in text[resolution.end() :].split("/")[1:])
        return Symbol(printed, canonical, "SC", Kind.RESOLUTION, numbers=(int(resolution[1]),), year=year)
    text = re.sub(r"(A/RES/\d+) ?([A-Z]?) ?(\([IVXLC]+\))", r"\1\3\2", text)
    parts = [_spell(part) for part in text.split("/")]
    canonical = "/".join(parts)
    suffixes = tuple(part for part in parts[2:] if part.startswith(SUFFIXES))
    stem = [part for part in parts if not part.startswith(SUFFIXES)]
    body = next((code for prefix, code in ORGANS if canonical.startswith(prefix)), parts[0])
    state = next((p for p in stem[2:] if re.fullmatch(STATE, p) and p not in NOT_STATES), "")
    kind = _kind(canonical, parts, state)
    numbers, year, session = _figures(stem, body, kind, state)
    return Symbol(printed, canonical, body, kind, state, numbers, session, suffixes, year, locator)


def _kind(canonical: str, parts: list[str], state: str) -> Kind | None:
    for pattern, kind in SERIES_KINDS:
        if pattern.match(canonical):
            return kind
    if canonical.startswith("A/HRC/WG.6/"):
        if any(part.startswith("L.") for part in parts):
            return Kind.UPR_REPORT
        return UPR_KINDS.get(parts[parts.index(state) + 1]) if state in parts[:-1] else None
    named = next((KINDS[part] for part in parts[1:] if part in KINDS), None)
    if named is Kind.LIST_OF_ISSUES and "Add." in canonical.rsplit("/", 1)[-1]:
        return Kind.REPLIES  # until about 2014 a State's replies were an addendum to the list
    if named is not None:
        return named
    is_treaty_body = canonical.startswith((*(f"{body}/C/" for body in TREATY_BODIES), "E/C.12/"))
    plain = state and parts.index(state) + 1 < len(parts) and re.fullmatch(NUMBER, parts[parts.index(state) + 1])
    return Kind.STATE_REPORT if is_treaty_body and plain else None


def _figures(stem: list[str], body: str, kind: Kind | None, state: str) -> tuple[tuple[int, ...], int | None, str]:
    """(numbers, year, session) from the parts without suffixes."""
    year = next((int(p) for p in stem[1:] if re.fullmatch(r"(?:19[4-9]|20[0-4])\d", p)), None)
    if kind is Kind.VIEWS:
        at = next(i for i, p in enumerate(stem) if p in ("D", "DR"))
        tail = [n for part in stem[at + 1 :] for n in re.split(r"[&,]", part)]
        last = tail[-1] if tail else ""
        registered = int(last) if re.fullmatch(r"\d{4}", last) and len(tail) > 1 else None
        numbers = tuple(int(n) for n in (tail[:-1] if registered else tail) if n.isdigit())
        return numbers, registered, stem[at - 1] if stem[at - 1].isdigit() else ""
    last = stem[-1]
    span = re.fullmatch(r"(\d+)(?:-(\d+))?", last)
    numbers = tuple(int(n) for n in span.groups() if n) if span and int(span[1]) != year else ()
    middle = stem[2:-1] if stem[0] != "A" or body in ("HRC", "UPR") else stem[1:-1]
    session = next((p for p in middle if re.fullmatch(r"\d{1,3}|S-\d+|ES-\d+", p)), "")
    if kind in (Kind.STATE_REPORT, Kind.GENERAL_COMMENT) and state:
        session = ""
    return numbers, year, session


def _rebuild(upper: str) -> str | None:
    """Slashes and dots put back where a person left them out; None when nothing symbol-like is there."""
    upper = re.sub(r"^E[\s/_-]?C[\s./_-]?12[\s/_-]+", "E/C.12/", upper)
    glued = GLUED.fullmatch(upper.replace(" ", "").replace("/", "")) if not re.search(r"\d[ /]\d", upper) else None
    if glued and (glued[3] or glued[4]):
        head = "E/C.12" if glued[1].startswith("EC") else f"{glued[1]}/C"
        return "/".join(part for part in (head, glued[3], glued[4], glued[5]) if part)
    pieces = [piece for piece in re.split(r"[\s/_.,]+|(?<=\D)-(?!HKG|MAC)|(?<=\d)-(?=\D)", upper) if piece]
    tokens = [token for piece in pieces for token in _split_word(piece)]
    if len(tokens) < 2 or (len(tokens[0]) == 1 and "/" not in upper and "-" not in upper and tokens[1].isdigit()):
        return None
    if re.fullmatch(BODY_WORD, tokens[0]) and tokens[1] not in ("C", "CO", "OP", "SP", "PSWG"):
        is_old_comment = tokens[1] == "GC" and re.fullmatch(r"(?:19|20)\d\d", "".join(tokens[2:3]))
        if not is_old_comment:
            if not (tokens[1] == "GC" or any(map(_is_state, tokens[1:]))):
                return None  # "crc 12" names nothing
            tokens.insert(1, "C")
    return _join(tokens)


def _split_word(token: str) -> list[str]:
    """ "C12" and "WG6" are a word and its number; "2-3" stays whole."""
    match = re.fullmatch(r"(CN|C|WG|ADD|REV|CORR|AMEND|SUB|SR)(\d+)", token)
    if match:
        return [match[1], match[2]]
    return token.split("-") if token.count("-") > 1 else [token]


def _join(tokens: list[str]) -> str:
    parts: list[str] = []
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else ""
        is_number = token[:1].isdigit()
        if is_number and (before in DOTTED or (before == "C" and tokens[0] in ("A", "E") and i == 2)):
            parts[-1] = f"{before}.{token}"
        elif is_number and _is_cycle(tokens, i):
            parts[-1] += f"-{token}"
        else:
            parts.extend(token.split("-") if not _keeps_range(tokens, i) else [token])
    return "/".join(parts)


def _is_cycle(tokens: list[str], i: int) -> bool:
    """Whether the bare number at ``i`` closes a range of cycles: "KOR CO 2 3"."""
    return (
        i >= 3
        and tokens[i - 1].isdigit()
        and tokens[i].isdigit()
        and (tokens[0] in TREATY_BODIES or tokens[0] == "E")
        and not tokens[i - 2].isdigit()
        and tokens[i - 2] not in ("D", "C", "GC", "CO")[: 3 if any(map(_is_state, tokens[2:])) else 4]
        and 0 < int(tokens[i]) - int(tokens[i - 1]) < 10
    )


def _keeps_range(tokens: list[str], i: int) -> bool:
    """Whether the hyphen inside "2-3" joins cycles; elsewhere it stands for a slash ("A-HRC-53-11")."""
    before = tokens[:i]
    return ((tokens[0] in TREATY_BODIES or tokens[0] == "E") and "D" not in before) or "WG" in before


def _is_state(token: str) -> bool:
    return re.fullmatch(STATE, token) is not None and token not in NOT_STATES
