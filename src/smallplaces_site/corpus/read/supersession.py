"""Which document took the place of which, as far as the catalogue and the symbols say.

Reads: Work, WorkKey, the catalogue of general comments. Writes: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from smallplaces.model.instrument import GeneralComment
from smallplaces.vocab import read_general_comment
from smallplaces.vocab.general_comment import general_comment_title, general_comments
from smallplaces.vocab.supersession import Related, Relation, related_comments, suffixed
from smallplaces_site.corpus.models import WorkKey
from smallplaces_site.corpus.read import targets
from smallplaces_site.corpus.read.documents import WorkView
from smallplaces_site.corpus.read.news import by_version

#: Relations in the order in which a reader needs them.
_ORDER = tuple(Relation)
_SUFFIXED = r"/(Corr|Rev|Amend)\.[0-9]+$"


@dataclass(frozen=True, slots=True)
class Standing:
    """``relation`` of a document to another, called ``title``. ``key`` opens it; empty when the store does not hold it.
    ``source`` is where the newer of the two says so; empty when the symbols do."""

    relation: str
    title: str
    key: str = ""
    source: str = ""


def standings(work: WorkView, lang: str = "en") -> tuple[Standing, ...]:
    """Every document that this one replaces, updates, corrects…, or that does so to it; what matters most first."""
    names = (work.key, *work.aliases)
    found = [
        _of_comment(related, lang, names) for code in _codes(names) for related in related_comments().get(code, ())
    ]
    found += _of_symbols(names)
    kept = dict.fromkeys(one for one in found if one is not None)
    return tuple(sorted(kept, key=lambda one: _ORDER.index(Relation(one.relation))))


@by_version
def replaced() -> dict[int, str]:
    """Works that are no longer their committee's word -> the symbol (else the number) of what took their place."""
    newer = {
        _key(general_comments()[code]): general_comments()[related.code]
        for code, several in related_comments().items()
        for related in several
        if related.relation is Relation.REPLACED_BY
    }
    known = targets.named(newer)
    return {
        work: newer[key].symbol if newer[key].own_symbol else general_comment_title(newer[key], "en")
        for key, named in known.items()
        if (work := named.work) is not None
    }


def _codes(names: tuple[str, ...]) -> list[str]:
    """The codes of the general comments that a document is: two where committees issued it jointly."""
    codes: dict[str, None] = {}
    for name in names:
        body, _slash, number = name.removeprefix("gc:").partition("/")
        if name.startswith("gc:") and f"{body}-GC-{number}" in general_comments():
            codes[f"{body}-GC-{number}"] = None
        elif comment := read_general_comment(name):
            codes[comment.code] = None
    return list(codes)


def _key(comment: GeneralComment) -> str:
    return f"gc:{comment.body}/{comment.number}"


def _of_comment(related: Related, lang: str, names: tuple[str, ...]) -> Standing | None:
    comment = general_comments()[related.code]
    key = targets.named([_key(comment)])[_key(comment)]
    held = WorkKey.objects.filter(work_id=key.work).values_list("work__key", flat=True).first() if key.work else None
    symbol = f"{comment.symbol}, " if comment.own_symbol else ""
    title = f"{symbol}{general_comment_title(comment, lang)}"
    return Standing(str(related.relation), title, "" if held is None or held in names else held, related.source)


def _of_symbols(names: tuple[str, ...]) -> list[Standing]:
    """What suffixes say: a corrigendum and what it corrects are held as two documents."""
    found = []
    for name in names:
        known = suffixed(name)
        base = WorkKey.objects.filter(key=known[0]).values_list("work__key", flat=True).first() if known else None
        if known and known[0] not in names:
            found.append(Standing(str(known[1]), known[0], base or ""))
        if "/" not in name or ":" in name:
            continue
        later = WorkKey.objects.filter(key__startswith=f"{name}/", key__regex=_SUFFIXED)
        for key, work in later.order_by("key").values_list("key", "work__key"):
            suffix = suffixed(key)
            if suffix is not None and suffix[0] == name and key not in names and work not in names:
                found.append(Standing(str(suffix[2]), key, work))
    return found
