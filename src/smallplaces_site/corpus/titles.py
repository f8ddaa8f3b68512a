"""The title of a document in the reader's language; composed of kind, State, body and year when no source gives one.

Reads: a Work (row or view) and the catalogue. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smallplaces.model.document import Kind
from smallplaces.model.language import in_language
from smallplaces.vocab import (
    general_comment_title,
    read_general_comment,
    resolve_body,
    resolve_general_comment,
    resolve_state,
)
from smallplaces.vocab.fold import fold
from smallplaces.vocab.kinds import kind_name
from smallplaces_site.corpus.models import Work
from smallplaces_site.corpus.read.about import invented_states
from smallplaces_site.corpus.read.documents import WorkView

_MOST_STATES = 3


@dataclass(frozen=True, slots=True)
class _Punctuation:
    """How a language writes "kind: place (body, year)"."""

    colon: str = "{kind}: {place}"
    brackets: str = "{head} ({tail})"
    comma: str = ", "


_PLAIN = _Punctuation()
_PUNCTUATION = {
    "fr": _Punctuation(colon="{kind}\N{NO-BREAK SPACE}: {place}"),
    "zh": _Punctuation("{kind}：{place}", "{head}（{tail}）", "，"),  # full width, as Chinese is set
    "ar": _Punctuation(comma="، "),
}


def title_of(work: Work | WorkView, lang: str) -> str:
    """The title in ``lang`` as a source gives it; else one composed in ``lang`` where that says enough to know the
    document by (it concerns States); else the source's title in English or any language; else one composed."""
    given = {tongue: title for tongue, title in _given(work).items() if title}
    if lang in given:
        return given[lang]
    if work.states or not given:
        return compose(work, lang)
    return _general_comment(work, lang) or in_language(given, lang)


def _general_comment(work: Work | WorkView, lang: str) -> str:
    """Number, year and subject of a general comment as the catalogue knows them; empty for anything else."""
    if work.kind != Kind.GENERAL_COMMENT:
        return ""
    comment = read_general_comment(work.symbol) if work.symbol else None
    for number in work.facts.get("numbers", ()):  # "CEDAW/10"; two committees number a joint comment each its own way
        body, _slash, count = str(number).partition("/")
        comment = comment or resolve_general_comment(body, count)
    if comment is None:
        return ""
    return _PUNCTUATION.get(lang, _PLAIN).colon.format(
        kind=general_comment_title(comment, lang), place=comment.name(lang)
    )


def compose(work: Work | WorkView, lang: str) -> str:
    """Kind: State (body, year), in ``lang``; the symbol stands in for a missing year."""
    style = _PUNCTUATION.get(lang, _PLAIN)
    head = kind_name(work.kind, lang)
    places = [state_name(code, lang) for code in work.states[:_MOST_STATES]]
    if len(work.states) > _MOST_STATES:
        places.append("…")
    if places:
        head = style.colon.format(kind=head, place=style.comma.join(places))
    year = work.year or (work.adopted.year if work.adopted else None)
    if year is None and work.distributed:
        year = work.distributed.year
    tail = [body_name(work.body, lang), str(year) if year else work.symbol or work.key]
    return style.brackets.format(head=head, tail=style.comma.join(part for part in tail if part))


def state_name(code: str, lang: str) -> str:
    """The State's short name in ``lang``; the code when neither catalogue nor example set has it."""
    known = resolve_state(code)
    if known is not None:
        return known.name(lang)
    return in_language(invented_states().get(code, {}), lang) or code


def body_name(code: str, lang: str) -> str:
    """The body's name in ``lang``; what the source wrote when the catalogue does not have it."""
    known = resolve_body(code) if code else None
    return known.name(lang) if known else code


def _given(work: Work | WorkView) -> dict[str, str]:
    return work.titles if isinstance(work, WorkView) else work.title


def states_named(codes: Sequence[str], lang: str) -> list[tuple[str, str]]:
    """(code, name) of States, in the order of their names in ``lang``."""
    named = [(code, state_name(code, lang)) for code in codes]
    return sorted(named, key=lambda pair: collation_key(pair[1], lang))


def collation_key(name: str, lang: str) -> tuple[bytes, str]:
    """Sorts names as readers of ``lang`` expect: accents aside; Hangul by code point, which is its own order; Chinese
    by sound, which is the order of the common characters in GB 2312."""
    return (fold(name).encode("gb18030") if lang == "zh" else fold(name).encode(), name)
