"""The table of rights, walked through: everybody, of one's own place and of another's, by page and by command line,
is let through or sent away exactly as the table says. A room joins with a file in ``tests/site/exercises``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.site.exercises import ALLOWED, FORBIDDEN, SIGN_IN, Exercise, every
from tests.site.followed import CITY, PROVINCE, STATE, TOWN, civil, contributor, head, officer
from tests.site.held_example import held_example

from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.api.main import api
from smallplaces_site.people.models import Role, User
from smallplaces_site.people.rights import RIGHTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

EXERCISES = every()
#: Rights that no exercise walks yet, each with the test that attacks it. A new right joins the walk or stands here.
ELSEWHERE = {
    "people.manage": "test_people.py",
    "citation.decide": "test_pages_deciding.py",
    "thread.decide": "test_pages_deciding.py",
    "label.decide": "test_local.py",
    "competence.decide": "test_local.py",
    "restatement.write": "test_restatements.py",
    "restatement.approve": "test_restatements.py",
    "brief.write": "test_briefs.py",
    "brief.publish": "test_briefs.py",
    "draft.write": "test_drafts.py",
    "draft.sign": "test_drafts.py",
    "practice.write": "test_practices.py",
    "practice.review": "test_practices.py",
    "dispatch.send": "test_letters.py",
    "dispatch.acknowledge": "test_letters.py",
    "cohort.manage": "test_learn_groups.py",
    "certificate.withdraw": "test_learn_certificates.py",
    "event.write": "test_doors.py",
    "follow.webhook": "test_follows.py",
    "round.open": "test_rounds.py",
    "round.answer": "test_rounds.py",
    "round.sign": "test_rounds.py",
}


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def people() -> dict[str, tuple[User | None, Role | None, bool]]:
    """Everybody: who, in which role, and whether that role reaches the city."""
    reader = User.objects.create_user("reader@example.org")
    admin = admit("admin@example.org", "admin", "Commission of Exampland", Place(state=STATE)).user
    abroad = admit("abroad@example.org", "officer", "Commission of Testonia", Place(state="XXT")).user
    gone = admit("gone@example.org", "head", "Government of N1", Place("local", STATE, CITY)).user
    gone.memberships.update(ended="2026-01-01T00:00Z")
    above = admit("above@example.org", "head", "Government of N", Place("local", STATE, PROVINCE), below=True).user
    short = admit("short@example.org", "head", "City by its short code", Place("local", STATE, "N1")).user
    return {
        "the administrator": (admin, Role.ADMIN, True),
        "an officer": (officer(), Role.OFFICER, True),
        "an officer of another State": (abroad, Role.OFFICER, False),
        "the city's head": (head(), Role.HEAD, True),
        "the city's head, whose place is named by its short code": (short, Role.HEAD, True),
        "the city's contributor": (contributor(), Role.CONTRIBUTOR, True),
        "a former head": (gone, Role.HEAD, False),
        "another town's head": (head(TOWN), Role.HEAD, False),
        "another town's contributor": (contributor(TOWN), Role.CONTRIBUTOR, False),
        "the province's head, who reaches below": (above, Role.HEAD, True),
        "the province's head, who does not": (head(PROVINCE), Role.HEAD, False),
        "civil society": (civil(), Role.COMMENTER, True),
        "civil society, not verified": (civil(verified=False), Role.COMMENTER, False),
        "a reader": (reader, None, False),
        "nobody": (None, None, False),
    }


@pytest.mark.parametrize("exercise", EXERCISES, ids=str)
def test_everybody_is_let_through_or_sent_away_as_the_table_says(exercise: Exercise) -> None:
    wrong = []
    for name, (who, role, reaches) in people().items():
        if who is None and exercise.way != "page":
            continue
        expected = ALLOWED if reaches and role in RIGHTS[exercise.right] else FORBIDDEN if who else SIGN_IN
        with transaction.atomic():
            came = exercise.do(who, CITY)
            transaction.set_rollback(True)
        if came != expected:
            wrong.append((name, came, expected))
    assert wrong == []


def test_every_right_is_walked_or_attacked_elsewhere() -> None:
    walked = {exercise.right for exercise in EXERCISES}
    assert walked <= set(RIGHTS)
    assert set(RIGHTS) - walked - set(ELSEWHERE) == set(), "write an exercise for it"
    assert walked & set(ELSEWHERE) == set(), "it is walked now: take it out of the list"
    assert all(exercise.way in {"page", "interface", "command"} for exercise in EXERCISES)


def test_what_attacks_a_right_elsewhere_is_there() -> None:
    folder = Path(__file__).parent
    there = {right: file for right, file in ELSEWHERE.items() if right in RIGHTS}
    missing = {right: file for right, file in there.items() if not list(folder.glob(f"{Path(file).stem}*.py"))}
    assert missing == {}


def test_the_interface_writes_nothing_at_all() -> None:
    """It has no accounts, so nothing can be signed there: every operation reads, and every other method is refused."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        assert set(methods) == {"get"}, path
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)("/api/v1/follow-up").status_code == 405
