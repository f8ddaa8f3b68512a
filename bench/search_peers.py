"""The engines that search is compared with, each on the terms of our own analysers."""

from __future__ import annotations

import itertools
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import tantivy

from smallplaces.search import plan as p
from smallplaces.search.crew import prepare_many
from smallplaces.search.engine import PAGE_FACETS
from smallplaces.search.plan import Knowledge, plan_query
from smallplaces.search.schema import Entry


class Peer(Protocol):
    """An engine to compare with."""

    name: str
    most_rounds: int

    def build(self, found: Iterable[Entry]) -> None:
        """Index the entries."""

    def search(self, query: str) -> Any:
        """Answer one query."""


def rows(found: Iterable[Entry]) -> Iterator[tuple[Any, ...]]:
    """(id, terms of text and all else, facets…, the text)."""
    for ready in prepare_many(found):
        terms = next(terms for part, _, terms in ready.terms if part == "all")
        facets = (next(iter(ready.entry.facets.get(name, ())), None) for name in PAGE_FACETS)
        yield (ready.entry.id, terms, *facets, ready.entry.text)


def boolean(node: p.Node, phrase: str, glue: tuple[str, str, str]) -> str:
    """A plan's node in a query language that has phrases, AND, OR and NOT."""
    both, either, without = glue
    match node:
        case p.Match():
            ways = {both.join(_terms(reading, phrase)) for _, reading in node.readings}
            return "(" + either.join(sorted(f"({way})" for way in ways)) + ")"
        case p.Begins(prefix, _):
            return f"{prefix[:6]}*" if both == " AND " else f"{prefix[:6]}:*"
        case p.All(items):
            wanted = [boolean(item, phrase, glue) for item in items if not isinstance(item, p.Without)]
            unwanted = [boolean(item.item, phrase, glue) for item in items if isinstance(item, p.Without)]
            return "(" + both.join(wanted) + "".join(without + item for item in unwanted) + ")"
        case p.Any(items, _):
            return "(" + either.join(boolean(item, phrase, glue) for item in items) + ")"
        case _:
            raise ValueError(node)


def _terms(reading: Any, phrase: str) -> list[str]:
    firsts = [place[0] for place in reading.places]
    if phrase == '"':
        return [f'"{" ".join(firsts)}"'] if reading.adjacent else [f'"{first}"' for first in firsts]
    between = " <-> " if reading.adjacent else " & "
    return [between.join(f"'{first}'" for first in firsts)]


class RawTantivy:
    """Tantivy with one field of our terms and its own query parser: ids and count, no facets, no excerpts."""

    name = "tantivy alone: ids and count"
    most_rounds = 10

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder().add_unsigned_field("id", fast=True)
        builder.add_text_field("terms", tokenizer_name="whitespace")
        self._index = tantivy.Index(builder.build(), str(folder))
        self._index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )

    def build(self, found: Iterable[Entry]) -> None:
        """Index the entries."""
        writer = self._index.writer(256_000_000, 2)
        for number, terms, *_ in rows(found):
            document = tantivy.Document()
            document.add_unsigned("id", number)
            document.add_text("terms", terms)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, query: str) -> Any:
        """Answer one query."""
        asked = boolean(plan_query(query, Knowledge()).node, '"', (" AND ", " OR ", " AND NOT "))
        searcher = self._index.searcher()
        parsed, _ = self._index.parse_query_lenient(asked, ["terms"], conjunction_by_default=True)
        hits = searcher.search(parsed, 20).hits
        return searcher.fast_field_values("id", [address for _, address in hits])


