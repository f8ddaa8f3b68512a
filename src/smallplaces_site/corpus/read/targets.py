"""What the targets of citations name: every key of the same document, and the document itself where the store holds it.

Reads: WorkKey, Work, the catalogue of general comments. Writes: nothing.

A document is cited under many keys. A general comment answers to its symbol, to "gc:CESCR/4" and, when it is joint, to
the other committee's; Views answer to their symbol and to "communication:CCPR/878/1999".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from smallplaces.model import symbol as symbols
from smallplaces.model.document import Kind
from smallplaces.model.instrument import GeneralComment
from smallplaces.model.target import Target, read_target
from smallplaces.vocab import read_general_comment, resolve_sdg, resolve_treaty
from smallplaces.vocab.fold import fold
from smallplaces.vocab.general_comment import general_comment_title, general_comments
from smallplaces_site.corpus.models import Work, WorkKey
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.named import article_named
from smallplaces_site.corpus.read.news import remembering

_CHUNK = 900
_PREFIXES = ("treaty:", "gc:", "sdg:", "communication:")
_CODE = re.compile(r"(?:treaty:)?(?P<code>[\w-]+)[/ ](?P<place>\d+\w?(?:\(\w+\))*)", re.IGNORECASE)
_INITIALS = re.compile(r"(?<=\b\w\.) (?=\w\.)")
_COMMUNICATION = re.compile(r"communication:\w+/\d+/\d{4}")


@dataclass(frozen=True, slots=True)
class Named:
    """``keys``: every key of one document; ``work``: the id of the Work, None when the store does not hold it."""

    keys: tuple[str, ...]
    work: int | None = None


def named(keys: Iterable[str]) -> dict[str, Named]:
    """What each of these keys of documents names."""
    wanted = {key: _siblings().get(key, (key,)) for key in dict.fromkeys(keys)}
    every = sorted({name for names in wanted.values() for name in names})
    work_of: dict[str, int] = {}
    for start in range(0, len(every), _CHUNK):
        some = every[start : start + _CHUNK]
        work_of |= dict(WorkKey.objects.filter(key__in=some).values_list("key", "work_id"))
    for name in every:
        if name not in work_of and _COMMUNICATION.fullmatch(name) and (views := _decisions().by_number.get(name)):
            work_of[name] = views[-1]
    known = _keys_of(set(work_of.values()))
    result = {}
    for key, names in wanted.items():
        work = next((work_of[name] for name in names if name in work_of), None)
        others = known.get(work, ()) if work is not None else ()
        result[key] = Named(tuple(dict.fromkeys((key, *names, *others))), work)
    return result


def _keys_of(works: set[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    ids = sorted(works)
    for start in range(0, len(ids), _CHUNK):
        rows = WorkKey.objects.filter(work_id__in=ids[start : start + _CHUNK]).order_by("pk")
        for work_id, key in rows.values_list("work_id", "key"):
            found.setdefault(work_id, []).extend(_siblings().get(key, (key,)))
    decided = _decisions().of_work if works else {}
    return {work: tuple(dict.fromkeys((*found.get(work, ()), *decided.get(work, ())))) for work in works}


@cache
def _siblings() -> Mapping[str, tuple[str, ...]]:
    """Key -> all keys of the same general comment, as the catalogue has them."""
    groups: dict[str, set[str]] = {}
    for comment in general_comments().values():
        group = _names_of(comment)
        for other in comment.joint:
            group |= _names_of(general_comments()[other])
        for name in [name for name in group if name in groups]:
            group |= groups[name]
        groups.update(dict.fromkeys(group, group))
    return {name: tuple(sorted(group, key=lambda key: (":" in key, key))) for name, group in groups.items()}


def _names_of(comment: GeneralComment) -> set[str]:
    own = (comment.symbol, *comment.symbols) if comment.own_symbol else comment.symbols
    return {f"gc:{comment.body}/{comment.number}", *(symbols.normalise(symbol) or symbol for symbol in own)}


@dataclass(frozen=True, slots=True)
class _Decisions:
    """Communications and the Works that decide them, which are two where one decided on admissibility alone."""

    by_number: dict[str, tuple[int, ...]]
    of_work: dict[int, tuple[str, ...]]


@remembering(1)
def _decisions() -> _Decisions:
    by_number: dict[str, list[int]] = {}
    of_work: dict[int, tuple[str, ...]] = {}
    rows = Work.objects.filter(kind=Kind.VIEWS, facts__has_key="communications").order_by("adopted", "year", "pk")
    for pk, body, facts in rows.values_list("pk", "body", "facts"):
        if facts.get("replaced_by"):
            continue
        of_work[pk] = tuple(f"communication:{body}/{number}" for number in facts["communications"])
        for name in of_work[pk]:
            by_number.setdefault(name, []).append(pk)
    return _Decisions({name: tuple(works) for name, works in by_number.items()}, of_work)


def case_named(name: str, body: str) -> str:
    """The key of the only Views of that committee that the store holds under this name ("Nobody v. Exampland"); empty
    when there are none or several."""
    found = _cases().get((body, _case(name)), ())
    return found[0] if len(found) == 1 else ""


def _case(name: str) -> str:
    """The name of a case without what is spelled now so, now so: "A. R. A. v. Sweden", "A.R.A. v. Sweden"."""
    return fold(_INITIALS.sub("", name))


@remembering(1)
def _cases() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    rows = Work.objects.filter(kind=Kind.VIEWS).order_by("pk")
    for key, body, titles, facts in rows.values_list("key", "body", "title", "facts"):
        for name in {_case(title) for title in titles.values() if " v. " in title}:
            if not facts.get("replaced_by") and not name.startswith("communication"):
                found[body, name] = (*found.get((body, name), ()), key)
    return found


def target_of(text: str) -> Target:
    """The target that a person names: in its written form, by symbol and paragraph, by treaty and article ("CRPD 19",
    "CRPD article 19", "장애인권리협약 제19조"), or a general comment by its number. Any text is one."""
    text = text.strip()
    by_code = _CODE.fullmatch(text)
    treaty = resolve_treaty(by_code["code"]) if by_code else None
    if by_code and treaty:
        return Target(f"treaty:{treaty.code}", "/", by_code["place"])
    if text.startswith(_PREFIXES) or "#p" in text:
        return read_target(text)
    found = symbols.in_query(text)
    if found is not None:
        return Target(found[0], "#p", found[1]) if found[1] else Target(found[0])
    if article := article_named(text):
        treaty = resolve_treaty(article[0])
        if treaty:
            return Target(f"treaty:{treaty.code}", "/", article[1])
    names = documents.named(text)
    return Target(names[0]) if names else Target(text)


def name_of(target: Target, lang: str) -> str:
    """What the catalogue calls the document of a target: of those that the store does not hold, too."""
    prefix, colon, rest = target.work.partition(":")
    if prefix == "treaty" and colon:
        treaty = resolve_treaty(rest)
        return treaty.short_name(lang) if treaty else rest
    if prefix == "sdg" and colon:
        goal = resolve_sdg(rest)
        return goal.name(lang) if goal else rest
    if prefix == "gc" and colon:
        comment = read_general_comment(rest.replace("/", " general comment No. "))
        return general_comment_title(comment, lang) if comment else rest
    comment = read_general_comment(target.work)
    if comment is not None:
        return general_comment_title(comment, lang)
    return rest if colon else target.work


def same_document(target: Target) -> tuple[Target, ...]:
    """The same place under every key of its document."""
    return tuple(Target(key, target.mark, target.place) for key in named([target.work])[target.work].keys)


def spellings(text: str) -> tuple[str, ...]:
    """Every written form of what ``text`` names as a target: for asking the index, which holds what was cited."""
    return tuple(dict.fromkeys((text, *(str(one) for one in same_document(target_of(text))))))
