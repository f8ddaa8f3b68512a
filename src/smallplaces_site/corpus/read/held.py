"""What of a publisher's documents the store holds: by symbol, by language, by bytes."""

from __future__ import annotations

from smallplaces_site.corpus.models import Edition, Reading, WorkKey


def symbols_of(state: str, body: str) -> list[str]:
    """Every name of the Works of that body about that State."""
    names = WorkKey.objects.filter(work__body=body, work__concerned__state=state)
    return list(names.values_list("key", flat=True))


def languages_of(symbol: str) -> set[str]:
    """The languages in which a document is here as a whole."""
    editions = Edition.objects.filter(work__keys__key=symbol).exclude(whole="")
    return set(editions.values_list("lang", flat=True))


def is_read(source: str, sha256: str, symbol: str = "") -> bool:
    """Whether what these bytes say (of that document, if one is named) is what the store holds from the source now."""
    readings = Reading.objects.filter(source=source, raw__sha256=sha256, current=True)
    if symbol:
        readings = readings.filter(paragraph__edition__work__keys__key=symbol)
    return readings.exists()
