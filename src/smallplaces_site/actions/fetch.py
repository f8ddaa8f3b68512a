"""Fetch documents and exports from their public addresses, or from a mirror, and import what is new.

Reads: the network or a mirror. Writes: the folder of fetched files, then everything an import writes. Fetching needs no
lock of the store; importing does. One document that fails stops no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from smallplaces.archive import Archive
from smallplaces.errors import BadFile, NotFound, Unreachable
from smallplaces.model import symbol as symbols
from smallplaces.parse.safely import parse_safely
from smallplaces.sources import fetch as fetching
from smallplaces.sources import registry
from smallplaces.sources.base import Source
from smallplaces.sources.exchange import Manners
from smallplaces.sources.http import Client
from smallplaces.sources.mirror import Mirror
from smallplaces.sources.un_documents.source import name_of
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.import_source import Outcome, Progress, import_source, interrupted
from smallplaces_site.actions.index_changes import Indexed
from smallplaces_site.actions.lock import writing
from smallplaces_site.corpus.models import RawFile
from smallplaces_site.corpus.read import held

DOCUMENTS = "un_documents"
FOLDER = "fetched"  # below the home folder; has the shape of a mirror


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to fetch: a source's document by canonical symbol, or (without one) its export; in one language."""

    source: str
    lang: str
    symbol: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.symbol or self.source


@dataclass(slots=True)
class Got:
    """What became of one target. ``status``: new, changed, unchanged, not-published, absent or refused."""

    target: str
    lang: str
    status: str
    address: str = ""
    at: str = ""
    size: int = 0
    sha256: str = ""
    message: str = ""


@dataclass(slots=True)
class FetchResult:
    """Everything one fetch did."""

    got: list[Got] = field(default_factory=list)
    imported: list[Outcome] = field(default_factory=list)
    indexed: Indexed | None = None

    @property
    def clean(self) -> bool:
        """Whether everything that was asked for is here."""
        here = all(each.status in ("new", "changed", "unchanged") for each in self.got)
        return here and all(outcome.outcome == "done" for outcome in self.imported)


def targets(words: Sequence[str], langs: Sequence[str]) -> list[Target]:
    """What a person asks for: names of sources and symbols in any spelling, in each of the languages (default: en).

    Raises :class:`BadFile` for what is neither, and says what can be fetched.
    """
    result = []
    for word in words:
        source = next((each for each in registry.all() if each.description.name == word.lower()), None)
        if source is not None and source.description.fetch and source.description.name != DOCUMENTS:
            whole = fetching.ANY in fetching.languages(source)
            result += [Target(word.lower(), lang) for lang in ([fetching.ANY] if whole else langs or ["en"])]
            continue
        canonical = symbols.normalise(word)
        if canonical is None:
            known = ", ".join(each.description.name for each in registry.all() if each.description.fetch)
            raise BadFile(
                f"{word!r} is neither a symbol (CRPD/C/KOR/CO/2-3) nor a source that can be fetched ({known})"
            )
        result += [Target(DOCUMENTS, lang, canonical) for lang in langs or ["en"]]
    return list(dict.fromkeys(result))


@contextmanager
def client(mirror: Mirror | None = None, manners: Manners | None = None) -> Iterator[Client]:
    """The polite reader over this store's folder of fetched files. It says whose it is, if the site has an address."""
    contact = settings.SETTINGS["SMALLPLACES_URL"]
    with Client(Path(settings.HOME) / FOLDER, mirror=mirror, manners=manners, contact=contact) as web:
        yield web


def fetch(
    wanted: Sequence[Target],
    web: Client,
    *,
    again: bool = False,
    index: bool = True,
    progress: Progress = lambda what, done, total: None,
) -> FetchResult:
    """Fetch each target, then import what is new and bring the index up to date.

    Raises :class:`~smallplaces.errors.Locked` when another process writes (what was fetched is kept and not fetched
    again), :class:`~smallplaces.errors.NoRoom` when the disk is full.
    """
    result = FetchResult()
    fresh: dict[str, list[tuple[fetching.Delivery, str]]] = {}
    for target in wanted:
        source = registry.get(target.source)
        got, delivery = _one(target, source, web, progress)
        result.got.append(got)
        if delivery is None or (not again and held.is_read(target.source, delivery.fetched.sha256, target.symbol)):
            continue
        fresh.setdefault(target.source, []).append((delivery, _name(target, delivery)))
    if fresh:
        with writing("fetch"):
            for _ in interrupted():
                pass  # marked as such; the sources' own next import completes them
            for name, files in fresh.items():
                result.imported.append(_import(registry.get(name), files, again=again, progress=progress))
            result.indexed = catch_up(progress, index=index).indexed
    return result


def _one(target: Target, source: Source, web: Client, progress: Progress) -> tuple[Got, fetching.Delivery | None]:
    def tell(done: int, total: int | None) -> None:
        progress(f"{target.name} {target.lang}", done, total)

    got = Got(target.name, target.lang, "refused")
    try:
        delivery = fetching.fetch(web, source, target.lang, target.symbol, tell)
        if target.symbol and not held.is_read(target.source, delivery.fetched.sha256, target.symbol):
            _is_it(delivery.fetched.path, target)
    except fetching.NotPublished as error:
        got.status, got.message = "not-published", error.message
        return got, None
    except NotFound as error:
        got.status, got.message = "absent", error.message
        return got, None
    except (BadFile, Unreachable) as error:
        got.message = str(error)
        return got, None
    fetched = delivery.fetched
    got.address, got.at, got.size, got.sha256 = fetched.address, fetched.at.isoformat(), fetched.size, fetched.sha256
    known = RawFile.objects.filter(sha256=fetched.sha256).exists()
    got.status = "unchanged" if known and not fetched.changed else "changed" if fetched.replaced else "new"
    return got, delivery


def _is_it(path: Path, target: Target) -> None:
    """Raises :class:`BadFile` when a file says of itself that it is another document, or in another language."""
    document = parse_safely(path, hints={})
    printed = symbols.normalise(document.cover.symbol) if document.cover.symbol else None
    if printed and not (printed.startswith(target.symbol) or target.symbol.startswith(printed)):
        raise BadFile(f"the server sent {printed} instead", where=target.symbol)
    if len(document.paragraphs) >= 5 and document.lang and document.lang != target.lang:
        raise BadFile(f"the server sent the version in {document.lang} instead of {target.lang}", where=target.symbol)


def _name(target: Target, delivery: fetching.Delivery) -> str:
    """The name under which a source recognises the file."""
    if target.symbol:
        return name_of(target.symbol, target.lang, delivery.suffix)
    return f"{target.source}/{delivery.fetched.path.name}"


def _import(
    source: Source, files: Sequence[tuple[fetching.Delivery, str]], *, again: bool, progress: Progress
) -> Outcome:
    """Archive the files with the address and the time at which they were fetched, then import them."""
    archive = Archive(Path(settings.HOME) / "archive")
    for delivery, name in files:
        fetched = delivery.fetched
        archive.put(fetched.path, fetched.sha256)
        raw, made = RawFile.objects.get_or_create(
            sha256=fetched.sha256,
            defaults={"name": name, "address": fetched.address, "size": fetched.size, "received": fetched.at},
        )
        if not made and raw.address in ("", source.description.address):
            raw.address = fetched.address
            raw.save(update_fields=["address"])
    given = [(delivery.fetched.path, name) for delivery, name in files]
    return import_source(source, given, progress=progress, again=again)


__all__ = ["FetchResult", "Got", "Target", "client", "fetch", "targets"]
