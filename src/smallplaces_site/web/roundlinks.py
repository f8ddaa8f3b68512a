"""What a round is about, as links: a recommendation or an article by its name, and how it begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smallplaces_site.rounds.links import linked
from smallplaces_site.web import cited


@dataclass(frozen=True, slots=True)
class RoundLink:
    """``typed``: as it was cited; ``address`` is empty where this copy does not hold it."""

    typed: str
    label: str
    address: str
    preview: str
    lang: str


def links_of(typed: Iterable[str], lang: str) -> list[RoundLink]:
    """Each of these as a link."""
    return [
        RoundLink(one, cited.label(target), cited.address(target), target.preview, target.lang)
        for one, target in linked(typed, lang).items()
    ]
