"""A polite reader of public addresses: one file at a time, never twice in vain, never where it should not go.

Reads: the network, or a mirror in its place. Writes: the folder of fetched files (:mod:`smallplaces.sources.kept`).
It names itself, keeps to robots.txt, asks one host one thing at a time with a pause between, asks only for what has
changed, goes on where it was interrupted, and comes back later when a server says that it is busy.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
from filelock import FileLock, Timeout

from smallplaces.archive import digest
from smallplaces.errors import BadFile, Locked, NotFound, Unreachable
from smallplaces.sources import robots
from smallplaces.sources.exchange import Bounds, Manners, RetryError, ask, checked, receive, starts_at
from smallplaces.sources.kept import STATE, Kept, Mark
from smallplaces.sources.kinds_of_bytes import HEAD, NAMES, is_whole
from smallplaces.sources.mirror import Mirror, authority

T = TypeVar("T")

PRODUCT: Final = "smallplaces"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_QUEUE = 900.0  # seconds to wait for another process that asks the same host
_COPIED = 1 << 20

#: Told (bytes done, bytes in all or None).
Progress = Callable[[int, int | None], None]


def user_agent(contact: str = "") -> str:
    """How the client names itself: the software, its version, what it is, and where to find who runs it."""
    try:
        number = version("smallplaces")
    except PackageNotFoundError:
        number = "0"
    where = f"; +{contact}" if contact else ""
    return f"{PRODUCT}/{number} (human rights documents for local readers{where})"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch: its public address, what it must be, where it may lead, how large it may be (bytes)."""

    address: str
    kinds: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()  # to which a redirect may lead, besides the address's own
    limit: int = 64_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is here. ``address`` is the public one; ``changed``: other bytes than those held before, if any;
    ``replaced``: there were some."""

    path: Path
    address: str
    at: datetime
    changed: bool
    replaced: bool
    size: int
    kind: str
    sha256: str


class ElsewhereError(Unreachable):
    """A redirect leads where nobody asked to go."""


class Client:
    """Fetches files into ``folder``. With a ``mirror`` nothing else is asked."""

    def __init__(
        self, folder: Path, *, mirror: Mirror | None = None, manners: Manners | None = None, contact: str = ""
    ) -> None:
        self.folder = folder
        self.mirror = mirror
        self.manners = manners or Manners()
        self._rules: dict[str, robots.Robots] = {}
        self._web = httpx.Client(
            headers={"User-Agent": user_agent(contact), "Accept": "*/*", "Accept-Encoding": "identity"},
            follow_redirects=False,  # each step is looked at first
            trust_env=False,  # a proxy would connect for us, to addresses nobody looked at
            limits=httpx.Limits(max_connections=4, max_keepalive_connections=0),
            timeout=httpx.Timeout(self.manners.silence, connect=self.manners.connecting),
        )

    def close(self) -> None:
        """Let go of the network."""
        self._web.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def fetch(self, wanted: Wanted, progress: Progress = lambda done, total: None) -> Fetched:
        """The file, as it is at its address now.

        Raises :class:`NotFound` when there is none, :class:`BadFile` when it is not what was asked for, and
        :class:`Unreachable` when the server cannot be asked, refuses, or keeps failing.
        """
        kept = Kept(self.folder, wanted.address)
        bounds = Bounds(wanted.kinds, wanted.limit, self.manners, wanted.address, progress)
        with kept.alone():
            if self.mirror is not None and self.mirror.folder is not None:
                return self._copy(wanted, kept, bounds)
            urls = self.mirror.urls(wanted.address) if self.mirror is not None else (wanted.address,)
            for url in urls[:-1]:
                with suppress(NotFound):
                    return self._persist(url, wanted, kept, bounds)
            return self._persist(urls[-1], wanted, kept, bounds)

    def fetch_from_mirror(self, wanted: Wanted) -> Fetched:
        """A file of the mirror itself, by its own address there. Raises as :meth:`fetch` does."""
        kept = Kept(self.folder, wanted.address)
        bounds = Bounds(wanted.kinds, wanted.limit, self.manners, wanted.address, lambda done, total: None)
        with kept.alone():
            return self._persist(wanted.address, wanted, kept, bounds)

    # -- the network --------------------------------------------------------------------------------------------------

    def _persist(self, url: str, wanted: Wanted, kept: Kept, bounds: Bounds) -> Fetched:
        """Try, and try again when that may help."""
        return self._patiently(lambda: self._once(url, wanted, kept, bounds), wanted.address)

    def _patiently(self, attempt: Callable[[], T], where: str) -> T:
        wait = self.manners.first_wait
        for left in range(self.manners.attempts - 1, -1, -1):
            try:
                return attempt()
            except RetryError as error:
                asked = error.wait or 0.0
                if asked > self.manners.longest_wait:
                    told = f"{error.message}; it asks to be left alone for {asked:,.0f} s"
                    raise Unreachable(told, where=where) from error
                if not left:
                    raise Unreachable(f"{error.message}, {self.manners.attempts} times", where=where) from error
                chance = random.uniform(0.5, 1.0)  # noqa: S311  # spreads clients; no secret
                time.sleep(max(asked, min(wait * chance, self.manners.longest_wait)))
                wait *= 2
        raise Unreachable("was never tried", where=where)

    def _once(self, url: str, wanted: Wanted, kept: Kept, bounds: Bounds) -> Fetched:
        """One attempt, over as many redirects as are allowed."""
        held, begun = kept.held(), kept.begun()
        headers = _conditions(url, held, begun)
        with self._follow(url, wanted.hosts, headers) as response:
            status = response.status_code
            if status == 304 and held is not None:
                mark = replace(held, at=_now().isoformat())
                kept.touch(mark)
                return _fetched(kept, mark, held)
            if status == 416:
                kept.forget()
                raise RetryError("the server no longer knows the beginning of the file")
            _judge(response, wanted.address)
            start = begun[0] if begun and status == 206 else 0
            if status == 206 and (start == 0 or starts_at(response) != start):
                kept.forget()
                raise RetryError("the server sent another part of the file than was asked for")
            mark = Mark(url, response.headers.get("etag", ""), response.headers.get("last-modified", ""))
            packed = response.headers.get("content-encoding", "identity") != "identity"
            kept.begin(Mark(url) if packed else mark)  # nobody can go on in the middle of what was unpacked
            try:
                kind = receive(response, kept, bounds, start)
            except (BadFile, Unreachable):
                kept.forget()
                raise
        return self._finish(kept, mark, kind, held)

    def _finish(self, kept: Kept, mark: Mark, kind: str, held: Mark | None) -> Fetched:
        if not is_whole(kept.part, kind):
            kept.forget()
            raise BadFile(f"the file breaks off: it does not end as {NAMES[kind]} ends", where=kept.address)
        mark = replace(mark, kind=kind, size=kept.part.stat().st_size, sha256=digest(kept.part), at=_now().isoformat())
        kept.finish(mark)
        return _fetched(kept, mark, held)

    @contextmanager
    def _follow(
        self, url: str, hosts: tuple[str, ...], headers: dict[str, str], *, rules: bool = True
    ) -> Iterator[httpx.Response]:
        """The answer at the end of the redirects, each step looked at before it is made."""
        allowed = {urlsplit(url).hostname or "", *hosts}
        for _ in range(self.manners.redirects + 1):
            private = self._is_mirror(url)
            if rules:
                self._respect(url, hosts)
            with self._turn(url), ask(self._web, url, headers, self.manners, private=private) as response:
                if response.status_code not in _REDIRECTS:
                    yield response
                    return
                location = response.headers.get("location", "")
            url = self._next(location, url, allowed)
        raise ElsewhereError(f"more than {self.manners.redirects} redirects", where=url)

    def _next(self, location: str, before: str, allowed: set[str]) -> str:
        """Where a redirect leads. Raises :class:`ElsewhereError` when that is not followed."""
        try:
            following = str(httpx.URL(urljoin(before, location)))
            parts = urlsplit(following)
            port = parts.port
        except (ValueError, httpx.InvalidURL) as error:
            raise ElsewhereError(f"is redirected to {location[:100]!r}, which is no address", where=before) from error
        if parts.scheme not in ("http", "https") or parts.username is not None:
            raise ElsewhereError(f"is redirected to {following[:100]!r}, which is not followed", where=before)
        if self._is_mirror(following):
            return following
        if self.mirror is not None or (parts.hostname or "") not in allowed:
            raise ElsewhereError(f"is redirected to another host, {parts.hostname}; that is not followed", where=before)
        if before.startswith("https:") and parts.scheme == "http":
            raise ElsewhereError("is redirected to an unprotected address; that is not followed", where=before)
        if port not in (None, 80, 443):
            raise ElsewhereError(f"is redirected to port {port}; that is not followed", where=before)
        return following

    def _is_mirror(self, url: str) -> bool:
        return self.mirror is not None and bool(self.mirror.url) and authority(url) == self.mirror.origin

    # -- manners ------------------------------------------------------------------------------------------------------

    def _respect(self, url: str, hosts: tuple[str, ...]) -> None:
        """Raises :class:`Unreachable` when the host's robots.txt asks us to stay away."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._patiently(lambda: self._robots(f"{host}/robots.txt", hosts), f"{host}/robots.txt")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if not self._rules[host].allows(path):
            raise Unreachable(f"{parts.hostname} asks automatic readers to stay away (robots.txt)", where=url)

    def _robots(self, url: str, hosts: tuple[str, ...]) -> robots.Robots:
        """The rules of a host. None written, or none within reach: everything may be asked (RFC 9309, 2.3.1)."""
        text = b""
        try:
            with self._follow(url, hosts, {}, rules=False) as response:
                if response.status_code in _LATER:
                    raise RetryError(f"robots.txt cannot be read ({response.status_code})", _asked_wait(response))
                if response.status_code != 200:
                    return robots.Robots()
                for piece in response.iter_raw():
                    text += piece
                    if len(text) > robots.LARGEST:
                        break
        except ElsewhereError:
            return robots.Robots()
        return robots.read(text[: robots.LARGEST].decode("utf-8", "replace"), PRODUCT)

    @contextmanager
    def _turn(self, url: str) -> Iterator[None]:
        """This process's turn to ask a host: one request at a time, over all processes, and a pause between two."""
        parts = urlsplit(url)
        place = self.folder / STATE / "hosts"
        place.mkdir(parents=True, exist_ok=True)
        name = authority(url).replace(":", "_")
        lock, last = FileLock(place / f"{name}.lock", timeout=_QUEUE), place / f"{name}.last"
        delay = self._rules.get(f"{parts.scheme}://{parts.netloc}", robots.Robots()).delay
        pause = 0.0 if self._is_mirror(url) else min(max(self.manners.pause, delay), self.manners.longest_wait)
        try:
            lock.acquire()
        except Timeout as error:
            raise Locked("another process has been fetching from this host for long", where=name) from error
        try:
            since = time.time() - last.stat().st_mtime if last.exists() else pause
            time.sleep(max(0.0, min(pause, pause - since)))
            yield
        finally:
            last.touch()
            lock.release()

    # -- a folder in place of the network -----------------------------------------------------------------------------

    def _copy(self, wanted: Wanted, kept: Kept, bounds: Bounds) -> Fetched:
        """The file out of a mirror's folder, held to the same bounds as one from the network."""
        found = self.mirror.file(wanted.address) if self.mirror else None
        if found is None:
            raise NotFound("the mirror does not hold this address", where=wanted.address)
        size = found.stat().st_size
        if size > wanted.limit:
            raise Unreachable(f"the file is larger than {wanted.limit:,} bytes", where=wanted.address)
        held = kept.held()
        kept.forget()
        mark = Mark(found.absolute().as_uri())
        kept.begin(mark)
        try:
            with found.open("rb") as source, kept.writing(), kept.part.open("wb") as target:
                head = source.read(HEAD)
                kind = checked(head, bounds)
                target.write(head)
                while piece := source.read(_COPIED):
                    target.write(piece)
                    bounds.progress(target.tell(), size)
        except BadFile:
            kept.forget()
            raise
        return self._finish(kept, mark, kind, held)


