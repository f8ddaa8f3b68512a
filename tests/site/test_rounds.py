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
    head,
    officer,
    signed_in,
)
from tests.site.held_example import held_example

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
from smallplaces_site.doors.store import Said, keep
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
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
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


def reply(pk: int, by: User, place: str = CITY, /, **changes: Answer) -> None:
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
    given |= {
        "q-0-unit": "homes",
        "q-0-added": "on",
        "q-0-ORDER": "2",
        "q-1-text": "What was done?",
        "q-1-kind": "text",
    }
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
    keep(Said(STATE, STEP, "", "2099-03-01", "2099-03-01", "announced", "A letter", 1.0, "person"))
    begun = asks.post(f"/en/rounds/{pk}/together/submission/", {"step": STEP, "title": "Ours", "lang": "en"})
    draft = drafts.draft(int(begun["Location"].split("/")[3]))
    assert (draft.due, draft.due_source) == (date(2099, 3, 1), "A letter")
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
    form: dict[str, Any] = {
        "revision": "0",
        "q1-use_action": str(did.pk),
        "q2-use_indicator": str(measure.pk),
        "q4-choice": "partly",
    }
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


def attempts_at(pk: int, who: User | None) -> tuple[Callable[[], object], ...]:
    """Everything that the institution alone does with its round, tried by somebody."""
    return (
        lambda: write_round(plan(), by=who, pk=pk),
        lambda: send_round.send_round(pk, [PROVINCE], by=who),
        lambda: send_round.remind_round(pk, by=who),
        lambda: send_round.clarify_round(pk, "Really", by=who),
        lambda: send_round.close_round(pk, by=who),
        lambda: send_round.reopen_round(pk, by=who),
        lambda: send_round.share_round(pk, by=who),
        lambda: begin_from_round(pk, Begun(STEP, 0, STATE, "x", "en"), by=who),
    )


def test_who_asks_answers_and_signs(cast: Cast) -> None:
    pk = sent(cast.officer)
    reply(pk, cast.clerk)
    ministry = admit("m@example.org", "officer", "Ministry of Exampland", Place(state=STATE)).user
    abroad = admit("a@example.org", "officer", "Commission of Testonia", Place(state=ABROAD)).user
    reader = User.objects.create_user("reader@example.org")
    for who in (ministry, abroad, cast.head, cast.clerk, civil(), reader, None):
        for attempt in attempts_at(pk, who):
            with pytest.raises(Forbidden):
                attempt()
    for who in (cast.head, civil(), reader, None):
        with pytest.raises(Forbidden):
            write_round(plan(), by=who)
    for who in (cast.officer, ministry, abroad, cast.other, head(PROVINCE), civil(), reader):
        with pytest.raises(Forbidden):
            save_reply(pk, CITY, {1: Answer(text="Not ours")}, revision=1, by=who)
        with pytest.raises(Forbidden):
            answer_round.attached_file(pk, CITY, "a.csv", [b"a"], by=who)
    for who in (cast.clerk, cast.officer, cast.other, reader):
        with pytest.raises(Forbidden):
            hand_in(pk, CITY, by=who)
    above = admit("above@example.org", "head", "Above", Place("local", STATE, PROVINCE), below=True).user
    hand_in(pk, CITY, by=above)  # reaches the places below
    assert read.invitation(pk, CITY).latest is not None


