"""Follow-up: what is followed, planned, measured and said, and that nobody's word stands in the place of another's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.site.followed import CITY, OBSERVATIONS, STATE, TOWN, civil, contributor, head, item, officer
from tests.site.held_example import held_example

from smallplaces.archive import Archive
from smallplaces.errors import BadFile, BadInput, NotFound
from smallplaces_site.actions.allowed import OPERATOR
from smallplaces_site.actions.follow_action import Plan, meet_due, move_action, set_due, write_action
from smallplaces_site.actions.follow_evidence import add_file, add_link, withdraw
from smallplaces_site.actions.follow_grade import give_grade
from smallplaces_site.actions.follow_indicator import Measure, add_value, write_indicator
from smallplaces_site.actions.follow_item import Target, change_item, end_item, follow, follow_cluster, gather
from smallplaces_site.actions.follow_unit import name_unit
from smallplaces_site.actions.follow_voice import Said, say
from smallplaces_site.actions.keep_file import LARGEST, harmless
from smallplaces_site.actions.remind import remind
from smallplaces_site.alerts.models import Letter
from smallplaces_site.corpus.models import RawFile
from smallplaces_site.followup import read
from smallplaces_site.followup.history import history_of
from smallplaces_site.followup.models import Item, Statement
from smallplaces_site.followup.records import VOICES
from smallplaces_site.lineage.models import Thread
from smallplaces_site.people.models import Deed
from smallplaces_site.people.rights import Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def test_a_paragraph_is_followed_once_for_a_place() -> None:
    first = follow(head(), Target("crpd/c/xxe/co/1", "7"), place="N1")
    again = follow(contributor(), Target(OBSERVATIONS, "7"), place=CITY)
    other = follow(head(TOWN), Target(OBSERVATIONS, "7"), place=TOWN)
    assert first == again
    assert first != other
    assert (first.state, first.place, first.work_key, first.paragraph_key) == (STATE, CITY, OBSERVATIONS, "7")
    assert first.title.startswith("Recalling its general comment")
    assert Deed.objects.filter(subject=f"followup/item/{first.pk}").count() == 1


def test_a_thread_and_a_cluster_are_followed() -> None:
    thread = Thread.objects.filter(state=STATE)[0]
    one = follow(officer(), Target(thread=thread.key))
    assert (one.kind, one.place, one.state) == ("thread", "", STATE)
    group = follow_cluster(head(), "Homes", [Target(OBSERVATIONS, "7"), Target(thread=thread.key)], place=CITY)
    gather(head(), group.pk, [Target(OBSERVATIONS, "9"), Target(OBSERVATIONS, "7")])
    assert len(read.item(group.pk).members) == 3
    assert {found.id for found in read.following(thread=thread.key)} == {one.pk, group.pk}
    assert [found.id for found in read.following(work_key=OBSERVATIONS, paragraph_key="9")] == [group.pk]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target(OBSERVATIONS, "9999"), "has no paragraph 9999"),
        (Target("CRPD/C/XXE/CO/77", "1"), "No document called"),
        (Target(thread="XXE-none"), "no thread with the key XXE-none"),
    ],
)
def test_what_is_not_there_cannot_be_followed(target: Target, said: str) -> None:
    with pytest.raises(NotFound, match=said):
        follow(officer(), target, state=STATE)


def test_units_and_goals_are_of_the_place_and_real() -> None:
    one = item()
    own = name_unit(head(), name_ko="주거복지과", name_en="Housing Division", place=CITY)
    foreign = name_unit(head(TOWN), name_en="Elsewhere", place=TOWN)
    change_item(head(), one.pk, units=[own.pk], sdgs=["SDG 11.1", "10"])
    view = read.item(one.pk)
    assert [unit.name("ko") for unit in view.units] == ["주거복지과"]
    assert view.sdgs == ("11.1", "10")
    with pytest.raises(BadInput, match="another place"):
        change_item(head(), one.pk, units=[foreign.pk])
    with pytest.raises(BadInput, match=r"no goal or target “99\.9”"):
        change_item(head(), one.pk, sdgs=["99.9"])


def test_ending_keeps_everything() -> None:
    one = item()
    say(head(), one.pk, "report", Said("under-way"))
    end_item(head(), one.pk, why="The law changed")
    assert one.pk not in {view.id for view in read.items_of(CITY)}
    assert read.item(one.pk).progress("report") == "under-way"
    assert follow(head(), Target(OBSERVATIONS, "7"), place=CITY) == one
    assert one.pk in {view.id for view in read.items_of(CITY)}


def plan(**changes: Any) -> Plan:
    fields: dict[str, Any] = {"title": "Open homes", "start": date(2026, 1, 1), "end": date(2027, 1, 1)}
    return Plan(**(fields | changes))


def test_one_action_serves_many_recommendations_goals_and_plans() -> None:
    one, two = item("7"), item("9")
    made = write_action(
        head(),
        plan(items=(one.pk, two.pk), sdgs=("11.1", "10.2"), plans=("Housing plan", "Care plan")),
        place=CITY,
    )
    view = read.action(made.pk)
    assert view.items == (one.pk, two.pk)
    assert view.sdgs == ("11.1", "10.2")
    assert view.plans == ("Housing plan", "Care plan")
    assert read.item(one.pk).actions == read.item(two.pk).actions == (made.pk,)
    assert [found.id for found in read.actions_of(CITY)] == [made.pk]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "a title"),
        ({"end": date(2025, 1, 1)}, "before it begins"),
        ({"status": "maybe"}, "There are: planned"),
        ({"amount": Decimal(5)}, "with its currency"),
        ({"amount": Decimal(-5), "currency": "KRW"}, "positive"),
    ],
)
def test_an_action_that_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        write_action(head(), plan(**changes), place=CITY)


def test_an_action_serves_its_own_place_or_the_state() -> None:
    theirs, national = item("7", TOWN), item("9", "")
    assert write_action(head(), plan(items=(national.pk,)), place=CITY).items.count() == 1
    with pytest.raises(BadInput, match="followed elsewhere"):
        write_action(head(), plan(items=(theirs.pk,)), place=CITY)
    assert write_action(officer(), plan(items=(theirs.pk,)), state=STATE).items.count() == 1


def test_history_says_who_when_and_what_from_what_to_what() -> None:
    one = item()
    made = write_action(head(), plan(items=(one.pk,)), place=CITY)
    move_action(contributor(), made.pk, "ongoing")
    write_action(head(), plan(title="Open more homes", items=(one.pk,), status="ongoing"), action_id=made.pk)
    say(head(), one.pk, "report", Said("under-way", "Begun"))
    lines = history_of(one.pk)
    assert [line.what for line in lines] == ["report", "changed", "moved", "planned", "action added", "started"]
    assert lines[2].changes == (("status", "planned", "ongoing"),)
    assert lines[2].by == "Government of N1"
    assert lines[1].changes == (("title", "Open homes", "Open more homes"),)
    assert lines[-1].by == "A. Officer, Commission of Exampland"


def test_three_voices_stand_apart_and_silence_is_no_information() -> None:
    one = item()
    view = read.item(one.pk)
    assert {view.progress(voice) for voice in VOICES} == {"no-information"}
    say(head(), one.pk, "report", Said("done", "All is done"))
    say(officer(), one.pk, "assessment", Said("partly", "Half of it"))
    say(civil(), one.pk, "comment", Said("", "Nobody has moved in"))
    view = read.item(one.pk)
    assert view.progress("report") == "done"
    assert view.progress("assessment") == "partly"
    assert view.progress("comment") == "no-information"
    latest = view.latest("comment")
    assert latest is not None
    assert (latest.text, latest.by) == ("Nobody has moved in", "Friends of Exampland")


def test_a_correction_is_a_new_statement_that_names_the_old_one() -> None:
    one = item()
    first = say(head(), one.pk, "report", Said("done"))
    second = say(contributor(), one.pk, "report", Said("partly", "Two are missing"), replaces=first.pk)
    view = read.item(one.pk)
    assert view.progress("report") == "partly"
    assert [(said.id, said.replaces, said.replaced_by) for said in view.said("report")] == [
        (second.pk, first.pk, None),
        (first.pk, None, second.pk),
    ]
    first.refresh_from_db()
    assert first.progress == "done", "what was said is not rewritten"
    with pytest.raises(BadInput, match="corrected already"):
        say(head(), one.pk, "report", Said("done"), replaces=first.pk)


def test_nobody_corrects_what_another_said() -> None:
    one = item()
    report = say(head(), one.pk, "report", Said("done"))
    with pytest.raises(BadInput, match="only your own"):
        say(officer(), one.pk, "assessment", Said("partly"), replaces=report.pk)
    assessment = say(officer(), one.pk, "assessment", Said("partly"))
    with pytest.raises(BadInput, match="only your own"):
        say(head(), one.pk, "report", Said("done"), replaces=assessment.pk)
    with pytest.raises(BadInput, match="only your own"):
        say(head(), item("9").pk, "report", Said("done"), replaces=report.pk)


@pytest.mark.parametrize(
    ("voice", "said", "reason"),
    [
        ("report", Said(""), "Say how far it is"),
        ("report", Said("fine"), "Say how far it is"),
        ("rumour", Said("done"), "There are: report"),
        ("report", Said("done", as_of=timezone.localdate() + timedelta(days=2)), "nobody can say yet"),
    ],
)
def test_a_statement_that_says_nothing_is_refused(voice: str, said: Said, reason: str) -> None:
    one = item()
    with pytest.raises(BadInput, match=reason):
        say(head(), one.pk, voice, said)
    assert not Statement.objects.exists()


def test_the_command_line_has_no_voice_and_the_database_wants_progress() -> None:
    one = item()
    with pytest.raises(BadInput, match="say as whom"):
        say(OPERATOR, one.pk, "report", Said("done"))
    made = say(head(), one.pk, "report", Said("done"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=made.pk).update(progress="")


def test_a_committees_grade_is_read_on_its_own_scale() -> None:
    one = item()
    first = give_grade(officer(), one.pk, "CCPR-2008", "B2", symbol="ccpr/c/116/2", on=date(2016, 5, 1))
    later = give_grade(officer(), one.pk, "CCPR-2017", "C", symbol="CCPR/C/128/3", on=date(2020, 9, 1))
    assert read.item(one.pk).grade.code == "C"  # type: ignore[union-attr]
    assert first.symbol == "CCPR/C/116/2"
    mended = give_grade(
        officer(), one.pk, "CCPR-2017", "B", symbol="CCPR/C/128/3", on=date(2020, 9, 1), replaces=later.pk
    )
    assert read.item(one.pk).grade.id == mended.pk  # type: ignore[union-attr]
    assert len(read.item(one.pk).grades) == 3


@pytest.mark.parametrize(
    ("scale", "code", "symbol", "on", "reason"),
    [
        ("CCPR-1990", "A", "CCPR/C/128/3", date(2020, 9, 1), "There are: CCPR-2001"),
        ("CCPR-2017", "B1", "CCPR/C/128/3", date(2020, 9, 1), "It has: A, B, C, D, E"),
        ("CCPR-2008", "B1", "CCPR/C/128/3", date(2020, 9, 1), "not used on 2020-09-01"),
        ("CCPR-2017", "B", "a letter", date(2020, 9, 1), "symbol of the document"),
    ],
)
def test_a_grade_that_no_committee_gave_is_refused(scale: str, code: str, symbol: str, on: date, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        give_grade(officer(), item().pk, scale, code, symbol=symbol, on=on)


def test_an_indicator_keeps_every_value() -> None:
    one = item()
    made = write_indicator(head(), Measure("Homes", "outcome", items=(one.pk,)), place=CITY)
    first = add_value(head(), made.pk, date(2024, 12, 31), Decimal(10), parts=[("women", Decimal("5.5"))])
    assert add_value(head(), made.pk, date(2024, 12, 31), Decimal(10), parts=[("women", Decimal("5.5"))]) == first
    with pytest.raises(BadInput, match="a value of 2024-12-31 already"):
        add_value(head(), made.pk, date(2024, 12, 31), Decimal(11))
    add_value(head(), made.pk, date(2024, 12, 31), Decimal(12), replaces=first.pk)
    add_value(head(), made.pk, date(2023, 12, 31), Decimal(8))
    view = read.indicators_of(CITY)[0]
    assert [(str(value.on), value.value) for value in view.values] == [("2023-12-31", 8), ("2024-12-31", 12)]
    assert [value.parts for value in view.corrected] == [(("women", Decimal("5.5")),)]
    with pytest.raises(BadInput, match="corrected already"):
        add_value(head(), made.pk, date(2024, 12, 31), Decimal(13), replaces=first.pk)
    with pytest.raises(BadInput, match="There are: structure"):
        write_indicator(head(), Measure("Homes", "vibes"), place=CITY)


PDF = [b"%PDF-1.7\n", b"invented"]


def test_a_file_goes_into_the_archive_by_its_hash_and_only_once() -> None:
    made = write_action(head(), plan(), place=CITY)
    one = add_file(head(), made.pk, "Minutes", "../../minutes\u202e.pdf", PDF)
    two = add_file(head(), made.pk, "The same", "other.pdf", PDF)
    assert one.sha256 == two.sha256
    assert one.name == "minutes.pdf"
    assert RawFile.objects.filter(sha256=one.sha256).count() == 1
    with Archive(settings.HOME / "archive").open(one.sha256) as stream:
        assert stream.read() == b"".join(PDF)
    withdraw(head(), one.pk)
    assert [piece.title for piece in read.action(made.pk).evidence] == ["The same"]


@pytest.mark.parametrize(
    ("name", "chunks", "reason"),
    [
        ("page.html", [b"<script>"], "not taken here"),
        ("picture.svg", [b"<svg onload='x'>"], "not taken here"),
        ("report.pdf", [b"MZ\x90\x00"], "not what its name says"),
        ("report.docx", [b"%PDF-1.7"], "not what its name says"),
        ("table.csv", [b"a,b\n\x00"], "not what its name says"),
        ("empty.pdf", [], "empty"),
        ("large.txt", [b"x" * (1 << 20)] * (LARGEST // (1 << 20) + 1), "20 MB at most"),
        ("noname", [b"x"], "not taken here"),
    ],
)
def test_a_file_that_is_not_what_is_wanted_is_refused(name: str, chunks: list[bytes], reason: str) -> None:
    made = write_action(head(), plan(), place=CITY)
    with pytest.raises(BadFile, match=reason):
        add_file(head(), made.pk, "It", name, chunks)
    assert not list(settings.HOME.glob(".evidence-*")), "no draft is left behind"
    assert read.action(made.pk).evidence == ()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "https://", "data:text/html,x"])
def test_an_address_that_a_browser_would_run_is_refused(address: str) -> None:
    made = write_action(head(), plan(), place=CITY)
    with pytest.raises(BadInput, match="begins with https"):
        add_link(head(), made.pk, "It", address)


def test_names_of_files_are_harmless() -> None:
    assert harmless('a/b\\c"d\r\n.pdf') == "cd.pdf"
    assert len(harmless("x" * 500 + ".pdf")) < 140


def test_people_of_a_place_are_reminded_once_a_day_and_occasion() -> None:
    today = date(2026, 5, 1)
    person = head()
    person.lang = "ko"
    person.save()
    contributor()
    head(TOWN)
    made = write_action(person, plan(), place=CITY)
    due = set_due(person, made.pk, today + timedelta(days=14), "Report to the council")
    set_due(person, made.pk, today + timedelta(days=15), "Later")
    assert remind(today) == 2
    assert remind(today) == 0
    letter = Letter.objects.get(address=person.email)
    assert letter.subject == "기한 2026년 5월 15일: Report to the council"
    assert f"/ko/follow-up/actions/{made.pk}/" in letter.text
    assert remind(today + timedelta(days=15)) == 4, "one is overdue now, and the later one is due soon"
    meet_due(person, due.pk, today + timedelta(days=15))
    assert remind(today + timedelta(days=16)) == 2, "only the later one is overdue"
    move_action(person, made.pk, "stopped")
    assert remind(today + timedelta(days=40)) == 0


def test_what_is_the_states_own_reminds_its_officers() -> None:
    head()
    made = write_action(officer(), plan(), state=STATE)
    set_due(officer(), made.pk, date(2026, 5, 1), "National report")
    assert remind(date(2026, 5, 2)) == 1
    assert Letter.objects.get().address == "officer@example.org"


def test_an_officer_of_another_state_may_nothing() -> None:
    one = item()
    from smallplaces_site.actions.admit import Place, admit  # noqa: PLC0415  # only this test leaves the State

    stranger = admit("x@example.org", "officer", "Commission of Testonia", Place(state="XXT")).user
    for act in (
        lambda: change_item(stranger, one.pk, sdgs=["1"]),
        lambda: say(stranger, one.pk, "assessment", Said("done")),
        lambda: give_grade(stranger, one.pk, "CCPR-2017", "B", symbol="CCPR/C/128/3", on=date(2020, 9, 1)),
        lambda: follow(stranger, Target(OBSERVATIONS, "9"), state=STATE),
    ):
        with pytest.raises(Forbidden):
            act()
    assert Item.objects.count() == 1
