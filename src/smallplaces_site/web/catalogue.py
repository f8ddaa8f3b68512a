"""The catalogue as pages show it: treaties and bodies in their order, with names, whatever the store holds."""

from __future__ import annotations

from functools import cache

from smallplaces.model.body import Body
from smallplaces.model.instrument import Treaty
from smallplaces.vocab import bodies, treaties


@cache
def _order() -> dict[str, int]:
    return {code: rank for rank, code in enumerate(treaties())}


def treaty_order(code: str) -> tuple[int, str]:
    """Sorts treaty codes as the catalogue does: the core ones first, each with its protocols."""
    return (_order().get(code, len(_order())), code)


def treaty(code: str) -> Treaty | None:
    """The treaty of exactly that code."""
    return treaties().get(code)


def treaty_name(code: str, lang: str) -> str:
    """The treaty's title in ``lang``; the code when the catalogue does not have it."""
    known = treaty(code)
    return known.name(lang) if known else code


def treaty_short(code: str, lang: str) -> str:
    """What people call the treaty; the code when the catalogue does not have it."""
    known = treaty(code)
    return known.short_name(lang) if known else code


def body(code: str) -> Body | None:
    """The body of exactly that code."""
    return bodies().get(code)
