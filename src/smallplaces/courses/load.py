"""Courses from folders: ``<folder>/<course>/<language>/00-course.md`` and ``NN-slug.md`` for each lesson.

A course with a fault is left out of what :func:`load` gives, so that one bad course never stops the others;
:func:`check` says everything that is wrong with all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from smallplaces.courses.alike import compare
from smallplaces.courses.fields import Faults, open_page
from smallplaces.courses.lesson import check_prose, read_lesson
from smallplaces.courses.model import Course, CourseText, Fault, Lesson
from smallplaces.errors import NotFound
from smallplaces.model.language import CODES

#: The courses that come with the software.
DATA: Final = Path(__file__).parent / "data"
#: Names of pages beside the courses.
_TAKEN: Final = frozenset({"mine", "check", "groups", "certificates", "take-over"})
_HEAD: Final = "00-course.md"
_ID: Final = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_FILE: Final = re.compile(r"^\d\d-[a-z0-9]+(?:-[a-z0-9]+)*\.md$")
_LARGEST: Final = 200_000  # bytes of one lesson


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: its courses without fault, by id, and every fault of the others."""

    courses: MappingProxyType[str, Course]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    minutes: int
    version: date
    after: tuple[str, ...]
    title: str
    summary: str
    audience: str
    introduction: str


def load(folder: Path | None = None) -> MappingProxyType[str, Course]:
    """The courses of a folder (those of the software when none is given) that have no fault, by id, ``after`` kept."""
    return shelf(folder).courses


def check(folder: Path | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with the courses of a folder, in order of file and line."""
    return shelf(folder).faults


def shelf(folder: Path | None = None) -> Shelf:
    """Courses and faults of a folder. Raises :class:`NotFound` when there is no such folder.

    Read again only when a file of it was changed, added or taken away.
    """
    root = folder or DATA
    if not root.is_dir():
        raise NotFound("there is no such folder of courses", where=str(root))
    return _shelf(root, _stamp(root))


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted(root.rglob("*.md"))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path in files for stat in (path.stat(),))


@lru_cache(maxsize=8)
def _shelf(root: Path, stamp: tuple[tuple[str, int, int], ...]) -> Shelf:
    """``stamp`` is what the cache goes by."""
    courses: dict[str, Course] = {}
    found: list[Fault] = []
    folders = [root] if _is_course(root) else sorted(path for path in root.iterdir() if path.is_dir())
    for folder in folders:
        if folder.name.startswith((".", "_")):
            continue
        faults = Faults(folder.name)
        course = _course(folder, faults)
        if course is not None and not faults.found:
            courses[course.id] = course
        found += faults.found
    return Shelf(MappingProxyType(courses), tuple(sorted(found)))


def _is_course(folder: Path) -> bool:
    """Whether it is a course itself, and not a folder of courses."""
    return any((folder / lang / _HEAD).is_file() for lang in CODES)


def _course(folder: Path, faults: Faults) -> Course | None:
    if not _ID.match(folder.name):
        faults.add(1, "a course's folder has a name of small letters, digits and hyphens")
    if folder.name in _TAKEN:
        faults.add(1, f"a course cannot be called {folder.name!r}: a page of the site is")
    strangers = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in CODES)
    if strangers:
        faults.add(1, f"no language of the site: {', '.join(strangers)} (known: {', '.join(CODES)})")
    heads: dict[str, _Head] = {}
    texts: dict[str, CourseText] = {}
    for lang in CODES:
        if not (folder / lang).is_dir():
            continue
        head, lessons = _language(folder / lang, f"{folder.name}/{lang}", faults)
        if head is not None:
            heads[lang] = head
            texts[lang] = CourseText(lang, head.title, head.summary, head.audience, head.introduction, lessons)
    if not texts:
        faults.file = folder.name
        faults.add(1, f"the course has no {_HEAD} in the folder of any language")
        return None
    compare(folder.name, {lang: (one.minutes, one.version, one.after) for lang, one in heads.items()}, texts, faults)
    first = next(iter(heads.values()))
    return Course(folder.name, first.minutes, first.version, first.after, MappingProxyType(texts))


def _language(folder: Path, name: str, faults: Faults) -> tuple[_Head | None, tuple[Lesson, ...]]:
    head: _Head | None = None
    lessons = []
    for path in sorted(folder.iterdir()):
        faults.file = f"{name}/{path.name}"
        if path.name.startswith((".", "_")):
            continue
        if not _FILE.match(path.name):
            faults.add(1, "a lesson's file is called NN-slug.md, in small letters, digits and hyphens")
        elif path.name == _HEAD:
            head = _head(path, faults)
        elif lesson := _lesson(path, faults):
            lessons.append(lesson)
    faults.file = f"{name}/{_HEAD}"
    if head is None and not (folder / _HEAD).exists():
        faults.add(1, "the file is missing: title, summary, for, minutes, version, and an introduction")
    if not lessons:
        faults.add(1, "the course has no lesson in this language")
    return head, tuple(lessons)


def _head(path: Path, faults: Faults) -> _Head | None:
    page = open_page(_text(path, faults), faults)
    if page is None:
        return None
    fields = page.fields
    head = _Head(
        title=fields.text("title"),
        summary=fields.text("summary"),
        audience=fields.text("for"),
        minutes=fields.number("minutes"),
        version=fields.day("version"),
        after=fields.texts("after", needed=False),
        introduction=page.body,
    )
    fields.close()
    check_prose(page)
    return head


def _lesson(path: Path, faults: Faults) -> Lesson | None:
    page = open_page(_text(path, faults), faults)
    return read_lesson(path.stem, page) if page else None


def _text(path: Path, faults: Faults) -> str:
    if path.stat().st_size > _LARGEST:
        faults.add(1, f"the file is larger than {_LARGEST:,} bytes")
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        faults.add(1, "the file is not in UTF-8")
        return ""


def merged(folders: Iterable[Path]) -> MappingProxyType[str, Course]:
    """The courses of several folders; where two have the same id, the later folder's is taken."""
    return MappingProxyType({id_: course for folder in folders for id_, course in load(folder).items()})