@pytest.mark.parametrize("lang", ["en", "ko", "fr", "es", "ar", "ru", "zh"])
def test_nobody_else_sees_a_page(cast: Cast, lang: str) -> None:
    pk = sent(cast.officer)
    reply(pk, cast.clerk)
    hand_in(pk, CITY, by=cast.head)
    reader = signed_in(User.objects.create_user("reader@example.org"))
    ministry = signed_in(admit("m@example.org", "officer", "Ministry", Place(state=STATE)).user)
    asks = [f"rounds/{pk}/", f"rounds/{pk}/edit/", f"rounds/{pk}/places/", f"rounds/{pk}/together/"]
    asks += [f"rounds/{pk}/together/word/", f"rounds/{pk}/together/?format=csv"]
    own = [f"rounds/{pk}/answers/N1/", "places/N1/rounds/"]
    for path in (*asks, *own, "rounds/"):
        assert Client().get(f"/{lang}/{path}").status_code == 302, path
        assert reader.get(f"/{lang}/{path}").status_code in {403, 404}, path
    for path in asks:
        assert ministry.get(f"/{lang}/{path}").status_code == 404, path
        assert "ramps" not in signed_in(cast.other).get(f"/{lang}/{path}").content.decode(), path
    for path in own:
        assert signed_in(cast.other).get(f"/{lang}/{path}").status_code in {403, 404}, path
        assert signed_in(cast.officer).get(f"/{lang}/{path}").status_code in {403, 404}, path
    for who, paths in ((cast.officer, [*asks[2:], f"rounds/{pk}/"]), (cast.clerk, own)):
        for path in paths:
            assert signed_in(who).get(f"/{lang}/{path}").status_code == 200, path
    assert "/places/N1/rounds/" in body(signed_in(cast.clerk), f"/{lang}/places/N1/")
    assert "/places/N1/rounds/" not in body(signed_in(cast.other), f"/{lang}/places/N1/")
    assert "/places/N1/rounds/" not in body(Client(), f"/{lang}/places/N1/")


def test_places_read_together_only_what_was_shared_with_them(cast: Cast) -> None:
    pk = sent(cast.officer)
    reply(pk, cast.clerk)
    hand_in(pk, CITY, by=cast.head)
    other, path = signed_in(cast.other), f"/en/rounds/{pk}/together/"
    assert other.get(path).status_code == 404
    with pytest.raises(BadInput, match="Close"):
        send_round.share_round(pk, by=cast.officer)
    send_round.close_round(pk, by=cast.officer, now=NOON)
    assert other.get(path).status_code == 404
    signed_in(cast.officer).post(f"/en/rounds/{pk}/", {"do": "share"})
    page = body(other, path)
    assert "We built ramps." in page
    assert "Begin a submission from it" not in page
    assert Letter.objects.filter(address=cast.other.email, text__contains="/together/").count() == 1
    send_round.reopen_round(pk, by=cast.officer)
    assert other.get(path).status_code == 404, "it is not whole any more"


def test_questions_are_frozen_and_days_move_with_a_reason(cast: Cast) -> None:
    row = write_round(plan(), by=cast.officer)
    write_round(plan(questions=QUESTIONS[:2]), by=cast.officer, pk=row.pk)
    assert len(read.get(row.pk).questions) == 2
    with pytest.raises(BadInput, match="not sent"):
        send_round.clarify_round(row.pk, "x", by=cast.officer)
    with pytest.raises(BadInput, match="has passed"):
        send_round.send_round(row.pk, [CITY], by=cast.officer, now=NOON + timedelta(days=99))
    with pytest.raises(BadInput, match="at least one place"):
        send_round.send_round(row.pk, [], by=cast.officer, now=NOON)
    send_round.send_round(row.pk, [CITY], by=cast.officer, now=NOON)
    with pytest.raises(BadInput, match="do not change"):
        write_round(plan(), by=cast.officer, pk=row.pk)
    assert signed_in(cast.officer).get(f"/en/rounds/{row.pk}/edit/").status_code == 302
    client = signed_in(cast.officer)
    client.post(f"/en/rounds/{row.pk}/", {"do": "move", "due": "2030-05-20", "text": "Earlier"})
    assert read.get(row.pk).due == DUE, "a day is never moved back"
    client.post(f"/en/rounds/{row.pk}/", {"do": "move", "due": "2030-06-20", "text": "The holidays."})
    client.post(f"/en/rounds/{row.pk}/", {"do": "say", "text": "Count kitchens, too."})
    found = read.get(row.pk)
    assert found.due == date(2030, 6, 20)
    assert [(one.text, one.due) for one in found.notices] == [
        ("The holidays.", date(2030, 6, 20)),
        ("Count kitchens, too.", None),
    ]
    assert "Count kitchens, too." in body(signed_in(cast.clerk), f"/en/rounds/{row.pk}/answers/N1/")
    assert Letter.objects.filter(address=cast.head.email).count() == 3


