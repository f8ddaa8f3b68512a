"""One openable file holds everything: a zip of JSON lines (one file a table), raw files and reports.

Reads (backup): every table of every room, the archive, the reports. Writes (restore): the same, exactly, into an empty
store. Not in it is what can be made anew, and is on restoring: the index, and the citations that a machine found. What
persons wrote and decided is. Whoever was signed in signs in anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

import smallplaces
from smallplaces.archive import Archive
from smallplaces.errors import BadFile, UserError
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.lock import writing
from smallplaces_site.corpus.bulk import look_again
from smallplaces_site.corpus.models import Citation, CitationTarget, Mark, RawFile, Run, Work

FORMAT = 1
#: Tables that are made anew from the others, and how far their makers had come.
DERIVED: tuple[type[models.Model], ...] = (CitationTarget, Citation)
_DERIVED_MARKS = ("cites",)
#: Rooms of other people's code whose tables are ours to keep: who confirmed which address.
_BORROWED = ("account",)
_OURS = "smallplaces_site."
_CHUNK = 1 << 20
_ROWS = 1000

Progress = Callable[[str, int, int | None], None]


def tables() -> list[type[models.Model]]:
    """Every table that a backup holds, those that others point to first."""
    rooms = [room for room in apps.get_app_configs() if room.name.startswith(_OURS) or room.label in _BORROWED]
    found = [model for room in rooms for model in room.get_models(include_auto_created=True) if model not in DERIVED]
    ordered: list[type[models.Model]] = []
    while found:
        for model in found:
            needs = {
                field.related_model for field in model._meta.concrete_fields if field.related_model not in (None, model)
            }
            if needs <= set(ordered):
                ordered.append(model)
                found.remove(model)
                break
    return ordered


def backup(path: Path, progress: Progress = lambda what, done, total: None) -> dict[str, Any]:
    """Write everything into ``path``; the manifest. The file appears under its name only when it is complete.

    Raises :class:`Locked` while another process writes, :class:`BadFile` when ``path`` cannot be written.
    """
    draft = path.with_name(f".{path.name}.draft")
    home = Path(settings.HOME)
    with writing("backup"):
        try:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as target:
                manifest = _write_all(target, home, progress)
            draft.replace(path)
        except OSError as error:
            raise BadFile(f"the backup cannot be written: {error.strerror}", where=str(path)) from error
        finally:
            draft.unlink(missing_ok=True)
    return manifest


def _write_all(target: zipfile.ZipFile, home: Path, progress: Progress) -> dict[str, Any]:
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    for model in tables():
        name = model._meta.db_table
        total = hashlib.sha256()
        with target.open(f"tables/{name}.jsonl", "w", force_zip64=True) as stream:
            counts[name] = 0
            for line in _lines(model):
                total.update(line)
                stream.write(line)
                counts[name] += 1
                if counts[name] % 5000 == 0:
                    progress(name, counts[name], None)
        digests[name] = total.hexdigest()
    archive = Archive(home / "archive")
    for sha256 in sorted(set(RawFile.objects.values_list("sha256", flat=True))):
        if archive.holds(sha256):
            with archive.open(sha256) as source, target.open(f"raw/{sha256}", "w", force_zip64=True) as stream:
                _copy(source, stream)
    for report in sorted((home / "reports").glob("*.jsonl")):
        target.write(report, f"reports/{report.name}")
    manifest = {
        "format": FORMAT,
        "smallplaces": smallplaces.__version__,
        "made": timezone.now().isoformat(),
        "tables": counts,
        "digests": digests,
    }
    target.writestr("manifest.json", json.dumps(manifest, indent=2))
    return manifest


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    names = [field.attname for field in model._meta.concrete_fields]
    kept = model._default_manager.order_by("pk")
    if model is Mark:
        kept = kept.exclude(name__in=_DERIVED_MARKS)
    for row in kept.values_list(*names).iterator(chunk_size=_ROWS):
        packed = json.dumps(dict(zip(names, row, strict=True)), default=_exact, ensure_ascii=False)
        yield packed.encode("utf-8") + b"\n"


def _exact(value: Any) -> str:
    """Days and moments to the last digit (Django's own encoder cuts off microseconds); sums and identifiers as text."""
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"cannot be written into a backup: {value!r}")


def restore(
    path: Path, *, replace: bool = False, progress: Progress = lambda what, done, total: None
) -> dict[str, Any]:
    """Bring back exactly what ``path`` holds, and build the index; the manifest.

    Raises :class:`BadFile` when it is no sound backup, :class:`UserError` when the store is not empty and ``replace``
    was not asked for. The store is as it was before when anything goes wrong.
    """
    try:
        with zipfile.ZipFile(path) as source:
            manifest = json.loads(source.read("manifest.json"))
            if manifest.get("format") != FORMAT:
                raise BadFile(
                    f"this backup is of format {manifest.get('format')}; format {FORMAT} is read", where=str(path)
                )
            with writing("restore"):
                if not replace and (Work.objects.exists() or Run.objects.exists()):
                    raise UserError("the store is not empty; add --replace to put the backup in its place")
                _restore_files(source, Path(settings.HOME))
                with transaction.atomic():
                    _restore_tables(source, manifest, progress)
                look_again()
                catch_up(progress, rebuild=True)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, OSError) as error:
        raise BadFile(f"is not a sound backup: {error}", where=str(path)) from error
    return dict(manifest)


def _restore_tables(source: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress) -> None:
    models_ = tables()
    Session.objects.all().delete()  # they name accounts by numbers that may be others' from now on
    for model in (*DERIVED, *reversed(models_)):
        model._default_manager.all()._raw_delete(using="default")
    for model in models_:
        name = model._meta.db_table
        if name not in manifest["tables"]:  # made by a version that did not have it yet
            continue
        total, count = hashlib.sha256(), 0
        rows: list[models.Model] = []
        with source.open(f"tables/{name}.jsonl") as stream:
            for line in stream:
                total.update(line)
                rows.append(_row(model, json.loads(line)))
                count += 1
                if len(rows) == _ROWS:
                    model._default_manager.bulk_create(rows)
                    progress(name, count, manifest["tables"].get(name))
                    rows = []
        model._default_manager.bulk_create(rows)
        if total.hexdigest() != manifest["digests"].get(name):
            raise BadFile(f"the table {name} in the backup is damaged")
    with connection.cursor() as cursor:  # PostgreSQL counts on from the restored ids
        for statement in connection.ops.sequence_reset_sql(no_style(), [*models_, *DERIVED]):
            cursor.execute(statement)


def _row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    unknown = set(values) - set(fields)
    if unknown:
        raise BadFile(f"{model._meta.db_table} has no field {', '.join(sorted(unknown))}; upgrade Small Places first")
    return model(**{name: _value(fields[name], value) for name, value in values.items()})


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField) or value is None:
        return value
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    return field.to_python(value)


def _restore_files(source: zipfile.ZipFile, home: Path) -> None:
    archive = Archive(home / "archive")
    for name in source.namelist():
        folder, _, leaf = name.partition("/")
        if folder == "raw" and leaf.isalnum() and not archive.holds(leaf):
            draft = home / f".restoring-{os.getpid()}"
            home.mkdir(parents=True, exist_ok=True)
            with source.open(name) as stream, draft.open("wb") as target:
                _copy(stream, target)
            archive.put(draft, leaf)
            draft.unlink()
        elif folder == "reports" and leaf and Path(leaf).name == leaf:
            (home / "reports").mkdir(parents=True, exist_ok=True)
            (home / "reports" / leaf).write_bytes(source.read(name))


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    while chunk := source.read(_CHUNK):
        target.write(chunk)
