"""One request and its answer: a connection to a checked address, an answer that begins in time, a body within bounds.

Nothing here waits, tries again or follows a redirect; :mod:`smallplaces.sources.http` does.
"""

from __future__ import annotations

import re
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx

from smallplaces.errors import BadFile, Unreachable
from smallplaces.sources.addresses import resolve
from smallplaces.sources.kept import Kept
from smallplaces.sources.kinds_of_bytes import HEAD, NAMES, answers, kind_of

_CHUNK = 64 * 1024
_ADDRESSES = 4  # of one host that are tried


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient and how gentle the client is. Seconds, bytes, bytes a second."""

    pause: float = 1.0  # between two requests to one host
    attempts: int = 5
    first_wait: float = 1.0  # after a failure; doubled each time, with chance in it
    longest_wait: float = 120.0  # a server that asks for more is left alone
    connecting: float = 15.0
    silence: float = 30.0  # without a single byte
    beginning: float = 60.0  # until the answer has begun
    grace: float = 30.0  # before slowness counts
    slowest: int = 2_000
    redirects: int = 8


class RetryError(Exception):
    """This attempt failed and the next may not. ``wait``: what the server asked for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


class _Watchdog:
    """Cuts a connection whose answer has not begun in time, also when its headers come drop by drop."""

    def __init__(self, seconds: float) -> None:
        self._socket: socket.socket | None = None
        self.barked = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Told by the connection of what it does (httpx's trace extension)."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")

    def _cut(self) -> None:
        self.barked = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def rest(self) -> None:
        """The answer has begun."""
        self._timer.cancel()


@contextmanager
def ask(
    client: httpx.Client, url: str, headers: Mapping[str, str], manners: Manners, *, private: bool = False
) -> Iterator[httpx.Response]:
    """The answer to one GET, its body unread. ``private``: the address may be on a private network.

    The connection goes to the address that was checked; name and certificate stay those of the host. Raises
    :class:`RetryError` when the network fails and :class:`Unreachable` when the address may not be asked.
    """
    target = httpx.URL(url)
    port = target.port or (443 if target.scheme == "https" else 80)
    addresses = resolve(target.host, port, private=private)[:_ADDRESSES]
    watchdog = _Watchdog(manners.beginning)
    try:
        response = _first_that_connects(client, target, addresses, headers, watchdog)
        watchdog.rest()
        try:
            yield response
        finally:
            response.close()
    except httpx.TransportError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Unreachable(f"the certificate of {target.host} is not valid for it: {error}", where=url) from error
        raise RetryError(_why(error, target.host, slow=watchdog.barked)) from error
    finally:
        watchdog.rest()


def _first_that_connects(
    client: httpx.Client, target: httpx.URL, addresses: list[str], headers: Mapping[str, str], watchdog: _Watchdog
) -> httpx.Response:
    host = target.netloc.decode("ascii")
    extensions = {"sni_hostname": target.raw_host.decode("ascii"), "trace": watchdog.trace}
    for number, address in enumerate(addresses, start=1):
        request = client.build_request(
            "GET", target.copy_with(host=address), headers={**headers, "Host": host}, extensions=extensions
        )
        try:
            return client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if number == len(addresses):
                raise
    raise Unreachable("no address to connect to", where=host)


def _why(error: httpx.TransportError, host: str, *, slow: bool) -> str:
    """What happened on the way, in a sentence."""
    if slow:
        return f"{host} did not begin to answer in time"
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return f"{host} cannot be reached ({error})"
    if isinstance(error, httpx.TimeoutException):
        return f"{host} fell silent"
    if isinstance(error, httpx.RemoteProtocolError) and "without sending complete" in str(error):
        return f"{host} broke off in the middle of the file"
    return f"the connection to {host} failed ({error or type(error).__name__})"


_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


def starts_at(response: httpx.Response) -> int:
    """The first byte a partial answer holds; -1 when it does not say."""
    match = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
    return int(match[1]) if match else -1


class _Unpacker:
    """Takes a body as it is sent and gives it as it is meant, never more than a chunk at a time."""

    def __init__(self, encoding: str, where: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Unreachable(f"the server packed the file as {encoding!r}, which was not asked for", where=where)
        self.packed = encoding not in ("", "identity")
        self._inner = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32) if self.packed else None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The plain bytes of one more piece. Raises :class:`RetryError` when it is damaged."""
        if self._inner is None:
            yield data
            return
        while data:
            try:
                plain = self._inner.decompress(data, _CHUNK)
            except zlib.error as error:
                raise RetryError("the packed answer is damaged") from error
            data = self._inner.unconsumed_tail
            if plain:
                yield plain
            elif self._inner.eof:
                return

    def end(self) -> None:
        """Nothing more comes. Raises :class:`RetryError` when something is missing."""
        if self._inner is not None and not self._inner.eof:
            raise RetryError("the packed answer breaks off")


@dataclass(slots=True)
class Bounds:
    """What a body must keep to: kinds of file, bytes, speed; and who is told of its progress."""

    kinds: tuple[str, ...]
    limit: int
    manners: Manners
    where: str
    progress: Callable[[int, int | None], None]


def receive(response: httpx.Response, kept: Kept, bounds: Bounds, start: int) -> str:
    """Write the body to the partial file from byte ``start`` on; the kind of file by its first bytes.

    Raises :class:`RetryError` when it breaks off or is too slow (what came is kept), :class:`BadFile` when it is
    another kind of file and :class:`Unreachable` when it is larger than allowed.
    """
    unpacker = _Unpacker(response.headers.get("content-encoding", ""), bounds.where)
    promised = response.headers.get("content-length", "")
    total = start + int(promised) if promised.isdecimal() and not unpacker.packed else None
    if total is not None and total > bounds.limit:
        size = f"the file is {_megabytes(total)}; at most {_megabytes(bounds.limit)} are taken"
        raise Unreachable(size, where=bounds.where)
    if start == 0:
        kept.forget_bytes()
    head = kept.head() if start else b""
    kind = kind_of(head) if len(head) >= HEAD else ""
    done, began = start, monotonic()
    with kept.writing(), kept.part.open("ab") as stream:
        for sent in response.iter_raw():
            for plain in unpacker.feed(sent):
                done += len(plain)
                if done > bounds.limit:
                    raise Unreachable(f"the file is larger than {_megabytes(bounds.limit)}", where=bounds.where)
                if not kind:
                    head += plain[:HEAD]
                    kind = checked(head, bounds) if len(head) >= HEAD else ""
                stream.write(plain)
            bounds.progress(done, total)
            if monotonic() - began > bounds.manners.grace + (done - start) / bounds.manners.slowest:
                raise RetryError("the file comes too slowly")
        unpacker.end()
    return kind or checked(head, bounds)


def checked(head: bytes, bounds: Bounds) -> str:
    """The kind of file by its first bytes. Raises :class:`BadFile` when it is not one of those asked for."""
    kind = kind_of(head)
    if not answers(kind, bounds.kinds):
        wanted = " or ".join(NAMES[name] for name in bounds.kinds)
        raise BadFile(f"the server answered with {NAMES[kind]} instead of {wanted}", where=bounds.where)
    return kind


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
