"""What a long document costs: a page of 500 paragraphs, beside an empty Django page of the same server, in one run.

    python bench/page.py [--paragraphs 500] [--rounds 40] [--json FILE]

Makes a home of its own in a temporary folder, with one invented document in two languages, with headings, labels and
citations. Time is that of a whole request inside the process (URL, view, database, template, middleware), with no
network. Bytes are the page as gzip sends it, and with it the style and script that a first visit loads.
The aims of the plan: 150 KB transferred, 100 ms on the server.
"""

# ruff: noqa: PLC0415  # Django can be imported only once the home is known

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

KEY = "CRPD/C/XXE/CO/9"
#: Said in every paragraph, so that each cites a treaty and a general comment; the rest are words of our own glossary
#: in a random order, because a text that repeats itself packs smaller than a real one.
CITING = "It recalls article 28 and asks for {n} homes by 2030, in line with general comment No. 5 (2017)."
WORDS = 60


def main() -> None:
    """Make the document, ask for it, print a table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--paragraphs", type=int, default=500)
    arguments.add_argument("--rounds", type=int, default=40)
    arguments.add_argument("--json", type=Path, help="also write the figures here")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(SMALLPLACES_HOME=home, DJANGO_SETTINGS_MODULE="smallplaces_site.project.settings")
        figures = measured(given.paragraphs, given.rounds)
    print(f"{'':>16} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'queries':>8} {'KB gzip':>8} {'KB plain':>9}")
    for name, row in figures.items():
        print(
            f"{name:>16} {row['p50']:8.1f} {row['p95']:8.1f} {row['cpu']:8.1f} {row['queries']:8.0f} "
            f"{row['gzip']:8.1f} {row['plain']:9.1f}"
        )
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measured(paragraphs: int, rounds: int) -> dict[str, dict[str, float]]:
    """The figures of each page: milliseconds, queries, kilobytes. The pages take turns, so that a busy moment of the
    machine falls on all of them alike."""
    from smallplaces_site.cli.main import main as command

    sys.argv = ["smallplaces", "init"]
    try:
        command()
    except SystemExit as done:
        if done.code:
            raise
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    save(paragraphs)
    client = Client()
    address = f"/en/documents/{KEY}/"
    pages: dict[str, Callable[[], bytes]] = {
        "empty page": empty_page,
        "document": lambda: bytes(client.get(f"{address}?text=en&beside=").content),
        "side by side": lambda: bytes(Client().get(f"{address}?text=en&beside=ko").content),
    }
    figures: dict[str, dict[str, float]] = {}
    for name, ask in pages.items():
        ask()
        with CaptureQueriesContext(connection) as queries:
            body = ask()
        assets = b"".join(gzip.compress(file) for file in linked(body.decode(), Path(settings.STATIC_ROOT)))
        figures[name] = {
            "queries": len(queries),
            "gzip": (len(gzip.compress(body)) + len(assets)) / 1024,
            "plain": len(body) / 1024,
        }
    times = taken(pages, rounds)
    for name, row in figures.items():
        row["p50"] = statistics.median(wall for wall, _cpu in times[name])
        row["p95"] = sorted(wall for wall, _cpu in times[name])[int(len(times[name]) * 0.95)]
        row["cpu"] = statistics.median(cpu for _wall, cpu in times[name])
    return figures


def taken(pages: dict[str, Callable[[], bytes]], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """The milliseconds of each request: as the reader waits, and as the process works (a busy machine tells apart)."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, ask in pages.items():
            begun, worked = time.perf_counter(), time.process_time()
            ask()
            times[name].append(((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000))
    return times


def empty_page() -> bytes:
    """A page with nothing of ours on it, through the same handler and middleware."""
    from django.test import Client, override_settings

    with override_settings(ROOT_URLCONF=sys.modules[__name__]):
        return bytes(Client().get("/").content)


def linked(page: str, folder: Path) -> list[bytes]:
    """The style and script files that a page names."""
    names = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', page)
    return [(folder / name).read_bytes() for name in dict.fromkeys(names)]


def save(paragraphs: int) -> None:
    """One invented document, read by the software as an import would, its citations found."""
    from django.utils import timezone

    from smallplaces.guide import glossary
    from smallplaces.model.document import Edition, Kind, Label, Paragraph, Parcel, Work
    from smallplaces_site.actions.catch_up import catch_up
    from smallplaces_site.corpus import models
    from smallplaces_site.corpus.store import Store

    work = Work(
        key=KEY, kind=Kind.CONCLUDING_OBSERVATIONS, symbol=KEY, title={"en": "Invented"}, body="CRPD", year=2024
    )
    run = models.Run.objects.create(source="invented", started=timezone.now())
    chance = random.Random(5)  # the same text at every run
    for lang in ("en", "ko"):
        words = " ".join(term.definition[lang] for term in glossary().values()).split()
        texts = (" ".join((*chance.choices(words, k=WORDS), CITING)) for _ in range(paragraphs))
        parcel = Parcel(
            work=work,
            edition=Edition(lang=lang),
            paragraphs=tuple(
                Paragraph(
                    text.replace("{n}", str(number)),
                    str(number),
                    heading=("Rights" if lang == "en" else "권리", f"{number // 20 + 1}"),
                    labels=(Label("theme", "uhri", "Housing"), Label("group", "uhri", "Persons with disabilities")),
                )
                for number, text in enumerate(texts, start=1)
            ),
        )
        Store(run, 500).save([(parcel, None)])
    catch_up()


def _nothing(_request: object) -> object:
    from django.http import HttpResponse

    return HttpResponse("<!doctype html><title>Empty</title>")


def __getattr__(name: str) -> object:
    """``urlpatterns``, once Django is ready: this file is the empty page's own table of addresses."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import path

    return [path("", _nothing)]  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
