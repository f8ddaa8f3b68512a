"""The shape in which the command line and the interface give doors: plain values, names in one language."""

from __future__ import annotations

from typing import Any

from smallplaces.model.language import in_language
from smallplaces.vocab.steps import Limit, Step
from smallplaces_site.doors.read import Board, EventView, Way

_PARTS = ("now", "soon", "later", "through", "month")


def board_shape(board: Board, lang: str) -> dict[str, Any]:
    """Everything on a board."""
    parts = {name: [way_shape(way, lang) for way in getattr(board, name)] for name in _PARTS}
    return {"state": board.state, "actor": board.actor, "on": board.on.isoformat(), **parts}


def way_shape(way: Way, lang: str) -> dict[str, Any]:
    """A step, how the actor comes in, and its next event."""
    return {
        "step": way.step.id,
        "name": way.step.name(lang),
        "how": way.access.how,
        "through": list(way.access.through),
        "local": in_language(way.step.local, lang),
        "basis": list(way.step.basis),
        "sources": [f"{one.title} ({one.date})" for one in way.step.sources],
        "confidence": way.step.confidence,
        "verify": way.step.verify,
        "event": event_shape(way.event) if way.event else None,
    }


def event_shape(event: EventView) -> dict[str, Any]:
    """One event in the version that holds."""
    return {
        "key": event.key,
        "state": event.state,
        "step": event.step_id,
        "occasion": event.occasion,
        "first": event.first,
        "last": event.last,
        "standing": event.standing,
        "note": event.note,
        "source": event.source,
        "address": event.address,
        "rule": event.rule,
        "confidence": event.confidence,
        "margin_days": event.margin,
        "version": event.version,
        "method": event.method,
        "evidence": event.evidence,
    }


def step_shape(step: Step, lang: str) -> dict[str, Any]:
    """One step with everything that is known of it."""
    return {
        "id": step.id,
        "procedure": step.procedure,
        "body": step.body,
        "kind": step.kind,
        "name": step.name(lang),
        "plain": in_language(step.plain, lang),
        "who": {actor: {"how": access.how, "through": list(access.through)} for actor, access in step.who.items()},
        "local": in_language(step.local, lang),
        "form": in_language(step.form, lang),
        "when": in_language(step.when, lang),
        "portal": in_language(step.portal, lang),
        "address": step.address,
        "limits": [_limit(one, lang) for one in step.limits],
        "languages": list(step.languages),
        "outline": list(step.headings(lang)),
        "zone": step.zone,
        "hour": step.hour,
        "basis": list(step.basis),
        "sources": [{"title": one.title, "date": one.date, "address": one.address} for one in step.sources],
        "confidence": step.confidence,
        "verify": step.verify,
    }


def _limit(limit: Limit, lang: str) -> dict[str, Any]:
    return {
        "unit": limit.unit,
        "number": limit.number,
        "whose": limit.whose,
        "from": limit.valid_from,
        "to": limit.valid_to,
        "counted": in_language(limit.counted, lang),
        "source": limit.source.title,
        "confidence": limit.confidence,
    }
