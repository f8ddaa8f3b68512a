"""Demands that are made again and again: known by what is asked, not by the words.

Reads: data/families.yml, and the catalogue for the names of treaties. A family's key is "death-penalty"; for demands
about one treaty or mandate it carries the code: "join:OPCAT", "reservations:CEDAW", "visit:SR-TORTURE".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from smallplaces.enrich.cite.names import treaty_names
from smallplaces.model.language import Names, in_language
from smallplaces.vocab import mandates, resolve_mandate, treaties

_OWN_PROTOCOL = {
    "CRPD": "OP-CRPD",
    "CEDAW": "OP-CEDAW",
    "CAT": "OPCAT",
    "CESCR": "OP-ICESCR",
}  # of a committee's treaty
_OWN = re.compile(r"\bOptional Protocol(?: to the (?:Convention|Covenant))?(?! (?:to|on|of)\b)")
_PROTOCOL = r"(?:OP|[Oo]ptional [Pp]rotocol)\b"
_COVENANT = r"(?:ICCPR|International Covenant on Civil and Political Rights)"
_AND_ITS = r"[ ,]+(?:and|as well as) (?:to )?(?:its|the) "
_WRITTEN = tuple(  # as reviews write protocols -> as the catalogue does
    (re.compile(pattern), written)
    for pattern, written in (
        (r"\b(ICCPR)[- ]*OP[- ]*(1|2)\b", r"ICCPR-OP\2"),
        (r"\b(?:the )?OP[- ]*(1|2)[- ](?:to )?(?:the )?ICCPR\b", r"ICCPR-OP\1"),
        (r"\b(?:CRC-OP|OP-?CRC|CRC)-(SC|AC|IC)\b", r"OP-CRC-\1"),
        (r"\b(?:OP-SCR|OPSC)\b", "OP-CRC-SC"),
        (r"\bOPAC\b", "OP-CRC-AC"),
        (r"\bOPIC\b", "OP-CRC-IC"),
        (r"\bOP-CESCR\b", "OP-ICESCR"),
        (r"\bOP to (?:the )?(CEDAW|CRPD|ICESCR)\b", r"OP-\1"),
        (r"\bOP to (?:the )?CAT\b", "OPCAT"),
        (rf"\b(CEDAW|CRPD|ICESCR){_AND_ITS}{_PROTOCOL}", r"\1 and OP-\1"),
        (rf"\bCAT{_AND_ITS}{_PROTOCOL}", "CAT and OPCAT"),
        (
            rf"(Convention on the Rights of Persons with Disabilities)(?: \(CRPD\))?{_AND_ITS}{_PROTOCOL}",
            r"\1 and OP-CRPD",
        ),
        (
            r"\b[Tt]wo [Oo]ptional [Pp]rotocols? to (?:the )?(?:CRC|Convention on the Rights of the Child)\b",
            "OP-CRC-AC and OP-CRC-SC",
        ),
        (
            r"\b[Tt]hird [Oo]ptional [Pp]rotocols? (?:to|of) (?:the )?(?:CRC|Convention on the Rights of the Child)\b",
            "OP-CRC-IC",
        ),
        (r"\bICCPR['’]s two optional protocols\b", "ICCPR-OP1 and ICCPR-OP2"),
        (r"\b[Uu]pon (?:the |its )?ratification\b", "then"),
        (r"\bMigrants Workers\b", "Migrant Workers"),
        (r"\bConvention on the Rights of [Aa]ll Migrant", "Convention on the Protection of the Rights of All Migrant"),
        (rf"\b[Ss]econd [Oo]ptional(?: [Pp]rotocol)? (?:to|of) (?:the )?{_COVENANT}", "ICCPR-OP2"),
        (rf"\b[Ff]irst [Oo]ptional(?: [Pp]rotocol)? (?:to|of) (?:the )?{_COVENANT}", "ICCPR-OP1"),
        (r"\bICC\b(?! ?PR)", "Rome Statute of the International Criminal Court"),
        (r"\bRome Statute\b(?! of the International)", "Rome Statute of the International Criminal Court"),
        (
            r"\b(?:[Ff]irst and [Ss]econd|[Tt]wo) [Oo]ptional [Pp]rotocols? to (?:the )?"
            rf"{_COVENANT}",
            "ICCPR-OP1 and ICCPR-OP2",
        ),
    )
)
_JOIN = re.compile(
    r"\b(?:ratif\w+|acced\w+|accession|signature|signing|sign|join\w*|adher\w+|ratification|party to|"
    r"becom\w+ (?:a |an |state )*part(?:y|ies))\b",
    re.IGNORECASE,
)
_NOT_JOIN = re.compile(  # where the list of treaties to join ends
    r"\b(?:reservations?|declarations? under|withdraw\w*|lift\w*|obligations? (?:under|deriv)|as recommended by|"
    r"in (?:accordance|conformity|line|keeping) with|implement\w*|provided for|enshrined|definition|"
    r"compl(?:y|iance) with|already|harmoni[sz]\w+|incorporat\w+|set out in)\b",
    re.IGNORECASE,
)
_RESERVATION = re.compile(
    r"\b(?:withdraw\w*|lift\w*|remov\w+|review\w*|reconsider\w*|narrow\w*)\b.{0,80}\b(?:reservations?|declarations?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Family:
    """One known demand: all of ``every`` must be said and nothing of ``never``; ``variants`` tell its forms apart. It
    yields to the more particular ones of ``unless``."""

    key: str
    names: Names
    every: tuple[re.Pattern[str], ...]
    never: re.Pattern[str] | None
    variants: Mapping[str, re.Pattern[str]]
    unless: frozenset[str]

    def variant(self, text: str) -> str | None:
        """The form in which a text makes this demand ("" for the only one), or None when it does not make it."""
        if not all(pattern.search(text) for pattern in self.every) or (self.never and self.never.search(text)):
            return None
        if not self.variants:
            return ""
        return next((name for name, pattern in self.variants.items() if pattern.search(text)), None)


@cache
def _file() -> dict[str, Any]:
    text = files(__package__).joinpath("data/families.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def families() -> tuple[Family, ...]:
    """Every known demand, in the order of the file."""
    return tuple(
        Family(
            key=key,
            names=entry["names"],
            every=tuple(map(_compiled, entry["every"])),
            never=_compiled(entry["never"]) if "never" in entry else None,
            variants={name: _compiled(pattern) for name, pattern in entry.get("variants", {}).items()},
            unless=frozenset(entry.get("unless", ())),
        )
        for key, entry in _file()["families"].items()
    )


def families_of(text: str, lang: str = "en", body: str = "") -> tuple[tuple[str, str], ...]:
    """(key, variant) of every known demand that one thing asked makes. English only: others give nothing.

    ``body`` is the code of the committee that asks, which says what "the Optional Protocol" is.
    """
    if lang != "en":
        return ()
    if body in _OWN_PROTOCOL:
        text = _OWN.sub(_OWN_PROTOCOL[body], text)
    for pattern, written in _WRITTEN:
        text = pattern.sub(written, text)
    found = dict(_about_treaties(text)) | dict.fromkeys(_visits(text), "")
    rest = _EXAMPLES.sub(" ", _ASIDE.sub(" ", text))
    if found:  # "ratify the Second Optional Protocol, with a view to abolition" asks for ratification alone
        rest = _without_treaties(_PURPOSE.sub(" ", rest))
    for family in families():
        variant = family.variant(rest)
        if variant is not None and found.keys().isdisjoint(family.unless):
            found.setdefault(family.key, variant)
    return tuple(found.items())


_ASIDE = re.compile(  # what a protocol is for, said beside its name
    r",?\s*\(?\b(?:aim(?:ing|ed)|which aims?|with the aim|in view of|on|concerning|as a step towards|as per)\b"
    r"[^,;]{0,20}\b(?:the )?abolition of (?:the )?death penalty\)?",
    re.IGNORECASE,
)


_PURPOSE = re.compile(
    r"\b(?:with (?:a|the) view (?:to|of)|in order to|as (?:a|the) (?:first )?step)\b[^,;]*", re.IGNORECASE
)
_EXAMPLES = re.compile(  # of something wider: "all violence against women, including genital mutilation"
    r",\s*(?:including|such as|notably|inter alia)\b(?! (?:by|to|through|\w+ing|the (?:abolition|adoption))\b)[^;]*",
    re.IGNORECASE,
)


def _without_treaties(text: str) -> str:
    names = treaty_names("en")
    parts, at = [], 0
    for start, end, _code in names.all(text):
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


def _about_treaties(text: str) -> Iterator[tuple[str, str]]:
    reserved = _RESERVATION.search(text)
    if reserved:
        for _start, _end, code in treaty_names("en").all(text):
            yield f"reservations:{code}", ""
        return
    joins = _JOIN.search(_STAGE.sub(_blank, text))
    if not joins:
        return
    stop = _NOT_JOIN.search(text, joins.end())
    end = stop.start() if stop else len(text)
    for start, _end, code in treaty_names("en").all(text, joins.start(), end):
        if not _PROTOCOL_TO.search(text, max(0, start - 40), start):
            yield f"join:{code}", ""


_STAGE = re.compile(r"\b(?:phases?|stages?) of (?:the )?ratification\b", re.IGNORECASE)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


_VISIT = re.compile(r"\b(?:visit|invit|mission|requests? (?:of|by|from))", re.IGNORECASE)
_MANDATE = re.compile(r"\b(?:Special Rapporteur|Independent Expert|Working Group) (?:on|for|in)\b", re.IGNORECASE)
_LONGEST_MANDATE = 22  # words


def _visits(text: str) -> Iterator[str]:
    """The mandates whose visit is asked for. A name ends where the catalogue knows it: "Special Rapporteur on torture
    and other cruel treatment" is that on torture."""
    if not _VISIT.search(text):
        return
    for start in (match.start() for match in _MANDATE.finditer(text)):
        words = re.split(r"[;()]", text[start:])[0].split()[:_LONGEST_MANDATE]
        for end in range(len(words), 3, -1):
            known = resolve_mandate(" ".join(words[:end]).rstrip(",."))
            if known is not None:
                yield f"visit:{known.code}"
                break


_PROTOCOL_TO = re.compile(r"[Pp]rotocols? (?:\w+ )?to (?:the )?$")  # of the treaty that follows; asks not for itself


def thread_name(key: str, lang: str) -> str:
    """What a known demand is called in ``lang``; empty for a key that is none."""
    kind, colon, code = key.partition(":")
    if colon:
        pattern = in_language(_file()["about"].get(kind, {}), lang)
        treaty, mandate = treaties().get(code), mandates().get(code)
        return pattern.format(
            treaty=treaty.short_name(lang) if treaty else code, mandate=mandate.name(lang) if mandate else code
        )
    entry = _file()["families"].get(key)
    return in_language(entry["names"], lang) if entry else ""