def _conditions(url: str, held: Mark | None, begun: tuple[int, Mark] | None) -> dict[str, str]:
    """The headers that ask only for what is not here yet."""
    if begun is not None and begun[1].url == url:
        return {"Range": f"bytes={begun[0]}-", "If-Range": begun[1].strong}
    headers = {}
    if held is not None and held.url == url:
        if held.etag:
            headers["If-None-Match"] = held.etag
        if held.modified:
            headers["If-Modified-Since"] = held.modified
    return headers


def _judge(response: httpx.Response, where: str) -> None:
    """Raise what an answer's status means, unless it brings the file."""
    status = response.status_code
    if status in (200, 206):
        return
    if status in (404, 410):
        raise NotFound("the server has no such file", where=where)
    if status in _LATER:
        raise RetryError(f"the server is busy or broken ({status})", _asked_wait(response))
    if status in (401, 403):
        raise Unreachable(f"the server refuses to give this file ({status})", where=where)
    raise Unreachable(f"the server answered {status}", where=where)


def _asked_wait(response: httpx.Response) -> float | None:
    """Retry-After in seconds, from either of its forms; None when it is absent or makes no sense."""
    text = response.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - _now()).total_seconds()) if text else None
    except (ValueError, TypeError):
        return None


def _fetched(kept: Kept, mark: Mark, held: Mark | None) -> Fetched:
    at = datetime.fromisoformat(mark.at)
    changed = held is None or held.sha256 != mark.sha256
    replaced = changed and held is not None
    return Fetched(kept.path, kept.address, at, changed, replaced, mark.size, mark.kind, mark.sha256)


def _now() -> datetime:
    return datetime.now(UTC)
