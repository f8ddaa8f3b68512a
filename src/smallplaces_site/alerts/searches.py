"""Saved searches: kept once, filed under keys, and found again by what new paragraphs hold.

Reads and writes: Search, SearchKey, Concept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from django.db import transaction

from smallplaces.search.engine import Engine
from smallplaces.search.percolate import VERSION, Formula, Held, Saved, needed
from smallplaces.search.prepare import Prepared
from smallplaces.vocab.load import DATA
from smallplaces_site.alerts.asked import digest_of
from smallplaces_site.alerts.models import Concept, Search, SearchKey
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.read.targets import spellings

_CHUNK = 500
_KEY = 200


@cache
def version() -> str:
    """Of the method and of the words it knows: formulas made by another one are made anew."""
    digest = hashlib.sha256()
    for path in (*sorted((DATA / "terms").glob("*.yml")), DATA / "labels.yml"):
        digest.update(path.read_bytes())
    return f"{VERSION}-{digest.hexdigest()[:12]}"


def keep(searches: Iterable[Saved]) -> dict[str, int]:
    """The rows of searches, by :func:`digest_of`; made where there are none."""
    wanted = {digest_of(search): search for search in searches}
    found = _rows(wanted)
    new = {digest: search for digest, search in wanted.items() if digest not in found}
    with transaction.atomic():
        _file({digest: _row(digest, search) for digest, search in new.items()}, new)
    return found | _rows(new)


def refile() -> int:
    """Make the formulas anew that another version made; how many."""
    old = {row.digest: row for row in Search.objects.exclude(version=version())}
    if not old:
        return 0
    with transaction.atomic():
        searches = {digest: _saved(row) for digest, row in old.items()}
        SearchKey.objects.filter(search__in=[row.pk for row in old.values()]).delete()
        _file(old, searches)
    return len(old)


def answered_by(prepared: list[Prepared]) -> dict[int, set[int]]:
    """The searches that some of these paragraphs answer: id of the search -> ids of the paragraphs."""
    held = Held(prepared, dict(Concept.objects.values_list("name", "formula")))
    ids = [one.entry.id for one in prepared]
    passing: Engine | None = None
    found: dict[int, set[int]] = {}
    for pk, formula, exact in _filed_under(held.by_key):
        where = held.where(formula)
        if not where:
            continue
        answers = {ids[bit] for bit in _bits(where)}
        if not exact:
            passing = passing or _passing(prepared)
            search = _saved(Search.objects.get(pk=pk))
            matching = passing.matching(
                search.text, filters=search.filters, across=search.across, without=search.without
            )
            answers &= set(matching)
        if answers:
            found[pk] = answers
    return found


def _passing(prepared: list[Prepared]) -> Engine:
    from smallplaces.search.backends.tantivy.passing import PassingBackend  # noqa: PLC0415 (only when needed)

    return Engine(backend=PassingBackend(prepared, engine().backend), cited=spellings)


def _rows(digests: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    source = iter(digests)
    while chunk := list(islice(source, _CHUNK)):
        found.update(Search.objects.filter(digest__in=chunk).values_list("digest", "pk"))
    return found


def _row(digest: str, search: Saved) -> Search:
    filters = {name: list(values) for name, values in search.filters.items()}
    return Search(digest=digest, text=search.text, filters=filters, across=search.across, without=list(search.without))


def _saved(row: Search) -> Saved:
    return Saved(row.text, row.filters, row.across, tuple(row.without))


def _file(rows: Mapping[str, Search], searches: Mapping[str, Saved]) -> None:
    """Write rows, new ones and old ones, with their formulas, and file them under their keys."""
    concepts: dict[str, Formula] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for digest, row in rows.items():
        need = needed(searches[digest])
        row.formula, row.exact, row.version = need.formula, need.exact, version()
        concepts |= need.concepts
        keys[digest] = tuple(dict.fromkeys(key[:_KEY] for key in need.keys))
    Concept.objects.bulk_create(
        [Concept(name=name, formula=formula) for name, formula in concepts.items()],
        ignore_conflicts=True,
        batch_size=_CHUNK,
    )
    new = [row for row in rows.values() if row.pk is None]
    old = [row for row in rows.values() if row.pk is not None]
    Search.objects.bulk_create(new, ignore_conflicts=True, batch_size=_CHUNK)
    Search.objects.bulk_update(old, ["formula", "exact", "version"], batch_size=_CHUNK)
    ids = _rows(rows)
    SearchKey.objects.bulk_create(
        [SearchKey(search_id=ids[digest], key=key) for digest, some in keys.items() for key in some],
        batch_size=_CHUNK,
    )


def _filed_under(keys: Iterable[str]) -> Iterator[tuple[int, Formula, bool]]:
    """(id, formula, whether it is exact) of searches filed under any of these keys, each once."""
    seen: set[int] = set()
    source = (key[:_KEY] for key in keys)
    while chunk := list(islice(source, _CHUNK)):
        seen.update(SearchKey.objects.filter(key__in=chunk).values_list("search_id", flat=True))
    wanted = iter(sorted(seen))
    while some := list(islice(wanted, _CHUNK)):
        yield from Search.objects.filter(pk__in=some).values_list("pk", "formula", "exact")


def _bits(number: int) -> Iterator[int]:
    while number:
        bit = number & -number
        yield bit.bit_length() - 1
        number ^= bit
