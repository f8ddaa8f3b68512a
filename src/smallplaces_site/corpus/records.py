"""Treaty actions and places become rows: the same record again changes nothing, a changed one is a new version.

Reads: core records. Writes: StatusAction, PlaceRecord and, in the same transaction, the change log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from smallplaces.model.place import Place
from smallplaces.model.status import TreatyAction
from smallplaces_site.corpus.log import Log
from smallplaces_site.corpus.models import Change, PlaceRecord, Run, StatusAction
from smallplaces_site.corpus.recognise import digest_of
from smallplaces_site.corpus.seen import Seen
from smallplaces_site.corpus.store import Tally


class Records:
    """Saves the treaty actions and places of one run."""

    def __init__(self, run: Run, tally: Tally) -> None:
        self.run = run
        self.tally = tally
        self.log = Log(run)
        self._seen = {StatusAction: Seen(), PlaceRecord: Seen()}

    def save_actions(self, actions: Sequence[TreatyAction]) -> None:
        """Save a batch of treaty actions in one transaction."""
        rows = [self._action(action) for action in actions]
        touched = self._save(StatusAction, "identity", rows)
        states = sorted({row.state for row in touched if isinstance(row, StatusAction)})
        self._finish(Change.What.STATUS, states)

    def save_places(self, places: Sequence[Place]) -> None:
        """Save a batch of places in one transaction."""
        rows = [self._place(place) for place in places]
        touched = self._save(PlaceRecord, "code", rows)
        self._finish(Change.What.PLACES, sorted({row.state for row in touched if isinstance(row, PlaceRecord)}))

    def complete(self) -> None:
        """The source has delivered everything: what it did not deliver now is no longer current."""
        for model, seen in self._seen.items():
            held = model._default_manager.filter(source=self.run.source, current=True)
            missing = [pk for pk in held.values_list("pk", flat=True) if pk not in seen]
            for start in range(0, len(missing), 500):
                model._default_manager.filter(pk__in=missing[start : start + 500]).update(current=False)
            self.tally.withdrawn += len(missing)

    def _finish(self, what: Change.What, states: list[str]) -> None:
        if states:
            with transaction.atomic():
                self.log.add(what, detail={"states": states})
                self.log.write()

    def _save(
        self, model: type[StatusAction | PlaceRecord], name: str, rows: Sequence[StatusAction | PlaceRecord]
    ) -> list[models.Model]:
        unique = {getattr(row, name): row for row in rows}  # a record given twice is one record
        with transaction.atomic():
            held = {
                getattr(row, name): row
                for row in model._default_manager.filter(
                    source=self.run.source, current=True, **{f"{name}__in": list(unique)}
                )
            }
            fresh = []
            for identity, row in unique.items():
                known = held.get(identity)
                if known is not None and known.digest == row.digest:
                    self.tally.unchanged += 1
                    self._seen[model].add(known.pk)
                    continue
                if known is not None:
                    row.version = known.version + 1
                    model._default_manager.filter(pk=known.pk).update(current=False)
                self.tally.new += known is None
                self.tally.changed += known is not None
                fresh.append(row)
            model._default_manager.bulk_create(fresh)  # type: ignore[arg-type]  # all rows are of this model
        for row in fresh:
            self._seen[model].add(row.pk)
        return list(fresh)

    def _action(self, action: TreatyAction) -> StatusAction:
        name = action.record or [action.treaty, action.state, str(action.kind), action.date, action.text]
        values: dict[str, Any] = {
            "treaty": action.treaty,
            "state": action.state,
            "kind": str(action.kind),
            "date": action.date,
            "text": action.text,
            "articles": list(action.articles),
            "as_of": action.as_of,
        }
        return StatusAction(
            source=self.run.source, identity=digest_of(name), digest=digest_of(values), run=self.run, **values
        )

    def _place(self, place: Place) -> PlaceRecord:
        values: dict[str, Any] = {
            "state": place.state,
            "level": place.level,
            "kind": place.kind,
            "names": dict(place.names),
            "parent": place.parent,
            "valid_from": place.valid_from,
            "valid_to": place.valid_to,
            "as_of": place.as_of,
        }
        return PlaceRecord(source=self.run.source, code=place.code, digest=digest_of(values), run=self.run, **values)
