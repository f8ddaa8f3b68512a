"""What kinds of place are called, and in which order a State's own officials list its places."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from smallplaces.vocab.load import DATA


@cache
def _read(name: str) -> dict[str, dict[str, Any]]:
    with (DATA / name).open(encoding="utf-8") as stream:
        loaded: dict[str, dict[str, Any]] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return loaded


def place_kind(kind: str, lang: str, state: str = "") -> str:
    """What a kind of place is called in ``lang``; empty when the catalogue does not have the kind.

    A State's own word for it goes first (Korea's counties are 군, no other's are).
    """
    names = _read("place_kinds.yml").get(kind, {})
    own = names.get("own", {}).get(state, {})
    return str(own.get(lang) or names.get(lang) or "")


def place_order(state: str, lang: str) -> tuple[str, ...]:
    """Codes of a State's highest places as its officials list them; empty when ``lang`` is not their language."""
    order = _read("place_order.yml").get(state, {})
    return tuple(order["places"]) if order.get("lang") == lang else ()
