"""From the store to the index: the entries of paragraphs, each with its document's facts and everybody's labels.

Reads: Reading, Paragraph, Edition, Work. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from smallplaces.search.schema import FACETS, Entry
from smallplaces.vocab import resolve_state
from smallplaces.vocab.kinds import kind_weight
from smallplaces_site.corpus.models import Paragraph, Reading, Work
from smallplaces_site.corpus.read.documents import ParagraphView, assemble
from smallplaces_site.corpus.titles import title_of

#: Label facets that a reader can filter by; their words are searched as labels too, except the codes among them.
_LABEL_FACETS = frozenset(FACETS) - {"kind", "body", "state", "region", "year", "lang", "source"}
_CODES = frozenset({"position", "recommending", "cites"})
_CHUNK = 500


def entries(paragraph_ids: Iterable[int]) -> Iterator[Entry]:
    """An entry for each of these paragraphs that is shown; withdrawn ones and mere excerpts have none."""
    ids = sorted(set(paragraph_ids))
    for start in range(0, len(ids), _CHUNK):
        yield from _entries(_with_excerpts(ids[start : start + _CHUNK]))


def all_entries() -> Iterator[Entry]:
    """An entry for everything shown, edition by edition, in flat memory."""
    rows = (
        Reading.objects.filter(current=True)
        .select_related("paragraph__edition__work")
        .order_by("paragraph__edition_id", "paragraph__position", "paragraph_id")
        .defer("digest", "facts", "record")
    )
    for _, group in groupby(rows.iterator(chunk_size=2000), key=lambda row: row.paragraph.edition_id):
        yield from _from_rows(list(group))


def shown_ids() -> set[int]:
    """Ids of all paragraphs that the index should hold, by the same rule as :func:`entries`."""
    rows = Reading.objects.filter(shown=True).values_list(
        "paragraph_id", "paragraph__key", "source", "paragraph__edition__whole"
    )
    return {
        pk
        for pk, key, source, whole in rows.iterator(chunk_size=5000)
        if not ("~" in key and whole and source != whole)
    }


def _with_excerpts(ids: list[int]) -> list[int]:
    """The paragraphs and those whose labels stand with them ("15" and "15~2")."""
    tilde = Paragraph.objects.filter(pk__in=ids, key__contains="~").values_list("edition_id", "key")
    bases = {(edition, key.partition("~")[0]) for edition, key in tilde}
    found = set(ids)
    for edition, base in bases:
        found.update(Paragraph.objects.filter(edition_id=edition, key=base).values_list("pk", flat=True))
    plain = Paragraph.objects.filter(pk__in=found).values_list("edition_id", "key")
    editions = {edition for edition, _ in plain}
    wanted = set(plain)
    extra = Paragraph.objects.filter(edition_id__in=editions, key__contains="~").values_list("pk", "edition_id", "key")
    found.update(pk for pk, edition, key in extra if (edition, key.partition("~")[0]) in wanted)
    return sorted(found)


def _entries(ids: list[int]) -> Iterator[Entry]:
    rows = (
        Reading.objects.filter(paragraph_id__in=ids, current=True)
        .select_related("paragraph__edition__work")
        .order_by("paragraph__edition_id", "paragraph__position", "paragraph_id")
    )
    for _, group in groupby(rows, key=lambda row: row.paragraph.edition_id):
        yield from _from_rows(list(group))


def _from_rows(rows: list[Reading]) -> Iterator[Entry]:
    """Entries of one edition's current readings."""
    edition = rows[0].paragraph.edition
    work = edition.work
    title = edition.title or title_of(work, edition.lang)
    facts = _work_facets(work)
    sources: dict[int, list[str]] = {}
    for row in rows:
        sources.setdefault(row.paragraph_id, []).append(row.source)
    for view in assemble(rows):
        yield _entry(view, work, edition.lang, title, {**facts, "source": tuple(sources[view.id])})


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
