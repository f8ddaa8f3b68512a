"""Doors, over an invented document: days read in it, kept by officers, shown, subscribed to, attacked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from tests.site.command import run, run_json

from smallplaces.errors import BadInput, NotFound
from smallplaces.model.language import CODES
from smallplaces.vocab.steps import ACTORS, procedures
from smallplaces_site.actions.admit import Place, admit, verify
from smallplaces_site.actions.foresee import foresee_changes, foresee_states
from smallplaces_site.actions.keep_event import (
    Entry,
    cancel_event,
    import_events,
    keep_event,
    move_event,
)
from smallplaces_site.corpus.models import Change, Edition, Paragraph, PlaceRecord, Reading, Run, Work, WorkState
from smallplaces_site.doors import read
from smallplaces_site.doors.models import Event, EventVersion
from smallplaces_site.people.models import Deed, Membership, User
from smallplaces_site.people.rights import Forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files", "home")]

TODAY = date(2026, 11, 24)
STATE, SYMBOL = "NAM", "CRPD/C/NAM/CO/1"  # a real State, an invented document
FOLLOW_UP = (
    "The Committee requests the State party to provide, within 12 months, information on the measures taken to "
    "implement the recommendations in paragraphs 7 and 9."
)
NEXT = (
    "Under the simplified reporting procedure, the Committee will send a list of issues at least one year prior to "
    "5 August 2030, the date by which the second periodic report is due."
)


@pytest.fixture
def observations() -> Work:
    """Invented concluding observations, adopted on 10 March 2026."""
    now = timezone.now()
    work = Work.objects.create(
        key=SYMBOL, symbol=SYMBOL, kind="concluding-observations", body="CRPD", adopted=date(2026, 3, 10)
    )
    WorkState.objects.create(work=work, state=STATE)
    edition = Edition.objects.create(work=work, lang="en", status="official")
    imported = Run.objects.create(source="invented", started=now)
    for number, text in ((40, FOLLOW_UP), (41, NEXT)):
        paragraph = Paragraph.objects.create(edition=edition, key=str(number), position=f"{number:04}")
        Reading.objects.create(
            paragraph=paragraph,
            source="invented",
            rank=1,
            digest=str(number),
            shown=True,
            number=str(number),
            kind="paragraph",
            text=text,
            run=imported,
        )
    Change.objects.create(at=now, what="edition", work=work, work_key=work.key, edition=edition, lang="en")
    return work


@pytest.fixture
def place() -> PlaceRecord:
    """An invented place of the State."""
    imported = Run.objects.create(source="invented", started=timezone.now())
    Change.objects.create(at=timezone.now(), what="places", run=imported)
    return PlaceRecord.objects.create(
        source="invented",
        code=f"{STATE}/invented/NA-XX",
        digest="x",
        state=STATE,
        level="province",
        names={"en": "Invented Shore"},
        run=imported,
    )


def officer(state: str = STATE) -> User:
    return admit(f"officer-{state}@example.org", "officer", f"Commission {state}", Place(state=state), name="A.").user


def kept(**changes: str) -> EventVersion | None:
    given = {"state": STATE, "step": "calls-for-input.contribution", "first": "2027-01-15", "source": "Invented call"}
    return keep_event(Entry(**{**given, **changes}), officer())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


# -- foreseen ----------------------------------------------------------------------------------------------------------


def test_days_are_foreseen_from_the_text_with_its_words(observations: Work) -> None:
    foresee_changes()
    report = read.event(f"{STATE}:follow-up.report.CRPD:{SYMBOL}")
    assert (report.first, report.standing, report.source) == ("2027-03-10", "announced", SYMBOL)
    assert report.evidence["paragraphs"] == ["7", "9"]
    assert report.evidence["quote"] == FOLLOW_UP
    listed = read.event(f"{STATE}:simplified-reporting.list-prior.CRPD:{SYMBOL}")
    assert (listed.first, listed.standing) == ("2029-08", "expected")
    assert read.event(f"{STATE}:simplified-reporting.state-report.CRPD:{SYMBOL}").first == "2030-08-05"
    assert read.event(f"{STATE}:follow-up.input.CRPD:{SYMBOL}").expected


def test_foreseeing_again_changes_nothing(observations: Work) -> None:
    assert foresee_changes().new > 0
    before = EventVersion.objects.count()
    assert foresee_changes().states == 0
    assert foresee_changes(again=True).new == 0
    assert EventVersion.objects.count() == before


def test_what_a_text_says_no_more_is_called_off_and_kept(observations: Work) -> None:
    foresee_changes()
    key = f"{STATE}:follow-up.report.CRPD:{SYMBOL}"
    Reading.objects.filter(text=FOLLOW_UP).update(text="The Committee thanks the State party.")
    foresee_states([STATE])
    assert [one.standing for one in read.history(key)] == ["cancelled", "announced"]
    assert key not in {one.key for one in read.events(STATE, TODAY)}


def test_a_moved_text_moves_the_day_and_keeps_the_earlier(observations: Work) -> None:
    foresee_changes()
    Reading.objects.filter(text=NEXT).update(text=NEXT.replace("5 August 2030", "9 September 2031"))
    foresee_states([STATE])
    versions = read.history(f"{STATE}:simplified-reporting.state-report.CRPD:{SYMBOL}")
    assert [(one.version, one.first) for one in versions] == [(2, "2031-09-09"), (1, "2030-08-05")]


def test_a_machine_never_follows_a_person(observations: Work) -> None:
    foresee_changes()
    key = f"{STATE}:follow-up.report.CRPD:{SYMBOL}"
    move_event(key, "2027-06-01", "", source="Letter of the Committee", why="extended", user=officer())
    foresee_states([STATE])
    assert read.event(key).first == "2027-06-01"
    assert read.event(key).standing == "announced"


def test_the_review_of_a_state_is_expected_from_its_place_in_the_order() -> None:
    foresee_states(["KOR"])
    review = read.event("KOR:upr.working-group:cycle-5")
    assert (review.first, review.standing) == ("2028-01", "expected")
    past = read.event("KOR:upr.stakeholder-input:cycle-4")
    assert (past.first, past.standing) == ("2022-07-14", "announced")


# -- kept by officers --------------------------------------------------------------------------------------------------


def test_an_officer_adds_moves_and_calls_off_each_signed() -> None:
    first = kept()
    assert first is not None
    key = first.event.key
    user = User.objects.get(email=f"officer-{STATE}@example.org".lower())
    move_event(key, "2027-02-01", "", source="The call, renewed", why="extended", user=user)
    cancel_event(key, source="Letter", why="withdrawn", user=user)
    versions = read.history(key)
    assert [(one.version, one.first, one.standing) for one in versions] == [
        (3, "2027-02-01", "cancelled"),
        (2, "2027-02-01", "announced"),
        (1, "2027-01-15", "announced"),
    ]
    assert all(one.by == f"A., Commission {STATE}" for one in versions)
    assert Deed.objects.filter(what="event.write", subject=key).count() == 3


def test_saying_it_again_keeps_nothing() -> None:
    assert kept() is not None
    assert kept() is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": "Atlantis"}, "No State is known by the code or name “Atlantis”"),
        ({"step": "upr.nothing"}, "no step “upr.nothing”"),
        ({"first": "tomorrow"}, "not a day"),
        ({"first": "2027-02-30"}, "not a day"),
        ({"last": "2026-01-01"}, "before it begins"),
        ({"source": "  "}, "needs its source"),
        ({"standing": "maybe"}, "“maybe” is no standing of an event"),
        ({"address": "javascript:alert(1)"}, "begins with https"),
        ({"note": "x" * 401}, "at most 400"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, str], said: str) -> None:
    entry = {"state": STATE, "step": "calls-for-input.contribution", "first": "2027-01-15", "source": "Call", **changes}
    with pytest.raises(BadInput, match=said):
        keep_event(Entry(**entry), None, machine=True)
    assert not Event.objects.exists()


def test_a_bad_row_never_stops_the_others() -> None:
    table = (
        "state,step,first,source\n"
        f"{STATE},calls-for-input.contribution,2027-01-15,One\n"
        f"{STATE},no.step,2027-01-16,Two\n"
        f"{STATE},country-visits.visit,2027-04,Three\n"
    )
    done = import_events(table, officer())
    assert (done.kept, done.same, [line for line, _reason in done.refused]) == (2, 0, [3])
    assert import_events(table, officer()).same == 2


@pytest.mark.parametrize("table", ["", "a,b\n1,2\n", "state,step,first\nNAM,x,2027\n"])
def test_a_table_without_its_columns_is_refused(table: str) -> None:
    with pytest.raises(BadInput, match=r"column"):
        import_events(table, officer())


def members() -> list[Membership]:
    """Everybody who must not: officials of a place, civil society, an officer of another State."""
    civil = admit("c@example.org", "commenter", "Friends", Place("civil", STATE))
    verify("Friends")
    return [
        civil,
        admit("h@example.org", "head", "City", Place("local", STATE, "NA-XX"), below=True),
        admit("w@example.org", "contributor", "City", Place("local", STATE, "NA-XX")),
        admit("o@example.org", "officer", "Elsewhere", Place(state="KOR")),
    ]


def test_nobody_else_can_by_action_or_page() -> None:
    first = kept()
    assert first is not None
    key = first.event.key
    paths = [
        reverse("door-event-new", args=[STATE]),
        reverse("door-event-table", args=[STATE]),
        reverse("door-event-move", args=[STATE, key]),
        reverse("door-event-off", args=[STATE, key]),
    ]
    sent = {"first": "2027-09-09", "source": "x", "why": "x", "step": "upr.adoption"}
    for one in members():
        with pytest.raises(Forbidden):
            move_event(key, "2027-09-09", "", source="x", why="x", user=one.user)
        with pytest.raises(Forbidden):
            cancel_event(key, source="x", why="x", user=one.user)
        with pytest.raises(Forbidden):
            keep_event(Entry(STATE, "upr.adoption", "2027", "x"), one.user)
        for path in paths:
            assert signed_in(one.user).post(path, sent).status_code == 403, path
    for path in paths:
        assert Client().post(path, sent).status_code == 302
    with pytest.raises(Forbidden):
        keep_event(Entry(STATE, "upr.adoption", "2027", "x"), None)
    refused = import_events(f"state,step,first,source\n{STATE},upr.adoption,2027,x\n", members()[0].user).refused
    assert len(refused) == 1
    assert [one.version for one in read.history(key)] == [1]


def test_a_form_needs_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer(), "allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(reverse("door-event-new", args=[STATE]), {}).status_code == 403


def test_an_officer_works_by_page() -> None:
    client = signed_in(officer())
    path = reverse("door-event-new", args=[STATE])
    assert "What it is" in client.get(path).content.decode()
    wrong = client.post(path, {"step": "upr.adoption", "first": "soon", "source": "x"})
    assert wrong.status_code == 400
    assert "not a day" in wrong.content.decode()
    done = client.post(path, {"step": "upr.adoption", "first": "2027-06-30", "source": "<b>Council</b>"}, follow=True)
    assert "&lt;b&gt;Council" in done.content.decode()
    key = Event.objects.get().key
    client.post(reverse("door-event-move", args=[STATE, key]), {"first": "2027-07-01", "source": "y", "why": "z"})
    shown = client.get(reverse("door-event", args=[STATE, key])).content.decode()
    assert "1 July 2027" in shown
    assert "30 June 2027" in shown
    assert client.get(reverse("door-event", args=["KOR", key])).status_code == 404


# -- read --------------------------------------------------------------------------------------------------------------


def test_a_board_tells_now_soon_later_and_through(observations: Work) -> None:
    foresee_changes()
    kept()
    board = read.board(STATE, "local", TODAY)
    assert "calls-for-input.contribution" in {way.step.id for way in board.soon}
    assert "national.local-plan" in {way.step.id for way in board.now}
    later = {way.step.id: way for way in board.later}
    assert later["follow-up.report.CRPD"].access.through == ("state",)
    through = {way.step.id: way for way in board.through}
    assert through["follow-up.report"].event is not None
    assert through["follow-up.report"].event.first == "2027-03-10"
    assert not {way.step.id for way in board.now} & set(through)
    assert all(way.access.how == "directly" for way in board.now)


def test_a_day_within_sixty_days_is_soon_and_a_day_after_is_not() -> None:
    kept(first="2027-01-23")  # the sixtieth day
    kept(first="2027-01-24", occasion="another")
    soon = {way.event.first for way in read.board(STATE, "local", TODAY).soon if way.event and way.event.at}
    assert soon == {"2027-01-23"}


@pytest.mark.parametrize("actor", ACTORS)
def test_every_actor_has_a_board(actor: str) -> None:
    board = read.board(STATE, actor, TODAY)
    assert all(way.step.who[actor].how != "none" for part in (board.now, board.soon, board.later) for way in part)


def test_no_such_actor_and_no_such_event() -> None:
    with pytest.raises(BadInput, match="There are: state"):
        read.board(STATE, "mayor", TODAY)
    with pytest.raises(NotFound):
        read.event("NAM:x:y")


def test_what_is_announced_takes_the_place_of_what_comes_every_year() -> None:
    before = [one for one in read.events(STATE, TODAY) if one.step_id == "business-forum.participation"]
    assert before[0].expected
    kept(step="business-forum.participation", first="2026-11-24", last="2026-11-26")
    after = [one for one in read.events(STATE, TODAY) if one.step_id == "business-forum.participation"]
    assert [one.first for one in after if one.first.startswith("2026")] == ["2026-11-24"]


# -- calendar ----------------------------------------------------------------------------------------------------------


def calendar(path: str) -> dict[str, Any]:
    answer = Client().get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    parsed: Any = Calendar.from_ical(answer.content)
    return {str(one["summary"]) + str(one["dtstart"].dt): one for one in parsed.walk("VEVENT")}


def test_a_calendar_can_be_read_back(observations: Work, place: PlaceRecord) -> None:
    foresee_changes()
    first = kept(step="upr.stakeholder-input", first="2027-07-14", occasion="cycle-5")
    assert first is not None
    path = f"/en/places/NA-XX/doors.ics?on={TODAY}"
    events = list(calendar(path).values())
    assert len({str(one["uid"]) for one in events}) == len(events)
    assert all(one["dtstamp"].dt.tzinfo for one in events)
    deadline = next(one for one in events if "Contribution to the summary" in one["summary"])
    assert deadline["dtend"].dt == datetime(2027, 7, 14, 10, 0, tzinfo=UTC)  # noon in Geneva, in summer
    assert str(deadline["status"]) == "CONFIRMED"
    alarms = sorted(alarm["trigger"].dt.days for alarm in deadline.walk("VALARM"))
    assert alarms == [-60, -14, -2]
    expected = [one for one in events if str(one["summary"]).startswith("Expected:")]
    assert expected
    assert {str(one["status"]) for one in expected} == {"TENTATIVE"}
    assert all(not isinstance(one["dtstart"].dt, datetime) for one in expected)


def test_a_moved_day_keeps_its_uid_and_counts(place: PlaceRecord) -> None:
    first = kept()
    assert first is not None
    path = f"/en/states/{STATE}/doors.ics?on={TODAY}"
    before = next(one for one in calendar(path).values() if one["sequence"] == 0 and str(one["status"]) == "CONFIRMED")
    user = User.objects.get(email__startswith="officer")
    move_event(first.event.key, "2027-02-02", "", source="x", why="y", user=user)
    after = next(one for one in calendar(path).values() if str(one["uid"]) == str(before["uid"]))
    assert (after["sequence"], after["dtstart"].dt) == (1, date(2027, 2, 2))
    cancel_event(first.event.key, source="x", why="off", user=user)
    gone = next(one for one in calendar(path).values() if str(one["uid"]) == str(before["uid"]))
    assert (str(gone["status"]), gone["sequence"], gone.walk("VALARM")) == ("CANCELLED", 2, [])


# -- pages, interface, commands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", CODES)
def test_pages_speak_every_language(lang: str, observations: Work, place: PlaceRecord) -> None:
    foresee_changes()
    key = f"{STATE}:follow-up.report.CRPD:{SYMBOL}"
    for path in (
        "doors/",
        "doors/standing/",
        *(f"doors/{code}/" for code in (procedures() if lang in ("en", "ko") else ("upr", "reporting"))),
        f"states/{STATE}/doors/",
        f"states/{STATE}/doors/event/{key}/",
        "places/NA-XX/doors/",
        "places/NA-XX/doors.ics",
    ):
        assert Client().get(f"/{lang}/{path}").status_code == 200, path


def test_what_is_not_said_in_a_language_is_marked() -> None:
    shown = Client().get("/ar/doors/upr/").content.decode()
    assert '<bdi lang="en">The State tells what it did' in shown
    assert '<bdi lang="en">국' not in Client().get("/ko/doors/upr/").content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/doors/nothing/", 404),
        ("/en/states/NOWHERE/doors/", 404),
        ("/en/places/nowhere/doors/", 404),
        ("/en/states/NAM/doors/event/x/", 404),
        ("/en/states/NAM/doors/?on=yesterday", 400),
        ("/api/v1/doors/steps/nothing", 404),
        ("/api/v1/doors?actor=mayor&state=NAM", 422),
        ("/api/v1/doors", 404),
    ],
)
def test_what_is_not_there_is_said_to_be_missing(path: str, status: int) -> None:
    assert Client().get(path).status_code == status


def test_days_leave_as_a_file_that_comes_in_again(observations: Work) -> None:
    foresee_changes()
    text = b"".join(Client().get(f"/en/states/{STATE}/doors/?format=csv&on=2026-11-24")).decode("utf-8-sig")
    assert "follow-up.report.CRPD" in text
    assert FOLLOW_UP in text


def test_the_interface_gives_what_the_pages_show(observations: Work, place: PlaceRecord) -> None:
    foresee_changes()
    board = Client().get(f"/api/v1/doors?place=NA-XX&on={TODAY}&lang=ko").json()
    assert (board["state"], board["actor"], board["place"]) == (STATE, "local", "NA-XX")
    days = Client().get(f"/api/v1/doors/days?state={STATE}&since={TODAY}").json()
    report = next(one for one in days if one["step"] == "follow-up.report.CRPD")
    assert (report["first"], report["standing"]) == ("2027-03-10", "announced")
    step = Client().get("/api/v1/doors/steps/upr.stakeholder-input").json()
    assert [limit["number"] for limit in step["limits"]][:2] == [2815, 5630]
    assert len(Client().get("/api/v1/doors/procedures").json()) == len(procedures())


def test_the_page_of_an_official_counts_what_is_near(place: PlaceRecord) -> None:
    head = admit("h@example.org", "head", "City", Place("local", STATE, f"{STATE}/invented/NA-XX"))
    shown = signed_in(head.user).get("/en/account/").content.decode()
    assert "Open doors: Invented Shore" in shown


def test_commands_answer_in_json(tmp_path: Path) -> None:
    home = tmp_path / "own"
    run(home, "init")
    table = tmp_path / "days.csv"
    table.write_text("state,step,first,source\nKOR,country-visits.visit,2027-05-03,Invented\nKOR,x,2027,y\n", "utf-8")
    assert run_json(home, "events", str(table), code=1)["kept"] == 1
    assert run_json(home, "foresee", "--again")["states"] > 190
    board = run_json(home, "doors", "--state", "KOR", "--actor", "local", "--on", "2027-04-01")
    assert [way["step"] for way in board["soon"] if way["event"]["standing"] == "announced"] == ["country-visits.visit"]
    assert "Only through others" in run(home, "doors", "--state", "KOR")
    run(home, "doors", "--actor", "mayor", code=1)
