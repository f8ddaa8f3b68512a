"""``smallplaces courses``: which there are, whether a folder of them is sound, packages for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from rich.markup import escape

from smallplaces import courses as shelf
from smallplaces.courses import Course
from smallplaces.errors import BadInput
from smallplaces_site.actions.export_course import scorm_of
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, out
from smallplaces_site.learn.live import not_here
from smallplaces_site.learn.shelf import all_courses, course_of, folders

courses = typer.Typer(help="Courses for officials: check, list, export.", no_args_is_help=True)
app.add_typer(courses, name="courses")


@courses.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of courses, or one course. Default: all.")] = None,
    here: Annotated[bool, typer.Option("--here", help="Look too whether this copy holds every paragraph.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what is wrong with courses, and where: file, line, and what is expected."""
    shelves = [shelf.shelf(one) for one in ([folder] if folder else folders())]
    found = {course.id: course for one in shelves for course in one.courses.values()}
    faults = [fault for one in shelves for fault in one.faults]
    missing = [one for course in found.values() for one in not_here(course)] if here else []
    if as_json:
        emit({"courses": sorted(found), "faults": faults, "missing": missing})
    else:
        for fault in (*faults, *missing):
            out.print(escape(str(fault)), highlight=False, soft_wrap=True)
        out.print(f"{len(found)} courses without fault, {len(faults)} faults")
    if faults or missing:
        raise typer.Exit(Exit.REFUSED)


@courses.command("list")
def listed(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False) -> None:
    """Show the courses of this installation: ours and the institution's own."""
    found = list(all_courses().values())
    if as_json:
        emit([_shape(course) for course in found])
        return
    for course in found:
        title = course.text("en").title
        out.print(
            escape(f"{course.id}  {title}  ({len(course.slugs)} lessons, {', '.join(course.texts)})"), highlight=False
        )


@courses.command()
def export(
    course: Annotated[str, typer.Argument(help="The course's id, as the list shows it.")],
    scorm: Annotated[Path, typer.Option(help="File to write the SCORM 1.2 package to.")],
    lang: Annotated[str, typer.Option(help="Language of the package; English where the course has no other.")] = "en",
    site: Annotated[str, typer.Option(help="Address that its links lead to. Default: SMALLPLACES_URL.")] = "",
) -> None:
    """Write a course as a SCORM 1.2 package for another learning system."""
    found = course_of(course)
    address = site or str(settings.SETTINGS["SMALLPLACES_URL"])
    if not address:
        raise BadInput("say with --site (or SMALLPLACES_URL) where the site stands that links lead to")
    scorm.write_bytes(scorm_of(found, lang, address))
    out.print(escape(f"wrote {scorm}: {found.text(lang).title}, {found.text(lang).lang}"), highlight=False)


def _shape(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "titles": {lang: text.title for lang, text in course.texts.items()},
        "minutes": course.minutes,
        "version": course.version,
        "after": course.after,
        "lessons": course.slugs,
        "questions": course.questions,
    }
