"""The seven languages of the house: the six of the United Nations, and Korean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One language. ``code`` is ISO 639-1, ``endonym`` its name in itself, ``rtl`` its writing direction."""

    code: str
    endonym: str
    english: str
    rtl: bool = False


LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", "English"),
    Language("ko", "한국어", "Korean"),
    Language("fr", "Français", "French"),
    Language("es", "Español", "Spanish"),
    Language("ar", "العربية", "Arabic", rtl=True),
    Language("ru", "Русский", "Russian"),
    Language("zh", "中文", "Chinese"),
)

CODES: tuple[str, ...] = tuple(language.code for language in LANGUAGES)

Names = Mapping[str, str]
"""A name in each language, by language code."""


def primary(lang: str) -> str:
    """The language of a tag without its region or script: "ko" of "ko-KR", "zh" of "zh_Hans"."""
    return lang.replace("_", "-").split("-", 1)[0].lower()


def in_language(names: Names, lang: str) -> str:
    """The name in ``lang`` ("ko", "ko-KR", "zh_Hans"), else in English, else in any, else ""."""
    return names.get(primary(lang)) or names.get("en") or next(iter(names.values()), "")
