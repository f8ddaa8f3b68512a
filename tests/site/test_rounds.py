"""Input rounds: asking places, answering from what was recorded, signing, and what the answers say together. Places,
organisations and texts are invented."""

from __future__ import annotations

import html as markup
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from tests.site.followed import (
    ABROAD,
    CITY,
    OBSERVATIONS,
    PROVINCE,
    STATE,
    TOWN,
    civil,
    contributor,
    exampland,
    head,
    officer,
    signed_in,
)

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions import answer_round, send_round
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.answer_round import Overtaken, Unanswered, hand_in, save_reply
from smallplaces_site.actions.follow_action import Plan as Action
from smallplaces_site.actions.follow_action import write_action
from smallplaces_site.actions.follow_evidence import add_link
from smallplaces_site.actions.follow_indicator import Measure, add_value, write_indicator
from smallplaces_site.actions.merge_round import begin_from_round
from smallplaces_site.actions.write_draft import Begun
from smallplaces_site.actions.write_round import Asked, Plan, write_round
from smallplaces_site.alerts.models import Letter
from smallplaces_site.drafts import read as drafts
from smallplaces_site.people.models import Deed, User
from smallplaces_site.people.rights import Forbidden
from smallplaces_site.rounds import read
from smallplaces_site.rounds.answers import Answer
from smallplaces_site.rounds.merge import Merged, merged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

