"""The change log: one log, four readers (index, alerts, feeds, mirrors).

Lines are gathered while a batch is saved and written with it, in the same transaction: what is not in the log did
not happen, and what is in the log did.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils import timezone

from smallplaces_site.corpus.models import Change, Edition, Run, Work


class Log:
    """Gathers the changes of one batch; :meth:`write` appends them."""

    def __init__(self, run: Run | None) -> None:
        self._run = run
        self._editions: dict[int, tuple[Edition, Work, dict[str, list[int]]]] = {}
        self._others: list[Change] = []

    def paragraph(self, edition: Edition, work: Work, what: str, paragraph_id: int) -> None:
        """Note that a paragraph was ``added``, ``changed`` or ``withdrawn``."""
        entry = self._editions.setdefault(edition.pk, (edition, work, defaultdict(list)))
        entry[2][what].append(paragraph_id)

    def add(self, what: Change.What, *, work: Work | None = None, detail: dict[str, Any] | None = None) -> None:
        """Note any other change."""
        self._others.append(
            Change(
                at=timezone.now(),
                what=what,
                run=self._run,
                work=work,
                work_key=work.key if work else "",
                detail=detail or {},
            )
        )

    def write(self) -> None:
        """Append everything gathered and start afresh. Call inside the transaction that made the changes."""
        now = timezone.now()
        lines = self._others + [
            Change(
                at=now,
                what=Change.What.EDITION,
                run=self._run,
                work=work,
                work_key=work.key,
                edition=edition,
                lang=edition.lang,
                paragraphs=dict(paragraphs),
            )
            for edition, work, paragraphs in self._editions.values()
        ]
        Change.objects.bulk_create(lines)
        self.clear()

    def clear(self) -> None:
        """Forget what was gathered: its batch was written, or rolled back."""
        self._editions.clear()
        self._others.clear()
