"""Rows by the thousand: ids taken ahead from the database's own counter, plain tuples in, one statement.

Django's ``bulk_create`` spends most of its time on model objects; an import of 270,000 records feels that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from smallplaces_site.corpus.models import (
    Citation,
    CitationTarget,
    Edition,
    Paragraph,
    PlaceRecord,
    Reading,
    StatusAction,
    Work,
    WorkKey,
    WorkState,
)

_MANY = 900  # values in one statement
_GROWING: tuple[type[models.Model], ...] = (
    *(Edition, Paragraph, Reading, Work, WorkKey, WorkState),
    *(StatusAction, PlaceRecord, Citation, CitationTarget),
)


def take_ids(model: type[models.Model], count: int) -> range | list[int]:
    """So many ids that no row has or ever had. Call inside a transaction, as the one writer."""
    table = model._meta.db_table
    if count == 0:
        return range(0)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # SQLite moves the counter itself when rows with these ids are inserted.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return range(first, first + count)


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows whose values are as the database holds them (JSON as text). Column names come from our own code."""
    quote = connection.ops.quote_name
    fields = {field.name: field for field in model._meta.concrete_fields}
    names = ", ".join(quote(fields[name].get_attname_column()[1] or name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", list(rows))  # noqa: S608


def delete(model: type[models.Model], column: str, values: Sequence[int]) -> None:
    """Delete the rows with one of these ids in a column, and nothing that hangs on them: the caller does that first."""
    quote = connection.ops.quote_name
    field = {field.name: field for field in model._meta.concrete_fields}[column]
    name = quote(field.get_attname_column()[1] or column)
    with connection.cursor() as cursor:
        for start in range(0, len(values), _MANY):
            some = values[start : start + _MANY]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"DELETE FROM {quote(model._meta.db_table)} WHERE {name} IN ({marks})", list(some))  # noqa: S608


def look_again() -> None:
    """Let PostgreSQL look at tables that just grew: over what it takes for empty it plans reads that never end.

    SQLite plans by its indexes alone and needs no look.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in _GROWING:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