def test_reminders_go_once_a_day_to_those_that_have_not_handed_in(cast: Cast) -> None:
    pk = sent(cast.officer, CITY, TOWN, PROVINCE)
    reply(pk, cast.clerk)
    hand_in(pk, CITY, by=cast.head)
    Letter.objects.all().delete()
    assert send_round.remind_round(pk, by=cast.officer, now=NOON) == 1, "nobody acts for the province"
    send_round.remind_round(pk, by=cast.officer, now=NOON)
    assert list(Letter.objects.values_list("address", flat=True)) == [cast.other.email]
    send_round.remind_round(pk, by=cast.officer, now=NOON + timedelta(days=1))
    assert Letter.objects.count() == 2


def test_what_is_handed_in_stays_and_a_closed_round_takes_nothing(cast: Cast) -> None:
    pk = sent(cast.officer)
    with pytest.raises(Unanswered) as refused:
        hand_in(pk, CITY, by=cast.head)
    assert refused.value.numbers == (1, 4)
    reply(pk, cast.clerk)
    with pytest.raises(Overtaken):
        save_reply(pk, CITY, {}, revision=0, by=cast.head)
    hand_in(pk, CITY, by=cast.head)
    with pytest.raises(BadInput, match="already"):
        hand_in(pk, CITY, by=cast.head)
    reply(pk, cast.clerk, q1=Answer(text="We built more."))
    first = read.invitation(pk, CITY)
    assert [one.version for one in first.handed] == [1]
    assert together(pk)[0].statements[0].answer.text == "We built ramps.", "not handed in yet"
    assert "not handed in" in body(signed_in(cast.clerk), f"/en/rounds/{pk}/answers/N1/")
    hand_in(pk, CITY, by=cast.head)
    found = read.invitation(pk, CITY)
    assert [(one.version, one.answers[1].text) for one in found.handed] == [
        (2, "We built more."),
        (1, "We built ramps."),
    ]
    send_round.close_round(pk, by=cast.officer)
    with pytest.raises(BadInput, match="closed"):
        reply(pk, cast.clerk, q1=Answer(text="Too late."))
    with pytest.raises(BadInput, match="closed"):
        hand_in(pk, CITY, by=cast.head)
    client = signed_in(cast.head)
    assert client.post(f"/en/rounds/{pk}/answers/N1/", {"revision": "2", "q1-text": "Late"}).status_code == 400
    send_round.reopen_round(pk, by=cast.officer)
    reply(pk, cast.clerk, q1=Answer(text="In time."))


