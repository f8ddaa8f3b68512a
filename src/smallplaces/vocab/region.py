"""Regions: UN regional groups and the regions of M49.

Reads ``regions.yml``. A group and a region may share a name ("Eastern Europe"), so each kind has its own resolver.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from smallplaces.model.state import Region, RegionKind
from smallplaces.vocab.index import Index, spellings
from smallplaces.vocab.load import Entry, entries


@cache
def regions() -> Mapping[str, Region]:
    """Every group and region by code ("WEOG", "142")."""
    return MappingProxyType({entry.code: _region(entry) for entry in entries("regions.yml")})


def groups() -> tuple[Region, ...]:
    """The five UN regional groups."""
    return tuple(region for region in regions().values() if region.kind is RegionKind.UN_GROUP)


def resolve_group(text: str) -> Region | None:
    """The UN regional group of a name or code ("Western Europe & Others", "GRULAC", "동유럽 그룹"), or None."""
    return _index(True).find(text)


def resolve_region(text: str) -> Region | None:
    """The M49 region or subregion of a name or number ("South-eastern Asia", "035"), or None."""
    return _index(False).find(text)


def _region(entry: Entry) -> Region:
    region = Region(
        code=entry.code,
        kind=RegionKind(entry.text("kind")),
        parent=entry.text("parent", ""),
        names=entry.names("names"),
        aliases=entry.aliases(),
    )
    entry.close()
    return region


@cache
def _index(of_groups: bool) -> Index[Region]:
    chosen = [region for region in regions().values() if (region.kind is RegionKind.UN_GROUP) == of_groups]
    spelled = ((region, {region.code} | spellings(region.names, aliases=region.aliases)) for region in chosen)
    return Index("regions.yml", spelled)
