"""The several things that a recommendation asks, each on its own.

"Amend the Criminal Code and open shelters for victims" asks the legislator and a city. English and Korean are
cut inside a sentence, where a verb begins or ends one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile(
    r"(?<=[.;。；؛!?])(?<!\bNo\.)(?<!\barts\.)(?<!\bart\.)\s*(?=\S)|(?<=[:;,.])\s*(?=\([a-z]{1,2}\)\s)|\n+"
)
_VERBS = (
    r"abolish|accede|accelerate|address|adopt|allocate|amend|bring|build|carry|combat|conduct|continue|"
    r"cooperate|create|criminalize|decriminalize|develop|draft|enact|encourage|enhance|ensure|establish|"
    r"expand|extend|facilitate|formulate|guarantee|harmonize|implement|improve|include|increase|intensify|"
    r"introduce|invest|investigate|invite|launch|make|mandate|organize|pass|prevent|prohibit|promote|"
    r"protect|provide|prosecute|punish|raise|ratify|reduce|reform|reinforce|remove|repeal|review|revise|"
    r"set|sign|strengthen|submit|take|train|undertake|withdraw"
)
_NEXT = re.compile(
    rf"(?:,\s+(?:and\s+|as well as\s+|including by\s+)?|\s+and\s+(?:to\s+)?|\s+as well as\s+(?:to\s+)?)(?:to\s+)?"
    rf"(?=(?:also |further |fully |effectively )?(?:{_VERBS})\b)",
    re.IGNORECASE,
)
_KOREAN_NEXT = re.compile(r"(?<=하고|하며|되고|되며)[,\s]+")
_SHORTEST = 12  # characters of something asked; a shorter piece goes with the one before it


def clauses(text: str, lang: str) -> tuple[str, ...]:
    """What is asked, piece by piece, in reading order; nothing for an empty text."""
    found: list[str] = []
    for sentence in _STOP.split(text):
        for piece in _pieces(sentence, lang):
            plain = piece.strip(" ,;")
            if not plain:
                continue
            if found and len(plain) < _SHORTEST and lang not in {"zh", "ko"}:
                found[-1] = f"{found[-1]} {plain}"
            else:
                found.append(plain)
    return tuple(found)


def _pieces(sentence: str, lang: str) -> Iterator[str]:
    if lang == "ko":
        yield from _KOREAN_NEXT.split(sentence)
        return
    if lang != "en":
        yield sentence
        return
    begin = 0
    for cut in _NEXT.finditer(sentence):
        if len(sentence[begin : cut.start()].split()) >= 4:  # "sign and ratify the Covenant" is one thing
            yield sentence[begin : cut.start()]
            begin = cut.end()
    yield sentence[begin:]
