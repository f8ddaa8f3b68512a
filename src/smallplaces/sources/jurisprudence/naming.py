"""What a file name says of a decision: its symbol, the session, the communications it decides.

The set names its documents by symbols whose punctuation was flattened to slashes, so that
"CCPR/C/92/D/1209,1231/2003&1241/2004" became "CCPR/C/92/D/1209/1231/2003/1241/2004", a session may have lost
its slash ("CCPR/C/134D/2849/2016"), and two symbols of one decision stand in one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from smallplaces.errors import BadSymbol
from smallplaces.model import symbol

_PREFIX = re.compile(r"(E/C[./]12|[A-Z]{3,5}/C)(?=[/\d])")
_SUFFIX = re.compile(r"/(REV|CORR)/?\.?(\d+)$")
_SESSION_REPORT = re.compile(r"\d{1,3}/\d{1,2}")
_PLAIN = ("D", "DR")
_YEARS = range(1977, 2040)  # the first communications were registered in 1977


@dataclass(frozen=True, slots=True)
class Name:
    """One decision. ``key`` is the canonical symbol, else "views:" and the name in the set.

    ``communications`` are "13/1993", empty when they cannot be told with certainty. ``series`` is "D", "DR"
    (discontinued), "D/J" (joined); "" for a report of a session on follow-up.
    """

    key: str
    spellings: tuple[str, ...]
    body: str
    session: str
    series: str
    communications: tuple[str, ...]
    suffix: str
    certain: bool

    @property
    def document(self) -> tuple[str, ...]:
        """Equal for two names of one document."""
        same = self.communications or (self.key,)
        part = "" if self.series in _PLAIN else self.series
        return (self.body, self.session, self.suffix, part, *sorted(same))

    @property
    def claims(self) -> tuple[str, ...]:
        """Other names by which this document would like to be known: the symbols joined in its own, its communications.

        A corrigendum is not what a communication is cited for.
        """
        if self.suffix.startswith("Corr"):
            return ()
        cited = tuple(f"communication:{self.body}/{number}" for number in self.communications)
        return (*(s for s in self.spellings if s != self.key), *cited)


def winners(names: Iterable[Name]) -> dict[str, Name]:
    """Every claimed name that one document alone may bear -> the name of that document.

    A communication decided twice, on admissibility and on the merits, names neither decision. Of a document and
    its revision, the revision bears the name.
    """
    claims: dict[str, dict[tuple[str, ...], Name]] = {}
    for name in names:
        for claim in (name.key, *name.claims):
            claims.setdefault(claim, {})[name.document] = name
    result = {}
    for claim, by in claims.items():
        best = max(by.values(), key=lambda name: name.suffix)
        if len({(name.session, name.communications) for name in by.values()}) == 1:
            result[claim] = best
    return result


def read_name(doc_id: str, guess: str) -> Name:
    """The decision named ``guess`` in the set, filed under ``doc_id``."""
    found = _SUFFIX.search(guess)
    suffix = f"{found[1].capitalize()}.{found[2]}" if found else ""
    stem = guess[: found.start()] if found else guess
    first = _PREFIX.match(stem)
    if first is None:
        return Name(f"views:{doc_id}", (), "", "", "", (), suffix, False)
    prefix = first[1].replace("C/12", "C.12")
    rests = [rest.strip("/") for rest in _PREFIX.split(stem)[2::2]]
    session, series, _ = _parts(rests[0])
    parts = [_parts(rest) for rest in rests]
    groups = [communications(numbers) for _, _, numbers in parts]
    known = tuple(number for group in groups for number in group) if all(groups) else ()
    wholes = [f"{prefix}/{session}/{series}/{'/'.join(numbers)}" for _, _, numbers in parts]
    if _SESSION_REPORT.fullmatch(rests[0]) or not session or not series:
        wholes, known = [stem], () if _SESSION_REPORT.fullmatch(rests[0]) else known
        series = "" if _SESSION_REPORT.fullmatch(rests[0]) else series
    ending = f"/{suffix}" if suffix else ""
    symbols = [_canonical(whole + ending) for whole in wholes]
    certain = all(symbols)
    spelled = tuple(s for s in symbols if s)
    key = "-".join(spelled) if certain else f"views:{doc_id}"
    others = spelled if len(spelled) > 1 else ()
    return Name(key, others, _body(prefix), session, series, known, suffix, certain)


def _parts(rest: str) -> tuple[str, str, list[str]]:
    """(session, series, numbers) of what follows "CCPR/C/"."""
    tokens = re.findall(r"\d+|[A-Z]+", rest)
    words = [token for token in tokens if token.isalpha()]
    numbers = [token for token in tokens if token.isdigit()]
    series = "/".join(words)
    if series.startswith("D/J"):
        return numbers[0], "D/J", numbers[1:]
    if tokens and tokens[0].isalpha() and len(numbers) < 3:
        return "", series, numbers  # "CRPD/C/D/2/2010" lost its session
    return (numbers[0] if numbers else ""), series or "D", numbers[1:]


def communications(numbers: list[str]) -> tuple[str, ...]:
    """The communications in a row of numbers and years: ["1209", "1231", "2003", "1241", "2004"] are three.

    Empty when a number could be taken for a year, or a year is missing.
    """
    found: list[str] = []
    waiting: list[str] = []
    for i, number in enumerate(numbers):
        if waiting and int(number) in _YEARS:
            if i + 1 < len(numbers) and int(numbers[i + 1]) in _YEARS:
                return ()  # 1977 may be the communication 1977/2010
            found.extend(f"{one}/{number}" for one in waiting)
            waiting = []
        else:
            waiting.append(str(int(number)))
    return () if waiting else tuple(found)


def _canonical(text: str) -> str:
    try:
        return symbol.parse(text).canonical
    except BadSymbol:
        return ""


def _body(prefix: str) -> str:
    return "CESCR" if prefix == "E/C.12" else prefix.removesuffix("/C")
