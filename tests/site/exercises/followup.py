"""Follow-up: plan, report, assess, comment, grade, measure."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.site.exercises import Exercise, commanded, posted
from tests.site.followed import OBSERVATIONS, item

from smallplaces_site.people.models import User


def _plan(who: User | None, place: str) -> str:
    given = {"title": "Open homes", "status": "planned"}
    return posted(who, f"/en/follow-up/{item('7', place).pk}/action/", given)


def _say(voice: str, progress: str) -> Exercise:
    right = {"report": "followup.report", "assessment": "followup.assess", "comment": "followup.comment"}[voice]

    def do(who: User | None, place: str) -> str:
        given = {"progress": progress, "text": "In words", "as_of": "2026-01-01"}
        return posted(who, f"/en/follow-up/{item('7', place).pk}/say/{voice}/", given)

    return Exercise(right, "page", do)


def _say_by_command(voice: str, right: str) -> Exercise:
    def do(who: User | None, place: str) -> str:
        return commanded(who, "followup", "say", str(item("7", place).pk), voice, "done")

    return Exercise(right, "command", do)


def _grade(who: User | None, place: str) -> str:
    given = {"grade": "CCPR-2017 B", "symbol": "CCPR/C/128/3", "on": "2020-09-01"}
    return posted(who, f"/en/follow-up/{item('7', place).pk}/grade/", given)


def _measure(who: User | None, place: str) -> str:
    given = {"title": "Homes", "kind": "outcome", "frequency": "yearly"}
    return posted(who, f"/en/follow-up/{item('7', place).pk}/indicator/", given)


def _sheet(kind: str, *lines: str) -> Exercise:
    right = "indicator.write" if kind == "indicators" else "followup.plan"

    def do(who: User | None, place: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "sheet.csv"
            file.write_text("\n".join(lines), encoding="utf-8")
            return commanded(who, "followup", "import", kind, str(file), "--place", place)

    return Exercise(right, "command", do)


EXERCISES = [
    Exercise("followup.plan", "page", _plan),
    _sheet("items", "document,paragraph", f"{OBSERVATIONS},9"),
    _say("report", "done"),
    _say_by_command("report", "followup.report"),
    _say("assessment", "partly"),
    _say_by_command("assessment", "followup.assess"),
    _say("comment", ""),
    _say_by_command("comment", "followup.comment"),
    Exercise("followup.grade", "page", _grade),
    Exercise("indicator.write", "page", _measure),
    _sheet("indicators", "title,kind", "Homes,outcome"),
]
