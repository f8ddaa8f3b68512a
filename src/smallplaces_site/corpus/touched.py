"""Which paragraphs the change log tells its readers to look at again.

Reads: Change, Paragraph. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from django.db.models import Max

from smallplaces_site.corpus.models import Change, Paragraph


def last_change() -> int:
    """The newest line of the change log; 0 when it is empty."""
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def pending(watermark: int) -> int:
    """About how many paragraphs the log names past this line."""
    changes = Change.objects.filter(pk__gt=watermark).values_list("paragraphs", flat=True)
    return sum(len(ids) for paragraphs in changes.iterator() for ids in paragraphs.values())


def batches(watermark: int, size: int, *, only: Container[str] | None = None) -> Iterator[tuple[set[int], int]]:
    """Paragraph ids to look at again, at least ``size`` at a time, and the line of the log up to which they bring.

    ``only``: the kinds of change that concern the reader; none given: all.
    """
    ids: set[int] = set()
    last = watermark
    for change in Change.objects.filter(pk__gt=watermark).order_by("pk").iterator(chunk_size=500):
        if only is None or change.what in only:
            ids.update(touched(change))
        last = change.pk
        if len(ids) >= size:
            yield ids, last
            ids = set()
    if last > watermark:
        yield ids, last


def touched(change: Change) -> Iterator[int]:
    """Every paragraph that a change may concern: those it names, or all of a Work whose facts changed."""
    for found in change.paragraphs.values():
        yield from found
    yield from change.detail.get("paragraphs", ())
    if change.what in (Change.What.WORK, Change.What.MERGED) and change.work_id is not None:
        yield from Paragraph.objects.filter(edition__work_id=change.work_id).values_list("pk", flat=True)
