"""The writer of packages: manifest, one page a lesson, the script that reports, all in one ZIP file.

SCORM 1.2 (Content Aggregation Model and Run-Time Environment, 2001). Every lesson is a SCO with a status and a score of
its own. The same course gives the same bytes. Exercises need the library, so a page leads to them on the site.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import yaml
from lxml import etree

from smallplaces.courses.marks import PASS
from smallplaces.courses.model import Course, CourseText, Exercise, Find, Lesson, Question, Shorten
from smallplaces.courses.prose import Writer

_HERE: Final = Path(__file__).parent
CP: Final = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL: Final = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
MANIFEST: Final = "imsmanifest.xml"
_TOGETHER: Final = ("sco.js", "style.css")
_PASS: Final = int(PASS * 100)
_HEAD: Final = "00-course"
_RIGHT_TO_LEFT: Final = frozenset({"ar"})


def package(course: Course, lang: str, site: str) -> bytes:
    """The ZIP file of a course in ``lang`` or the nearest it is written in. ``site``: the public address of the site
    that its links lead to, without a slash at the end."""
    text = course.text(lang)
    files: dict[str, bytes] = {MANIFEST: _manifest(course, text)}
    for name in _TOGETHER:
        files[name] = (_HERE / name).read_bytes()
    write = Writer(lambda path: f"{site}/{text.lang}/{path}", apart=True)
    files[f"{_HEAD}.html"] = _introduction(course, text, write).encode()
    for lesson in text.lessons:
        files[f"{lesson.slug}.html"] = _lesson(lesson, course, text, write, site).encode()
    bundle = io.BytesIO()
    when = (course.version.year, course.version.month, course.version.day, 0, 0, 0)
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, when), content, zipfile.ZIP_DEFLATED)
    return bundle.getvalue()


def _manifest(course: Course, text: CourseText) -> bytes:
    root = etree.Element(f"{{{CP}}}manifest", nsmap={None: CP, "adlcp": ADL})
    root.set("identifier", f"smallplaces-{course.id}-{text.lang}")
    root.set("version", course.version.isoformat())
    about = etree.SubElement(root, f"{{{CP}}}metadata")
    etree.SubElement(about, f"{{{CP}}}schema").text = "ADL SCORM"
    etree.SubElement(about, f"{{{CP}}}schemaversion").text = "1.2"
    organizations = etree.SubElement(root, f"{{{CP}}}organizations", default="course")
    organization = etree.SubElement(organizations, f"{{{CP}}}organization", identifier="course")
    etree.SubElement(organization, f"{{{CP}}}title").text = text.title
    resources = etree.SubElement(root, f"{{{CP}}}resources")
    shared = etree.Element(f"{{{CP}}}resource", identifier="res-shared", type="webcontent")
    shared.set(f"{{{ADL}}}scormtype", "asset")
    for name in _TOGETHER:
        etree.SubElement(shared, f"{{{CP}}}file", href=name)
    _sco(organization, resources, _HEAD, text.title, scored=False)
    for lesson in text.lessons:
        _sco(organization, resources, lesson.slug, lesson.title, scored=bool(lesson.quiz))
    resources.append(shared)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _sco(organization: Any, resources: Any, slug: str, title: str, *, scored: bool) -> None:
    item = etree.SubElement(organization, f"{{{CP}}}item", identifier=f"item-{slug}", identifierref=f"res-{slug}")
    etree.SubElement(item, f"{{{CP}}}title").text = title
    if scored:
        etree.SubElement(item, f"{{{ADL}}}masteryscore").text = str(_PASS)
    resource = etree.SubElement(resources, f"{{{CP}}}resource", identifier=f"res-{slug}", type="webcontent")
    resource.set(f"{{{ADL}}}scormtype", "sco")
    resource.set("href", f"{slug}.html")
    etree.SubElement(resource, f"{{{CP}}}file", href=f"{slug}.html")
    etree.SubElement(resource, f"{{{CP}}}dependency", identifierref="res-shared")


def _introduction(course: Course, text: CourseText, write: Writer) -> str:
    body = f'<p class="quiet">{escape(text.summary)}</p>{write.page(text.introduction)}{_read(_words(text.lang))}'
    return _page(_HEAD, text.title, body, text.lang)


def _lesson(lesson: Lesson, course: Course, text: CourseText, write: Writer, site: str) -> str:
    words = _words(text.lang)
    goals = "".join(f"<li>{escape(goal)}</li>" for goal in lesson.goals)
    parts = [f"<p>{escape(words['goals'])}</p><ul>{goals}</ul>", write.page(lesson.body)]
    if lesson.exercises:
        parts.append(f"<h2>{escape(words['exercises'])}</h2>")
        home = f"{site}/{text.lang}/learn/{course.id}/{lesson.slug}/"
        parts += [_exercise(number, one, home, write, words) for number, one in enumerate(lesson.exercises, start=1)]
    parts.append(_quiz(lesson, write, words) if lesson.quiz else _read(words))
    return _page(lesson.slug, lesson.title, "".join(parts), text.lang)


def _exercise(number: int, exercise: Exercise, home: str, write: Writer, words: Mapping[str, str]) -> str:
    about = (
        "" if isinstance(exercise, Find) else f"<blockquote>{escape(exercise.text)}</blockquote>" * bool(exercise.text)
    )
    model = f"<p>{escape(exercise.model)}</p>" if isinstance(exercise, Shorten) else ""
    title = escape(words["exercise"].format(number=number))
    link = f'<a href="{escape(home)}#exercise-{number}" target="_blank" rel="noopener">{escape(words["on_site"])}</a>'
    answer = (
        f"<details><summary>{escape(words['answer'])}</summary>{model}<p>{write.line(exercise.explain)}</p></details>"
    )
    return f"<section><h3>{title}</h3><p>{write.line(exercise.ask)}</p>{about}<p>{link}</p>{answer}</section>"


def _quiz(lesson: Lesson, write: Writer, words: Mapping[str, str]) -> str:
    questions = "".join(_question(index, one, write, words) for index, one in enumerate(lesson.quiz))
    return (
        f'<h2>{escape(words["quiz"])}</h2><form id="quiz-form">{questions}'
        f'<button id="send">{escape(words["send"])}</button>'
        f'<button id="again" type="button" hidden>{escape(words["again"])}</button></form>'
    )


def _question(index: int, question: Question, write: Writer, words: Mapping[str, str]) -> str:
    kind = "checkbox" if len(question.right) > 1 else "radio"
    several = f'<p class="quiet">{escape(words["several"])}</p>' if len(question.right) > 1 else ""
    options = "".join(
        f'<label><input type="{kind}" name="q{index}" value="{place}" data-right="{str(option.right).lower()}"> '
        f'{write.line(option.text)}</label><div class="why" hidden>{write.line(option.why)}</div>'
        for place, option in enumerate(question.options)
    )
    why = f'<div class="why" hidden>{write.line(question.why)}</div>' if question.why else ""
    legend = f"<legend>{write.line(question.ask)}</legend>"
    return f'<fieldset>{legend}{several}{options}<p><strong class="verdict"></strong></p>{why}</fieldset>'


def _read(words: Mapping[str, str]) -> str:
    return f'<p><button id="read" type="button">{escape(words["read"])}</button></p>'


def _page(slug: str, title: str, body: str, lang: str) -> str:
    words = _words(lang)
    said = {"pass": str(_PASS), "lesson": slug}
    said |= {
        name.replace("_", "-"): words[name] for name in ("right", "wrong", "score", "unanswered", "kept", "no_system")
    }
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items())
    direction = "rtl" if lang in _RIGHT_TO_LEFT else "ltr"
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="style.css"><script src="sco.js" defer></script></head>'
        f'<body{data}><main><h1>{escape(title)}</h1>{body}<p id="said" role="status"></p></main></body></html>\n'
    )


@cache
def _all_words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load((_HERE / "words.yml").read_text(encoding="utf-8"))
    return words


def _words(lang: str) -> Mapping[str, str]:
    return _all_words().get(lang, _all_words()["en"])
