"""From the store to the index: the entries of paragraphs, each with its document's facts, everybody's labels and what
it cites.

Reads: Reading, Paragraph, Edition, Work, WorkKey, CitationTarget. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from django.db.models import QuerySet

from smallplaces.model.target import read_target
from smallplaces.search.schema import FACETS, Entry
from smallplaces.vocab import resolve_state
from smallplaces.vocab.kinds import kind_weight
from smallplaces_site.corpus.models import CitationTarget, Edition, Paragraph, Reading, Work, WorkKey
from smallplaces_site.corpus.read.documents import ParagraphView, assemble, is_excerpt, rows_of
from smallplaces_site.corpus.titles import title_of

#: Label facets that a reader can filter by; their words are searched as labels too, except the codes among them.
_LABEL_FACETS = frozenset(FACETS) - {"kind", "body", "state", "region", "year", "lang", "source", "cites"}
_CODES = frozenset({"position", "recommending", "action", "sdg"})
_CHUNK = 500


def entries(paragraph_ids: Iterable[int]) -> Iterator[Entry]:
    """An entry for each of these paragraphs that is shown; withdrawn ones and mere excerpts have none."""
    ids = sorted(set(paragraph_ids))
    for start in range(0, len(ids), _CHUNK):
        wanted: dict[int, set[int]] = {}
        for pk, edition_id in _with_excerpts(ids[start : start + _CHUNK]):
            wanted.setdefault(edition_id, set()).add(pk)
        for edition, names in _named(Edition.objects.filter(pk__in=wanted).select_related("work")):
            some = wanted[edition.pk]
            cited = CitationTarget.objects.filter(citation__paragraph_id__in=some)
            yield from _of_edition(edition, names, Reading.objects.filter(paragraph_id__in=some), cited)


def all_entries() -> Iterator[Entry]:
    """An entry for everything shown, edition by edition, in flat memory."""
    for edition, names in _named(Edition.objects.select_related("work").order_by("pk").iterator(chunk_size=_CHUNK)):
        cited = CitationTarget.objects.filter(citation__paragraph__edition=edition)
        yield from _of_edition(edition, names, Reading.objects.filter(paragraph__edition=edition), cited)


def _named(editions: Iterable[Edition]) -> Iterator[tuple[Edition, tuple[str, ...]]]:
    """Editions, each with the other names its Work answers to."""
    source = iter(editions)
    while chunk := list(islice(source, _CHUNK)):
        names: dict[int, list[str]] = {}
        for work_id, key in WorkKey.objects.filter(work_id__in={edition.work_id for edition in chunk}).values_list(
            "work_id", "key"
        ):
            names.setdefault(work_id, []).append(key)
        for edition in chunk:
            known = names.get(edition.work_id, [])
            yield edition, tuple(sorted(key for key in known if key not in {edition.work.key, edition.work.symbol}))


def shown_ids() -> set[int]:
    """Ids of all paragraphs that the index should hold, by the same rule as :func:`entries`."""
    rows = Reading.objects.filter(shown=True).values_list(
        "paragraph_id", "paragraph__key", "source", "paragraph__edition__whole"
    )
    return {pk for pk, key, source, whole in rows.iterator(chunk_size=5000) if not is_excerpt(key, source, whole)}


def _with_excerpts(ids: list[int]) -> Iterator[tuple[int, int]]:
    """(paragraph, edition) of these and of those whose labels stand with them ("15" and "15~2")."""
    found = dict(Paragraph.objects.filter(pk__in=ids).values_list("pk", "edition_id"))
    excerpts = Paragraph.objects.filter(edition_id__in=set(found.values()), key__contains="~")
    families: dict[tuple[int, str], list[int]] = {}
    for pk, edition_id, key in excerpts.values_list("pk", "edition_id", "key"):
        families.setdefault((edition_id, key.partition("~")[0]), []).append(pk)
    if families:
        names = {base for _, base in families}
        bases = Paragraph.objects.filter(edition_id__in={edition for edition, _ in families}, key__in=names)
        for pk, edition_id, key in bases.values_list("pk", "edition_id", "key"):
            families.get((edition_id, key), []).append(pk)
    for (edition_id, _), family in families.items():
        if any(pk in found for pk in family):
            found.update(dict.fromkeys(family, edition_id))
    yield from found.items()


def _of_edition(
    edition: Edition, names: tuple[str, ...], readings: QuerySet[Reading], cited: QuerySet[CitationTarget]
) -> Iterator[Entry]:
    """Entries of some of one edition's paragraphs; ``names`` are other names of its Work, ``cited`` what they cite."""
    work = edition.work
    title = edition.title or title_of(work, edition.lang)
    facets = _work_facets(work)
    rows = list(rows_of(readings))
    sources: dict[int, list[str]] = {}
    for row in rows:
        sources.setdefault(row.paragraph_id, []).append(row.source)
    cites = _cites(cited, {work.key, work.symbol, *names})
    for view in assemble(rows):
        own = {"source": tuple(sources[view.id]), **({"cites": cites[view.id]} if view.id in cites else {})}
        entry = _entry(view, work, edition.lang, title, {**facets, **own})
        yield replace(entry, aliases=names) if names else entry


def _cites(cited: QuerySet[CitationTarget], own: set[str]) -> dict[int, tuple[str, ...]]:
    """Paragraph -> the targets of what it cites, and all that these are part of; not what it says of its own document,
    whose names are ``own``."""
    found: dict[int, dict[str, None]] = {}
    rows = cited.filter(citation__reading__shown=True).exclude(work__in=own).order_by("pk")
    for paragraph, target in rows.values_list("citation__paragraph_id", "target"):
        found.setdefault(paragraph, {}).update(dict.fromkeys(read_target(target).levels))
    return {paragraph: tuple(targets) for paragraph, targets in found.items()}


def _entry(view: ParagraphView, work: Work, lang: str, title: str, facets: dict[str, tuple[str, ...]]) -> Entry:
    labels: dict[str, list[str]] = {}
    words: list[str] = []
    for facet, _, value, _ in view.labels:
        if facet in _LABEL_FACETS:
            labels.setdefault(facet, []).append(value)
            if facet not in _CODES:
                words.append(value)
    day = work.adopted or work.distributed
    return Entry(
        id=view.id,
        work=work.key,
        symbol=work.symbol or (work.key if ":" not in work.key else ""),
        lang=lang,
        paragraph=view.key,
        number=view.number,
        title=title,
        text=view.text,
        heading=" › ".join(view.heading),
        labels=tuple(dict.fromkeys(words)),
        facets={**facets, "lang": (lang,), **{name: tuple(dict.fromkeys(values)) for name, values in labels.items()}},
        date=day.isoformat() if day else (f"{work.year:04d}" if work.year else ""),
        weight=kind_weight(work.kind),
    )


def _work_facets(work: Work) -> dict[str, tuple[str, ...]]:
    regions = dict.fromkeys(region for state in work.states if (region := _region(state)))
    facets = {
        "kind": (work.kind,),
        "body": (work.body,) if work.body else (),
        "state": tuple(work.states),
        "region": tuple(regions),
        "year": (str(work.year),) if work.year else (),
    }
    return {name: values for name, values in facets.items() if values}


@cache
def _region(state: str) -> str:
    known = resolve_state(state)
    return known.group if known else ""