@pytest.mark.parametrize(
    ("number", "answer", "said"),
    [
        (1, Answer(text="x", nothing=True), "not both"),
        (1, Answer(text="x" * 10_001), "10,000"),
        (2, Answer(number="many"), "write a number"),
        (2, Answer(number="1e999999"), "15 digits"),
        (2, Answer(number="NaN"), "15 digits"),
        (2, Answer(number="1", as_of="yesterday"), "2026-12-31"),
        (4, Answer(choice="maybe"), "choose one"),
        (5, Answer(choice="yes"), "choose one"),
        (1, Answer(text="x", choice="yes"), "choose one"),
    ],
)
def test_an_answer_fits_its_question(cast: Cast, number: int, answer: Answer, said: str) -> None:
    pk = sent(cast.officer)
    with pytest.raises(BadInput, match=said):
        save_reply(pk, CITY, {number: answer}, revision=0, by=cast.clerk)
    with pytest.raises(NotFound):
        save_reply(pk, CITY, {77: Answer(text="x")}, revision=0, by=cast.clerk)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "title"),
        ({"lang": "tlh"}, "language"),
        ({"about": ("A/NO/SUCH ¶ 3",)}, "does not hold"),
        ({"about": (f"{OBSERVATIONS} ¶ 999",)}, "does not hold"),
        ({"step": "no.such"}, "no.such"),
        ({"questions": (Asked("choice", "Which?", choices=("One",)),)}, "2 to 30"),
        ({"questions": (Asked("dance", "How?"),)}, "answered"),
        ({"questions": (Asked("text", " "),)}, "needs words"),
        ({"questions": (Asked("text", "Why?"),) * 51}, "at most 50"),
        ({"questions": (Asked("text", "Why?", link="NO/SUCH ¶ 1"),)}, "does not hold"),
    ],
)
def test_what_cannot_be_asked_is_said(cast: Cast, changes: dict[str, Any], said: str) -> None:
    with pytest.raises((BadInput, NotFound), match=said):
        write_round(plan(**changes), by=cast.officer)


def answered(cast: Cast, **changes: Any) -> int:
    """A round to three places: one answers everything, one has no information, one says nothing."""
    pk = sent(cast.officer, CITY, TOWN, PROVINCE, **changes)
    words = "We built [ramps].\n\n## Forty of them."
    everything = {"q1": Answer(text=words), "q2": Answer(number="12.5", as_of="2029-12-31", source="Register")}
    reply(pk, cast.clerk, **everything, q3=Answer(number="40"), q5=Answer(choice="The mayor"))
    hand_in(pk, CITY, by=cast.head, now=NOON)
    nothing = {"q1": Answer(nothing=True), "q2": Answer(nothing=True), "q4": Answer(choice="no")}
    reply(pk, cast.other, TOWN, **nothing)
    hand_in(pk, TOWN, by=cast.other, now=NOON)
    return pk


def test_no_information_is_not_no_and_not_nothing(cast: Cast) -> None:
    pk = answered(cast)
    first, homes, share, ordinance, who, _shown = together(pk)
    assert [one.place for one in first.statements] == [CITY]
    assert [one.place for one in first.without] == [TOWN]
    assert first.silent == (PROVINCE,)
    assert (homes.total, share.total) == (Decimal("12.5"), None)
    assert share.left_open == (TOWN,)
    assert ordinance.counts == (("yes", 0), ("partly", 0), ("no", 2))
    assert who.counts == (("The council", 0), ("The mayor", 1))
    page = body(signed_in(cast.officer), f"/en/rounds/{pk}/together/")
    for said in ("No information: ", "Left open: ", "No answer handed in: ", "Yes: 0; Partly: 0; No: 2."):
        assert said in page
    assert "not added up" in page
    rows = signed_in(cast.officer).get(f"/en/rounds/{pk}/together/?format=csv")
    listed = b"".join(rows.streaming_content).decode()  # type: ignore[attr-defined]
    assert listed.count("no-information") == 2
    assert listed.count("not-handed-in") == 6
    progress = signed_in(cast.officer).get(f"/en/rounds/{pk}/?format=csv")
    standing = b"".join(progress.streaming_content).decode()  # type: ignore[attr-defined]
    assert standing.count("handed-in") == 2
    assert "not-opened" in standing


