"""How rights are exercised: by page, by the interface, by the command line. One file a room, found by its name.

A room adds ``tests/site/exercises/<room>.py`` with ``EXERCISES``; ``test_rights_walk`` then sends everybody through it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponseBase
from tests.site.followed import signed_in
from typer.testing import CliRunner

from smallplaces_site.cli import commands
from smallplaces_site.cli.app import app
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Forbidden

ALLOWED, FORBIDDEN, SIGN_IN = "allowed", "forbidden", "sign in"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One way to use a right for a place. ``do``: who (None: nobody signed in) and the whole code of the place, and it
    returns what came of it. ``way``: page, interface or command."""

    right: str
    way: str
    do: Callable[[User | None, str], str]

    def __str__(self) -> str:
        return f"{self.right} by {self.way}"


def every() -> list[Exercise]:
    """The exercises of all rooms."""
    rooms = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
    modules = [importlib.import_module(f"tests.site.exercises.{room}") for room in rooms]
    return [exercise for module in modules for exercise in module.EXERCISES]


def posted(who: User | None, path: str, given: dict[str, object]) -> str:
    """What comes of sending a form."""
    return came_of(signed_in(who).post(path, given))


def came_of(response: HttpResponseBase) -> str:
    """What a page's answer means."""
    if response.status_code == 403:
        return FORBIDDEN
    if response.status_code == 302 and "/account/login/" in response.headers["Location"]:
        return SIGN_IN
    assert response.status_code == 302, f"{response.status_code}: the form was shown again"
    return ALLOWED


def commanded(who: User | None, *words: str) -> str:
    """What comes of a command that acts as a person. Nobody is nobody's account: it is not asked for."""
    assert commands
    done = CliRunner().invoke(app, [*words, "--as", who.email if who else "nobody@example.org"])
    if isinstance(done.exception, Forbidden):
        return FORBIDDEN
    assert done.exit_code == 0, (done.output, done.exception)
    return ALLOWED
