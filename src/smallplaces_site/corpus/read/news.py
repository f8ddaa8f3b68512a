"""What is new: the version of the data, and the documents that changed last. Reads: the change log."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from smallplaces_site.corpus.models import Change, Work
from smallplaces_site.corpus.read.documents import WorkView, views

P = ParamSpec("P")
T = TypeVar("T")

_REMEMBERED = 64
_LOOKED_AT = 400  # lines of the log in which the newest documents are sought


@dataclass(frozen=True, slots=True)
class DataVersion:
    """The state of the store: the last line of the change log and when it was written."""

    cursor: int = 0
    at: datetime | None = None

    def __str__(self) -> str:
        """As exports and pages print it: "1234 (2026-11-23)", "0" for an empty store."""
        return f"{self.cursor} ({self.at:%Y-%m-%d})" if self.at else str(self.cursor)

    @property
    def tag(self) -> str:
        """A short name for entity tags: changes whenever the data does."""
        return f"{self.cursor}-{int(self.at.timestamp() * 1000):x}" if self.at else "0"


@dataclass(frozen=True, slots=True)
class News:
    """A document that came in or changed, and when."""

    work: WorkView
    at: datetime
    source: str
    added: int
    changed: int


def data_version() -> DataVersion:
    """The version of the data as it is now."""
    last = Change.objects.order_by("-id").values_list("id", "at").first()
    return DataVersion(last[0], last[1].astimezone(UTC)) if last else DataVersion()


def remembering(
    answers: int, version: Callable[[], DataVersion] = data_version
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember the last ``answers`` of a read until the data changes. Its arguments must be plain, hashable values.

    ``version``: the version of what it reads, where that changes less often than the data as a whole.
    """

    def remember(read: Callable[P, T]) -> Callable[P, T]:
        known: OrderedDict[object, T] = OrderedDict()
        lock = Lock()

        @wraps(read)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (version(), args, tuple(sorted(kwargs.items())))
            with lock:
                if key in known:
                    known.move_to_end(key)
                    return known[key]
            answer = read(*args, **kwargs)
            with lock:
                known[key] = answer
                while len(known) > answers:
                    known.popitem(last=False)
            return answer

        return remembered

    return remember


def by_version(read: Callable[P, T]) -> Callable[P, T]:
    """Remember the answers of a read that are small. Those that may hold thousands of texts ask for fewer."""
    return remembering(_REMEMBERED)(read)


@by_version
def latest(limit: int = 8) -> tuple[News, ...]:
    """The documents that came in or changed last, newest first, each once."""
    lines = Change.objects.filter(what=Change.What.EDITION, work__isnull=False).select_related("run").order_by("-id")
    newest: dict[int, Change] = {}
    for line in lines[:_LOOKED_AT]:
        if line.work_id is not None:
            newest.setdefault(line.work_id, line)
        if len(newest) == limit:
            break
    works = {view.id: view for view in views(list(Work.objects.filter(pk__in=newest)))}
    return tuple(
        News(
            work=works[pk],
            at=line.at,
            source=line.run.source if line.run else "",
            added=len(line.paragraphs.get("added", ())),
            changed=len(line.paragraphs.get("changed", ())),
        )
        for pk, line in newest.items()
        if pk in works
    )