def test_a_submission_begins_with_every_statement_traced(cast: Cast) -> None:
    pk = answered(cast)
    begun = Begun(STEP, cast.head.memberships.get().organisation_id, ABROAD, "Ours", "en")
    draft = drafts.draft(begin_from_round(pk, begun, by=cast.officer).pk)
    assert draft.owner_name == "Commission of Exampland", "whatever was asked for"
    assert draft.state == STATE
    sections = dict(draft.sections)
    assert list(sections) == [one.text for one in QUESTIONS]
    first = sections["What did you do?"].split("\n\n")
    assert "We built (ramps). [[note: Answer of " in first[0]
    assert first[1].startswith("Forty of them. [[note: Answer of "), "no heading comes from an answer"
    assert "signed by head" not in sections["What did you do?"]
    assert "Government of N1" in first[0]
    empty = sent(cast.officer)
    with pytest.raises(BadInput, match="No place has handed in"):
        begin_from_round(empty, begun, by=cast.officer)


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
def test_the_word_file_names_the_place_of_every_paragraph(cast: Cast, lang: str, tmp_path: Path) -> None:
    pk = answered(cast, lang=lang)
    response = signed_in(cast.officer).get(f"/en/rounds/{pk}/together/word/")
    assert response["Content-Type"].endswith("wordprocessingml.document")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.testzip() is None
    document = Document(io.BytesIO(response.content))
    numbered = [one for one in document.paragraphs if one.style is not None and one.style.name == "Numbered Paragraph"]
    notes = archive.read("word/footnotes.xml").decode()
    assert len(numbered) == len(re.findall(r"<w:footnoteRef/>", notes)) == 7
    assert notes.count("2030-05-08") == 7
    assert [len(table.rows) for table in document.tables] == [2, 2]
    if shutil.which("soffice") is None:
        pytest.skip("no word processor here opens the file")
    path = tmp_path / "one.docx"
    path.write_bytes(response.content)
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text", path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    opened = (tmp_path / "one.txt").read_text("utf-8-sig") if (tmp_path / "one.txt").exists() else ""
    assert "Forty of them." in opened, done.stderr


def test_what_is_typed_is_never_markup(cast: Cast) -> None:
    pk = sent(cast.officer, title="<script>alert(1)</script>")
    reply(pk, cast.clerk, q1=Answer(text="<script>alert(2)</script>"))
    hand_in(pk, CITY, by=cast.head)
    for who, path in ((cast.officer, f"rounds/{pk}/together/"), (cast.clerk, f"rounds/{pk}/answers/N1/")):
        page = signed_in(who).get(f"/en/{path}").content.decode()
        assert "alert(" in page
        assert "<script>alert" not in page


def test_strange_forms_are_refused_and_never_break(cast: Cast) -> None:
    pk = sent(cast.officer)
    asks, answers = signed_in(cast.officer), signed_in(cast.clerk)
    assert asks.post("/en/rounds/new/", {}).status_code == 400
    assert asks.post("/en/rounds/new/", form_of(**{"q-TOTAL_FORMS": "many"})).status_code == 400
    assert asks.post("/en/rounds/new/", form_of(about="A/NO/SUCH ¶ 3")).status_code == 400
    assert asks.post(f"/en/rounds/{pk}/places/", {"do": "send", "place": ["NO-SUCH"]}).status_code == 400
    assert asks.post(f"/en/rounds/{pk}/places/", {"do": "below", "below": "NO-SUCH"}).status_code == 200
    for do in ("dance", "say", "move", "reopen"):
        assert asks.post(f"/en/rounds/{pk}/", {"do": do}).status_code == 302
    assert asks.post(f"/en/rounds/{pk}/together/submission/", {"step": "no.such"}).status_code == 400
    assert read.get(pk).notices == ()
    own = f"/en/rounds/{pk}/answers/N1/"
    for strange in ({"revision": "²"}, {"revision": "0", "q2-number": "x"}, {"revision": "0", "q4-choice": "maybe"}):
        assert answers.post(own, strange).status_code == 400
    program = SimpleUploadedFile("run.exe", b"MZ")
    assert answers.post(own, {"revision": "0", "q6-file": program}).status_code == 400
    assert read.reply(read.invitation(pk, CITY).id).revision == 0
    assert answers.get(f"/en/rounds/{pk}/answers/N9/").status_code == 404
    assert answers.get(f"{own}files/{'0' * 64}/").status_code == 404
    assert answers.get("/en/rounds/999/").status_code == 404
