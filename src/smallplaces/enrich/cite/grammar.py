"""How each language refers to things, compiled from ``data/*.yml``. Nothing is read at import."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

import yaml

from smallplaces.errors import BadInput

_DATA = Path(__file__).parent / "data"
LATIN = ("en", "fr", "es")
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "ko")
_NUMBER = (
    r"\d{1,4}(?:\.\d{1,2}){2,}(?![\w/])"
    r"|\d{1,4}(?:\.\d{1,2}(?![\d.]))?(?:er|re|bis|ter|quater)?(?![\w/])"
    r"|\d{1,4}(?:er|re|bis|ter|quater)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language written with numbers after words ("article 5")."""

    lang: str
    article: Pattern[str]  # groups: many
    roman: Pattern[str]  # "article VI", "arts. II and III"; groups: many, list
    section: Pattern[str]  # "Section 4" right after an article: that of a constitution
    token: Pattern[str]  # one step inside a list of articles, named groups
    before: Pattern[str]  # "paragraph 3 of " right before an article
    own: Pattern[str]  # "its " right before an article
    after: Pattern[str]  # what ties a list to its instrument
    same: Pattern[str]
    roles: Pattern[str]  # covenant, convention, protocol
    foreign: Pattern[str]
    law: Pattern[str]
    law_name: Pattern[str]
    foreign_head: Pattern[str]
    chain: Pattern[str]
    paragraph: Pattern[str]
    own_paragraph: Pattern[str]
    see_paragraph: Pattern[str]  # "(see paras. 3.4 and 5.12)": with nothing else in the brackets
    recommendation: Pattern[str]  # of a review, by number: "recommendation 137.197"
    paragraph_of: Pattern[str]  # "paragraph 12 of its " right before a comment or a symbol
    comment: Pattern[str]
    comment_more: Pattern[str]
    committee_of: Pattern[str]
    goal: Pattern[str]
    goal_context: Pattern[str]
    goal_other: Pattern[str]
    target: Pattern[str]
    target_of_goal: Pattern[str]
    resolution: Pattern[str]
    resolution_more: Pattern[str]
    security_council: Pattern[str]  # "Security Council resolution 1325", which needs no year
    organ: Pattern[str]
    communication: Pattern[str]
    versus: Pattern[str]
    courts: Pattern[str]  # a court whose treaty "the Convention" may be; groups: the treaty's code
    hints: dict[str, tuple[str, ...]]

    def may_have(self, kind: str, text: str) -> bool:
        """Whether a text has any of the letters without which nothing of that kind can stand in it."""
        return any(hint in text for hint in self.hints[kind])


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of ``lang``. Raises :class:`~smallplaces.errors.BadInput` for a language without one."""
    file = _DATA / f"{lang}.yml"
    if not file.is_file():
        raise BadInput(f"citations are not read in {lang!r}")
    words: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return _compile(lang, words)


def _compile(lang: str, w: dict[str, Any]) -> Grammar:
    return Grammar(
        lang=lang,
        hints={kind: tuple(words) for kind, words in w["hints"].items()},
        **_articles(w, _edge(lang)),
        **_instruments(w),
        **_paragraphs(w, _edge(lang)),
        **_comments_and_goals(w, _edge(lang)),
        **_decisions(w, _edge(lang)),
    )


def _edge(lang: str) -> str:
    """What stands before a word: nothing of a word, but in Arabic particles are written with it."""
    return "" if lang == "ar" else r"(?<!\w)"


def _either(words: dict[str, str]) -> str:
    return f"{words['many']}|{words['one']}"


def _articles(w: dict[str, Any], edge: str) -> dict[str, Pattern[str]]:
    pin = r"\(\s?(?:\d{1,2}|[ivx]{1,4}|[^\W\d_])\s?\)"
    joined = rf"\s?(?:,|-|{w['and']}|{w['to']}|,\s?(?:{w['and']}))\s?"
    roman = rf"[IVXL]{{1,7}}(?:\s?(?:,|{w['and']}|,\s?(?:{w['and']}))\s[IVXL]{{1,7}})*"
    number = _NUMBER.replace(r"[\w/]", r"[a-zA-Z\d/]") if not edge else _NUMBER  # Arabic text layers lose the space
    numbers = rf"\d{{1,3}}(?:\s?{pin})*(?:{joined}(?:\d{{1,3}}(?:\s?{pin})*|{pin}))*"
    one, many = w["paragraph"]["one"], w["paragraph"]["many"]
    return {
        "article": re.compile(rf"{edge}(?:(?P<many>{w['article']['many']})|{w['article']['one']})\s*\(?(?=\d)"),
        "roman": re.compile(
            rf"{edge}(?:(?P<many>{w['article']['many']})|{w['article']['one']})\s+(?P<list>{roman})(?![\w'/-]|\.\w)"
        ),
        "section": re.compile(rf",?\s*(?:{w.get('section', '(?!)')})\s*\d"),
        "own": re.compile(rf"(?<!\w)(?:{w.get('its', '(?!)')})\s*$"),
        "token": re.compile(
            rf"(?P<with>,?\s*(?:{w.get('with', '(?!)')})\s+(?=\d))|"
            rf"(?P<letter>,?\s*(?:{w['letter']})\s+\(?(?P<inner>[a-zа-я])\))|\s*(?:"
            r"(?P<half>(?:(?<=\d )\d{1,2}|(?<=[\s\d])(?:[ivx]{1,4}|[a-z]))\))"
            rf"|(?P<number>{number})|\((?P<pin>\s?(?:\d{{1,2}}|[ivx]{{1,4}}|[a-z]|[а-я]|[أ-ي])\s?)\)"
            r"|(?P<gloss>\([^()\d]{4,90}\))"
            rf"|(?P<semi>;\s*(?:(?:{w['and']})(?=[\s\d]))?)|(?P<to>-|(?:{w['to']})(?=\s))"
            rf"|(?P<sep>,\s*(?:{w['and']})(?![^\W\d_])|,|(?:{w['and']})(?=[\s\d(]))"
            rf"|\(?(?P<many>{many})(?=\s*[\d(])|\(?(?P<one>{one})(?=\s*[\d(])|(?P<close>\)))"
        ),
        "before": re.compile(
            rf"(?:{edge}(?:{many}|{one}|{w['letter']})\s*(?P<numbers>{numbers}|\(\d{{1,2}}\)|\(?[a-z]\)),?\s+"
            rf"(?:(?:{w['of']})\s+)?(?:(?:the|la|el|l')\s?)?)$"
        ),
        "chain": re.compile(rf"(?:[\s,;()-]|(?<!\w)(?:{w['chain']})(?!\w))*"),
    }


def _instruments(w: dict[str, Any]) -> dict[str, Pattern[str]]:
    of, which = w["of"], w["determiner"]
    return {
        "after": re.compile(
            rf",?\s*(?:(?:{of})\s*)+(?:(?:{which})\s+)*|\s*,?\s*(?:{of})\s*(?:{which})\s*|\s+(?=[А-ЯA-Z])"
        ),
        "same": re.compile(rf",?\s*(?:{w['same']})"),
        "roles": re.compile("|".join(f"(?P<{role}>(?:{words})(?!\\w))" for role, words in w["roles"].items())),
        "foreign": re.compile(rf"(?:[\w'-]+\s+){{0,6}}?(?:{w['foreign']})"),
        "foreign_head": re.compile(rf"(?<!\w)(?:{w['foreign']})(?!\w)"),
        "law": re.compile(rf"(?:[\w'’./№-]+,?\s+){{0,14}}?(?:{w['law']})(?!\w)"),
        "law_name": re.compile(rf"(?<!\w)(?=[A-ZА-Я]|[^\x00-\u04ff])(?:{w['law']})(?!\w)"),
    }


def _paragraphs(w: dict[str, Any], edge: str) -> dict[str, Pattern[str]]:
    para = _either(w["paragraph"])
    spot = r"\d{1,3}(?:\.\d{1,3})*(?:\s?\([a-z]{1,4}\))*"
    roles = "|".join(w["roles"].values())
    spots = rf"{spot}(?:\s?(?:,\s?(?:{w['and']})|,|-|{w['and']}|{w['to']})\s?{spot})*"
    return {
        "paragraph": re.compile(rf"\s*[,(]?\s*(?:including\s+)?(?:{para})\s*(?P<list>{spots})"),
        "paragraph_of": re.compile(
            rf"{edge}(?:{para})\s*(?P<list>{spots})\s*,?\s+(?:{w['of']})\s*"
            rf"(?:(?!(?:{w['of']}|{w['and']})\s|{w['article']['many']}|{w['article']['one']}|{roles})[\w'-]+\s+){{0,4}}$"
        ),
        "own_paragraph": re.compile(rf"{edge}(?:{para})\s*(?P<list>{spots})\s*,?\s*(?:{w['above']})(?!\w)"),
        "see_paragraph": re.compile(
            rf"(?<=\()(?:{w.get('see', '(?!)')})\s+(?:{para})\s*"
            rf"(?P<list>\d{{1,2}}\.\d{{1,2}}{spots.removeprefix(spot)})(?=\))"
        ),
        "recommendation": re.compile(
            rf"{edge}(?:{w['recommendation']})\s*(?:(?:{w['number_sign']})\s*)?"
            r"(?P<list>\d{2,3}\.\d{1,3}(?!\.?\d|%)"
            rf"(?:\s?(?:,\s?(?:{w['and']})|,|-|{w['and']}|{w['to']})\s?\d{{2,3}}\.\d{{1,3}}(?!\.?\d|%))*)"
        ),
    }


def _comments_and_goals(w: dict[str, Any], edge: str) -> dict[str, Pattern[str]]:
    sign = w["number_sign"]
    year = r"(?:\s*\((?P<year>(?:19|20)\d\d)\))?"
    joined = rf"\s?(?:,|{w['and']}|,\s?(?:{w['and']}))"
    return {
        "comment": re.compile(
            rf"(?P<joint>(?:{w.get('joint', '(?!)')})\s+)?"
            rf"{edge}(?:(?P<many>{w['comment']['many']})|{w['comment']['one']})(?:\s*(?:{sign}))?"
            rf"\s*(?P<n>\d{{1,2}}(?!\d|/\d)|[IVXL]{{1,7}}(?![\w'])){year}"
        ),
        "comment_more": re.compile(
            rf"(?P<gap>(?:\s*,)?\s*(?:{w['and']})?|[^.;:]{{0,140}}?(?:{joined}|\s?/))\s*(?P<sign>{sign})?\s*"
            rf"(?<![\d.])(?P<n>\d{{1,2}})(?![\d/(]|\.\d){year}"
        ),
        "committee_of": re.compile(w["committee_of"]),
        "goal": re.compile(rf"{edge}(?:{w['goal']})\s*(?:{sign})?\s*(?=\d)"),
        "goal_context": re.compile(w["goal_context"]),
        "goal_other": re.compile(w["goal_other"]),
        "target": re.compile(rf"{edge}(?:{w['target']})\s*(?=\d{{1,2}}\.)"),
        "target_of_goal": re.compile(
            rf"{edge}(?:{w['target']})\s*(?P<target>(?:\d{{1,2}}|[a-d])(?:{joined}\s?(?:\d{{1,2}}|[a-d]))*)"
            rf"\s+(?:{w['of']})\s*(?:the\s|l'|la\s|el\s)?"
            rf"(?:{w['goal']})\s*(?P<goal>\d{{1,2}})(?!\w)"
        ),
    }


def _decisions(w: dict[str, Any], edge: str) -> dict[str, Pattern[str]]:
    form = (
        r"\d{1,4}\s?[A-Z]?\s?\((?:[IVXL]+|S-[IVX]+|\d{4})\)(?:\s?[A-Z](?![\w]))?|S-\d+/\d+"
        r"|\d{1,4}(?:/[A-Z](?=\s?\()|(?:/|(?<=\d)-(?=\d))[1-9]\d{0,2}(?![\d/])(?:\s?[A-Z](?![\w'.]))?)"
        r"(?:\s?\([IVXL]+\))?"
    )
    more = rf"\s?(?:,|{w['and']}|,\s?(?:{w['and']}))\s?(?:{w['number_sign']})?\s?"
    case = r"\d{1,4}/(?:19|20)\d\d"
    courts = "|".join(f"(?P<{code}>{words})" for code, words in w.get("courts", {"ECHR": "(?!)"}).items())
    return {
        "resolution": re.compile(rf"{edge}(?:{w['resolution']})(?:\s*(?:{w['number_sign']}))?\s*(?P<form>{form})"),
        "resolution_more": re.compile(rf"{more}(?P<form>{form})"),
        "security_council": re.compile(
            rf"(?:{w['organs']['SC']})(?:'s)?\s+(?:{w['resolution']})\s*(?:(?:{w['number_sign']})\s*)?"
            r"(?P<number>\d{3,4})(?![\d/]|\s?\(|,\d)"
        ),
        "courts": re.compile(courts),
        "organ": re.compile("|".join(f"(?P<{code}>{words})" for code, words in w["organs"].items())),
        "communication": re.compile(
            rf"{edge}(?:{w['communication']})\s*(?:{w['number_sign']})\s*(?P<list>{case}(?:(?:{more}){case})*)"
        ),
        "versus": re.compile(rf"\s(?:{w['versus']})\s(?=\S)"),
    }


_HANGUL, _HAN, _ARABIC, _CYRILLIC = (re.compile(f"[{r}]") for r in ("가-힣", "一-鿿", "؀-ۿ", "а-яА-Я"))
_FRENCH = re.compile(r"\b(?:les|des|du|et|dans|une|aux|est|sur|paragraphe|Comité|l'article|article)\b")
_SPANISH = re.compile(r"\b(?:los|las|del|el|y|en|una|al|por|con|artículo|párrafo)\b")
_ENGLISH = re.compile(r"\b(?:the|of|and|in|to|is|by|on|that|for|article)\b")


def language(text: str) -> str:
    """The language a text is to be read in: by script, and among Latin ones by small words."""
    head = text[:600]
    if not head.isascii():
        if _HANGUL.search(head):
            return "ko"
        for pattern, lang in ((_ARABIC, "ar"), (_CYRILLIC, "ru"), (_HAN, "zh")):
            if len(pattern.findall(head)) * 4 > len(head.replace(" ", "")):
                return lang
    counts = {"en": len(_ENGLISH.findall(head)), "fr": len(_FRENCH.findall(head)), "es": len(_SPANISH.findall(head))}
    return max(counts, key=lambda lang: counts[lang])
