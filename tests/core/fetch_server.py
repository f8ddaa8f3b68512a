"""A real HTTP server on loopback that serves invented bytes and misbehaves when told to."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PDF = b"%PDF-1.4\n% invented\n" + bytes(range(256)) * 1200 + b"\nstartxref\n0\n%%EOF\n"
PAGE = b"<!DOCTYPE html><html><head><title>Invented</title></head><body>No such document.</body></html>"

Behaviour = Callable[["Handler"], None]


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    """What the server serves: a behaviour a path; a list of behaviours is gone through, the last one stays."""

    pages: dict[str, list[Behaviour]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    busy: int = 0
    most_busy: int = 0
    url: str = ""

    def put(self, path: str, *behaviours: Behaviour) -> str:
        """Serve these one after another at ``path``; the address."""
        self.pages[path] = list(behaviours)
        return self.url + path

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """Answers by the site's behaviours."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(Asked(self.path, dict(self.headers), time.monotonic()))
        site.busy += 1
        site.most_busy = max(site.most_busy, site.busy)
        try:
            behaviours = site.pages.get(self.path)
            if not behaviours:
                status(404)(self)
            else:
                (behaviours.pop(0) if len(behaviours) > 1 else behaviours[0])(self)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            site.busy -= 1
            self.close_connection = True

    def answer(self, code: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        """Status, headers (underscores for hyphens) and body, with a Content-Length that may lie."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """The server of one site."""

    daemon_threads = True
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[Site]:
    """A site that is served until the end of the block."""
    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(url=f"http://127.0.0.1:{server.server_address[1]}")
        server.site = site
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


# -- behaviours -------------------------------------------------------------------------------------------------------


def plain(body: bytes = PDF, kind: str = "application/pdf", **headers: str) -> Behaviour:
    """The bytes and nothing else."""
    return lambda handler: handler.answer(200, body, Content_Type=kind, **headers)


def status(code: int, **headers: str) -> Behaviour:
    """A status with a small page."""
    return lambda handler: handler.answer(code, PAGE, Content_Type="text/html", **headers)


def redirect(location: str, code: int = 302) -> Behaviour:
    """Somewhere else."""
    return lambda handler: handler.answer(code, b"", Location=location)


def well_kept(body: bytes = PDF, *, cut: int = 0) -> Behaviour:
    """As a good server does: ETag, conditional requests, ranges. ``cut``: hangs up after so many bytes of the body."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    def behave(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.answer(304, b"", ETag=etag)
            return
        start, asked = 0, handler.headers.get("Range", "")
        if asked and handler.headers.get("If-Range") == etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.send_header("ETag", etag)
        handler.send_header("Content-Type", "application/pdf")
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        handler.wfile.write(body[start : start + cut] if cut else body[start:])

    return behave


def drop_before_answer(handler: Handler) -> None:
    """Hangs up without a word."""
    handler.close_connection = True


def longer_than_it_is(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.answer(200, PDF, length=len(PDF) + 5000, Content_Type="application/pdf")


def shorter_than_it_is(handler: Handler) -> None:
    """Promises half, so that the reader stops in the middle of the file."""
    handler.answer(200, PDF, length=len(PDF) // 2, Content_Type="application/pdf")


def endless(handler: Handler) -> None:
    """A file without an end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/pdf")
    handler.end_headers()
    with suppress(OSError):
        handler.wfile.write(b"%PDF-1.4\n")
        while True:
            handler.wfile.write(b"x" * 65536)


def trickle(handler: Handler) -> None:
    """A few bytes at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/pdf")
    handler.send_header("Content-Length", str(len(PDF)))
    handler.end_headers()
    with suppress(OSError):
        for place in range(0, len(PDF), 8):
            handler.wfile.write(PDF[place : place + 8])
            time.sleep(0.05)


def trickling_headers(handler: Handler) -> None:
    """Headers, one after another, for ever."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000):
            handler.wfile.write(f"X-{number}: a\r\n".encode())
            time.sleep(0.05)


def silence(handler: Handler) -> None:
    """No answer at all."""
    time.sleep(3)


def packed(body: bytes) -> Behaviour:
    """Sent as gzip although nobody asked."""
    return lambda handler: handler.answer(200, gzip.compress(body), Content_Encoding="gzip")


@cache
def _bomb() -> bytes:
    return gzip.compress(b"%PDF-1.4\n" + bytes(100_000_000), 1)


def bomb(handler: Handler) -> None:
    """A few hundred kilobytes that unpack to a hundred megabytes."""
    handler.answer(200, _bomb(), Content_Encoding="gzip")
