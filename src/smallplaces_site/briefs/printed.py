"""A brief as it is printed: every word ready, in the language of the brief, for page, DOCX and plain file alike.

Reads: a :class:`~smallplaces_site.briefs.content.Content`. Writes: nothing. Only this knows how a brief
is worded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import babel
from babel.dates import format_date
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from smallplaces.vocab import label_name
from smallplaces.vocab.laws import basis_name
from smallplaces_site.briefs.content import Content, Line, PlainWords

_LOCALES = {"ko": "ko", "en": "en_GB"}
_PARTS = 8  # pieces of a paragraph named beside whose they are
_SHAPES = {"ours": "●", "shared": "◐", "province": "△", "national": "○", "unclear": "?"}


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line. ``rests``: (label, value) of what it rests on; ``quoting``: the labels of those values that are
    pieces of the text, in ``original_lang``. ``plain_by``: who says it in plain words, empty where
    the text is quoted. ``warning``: the paragraph changed since. ``machine``: that nobody confirmed it, empty when one
    did."""

    number: int
    citation: str
    address: str
    document: str
    text: tuple[str, ...]
    lang: str
    direction: str
    plain_by: str
    warning: str
    original: tuple[str, ...]
    original_lang: str
    original_direction: str
    original_label: str
    shape: str
    verdict: str
    rests: tuple[tuple[str, str], ...]
    quoting: tuple[str, ...]
    machine: str
    note: str


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """The lines of one department."""

    name: str
    count: str
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole brief in words. ``facts`` stand under the title; ``key`` says what the marks mean; ``foot`` stands below
    every page: place, date, data version, address."""

    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    introduction: tuple[str, ...]
    summary: str
    sections: tuple[PrintedSection, ...]
    key: tuple[str, ...]
    nothing: str
    foot: str
    address: str


def printed(content: Content, address: str = "", base: str = "") -> Printed:
    """The brief in words. ``address``: where it can be seen again; ``base``: the public address of the site, without
    which lines lead nowhere ("" is right for pages, whose links are paths)."""
    with override(content.lang):
        return Printed(
            lang=content.lang,
            title=content.title,
            facts=tuple(_facts(content)),
            introduction=_lines(content.introduction),
            summary=_summary(content),
            sections=tuple(_sections(content, base)),
            key=tuple(_key(content)),
            nothing="" if content.lines else _("Nothing that fits was found. Choose a longer period or more subjects."),
            foot=_foot(content, address),
            address=address,
        )


def verdict_name(verdict: str) -> str:
    """Whose a matter is, said to the place itself, in the language of the page."""
    return {
        "ours": pgettext("whose a matter is", "Ours"),
        "shared": pgettext("whose a matter is", "Shared with the State"),
        "province": pgettext("whose a matter is", "The province’s"),
        "national": pgettext("whose a matter is", "National: advocate"),
    }.get(verdict, pgettext("whose a matter is", "Not clear"))


def verdict_shape(verdict: str) -> str:
    """The mark that stands before :func:`verdict_name`: told by shape, never by colour alone."""
    return _SHAPES.get(verdict, "?")


def written(when: str, lang: str) -> str:
    """An ISO date in the precision it has, written out."""
    locale = babel.Locale.parse(_LOCALES.get(lang, lang))
    try:
        if len(when) >= 10:
            return str(format_date(date.fromisoformat(when[:10]), "long", locale=locale))
        if len(when) == 7:
            pattern = "yyyy년 M월" if lang == "ko" else "MMMM yyyy"
            return str(format_date(date.fromisoformat(f"{when}-01"), pattern, locale=locale))
    except ValueError:
        pass
    return f"{when}년" if when and lang == "ko" else when


def asked(first_year: str, times: int) -> str:
    """How long and how often something has been asked."""
    since = {"year": first_year, "times": times}
    if times < 2:
        return _("asked once, in %(year)s") % since if first_year else ""
    if not first_year:
        return ngettext("asked %(times)s time", "asked %(times)s times", times) % since
    return ngettext("asked since %(year)s, %(times)s time", "asked since %(year)s, %(times)s times", times) % since


def plain_by(plain: PlainWords, lang: str) -> str:
    """Whose the plain words are. They are never taken for the official text."""
    told = {"by": plain.by, "day": written(plain.at, lang), "approved": plain.approved_by}
    if plain.approved_by and plain.approved_by != plain.by:
        return _("in plain words, by %(by)s, approved by %(approved)s, %(day)s; not the official text") % told
    return _("in plain words, by %(by)s, %(day)s; not the official text") % told


def stale() -> str:
    """The warning at plain words whose paragraph is worded otherwise now."""
    return _("The paragraph has changed since these words were written: compare them with the original.")


def _facts(content: Content) -> Iterator[tuple[str, str]]:
    yield _("Place"), f"{content.place_name} ({content.state_name})"
    if content.audience:
        yield _("For"), content.audience
    yield _("Date"), written(content.made, content.lang)
    if content.by:
        yield _("Published by"), content.by
    if content.chosen:
        yield _("Chosen by"), "; ".join(f"{name}: {value}" for name, value in content.chosen.items())
    if content.version:
        yield _("Version"), str(content.version)
    yield _("Data version"), content.data_version


def _summary(content: Content) -> str:
    number = len(content.lines)
    if not number:
        return ""
    told = {"count": number, "place": content.place_name}
    first = ngettext(
        "This brief holds %(count)s demand of the United Nations that concerns %(place)s.",
        "This brief holds %(count)s demands of the United Nations that concern %(place)s.",
        number,
    )
    words = [first % told]
    if content.more:
        more = ngettext("%(count)s more fits the same choice.", "%(count)s more fit the same choice.", content.more)
        words.append(more % {"count": content.more})
    return " ".join(words)


def _sections(content: Content, base: str) -> Iterator[PrintedSection]:
    at = 0
    for _code, name, lines in content.sections():
        rows = []
        for line in lines:
            at += 1
            rows.append(_line(content, line, at, base))
        count = ngettext("%(count)s item", "%(count)s items", len(rows)) % {"count": len(rows)}
        yield PrintedSection(name or _("No department proposed"), count, tuple(rows))


def _line(content: Content, line: Line, number: int, base: str) -> PrintedLine:
    said = line.plain
    text = said.text if said else line.text
    lang = said.lang if said else line.lang
    unsaid = said is None and not line.cut and line.text == line.original
    path = reverse("paragraph", args=[line.work, line.paragraph]) + f"?text={line.original_lang}"
    return PrintedLine(
        number=number,
        citation=citation(line.symbol or line.document, line.number),
        address=f"{base}{path}",
        document=", ".join(filter(None, (line.document if line.symbol else "", written(line.date, content.lang)))),
        text=_lines(text),
        lang=lang,
        direction=_direction(lang),
        plain_by=plain_by(said, content.lang) if said else "",
        warning=stale() if said and said.stale else "",
        original=() if unsaid else _lines(line.original),
        original_lang=line.original_lang,
        original_direction=_direction(line.original_lang),
        original_label=_("The paragraph in full, in the original"),
        shape=verdict_shape(line.verdict),
        verdict=verdict_name(line.verdict),
        rests=tuple(_rests(content, line)),
        quoting=(_("Local in it"), _("National in it")),
        machine="" if line.confirmed else _("proposed by the machine, not confirmed"),
        note=line.note,
    )


def citation(symbol: str, number: str) -> str:
    """Document and paragraph, as the language writes it."""
    return _("%(symbol)s, para. %(number)s") % {"symbol": symbol, "number": number} if number else symbol


def _rests(content: Content, line: Line) -> Iterator[tuple[str, str]]:
    named = [basis_name(one, content.lang) for one in line.basis]
    head = ", ".join([line.head, *named]) if line.head else ", ".join(named)
    if head:
        yield _("Competence"), head
    for whose, label in (("local", _("Local in it")), ("national", _("National in it"))):
        if said := [text for one, text in line.parts if one == whose]:
            yield label, ", ".join(said[:_PARTS])
    if line.confirmed:
        yield _("Confirmed by"), line.confirmed
    if line.own_verdict:
        yield _("The place says of itself"), f"{verdict_name(line.own_verdict)} ({line.own_by})"
    if line.times and (often := asked(line.first_year, line.times)):
        yield _("Asked"), f"{often} ({line.thread_name})" if line.thread_name and line.times > 1 else often
    if line.position:
        yield _("Position of the State"), label_name("", "position", line.position, content.lang)


def _key(content: Content) -> Iterator[str]:
    for verdict in dict.fromkeys(line.verdict for line in content.lines):
        yield f"{verdict_shape(verdict)} {verdict_name(verdict)}"
    if any(line.cut and line.plain is None for line in content.lines):
        yield _("[…] something that the State alone can do was left out, or the text goes on: see the original")
    if any(not line.confirmed for line in content.lines):
        yield _("Competence that nobody has confirmed is a proposal by rules, not legal advice.")


def _foot(content: Content, address: str) -> str:
    parts = [
        content.place_name,
        written(content.made, content.lang),
        _("data version %(version)s") % {"version": content.data_version},
        address,
    ]
    return " · ".join(part for part in parts if part)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _direction(lang: str) -> str:
    return "rtl" if lang.partition("-")[0] in {"ar", "fa", "he", "ur"} else "ltr"
