"""Words that tell the parts of a document, a file a language: ``data/words/en.yml`` and its sisters.

To teach the parser a language, write one file. The keys, each a list of regular expressions (case ignored):

====================  ==================================================================================
form                  whole lines of the cover's printed form ("United Nations", "Distr.: General")
organ                 how lines begin that name the body, its session, the agenda
original              the word before the original language
session_before        what follows a session's ordinal ("thirty-second *session*")
session_after         what stands before it ("*الدورة* الثانية والثلاثون")
session_around        a whole expression with the ordinal as its group
adopted               the verb of adoption; ``adopted_self`` words that say that this document is meant
says_kind             words of a title rather than of a body's name
opening               the first heading of a text
contents              the heading of a table of contents; ``contents_column`` the heads of its columns
caption               the word before a table's or a figure's number
annex, opinion        how a heading begins, or what it says, that opens an annex or an individual opinion
endnotes              the heading of the notes at the end
page, recycle         words of running heads and of the foot of the last page
ordinals              beginnings of ordinals -> value, added up; ``between`` words that may stand among them
figures               signs that count (Chinese)
====================  ==================================================================================
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "data" / "words"


@cache
def _languages() -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.yml"))}


@cache
def words(key: str) -> tuple[str, ...]:
    """The expressions under ``key`` in all languages."""
    return tuple(dict.fromkeys(word for known in _languages().values() for word in known.get(key, ())))


def either(key: str) -> str:
    """The expressions under ``key`` as one group."""
    return f"(?:{'|'.join(words(key))})"


@cache
def pattern(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern for ``key``, between ``before`` and ``after``."""
    return re.compile(before + either(key) + after, re.IGNORECASE)


def values(key: str) -> dict[str, dict[str, int]]:
    """The values of words or signs under ``key``, by language."""
    return {lang: dict(known[key]) for lang, known in _languages().items() if key in known}


__all__ = ["either", "pattern", "values", "words"]
