"""What the HTTP API adds to the engine: the time of a whole request, beside what the engine says it took.

    SMALLPLACES_HOME=folder python bench/api.py [--rounds 50] [--json FILE]

Serves the store of SMALLPLACES_HOME on a free port, without a rate limit, and asks it over one connection, as a client
would: connection, Django, JSON and all. The peer of each request is the engine's own `took_ms` in the same answer.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

QUERIES = (
    "housing",
    "adequate housing",
    '"persons with disabilities"',
    "deinstitutionalization OR evacuation",
    "child*",
    "recommends -death",
    "강제퇴거",
    "vivienda",
    "droit au logement",
    "CRPD/C/GC/5",
)


def main() -> None:
    """Serve, ask, print a table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=50)
    arguments.add_argument("--json", type=Path, help="also write the figures here")
    given = arguments.parse_args()
    port = free_port()
    command = [sys.executable, "-c", "from smallplaces_site.cli.main import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, env={**os.environ, "SMALLPLACES_API_RATE": "no"}, stdout=subprocess.DEVNULL
    ) as server:
        try:
            figures = measure(connect(port), given.rounds)
        finally:
            server.terminate()
    print(f"{'':>10} {'p50 ms':>8} {'p95 ms':>8}")
    for name, (half, most) in figures.items():
        print(f"{name:>10} {half:8.2f} {most:8.2f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def connect(port: int) -> http.client.HTTPConnection:
    """A connection to the server, once it listens."""
    for _ in range(120):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.connect()
        except OSError:
            time.sleep(0.5)
        else:
            return connection
    raise SystemExit("the server did not start")


def measure(connection: http.client.HTTPConnection, rounds: int) -> dict[str, tuple[float, float]]:
    """p50 and p95 in milliseconds of whole requests, of the engine in them, and of the difference."""
    whole: list[float] = []
    engine: list[float] = []
    for turn in range(rounds + 1):
        for query in QUERIES:
            began = time.perf_counter()
            connection.request("GET", f"/api/v1/search?{urlencode({'q': query})}")
            body = connection.getresponse().read()
            took = (time.perf_counter() - began) * 1000
            if turn:  # the first round warms the caches of files and analysers
                whole.append(took)
                engine.append(float(json.loads(body)["took_ms"]))
    added = [request - inside for request, inside in zip(whole, engine, strict=True)]
    return {name: spread(values) for name, values in (("request", whole), ("engine", engine), ("added", added))}


def spread(values: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


if __name__ == "__main__":
    main()
