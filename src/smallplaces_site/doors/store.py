"""How events and their versions become rows. Called by actions alone, inside their transactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from smallplaces_site.doors.models import Event, EventVersion

#: The method of a version that a person wrote: no machine follows it with another.
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be kept of an event: when it is, and who or what says so. See :class:`EventVersion`."""

    state: str
    step: str
    occasion: str
    first: str
    last: str
    standing: str
    source: str
    confidence: float
    method: str
    address: str = ""
    rule: str = ""
    note: str = ""
    margin: int = 0
    by: str = ""
    why: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The public name of the event."""
        return f"{self.state}:{self.step}:{self.occasion}"


#: What makes another version: everything else is how it was found.
_TELLING = ("first", "last", "standing", "note", "source", "address")


def current(key: str) -> EventVersion | None:
    """The version that holds of an event, if there is such an event."""
    return EventVersion.objects.filter(event__key=key, current=True).select_related("event").first()


def keep(said: Said) -> EventVersion | None:
    """Append a version if it says something new; nothing when it does not.

    A machine's word never follows a person's: what a person said stays until a person says otherwise.
    """
    held = current(said.key)
    if held is not None:
        same = all(getattr(held, name) == getattr(said, name) for name in _TELLING)
        if same or (held.method == PERSON and said.method != PERSON):
            return None
    event = held.event if held else Event(key=said.key, state=said.state, step=said.step, occasion=said.occasion)
    if held is None:
        event.save()
    else:
        held.current = False
        held.save(update_fields=["current"])
    return EventVersion.objects.create(
        event=event,
        number=held.number + 1 if held else 1,
        at=timezone.now(),
        **{name: getattr(said, name) for name in (*_TELLING, *_HOW)},
    )


_HOW = ("rule", "evidence", "confidence", "margin", "method", "by", "why")