class Fts5:
    """SQLite FTS5 over our terms; facets and the count in SQL over the matches."""

    name = "SQLite FTS5, pre-tokenised: hits, snippets, count, 6 facets"
    most_rounds = 1

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA mmap_size = 8000000000")
        self._db.execute("PRAGMA cache_size = -400000")

    def build(self, found: Iterable[Entry]) -> None:
        """Index the entries."""
        columns = ", ".join(f'"{name}"' for name in PAGE_FACETS)
        self._db.execute(f"CREATE TABLE p (id INTEGER PRIMARY KEY, {columns}, text)")
        self._db.execute("CREATE VIRTUAL TABLE f USING fts5(terms, content='', tokenize=\"unicode61 tokenchars '¦'\")")
        stream = rows(found)
        while chunk := list(itertools.islice(stream, 20_000)):
            self._db.executemany("INSERT INTO f (rowid, terms) VALUES (?, ?)", [row[:2] for row in chunk])
            marks = ", ".join("?" * (len(PAGE_FACETS) + 2))
            self._db.executemany(f"INSERT INTO p VALUES ({marks})", [(row[0], *row[2:]) for row in chunk])
        self._db.execute("INSERT INTO f (f) VALUES ('optimize')")
        self._db.commit()

    def search(self, query: str) -> Any:
        """Answer one query."""
        asked = boolean(plan_query(query, Knowledge()).node, '"', (" AND ", " OR ", " NOT "))
        top = (
            "SELECT p.id, substr(p.text, 1, 320) FROM f JOIN p ON p.id = f.rowid WHERE f MATCH ? ORDER BY rank LIMIT 20"
        )
        hits = self._db.execute(top, (asked,)).fetchall()
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS m (id INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM m")
        self._db.execute("INSERT INTO m SELECT rowid FROM f WHERE f MATCH ?", (asked,))
        total = self._db.execute("SELECT count(*) FROM m").fetchone()
        facets = [
            self._db.execute(f'SELECT "{name}", count(*) FROM m JOIN p USING (id) GROUP BY 1').fetchall()
            for name in PAGE_FACETS
        ]
        return hits, total, facets


class Postgres:
    """PostgreSQL: a tsvector of our terms under a GIN index; hits, count and facets in SQL."""

    name = "PostgreSQL GIN: hits, count, 6 facets"
    most_rounds = 1

    def __init__(self, address: str) -> None:
        import psycopg  # noqa: PLC0415 (only with a server)

        self._db = psycopg.connect(address, autocommit=True)

    def build(self, found: Iterable[Entry]) -> None:
        """Index the entries."""
        columns = ", ".join(f'"{name}" text' for name in PAGE_FACETS)
        self._db.execute("DROP TABLE IF EXISTS bench_p")
        self._db.execute(f"CREATE UNLOGGED TABLE bench_p (id bigint PRIMARY KEY, terms tsvector, {columns}, text text)")
        marks = ", ".join(["%s", "array_to_tsvector(%s)", *["%s"] * (len(PAGE_FACETS) + 1)])
        stream = rows(found)
        while chunk := list(itertools.islice(stream, 5000)):
            ready = [(row[0], sorted(set(row[1].split())), *row[2:-1], row[-1].replace("\0", "")) for row in chunk]
            with self._db.cursor() as cursor:
                cursor.executemany(f"INSERT INTO bench_p VALUES ({marks})", ready)
        self._db.execute("CREATE INDEX ON bench_p USING gin (terms)")
        self._db.execute("ANALYZE bench_p")

    def search(self, query: str) -> Any:
        """Answer one query. Phrases are asked as words together: the vector holds no positions."""
        node = plan_query(query, Knowledge()).node
        asked = re.sub(r" <-> ", " & ", boolean(node, "'", (" & ", " | ", " & !")))
        where = "FROM bench_p WHERE terms @@ %s::tsquery"
        hits = self._db.execute(
            f"SELECT id, left(text, 320) {where} ORDER BY ts_rank(terms, %s::tsquery) DESC LIMIT 20", (asked, asked)
        ).fetchall()
        total = self._db.execute(f"SELECT count(*) {where}", (asked,)).fetchone()
        facets = [
            self._db.execute(f'SELECT "{name}", count(*) {where} GROUP BY 1', (asked,)).fetchall()
            for name in PAGE_FACETS
        ]
        return hits, total, facets
