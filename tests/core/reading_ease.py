"""How easy a text is to read: Flesch's measure for English, sentence length in spaced words (eojeol) for Korean."""

from __future__ import annotations

import re

_STOP = re.compile(r"(?<=[.?!])[”’\"')]*\s+")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")  # "homes", "asked", "home"; not "table", "wanted"
_HISSING = re.compile(r"(?:s|x|z|ch|sh|c|g)es$")  # "houses", "services": this e is heard
_SPLIT = re.compile(r"i[ao]|eo|ua|uo|[ie]ier|ying|iu")  # two vowels said apart
_GLUED = re.compile(r"[tcs]io|[tc]ia|gua|qua|quo|gio|geo|peo")  # ... except here


def sentences(text: str) -> list[str]:
    """The sentences of a text that is written with full stops."""
    return [sentence for sentence in _STOP.split(text.strip()) if sentence]


def words(sentence: str) -> list[str]:
    """The English words of a sentence; a numeral is none."""
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(plain))
    count += len(_SPLIT.findall(plain)) - len([m for m in _GLUED.findall(plain) if _SPLIT.search(m)])
    if _SILENT.search(plain) and not _HISSING.search(plain):
        count -= 1
    return max(count, 1)


def flesch(texts: list[str]) -> float:
    """Flesch reading ease of the texts together: about 100 is very easy, 60 plain, 30 and less for graduates.

    206.835 - 1.015 words a sentence - 84.6 syllables a word (R. Flesch, "A new readability yardstick", 1948).
    """
    told = [sentence for text in texts for sentence in sentences(text)]
    said = [word for sentence in told for word in words(sentence)]
    return 206.835 - 1.015 * len(said) / len(told) - 84.6 * sum(map(syllables, said)) / len(said)


def eojeol(sentence: str) -> int:
    """How many spaced words a Korean sentence has."""
    return len(sentence.split())
