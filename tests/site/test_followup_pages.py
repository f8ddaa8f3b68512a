"""The pages of follow-up, its sheets and its interface, over the invented State."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.site.followed import CITY, OBSERVATIONS, STATE, TOWN, civil, head, item, officer, signed_in
from tests.site.held_example import held_example

from smallplaces.model.language import CODES
from smallplaces_site.actions.follow_action import Plan, meet_due, set_due, write_action
from smallplaces_site.actions.follow_evidence import add_file, add_link
from smallplaces_site.actions.follow_grade import give_grade
from smallplaces_site.actions.follow_import import import_sheet
from smallplaces_site.actions.follow_indicator import Measure, add_value, write_indicator
from smallplaces_site.actions.follow_item import Target, change_item, follow_cluster
from smallplaces_site.actions.follow_unit import name_unit
from smallplaces_site.actions.follow_voice import Said, say
from smallplaces_site.followup import read
from smallplaces_site.followup.models import Action, Due, Evidence, Indicator, Item, Statement, Unit, Value
from smallplaces_site.followup.sheets import mappings
from smallplaces_site.people.rights import Forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


@pytest.fixture
def city() -> Item:
    """A recommendation with everything that can hang on it."""
    one = item()
    unit = name_unit(head(), name_ko="주거복지과", name_en="Housing Division", place=CITY)
    change_item(head(), one.pk, units=[unit.pk], sdgs=["11.1"])
    fields: dict[str, Any] = {"amount": Decimal("1000000.50"), "currency": "KRW", "plans": ("Plan A", "Plan B")}
    plan = Plan("Open homes", "=cmd|calc", date(2026, 1, 1), date(2026, 12, 31), "301-02", items=(one.pk,), **fields)
    made = write_action(head(), plan, place=CITY)
    due = set_due(head(), made.pk, date(2026, 2, 1), "Choose flats")
    meet_due(head(), due.pk, date(2026, 1, 30))
    set_due(head(), made.pk, date(2026, 6, 1), "Open them")
    add_link(head(), made.pk, "Decision", "https://example.org/decision")
    say(head(), one.pk, "report", Said("under-way", "Begun <script>alert(1)</script>"))
    say(officer(), one.pk, "assessment", Said("not-started", "Nothing seen"))
    say(civil(), one.pk, "comment", Said("", "We wait"))
    give_grade(officer(), one.pk, "CCPR-2022", "C", symbol="CCPR/C/140/3", on=date(2024, 3, 20))
    measure = write_indicator(
        head(), Measure("Homes", "outcome", "ICESCR/11", disaggregation=("sex",), items=(one.pk,)), place=CITY
    )
    for year in (2023, 2024, 2025):
        parts = [("women", Decimal(year - 2020)), ("men", Decimal(1))]
        add_value(head(), measure.pk, date(year, 12, 31), Decimal(year - 2015), parts=parts, source="Register")
    return one


def get(path: str, client: Client | None = None, status: int = 200) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def words(html: str) -> str:
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize("lang", CODES)
def test_everybody_reads_everything_in_every_language(city: Item, lang: str) -> None:
    action, measure = Action.objects.get(), Indicator.objects.get()
    for path in (
        "places/N1/follow-up/",
        "places/N1/follow-up/?view=table&sort=due&progress=under-way",
        "places/N1/follow-up/?view=timeline",
        f"states/{STATE}/follow-up/",
        f"states/{STATE}/follow-up/?view=table",
        f"follow-up/{city.pk}/",
        f"follow-up/{city.pk}/history/",
        f"follow-up/actions/{action.pk}/",
        f"follow-up/indicators/{measure.pk}/",
    ):
        html = get(f"/{lang}/{path}")
        assert "<script>alert" not in html
        assert "csrfmiddlewaretoken" not in html, "a visitor is offered nothing to write"


def test_the_opening_sentences_have_the_numbers(city: Item) -> None:
    item("9")
    said = words(get("/en/places/N1/follow-up/"))
    assert "2 recommendations are followed here. 1 action serves them: 0 under way, 0 done." in said
    assert (
        "For 1 of them the place itself has not reported: no information does not mean that nothing was done." in said
    )
    assert "Nothing is followed here yet." in words(get("/en/places/N2/follow-up/"))
    assert "자체 보고가 없습니다" in words(get("/ko/places/N1/follow-up/"))


def test_three_voices_and_the_grade_stand_side_by_side(city: Item) -> None:
    said = words(get(f"/en/follow-up/{city.pk}/"))
    assert "The place’s own report Under way" in said
    assert "The institution’s assessment Not started" in said
    assert "Civil society’s comment Comment" in said
    assert "C: Information or action not satisfactory" in said
    fresh = words(get(f"/ko/follow-up/{item('9').pk}/"))
    assert fresh.count("정보 없음") == 4, "three voices, and the sentence that says what it means"


def test_the_board_moves_by_a_select_and_a_button(city: Item) -> None:
    client, action = signed_in(head()), Action.objects.get()
    assert f'action="/en/follow-up/actions/{action.pk}/move/"' in get("/en/places/N1/follow-up/", client)
    answer = client.post(f"/en/follow-up/actions/{action.pk}/move/", {"status": "done"})
    assert answer["Location"] == f"/en/places/N1/follow-up/#a{action.pk}"
    action.refresh_from_db()
    assert action.status == "done"
    assert client.get(f"/en/follow-up/actions/{action.pk}/move/").status_code == 405


def test_follow_up_starts_from_a_recommendation() -> None:
    link = f"/en/follow-up/start/?work={OBSERVATIONS.replace('/', '%2F')}&amp;paragraph=7"
    assert link in get(f"/en/documents/{OBSERVATIONS}/p/7/")
    path = f"/en/follow-up/start/?work={OBSERVATIONS}&paragraph=7"
    assert Client().get(path)["Location"].startswith("/en/account/login/?next=")
    client = signed_in(head())
    assert 'value="XXE/example/N1"' in get(path, client)
    answer = client.post(path, {"place": CITY})
    assert answer["Location"] == f"/en/follow-up/{Item.objects.get().pk}/"
    assert signed_in(civil()).get(path).status_code == 403
    answer = signed_in(officer()).post(path.replace("=7", "=9"), {"place": ""})
    assert answer.status_code == 302
    assert Item.objects.get(paragraph_key="9").place == ""


def test_forms_write_and_say_what_is_wrong(city: Item) -> None:
    client = signed_in(head())
    bad = {"title": "", "status": "planned", "start": "2026-05-01", "end": "2026-04-01", "amount": "5"}
    html = client.post(f"/en/follow-up/{city.pk}/action/", bad)
    assert html.status_code == 200
    said = html.content.decode()
    assert '<a href="#id_title">What is done: ' in said
    assert "It ends before it begins." in said
    assert "Say in which currency." in said
    good = {"title": "Train staff", "status": "planned", "items": [city.pk], "sdgs": "4.7", "plans": "A\nB"}
    answer = client.post(f"/en/follow-up/{city.pk}/action/", good)
    made = Action.objects.get(title="Train staff")
    assert answer["Location"] == f"/en/follow-up/actions/{made.pk}/"
    assert (made.sdgs, made.plans, made.place) == (["4.7"], ["A", "B"], CITY)
    client.post(f"/en/follow-up/actions/{made.pk}/due/", {"what": "Invite", "on": "2026-05-01"})
    client.post(f"/en/follow-up/due/{Due.objects.get(what='Invite').pk}/met/")
    assert Due.objects.get(what="Invite").met is not None
    client.post(f"/en/follow-up/{city.pk}/say/report/", {"progress": "partly", "text": "More", "as_of": "2026-10-01"})
    assert Statement.objects.filter(item=city, voice="report").count() == 2
    values = {"on": "2026-01-31", "value": "12.5", "parts": "women: 7\nmen: 5.5", "source": ""}
    client.post(f"/en/follow-up/indicators/{Indicator.objects.get().pk}/value/", values)
    assert Value.objects.get(on=date(2026, 1, 31)).parts == [["women", "7"], ["men", "5.5"]]
    assert (
        "not a name, a colon and a number"
        in client.post(
            f"/en/follow-up/indicators/{Indicator.objects.get().pk}/value/", values | {"parts": "women 7"}
        ).content.decode()
    )
    edit = {"units": [Unit.objects.get().pk], "unit_ko": "예산과", "unit_en": "", "sdgs": "10.2"}
    client.post(f"/en/follow-up/{city.pk}/edit/", edit)
    assert {unit.name_ko for unit in city.units.all()} == {"주거복지과", "예산과"}


def test_several_are_followed_as_one() -> None:
    client = signed_in(head())
    given = {"title": "Homes", "members": f"{OBSERVATIONS} 7\n{OBSERVATIONS} 9", "place": CITY}
    client.post(f"/en/follow-up/group/?state={STATE}", given)
    assert {member.paragraph_key for member in read.items_of(CITY)[0].members} == {"7", "9"}


def test_a_file_is_given_out_to_be_kept_and_never_to_be_run(city: Item) -> None:
    client, action = signed_in(head()), Action.objects.get()
    file = SimpleUploadedFile("회의록.pdf", b"%PDF-1.7 invented", "text/html")
    answer = client.post(f"/en/follow-up/actions/{action.pk}/evidence/", {"title": "Minutes", "file": file})
    assert answer.status_code == 302
    made = Evidence.objects.get(title="Minutes")
    response = Client().get(f"/en/follow-up/evidence/{made.pk}/file/")
    assert b"".join(response) == b"%PDF-1.7 invented"  # type: ignore[call-overload]
    assert response["Content-Type"] == "application/pdf", "what it is, not what the browser that sent it said"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    page = SimpleUploadedFile("page.html", b"<script>", "application/pdf")
    refused = client.post(f"/en/follow-up/actions/{action.pk}/evidence/", {"title": "Page", "file": page})
    assert "not taken here" in refused.content.decode()
    client.post(f"/en/follow-up/evidence/{made.pk}/withdraw/")
    assert Client().get(f"/en/follow-up/evidence/{made.pk}/file/").status_code == 404


def test_ones_page_says_what_is_due(city: Item) -> None:
    said = words(get("/en/account/", signed_in(head())))
    assert "Follow-up: Harbourton" in said
    assert "1 thing is due within a month." in said


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_sheets_make_a_round_trip(city: Item, form: str, tmp_path: Path) -> None:
    follow_cluster(head(), "Homes for all", [Target(OBSERVATIONS, "9"), Target(OBSERVATIONS, "11")], place=CITY)
    client = Client()
    files = {kind: file_of(client, kind, form) for kind in ("items", "actions", "indicators")}
    before = {kind: table(files[kind], form) for kind in files}
    for model in (Statement, Evidence, Due, Value):
        model._default_manager.all().delete()
    city.grades.all().delete()
    for model in (Action, Indicator, Item, Unit):
        model._default_manager.all().delete()
    for kind, data in files.items():
        done = import_sheet(head(), kind, data, f"{kind}.{form}", place="N1")
        assert (done.refused, done.unknown) == ((), ())
        assert done.done == done.read > 0
        again = import_sheet(head(), kind, data, f"{kind}.{form}", place="N1")
        assert again.refused == ()
    voices = {"since", "number", "report", "report_on", "assessment", "assessment_on", "comment", "comment_on"}
    signed = voices | {"grade", "grade_scale", "grade_document"}
    for kind in files:
        after = table(file_of(client, kind, form), form)
        kept = [{name: cell for name, cell in row.items() if name not in signed} for row in before[kind]]
        assert [{name: cell for name, cell in row.items() if name not in signed} for row in after] == kept


def file_of(client: Client, kind: str, form: str) -> bytes:
    response = client.get(f"/en/places/N1/follow-up/?list={kind}&format={form}")
    return b"".join(response)  # type: ignore[call-overload]


def table(data: bytes, form: str) -> list[dict[str, str]]:
    if form == "xlsx":
        rows = [[str(cell or "") for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data))["list"].values]
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    top = lines.index([]) + 1
    return [dict(zip(lines[top], line, strict=True)) for line in lines[top + 1 :]]


def sheet(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_a_bad_row_is_named_and_stops_no_other() -> None:
    data = sheet(
        "title,status,start,end,amount,currency,colour",
        "Good,planned,2026-01-01,,,,red",
        "Backwards,planned,2026-05-01,2026-04-01,,,",
        ",planned,,,,,",
        "Odd day,planned,someday,,,,",
        "Odd amount,planned,,,lots,KRW,",
        "Also good,DONE,2026-02-01,,1 000,krw,",
    )
    done = import_sheet(head(), "actions", data, "plan.csv", place=CITY)
    assert (done.read, done.done) == (6, 2)
    assert [(one.line, str(one.reason)) for one in done.refused] == [
        (3, "It ends before it begins: check both days."),
        (4, "Give the action a title."),
        (5, "Write a day as 2026-05-01, not as “someday”, in the column start."),
        (6, "“lots” in the column amount is not a number."),
    ]
    assert done.refused[0].row["title"] == "Backwards", "what stood in it is not lost"
    assert done.unknown == ("colour",)
    assert {one.title for one in read.actions_of(CITY)} == {"Good", "Also good"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a,b\n1,2\n", "names the columns"),
        (b"PK\x03\x04nonsense", "as a sheet"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ],
)
def test_what_is_no_sheet_is_refused(data: bytes, reason: str) -> None:
    client = signed_in(head())
    given = {"kind": "actions", "system": "own", "file": SimpleUploadedFile("x.csv", data)}
    answer = client.post("/en/places/N1/follow-up/import/", given)
    assert answer.status_code == 200
    assert reason in answer.content.decode()


def test_a_row_of_another_place_does_not_slip_in() -> None:
    data = sheet("place,title,status", f"{TOWN},Theirs,planned", f"{CITY},Ours,planned")
    done = import_sheet(head(), "actions", data, "plan.csv", place=CITY)
    assert [one.line for one in done.refused] == [2]
    with pytest.raises(Forbidden):
        import_sheet(head(), "actions", data, "plan.csv", state=STATE)
    everything = import_sheet(officer(), "actions", data, "plan.csv", state=STATE)
    assert everything.done == 2


def test_columns_of_impact_oss_are_understood() -> None:
    one = item("9")
    actions = sheet(
        "id,title,description,target_date,target_date_comment,outcome,recommendations,draft",
        f'4,Review by-laws,All of them,2026-12-31,end of the plan,None struck down,"{OBSERVATIONS} 9",false',
    )
    done = import_sheet(head(), "actions", actions, "measures.csv", place=CITY, system="impactoss")
    assert done.refused == ()
    assert ("draft", "everything that is planned here is public") in done.left_out
    made = read.actions_of(CITY)[0]
    assert (made.title, made.items, str(made.end)) == ("Review by-laws", (one.pk,), "2026-12-31")
    assert made.description == "All of them\nend of the plan\nNone struck down"


def test_a_recommendation_of_another_system_is_found_by_its_words() -> None:
    from smallplaces_site.corpus.read import states  # noqa: PLC0415  # used by this test alone

    known = states.recommendations(STATE)[0]
    data = io.StringIO()
    writer = csv.writer(data)
    writer.writerows([["reference", "title"], ["1", known.paragraph.text.upper()], ["2", "Nobody ever said so."]])
    done = import_sheet(officer(), "items", data.getvalue().encode(), "r.csv", state=STATE, system="impactoss")
    assert [one.line for one in done.refused] == [3]
    assert read.items_of(state=STATE)[0].what.paragraph_key == known.paragraph.key


def test_columns_of_the_nrtd_are_understood() -> None:
    items = sheet(
        "Document symbol,Paragraph,Cluster,Lead institution,SDGs,Implementation status",
        f"{OBSERVATIONS},7,Homes,Housing Ministry,11.1,In progress",
        f"{OBSERVATIONS},9,Homes,Housing Ministry,,",
    )
    done = import_sheet(officer(), "items", items, "nrtd.csv", state=STATE, system="nrtd")
    assert done.refused == ()
    group = read.items_of(state=STATE)[0]
    assert (group.kind, group.title, len(group.members)) == ("cluster", "Homes", 2)
    assert not Statement.objects.exists(), "a status that nobody signs is no voice"


def test_every_mapping_leads_to_fields_that_there_are() -> None:
    own = {kind: set(mappings()[f"own-{kind}"].columns.values()) for kind in ("items", "actions", "indicators")}
    extra = {"text", "group", "document", "paragraph"}
    for mapping in mappings().values():
        assert set(mapping.columns.values()) <= own[mapping.kind] | extra, mapping.code
        assert mapping.source


def test_the_interface_reads_and_its_tags_follow_what_people_do(city: Item) -> None:
    client = Client()
    first = client.get("/api/v1/follow-up?place=N1")
    body = first.json()
    assert body["total"] == 1
    assert body["items"][0]["progress"] == {
        "report": "under-way",
        "assessment": "not-started",
        "comment": "no-information",
    }
    tag = first["ETag"]
    assert client.get("/api/v1/follow-up?place=N1", headers={"if-none-match": tag}).status_code == 304
    say(head(), city.pk, "report", Said("done"))
    fresh = client.get("/api/v1/follow-up?place=N1", headers={"if-none-match": tag})
    assert fresh.json()["items"][0]["progress"]["report"] == "done"
    whole = client.get(f"/api/v1/follow-up/items/{city.pk}").json()
    assert [said["voice"] for said in whole["statements"]].count("report") == 2
    assert whole["grades"][0]["scale"] == "CCPR-2022"
    action = client.get(f"/api/v1/follow-up/actions?state={STATE}").json()["items"][0]
    assert (action["amount"], action["currency"], len(action["dues"])) == ("1000000.50", "KRW", 2)
    measure = client.get("/api/v1/follow-up/indicators?place=N1").json()["items"][0]
    assert [value["on"] for value in measure["values"]] == ["2023-12-31", "2024-12-31", "2025-12-31"]
    assert json.loads(client.get("/api/v1/follow-up?colour=red").content)["status"] == 422


def test_files_of_evidence_are_named_when_a_sheet_cannot_bring_them() -> None:
    data = sheet(
        "title,status,evidence",
        f"Open homes,planned,Decision: https://example.org/a; Minutes: {'ab' * 32}",
    )
    done = import_sheet(head(), "actions", data, "plan.csv", place=CITY)
    assert [line for line, _ in done.files] == [2]
    assert done.files[0][1] == "Minutes"
    assert [piece.address for piece in read.actions_of(CITY)[0].evidence] == ["https://example.org/a"]


def test_a_nul_in_an_address_is_only_not_found() -> None:
    get("/en/follow-up/start/?work=a%00b&paragraph=1", signed_in(head()), 404)
    get("/en/follow-up/start/?thread=a%00b", signed_in(head()), 404)


def test_a_text_that_is_gone_is_said_to_be(city: Item) -> None:
    Item.objects.filter(pk=city.pk).update(work_key="CRPD/C/XXE/CO/99")
    assert "does not hold this text any more" in get(f"/en/follow-up/{city.pk}/")
    Item.objects.filter(pk=city.pk).update(place="XXE/example/GONE")
    assert "XXE/example/GONE" in get(f"/en/follow-up/{city.pk}/", signed_in(officer()))


def test_a_file_of_evidence_lies_in_the_archive(city: Item) -> None:
    made = add_file(head(), Action.objects.get().pk, "Minutes", "a.txt", [b"words"])
    assert (Path(django_settings.HOME) / "archive" / made.sha256[:2] / made.sha256[2:4]).exists()
