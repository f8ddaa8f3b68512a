"""A course as a package for other learning systems. Reads: the course. Writes: bytes."""

from __future__ import annotations

from functools import lru_cache

from smallplaces.courses import Course
from smallplaces.courses.scorm import package


@lru_cache(maxsize=16)
def scorm_of(course: Course, lang: str, site: str) -> bytes:
    """The SCORM 1.2 package of a course in ``lang``. ``site``: the public address its links lead to."""
    return package(course, lang, site.rstrip("/"))
