"""robots.txt as RFC 9309 has it: what a publisher asks automatic readers to leave alone.

The longest rule that fits decides, an Allow before a Disallow of the same length; ``*`` stands for anything and ``$``
for the end. Crawl-delay is no part of the standard and is honoured all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

LARGEST = 512 * 1024  # bytes; RFC 9309 asks for at least 500 KiB

_SAFE = "/?&=%:;@+$,!~*'()[]#-._"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one reader: (path pattern, allowed) and the pause asked for between two requests, in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be asked."""
        path = quote(path or "/", safe=_SAFE)
        best = (-1, True)
        for pattern, allowed in self.rules:
            if _matches(pattern, path):
                best = max(best, (len(pattern), allowed))
        return best[1]


def read(text: str, agent: str) -> Robots:
    """The rules for the product token ``agent`` ("smallplaces"), else those for everybody."""
    own: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    agents: list[str] = []
    open_group = False  # further user-agent lines join the group
    named = False
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            agents = [*agents, value.lower()] if open_group else [value.lower()]
            open_group = True
            named = named or agents[-1] == agent.lower()
        elif name in ("allow", "disallow", "crawl-delay"):
            open_group = False
            own += [(name, value)] if agent.lower() in agents else []
            general += [(name, value)] if "*" in agents else []
    return _rules(own if named else general)


def _rules(lines: list[tuple[str, str]]) -> Robots:
    rules = [(quote(value, safe=_SAFE), name == "allow") for name, value in lines if name != "crawl-delay" and value]
    delays = [value for name, value in lines if name == "crawl-delay" and re.fullmatch(r"\d{1,4}(\.\d+)?", value)]
    return Robots(tuple(rules), max(map(float, delays), default=0.0))


def _matches(pattern: str, path: str) -> bool:
    ends = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    place = 0
    for index, part in enumerate(parts):
        if index == 0:
            if not path.startswith(part):
                return False
            place = len(part)
        elif ends and index == len(parts) - 1:
            return path.endswith(part) and len(path) - len(part) >= place
        else:
            found = path.find(part, place)
            if found < 0:
                return False
            place = found + len(part)
    return not ends or place == len(path)
