"""Which language a text is in, and which analysis its language gets."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

#: The analysis groups: one index field each. "other" takes every language without an analyser.
GROUPS: tuple[str, ...] = ("en", "fr", "es", "ru", "ar", "zh", "ko", "other")

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("hangul", r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"),
    ("kana", r"\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"),
    ("han", r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"),
    ("arabic", r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("cyrillic", r"\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"),
    ("unspaced", r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f\u0f00-\u0fff"),
    ("latin", r"A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"),
)
_PATTERNS = tuple((name, re.compile(f"[{ranges}]")) for name, ranges in _SCRIPTS)

#: A letter of a script written without spaces between words.
UNSPACED = re.compile("[" + "".join(ranges for name, ranges in _SCRIPTS if name in {"kana", "han", "unspaced"}) + "]")

#: Script of a word -> the groups that may hold it. Latin names and acronyms stand in texts of every language.
_GROUPS_OF_SCRIPT: dict[str, tuple[str, ...]] = {
    "hangul": ("ko", "other"),
    "kana": ("other",),
    "han": ("zh", "other", "ko"),
    "arabic": ("ar", "other"),
    "cyrillic": ("ru", "other"),
    "unspaced": ("other",),
    "latin": GROUPS,
    "none": GROUPS,
}


def group_of(lang: str) -> str:
    """The analysis group of a language code ("en-GB", "zh-Hant", "kor")."""
    code = lang.lower().replace("_", "-").partition("-")[0]
    return _ALIASES.get(code, code if code in GROUPS else "other")


_ALIASES = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "rus": "ru",
    "ara": "ar",
    "arb": "ar",
    "zho": "zh",
    "chi": "zh",
    "cmn": "zh",
    "kor": "ko",
}


@lru_cache(maxsize=100_000)
def script_of(word: str) -> str:
    """The script of a word, by the first kind of letter that decides: hangul, kana, han, arabic,
    cyrillic, unspaced (Thai, Khmer, Lao, Myanmar, Tibetan), latin, or "none" (digits, other scripts are "other")."""
    if word.isascii():
        return "latin" if not word.isdigit() else "none"
    for name, pattern in _PATTERNS:
        if pattern.search(word):
            return name
    return "other" if any(c.isalpha() for c in word) else "none"


def groups_for(word: str) -> tuple[str, ...]:
    """The analysis groups whose texts may hold this word."""
    return _GROUPS_OF_SCRIPT.get(script_of(word), ("other",))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (loads a model of some megabytes)

    return LanguageIdentifier.from_model_file(MODEL_FILE)


_CERTAIN = {"hangul": "ko", "kana": "ja"}


def detect(text: str, default: str = "und") -> str:
    """The ISO 639-1 code of the language of a text; ``default`` when it has no letters.

    Korean and Japanese are known by their script; the rest is judged by py3langid, which is right on
    paragraphs and a guess on a few words.
    """
    sample = text[:2000]
    for script, lang in _CERTAIN.items():
        pattern = dict(_PATTERNS)[script]
        if len(pattern.findall(sample)) > len(sample) * 0.2:
            return lang
    if not any(c.isalpha() for c in sample):
        return default
    code: str = _identifier().classify(sample)[0]
    return code
