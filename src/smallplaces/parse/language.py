"""The language of a document: by its script, and for Latin script by its smallest words."""

from __future__ import annotations

import re
from collections import Counter

_SCRIPTS = {
    "ar": re.compile(r"[\u0620-\u064a\ufe70-\ufefc]+"),
    "ru": re.compile(r"[\u0400-\u04ff]+"),
    "ko": re.compile(r"[\uac00-\ud7a3]+"),
    "zh": re.compile(r"[\u4e00-\u9fff]+"),
}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_FOREIGN = re.compile(r"[^\x00-\u024f]+")
_WEIGHT = {"ko": 3.0, "zh": 3.0}  # a character of these scripts says more than a letter
_SMALL = {
    "en": "the of and to in for that with by on is as its are be which has from their",
    "fr": "le la les des et du en dans que pour par sur aux au une est qui avec ses",
    "es": "el la los las de del y en que para por con se una su sus como al es",
}
_FEW = 0.06  # share of signs beyond Latin below which no other script can be the document's
_ENOUGH = 12_000  # characters that tell one language of Latin script from another
_WORD = re.compile(r"[a-z\u00e0-\u00ff]+")


def language_of(text: str) -> str:
    """One of en, fr, es, ru, ar, zh, ko; "en" for a text too short to tell."""
    sample = text if len(text) < 60_000 else text[:20_000] + text[len(text) // 2 :][:40_000]
    latin = len(sample.encode("latin-1", "ignore"))
    if len(sample) - latin < _FEW * len(sample):
        return _of_latin(sample)
    foreign = "".join(_FOREIGN.findall(sample))
    if len(foreign) < _FEW * len(sample):
        return _of_latin(sample)
    counts = {name: _letters(pattern, foreign) * _WEIGHT.get(name, 1.0) for name, pattern in _SCRIPTS.items()}
    counts["latin"] = _letters(_LATIN, sample)
    script = max(counts, key=lambda name: counts[name])
    if script != "latin":
        if script == "zh" and counts["ko"] > 0.2 * counts["zh"]:
            return "ko"
        return script
    return _of_latin(sample)


def _of_latin(sample: str) -> str:
    if len(sample) > _ENOUGH:
        sample = sample[: _ENOUGH // 2] + sample[len(sample) // 2 :][: _ENOUGH // 2]
    words = Counter(_WORD.findall(sample.lower()))
    scores = {lang: sum(words[word] for word in small.split()) for lang, small in _SMALL.items()}
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] else "en"


def _letters(script: re.Pattern[str], text: str) -> float:
    return float(sum(map(len, script.findall(text))))
