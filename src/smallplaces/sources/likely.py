"""Which documents may have come out next: guesses from the symbols that are known already.

The United Nations publishes no list of new symbols that a machine may read. The treaty bodies number by reporting
cycle, so that from CRPD/C/KOR/CO/2-3 one can ask for CRPD/C/KOR/Q/4 and a few more. What is not found that way exists
all the same: a document of a special procedure or an unusual symbol is never guessed.
Pure functions over symbols.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from smallplaces.model.symbol_grammar import TREATY_BODIES

_KINDS = ("CO", "Q", "QPR", "RQ", "FCO", "")  # "": the State's report, whose number follows the State directly
_JOINED = 3  # a report may cover so many cycles
_UPR = re.compile(r"A/HRC/WG\.6/(\d+)/([A-Z]{3})/[123]$")
_SESSIONS_A_CYCLE = 14  # of the UPR's Working Group, since its second cycle; an order of review may shift by one


def next_symbols(held: Iterable[str], state: str, body: str) -> list[str]:
    """Symbols worth asking for, most likely first, none of which is held.

    ``state`` is an ISO alpha-3 code, ``body`` a treaty body or UPR. Empty for other bodies.
    """
    known = set(held)
    if body == "UPR":
        guesses = _reviews(known, state)
    elif body in (*TREATY_BODIES, "CESCR"):
        guesses = _cycles(known, f"E/C.12/{state}" if body == "CESCR" else f"{body}/C/{state}")
    else:
        guesses = []
    return [symbol for symbol in dict.fromkeys(guesses) if symbol not in known]


def _cycles(known: set[str], stem: str) -> list[str]:
    """The rest of the latest cycle, then the next ones, alone and joined."""
    pattern = re.compile(rf"{re.escape(stem)}/(?:({'|'.join(filter(None, _KINDS))})/)?(\d{{1,2}})(?:-(\d{{1,2}}))?$")
    spans = {(int(m[2]), int(m[3] or m[2])) for m in map(pattern.match, known) if m}
    latest = max(spans, key=lambda span: (span[1], span[0]), default=None)
    top = latest[1] if latest else 0
    after = [(top + 1, top + length) for length in range(1, _JOINED + 1)]
    guesses = []
    for first, last in ([latest] if latest else []) + after:
        number = str(first) if first == last else f"{first}-{last}"
        guesses += ["/".join(part for part in (stem, kind, number) if part) for kind in _KINDS]
    if latest:
        number = str(latest[0]) if latest[0] == latest[1] else f"{latest[0]}-{latest[1]}"
        guesses.insert(0, f"{stem}/CO/{number}/Add.1")
    return guesses


def _reviews(known: set[str], state: str) -> list[str]:
    """The three documents of the next review, a cycle of sessions after the last one."""
    sessions = [int(m[1]) for m in map(_UPR.match, known) if m and m[2] == state]
    if not sessions:
        return []
    last = max(sessions)
    asked = [last, *(last + _SESSIONS_A_CYCLE + shift for shift in (0, -1, 1))]
    return [f"A/HRC/WG.6/{session}/{state}/{n}" for session in asked for n in (1, 2, 3)]
