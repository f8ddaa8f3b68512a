"""What is fetched from where: a document by symbol and language, or a publisher's export.

The addresses are data (``fetch`` in each ``source.yml``); this module fills their gaps, reads pages that only link to
the file, and goes from one address to the next until one has what is wanted.
Reads: the network or a mirror, through :mod:`smallplaces.sources.http`. Writes: the folder of fetched files.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from smallplaces.errors import BadFile, NotFound, Unreachable, UserError
from smallplaces.sources.base import Address, Source
from smallplaces.sources.http import Client, Fetched, Progress, Wanted

ANY = "*"  # an address that brings all languages at once
_PAGE_LIMIT = 8_000_000
_MEGABYTE = 1_000_000
_SUFFIX = {"zip": "docx"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One fetched file, the language it was asked in and the address that had it."""

    fetched: Fetched
    lang: str
    title: str  # of the address
    suffix: str  # of the file's name: pdf, docx, json…


class NotPublished(NotFound):
    """The publisher has no version in that language, and is not asked for one."""


def languages(source: Source) -> tuple[str, ...]:
    """The languages in which a source can be fetched; :data:`ANY` when all come at once."""
    return tuple(dict.fromkeys(lang for address in source.description.fetch for lang in address.languages))


def fetch(
    client: Client, source: Source, lang: str, symbol: str = "", progress: Progress = lambda done, total: None
) -> Delivery:
    """Fetch what a source publishes in ``lang``: the document of that symbol, or everything.

    Raises :class:`NotPublished` when the publisher does not publish in that language, :class:`NotFound` when no address
    has it, :class:`BadFile` or :class:`Unreachable` when an address failed; the message says what each of them said.
    """
    known = [address for address in source.description.fetch if lang in address.languages or ANY in address.languages]
    if not known:
        raise NotPublished(_unpublished(source, lang), where=f"{symbol} {lang}".strip())
    fitting = [address for address in known if not address.symbols or symbol.startswith(address.symbols)]
    said: list[tuple[str, UserError]] = []
    for address in fitting:
        try:
            fetched = _from(client, address, lang, symbol, progress)
        except (NotFound, BadFile, Unreachable) as error:
            said.append((address.title, error))
            continue
        suffix = _SUFFIX.get(fetched.kind, fetched.kind) if symbol else fetched.kind
        return Delivery(fetched, lang, address.title, suffix)
    raise _summed_up(said, symbol or source.description.name)


def _unpublished(source: Source, lang: str) -> str:
    offered = ", ".join(languages(source))
    message = f"the publisher has no version in {lang}; it publishes in {offered}"
    if lang == "ko":
        message += (
            ". Korean is no language of the United Nations: a translation comes from the State or the national "
            "institution, and is loaded as a collection (docs/guide/collection.md)"
        )
    return message


def _summed_up(said: Sequence[tuple[str, UserError]], what: str) -> UserError:
    """One error for all addresses: of the gravest kind, with what each of them said."""
    if not said:
        return NotFound("no address is known for this symbol", where=what)
    gravest = next((kind for kind in (Unreachable, BadFile) if any(isinstance(e, kind) for _, e in said)), NotFound)
    return gravest("; ".join(f"{title}: {error.message}" for title, error in said), where=what)


def _from(client: Client, address: Address, lang: str, symbol: str, progress: Progress) -> Fetched:
    theirs = address.languages.get(lang, "")
    url = address.address.replace("{symbol}", quote(symbol, safe="")).replace("{lang}", quote(theirs, safe=""))
    limit = address.limit * _MEGABYTE
    if not address.links:
        return client.fetch(Wanted(url, address.kinds, address.hosts, limit), progress)
    page = client.fetch(Wanted(url, ("html",), address.hosts, _PAGE_LIMIT))
    link = linked(page.path.read_bytes(), url, [pattern.replace("{lang}", theirs) for pattern in address.links])
    if not link:
        raise NotFound(f"its page names no {theirs} version", where=url)
    parts = urlsplit(link)
    host = parts.hostname
    if parts.scheme not in ("http", "https") or host not in (*address.hosts, urlsplit(url).hostname):
        raise Unreachable(f"its page leads to another host, {host}; that is not followed", where=url)
    return client.fetch(Wanted(link, address.kinds, address.hosts, limit), progress)


def linked(page: bytes, url: str, names: Sequence[str]) -> str:
    """Where the link leads whose title or text is the first of ``names`` that the page has; empty when it has none."""
    found: dict[str, str] = {}
    for anchor in LexborHTMLParser(page).css("a[href]"):
        href = anchor.attributes.get("href") or ""
        for said in (anchor.attributes.get("title"), anchor.text()):
            name = " ".join((said or "").split()).casefold()
            if name and href:
                with suppress(ValueError):  # what cannot be joined is no address
                    found.setdefault(name, urljoin(url, href))
    return next((found[name.casefold()] for name in names if name.casefold() in found), "")