NOON = datetime(2030, 5, 8, 12, tzinfo=UTC)
DUE = date(2030, 6, 1)
STEP = "upr.stakeholder-input"
QUESTIONS = (
    Asked("text", "What did you do?", "In the last two years.", required=True, link=f"{OBSERVATIONS} ¶ 7"),
    Asked("number", "How many homes?", unit="homes", added=True),
    Asked("number", "Which share of stops?", unit="%"),
    Asked("yes-no", "Is there an ordinance?", required=True),
    Asked("choice", "Who is responsible?", choices=("The council", "The mayor")),
    Asked("file", "Show it."),
)


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with exampland(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


@dataclass
class Cast:
    """Those who ask, and those who answer."""

    officer: User
    head: User
    clerk: User
    other: User


@pytest.fixture
def cast() -> Cast:
    return Cast(officer(), head(), contributor(), head(TOWN))


def plan(**changes: Any) -> Plan:
    given: dict[str, Any] = {
        "title": "Housing, for the review",
        "due": DUE,
        "lang": "en",
        "introduction": "We write a report.",
        "step": STEP,
        "about": (f"{OBSERVATIONS} ¶ 7",),
        "questions": QUESTIONS,
    }
    return Plan(**{**given, **changes})


def sent(by: User, *codes: str, **changes: Any) -> int:
    row = write_round(plan(**changes), by=by)
    send_round.send_round(row.pk, codes or (CITY, TOWN), by=by, now=NOON)
    return row.pk


def reply(pk: int, by: User, place: str = CITY, **changes: Answer) -> None:
    answers = {1: Answer(text="We built ramps."), 4: Answer(choice="no")}
    answers |= {int(name[1:]): one for name, one in changes.items()}
    revision = read.reply(read.invitation(pk, place).id).revision
    save_reply(pk, place, answers, revision=revision, by=by, now=NOON)


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return markup.unescape(response.content.decode())


def together(pk: int) -> list[Merged]:
    return merged(read.get(pk), read.invitations(pk))


def test_an_officer_asks_and_officials_are_told(cast: Cast) -> None:
    pk = sent(cast.officer, CITY, TOWN, PROVINCE)
    found = read.get(pk)
    assert (found.status, len(found.questions), found.due) == ("open", 6, DUE)
    letters = {one.address: one for one in Letter.objects.all()}
    assert set(letters) == {cast.head.email, cast.clerk.email, cast.other.email}
    assert f"/rounds/{pk}/answers/N1/" in letters[cast.head.email].text
    assert [one.status for one in read.invitations(pk)] == ["not-opened"] * 3
    assert send_round.send_round(pk, [CITY], by=cast.officer, now=NOON) == []  # sent there already
    assert read.waiting_for(cast.head) == [(CITY, 1)]
    assert Deed.objects.filter(what="round.open").count() == 3


def form_of(**changes: Any) -> dict[str, Any]:
    given = {"title": "Housing", "due": "2030-06-01", "lang": "en", "introduction": "", "about": "", "step": STEP}
    given |= {"q-TOTAL_FORMS": "2", "q-INITIAL_FORMS": "0", "q-0-text": "How many?", "q-0-kind": "number"}
    given |= {"q-0-unit": "homes", "q-0-added": "on", "q-0-ORDER": "2", "q-1-text": "What was done?", "q-1-kind": "text"}
    return {**given, "q-1-ORDER": "1", "q-1-required": "on", "then": "places", **changes}


def test_a_round_from_the_first_question_to_the_submission_on_pages(cast: Cast) -> None:
    asks, answers, signs = signed_in(cast.officer), signed_in(cast.clerk), signed_in(cast.head)
    assert "Write questions" in body(asks, "/en/rounds/")
    assert "Save and add a question" in body(asks, "/en/rounds/new/")
    went = asks.post("/en/rounds/new/", form_of())
    assert went.status_code == 302, markup.unescape(went.content.decode())
    path = went["Location"]
    pk = int(path.split("/")[3])
    assert [one.text for one in read.get(pk).questions] == ["What was done?", "How many?"]
    page = markup.unescape(asks.post(path, {"do": "below", "below": "N"}).content.decode())
    assert "nobody acts for it here" in page
    assert "Send to" in page
    page = markup.unescape(asks.post(path, {"do": "send", "place": [CITY, TOWN]}, follow=True).content.decode())
    assert "Sent to 2 places." in page
    assert "Remind 2 places that have not handed in" in page
    own = f"/en/rounds/{pk}/answers/N1/"
    assert own in body(answers, "/en/places/N1/rounds/")
    assert own in body(answers, "/en/rounds/")
    assert "Questions to" in body(answers, "/en/account/")
    page = body(answers, own)
    assert "What was done?" in page
    assert "Hand in for your place" not in page
    answers.post(own, {"revision": "0", "q1-text": "Ramps.", "q2-number": "12", "q2-as_of": "2029-12-31", "do": "save"})
    assert "Hand in for your place" in body(signs, own)
    said = {"revision": "1", "q1-text": "Ramps, built.", "q2-number": "12.5", "do": "hand-in"}
    assert "Handed in. The sender sees it." in markup.unescape(signs.post(own, said, follow=True).content.decode())
    assert read.invitation(pk, CITY).status == "handed-in"
    page = body(asks, f"/en/rounds/{pk}/together/")
    assert "Ramps, built." in page
    assert "In all: 12.5 homes (places that gave a number: 1)." in page
    begun = asks.post(f"/en/rounds/{pk}/together/submission/", {"step": STEP, "title": "Ours", "lang": "en"})
    draft = drafts.draft(int(begun["Location"].split("/")[3]))
    assert "Ramps, built." in dict(draft.sections)["What was done?"]
    assert "Ramps, built." in body(asks, f"/en/drafts/{draft.id}/preview/")


def test_answers_take_what_was_recorded(cast: Cast) -> None:
    did = write_action(cast.head, Action("Build ramps", description="At 40 stops."), place=CITY)
    shown = add_link(cast.head, did.pk, "Report of the works", "https://example.org/works")
    measure = write_indicator(cast.head, Measure("Homes let", "outcome", unit="homes", source="Register"), place=CITY)
    add_value(cast.head, measure.pk, date(2029, 12, 31), Decimal("120"))
    pk = sent(cast.officer)
    client, own = signed_in(cast.clerk), f"/en/rounds/{pk}/answers/N1/"
    assert "Homes let: 120 homes (2029-12-31)" in body(client, own)
    form = {"revision": "0", "q1-use_action": str(did.pk), "q2-use_indicator": str(measure.pk), "q4-choice": "partly"}
    form |= {"q6-use_evidence": str(shown.pk), "q6-file": SimpleUploadedFile("count.csv", b"a,b\n1,2\n")}
    client.post(own, form | {"q2-text": "Old remark", "do": "question-1"})
    written = read.reply(read.invitation(pk, CITY).id).answers
    assert written[1].text == "Build ramps. At 40 stops."
    assert (written[2].number, written[2].as_of, written[2].source) == ("120", "2029-12-31", "Register")
    assert [one.kind for one in written[6].attached] == ["evidence", "file"]
    page = body(client, own)
    assert "Report of the works" in page
    file = written[6].attached[1]
    kept = f"{own}files/{file.sha256}/"
    assert client.get(kept).status_code == 200
    assert signed_in(cast.officer).get(kept).status_code == 404, "not before it is handed in"
    assert signed_in(cast.other).get(kept).status_code == 404
    hand_in(pk, CITY, by=cast.head, now=NOON)
    assert signed_in(cast.officer).get(kept).status_code == 200
    assert signed_in(cast.other).get(kept).status_code == 404, "not before it is shared"
    send_round.close_round(pk, by=cast.officer, share=True, now=NOON)
    assert signed_in(cast.other).get(kept).status_code == 200
    add_value(cast.head, measure.pk, date(2030, 12, 31), Decimal("150"))
    assert together(pk)[1].total == Decimal("120"), "what was handed in does not change"


def test_another_places_records_cannot_be_put_in(cast: Cast) -> None:
    theirs = write_action(cast.other, Action("Their secret plan"), place=TOWN)
    write_action(cast.head, Action("Our own plan"), place=CITY)
    pk = sent(cast.officer)
    client, own = signed_in(cast.clerk), f"/en/rounds/{pk}/answers/N1/"
    assert client.post(own, {"revision": "0", "q1-use_action": str(theirs.pk)}).status_code == 400
    with pytest.raises(NotFound):
        answer_round.with_action(Answer(), theirs.pk, CITY)
    assert read.reply(read.invitation(pk, CITY).id).revision == 0
