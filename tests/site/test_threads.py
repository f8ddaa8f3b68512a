"""Threads of the invented example set: made with the import, read on pages, by the interface and by commands. What
people decide outlives every re-running."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.site.command import run, run_json

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.decide_thread import join_threads, split_thread
from smallplaces_site.actions.example import load_example, remove_example
from smallplaces_site.actions.lock import writing
from smallplaces_site.actions.trace import trace_changes, trace_states
from smallplaces_site.corpus.models import Change, Run, WorkKey
from smallplaces_site.corpus.models import Work as StoredWork
from smallplaces_site.lineage import read
from smallplaces_site.lineage.models import Decision, Member, Thread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]


@pytest.fixture
def example(home: Path) -> Path:
    load_example()
    return home


def family(name: str) -> Thread:
    return Thread.objects.get(state="XXE", family=name)


def names(key: str) -> list[str]:
    return [member.name for member in read.members(key)]


def again() -> list[str]:
    with writing("test"):
        return trace_states(["XXE"]).changed


@pytest.mark.usefixtures("example")
def test_an_import_makes_threads() -> None:
    thread = family("death-penalty")
    assert (thread.asked, thread.occasions, thread.first, thread.last) == (2, 2, "2019-05-10", "2023-11-10")
    members = read.members(thread.key)
    assert [(member.position, member.evidence) for member in members] == [
        ("noted", ("abolition",)),
        ("noted", ("abolition",)),
    ]
    assert [one.demand.recommending_states for one in members] == [("XXM",), ("XXM",)]
    assert family("join:OPCAT").asked == 2
    last = Change.objects.filter(what="threads").order_by("-pk").first()
    assert last is not None
    assert last.detail["state"] == "XXE"


@pytest.mark.usefixtures("example")
def test_tracing_again_changes_nothing() -> None:
    before = list(Member.objects.values())
    assert again() == []
    with writing("test"):
        assert trace_changes().states == 0
    assert list(Member.objects.values()) == before


@pytest.mark.usefixtures("example")
def test_a_thread_keeps_its_key_when_its_words_change() -> None:
    key = family("death-penalty").key
    Thread.objects.filter(key=key).update(wording="something older")
    assert again() == ["XXE"]
    assert family("death-penalty").key == key


@pytest.mark.usefixtures("example")
def test_threads_go_with_the_documents() -> None:
    remove_example()
    assert not Thread.objects.filter(state="XXE").exists()


@pytest.mark.usefixtures("example")
def test_what_a_person_splits_stays_split() -> None:
    thread = family("death-penalty")
    first, second = names(thread.key)
    with pytest.raises(BadInput, match="not all of them"):
        split_thread(thread.key, [first, second], who="Kim")
    split_thread(thread.key, ["1"], who="Kim", why="other words")
    assert not Thread.objects.filter(family="death-penalty").exists()
    assert again() == []
    decision = Decision.objects.get()
    assert (decision.left, decision.right, decision.who, decision.why) == ([first], [second], "Kim", "other words")
    Thread.objects.all().delete()
    again()
    assert not Thread.objects.filter(family="death-penalty").exists()


@pytest.mark.usefixtures("example")
def test_what_a_person_joins_stays_joined_and_both_keys_lead_there() -> None:
    one, two = family("death-penalty").key, family("join:OPCAT").key
    expected = {*names(one), *names(two)}
    key = join_threads([one, two], who="Kim", why="a test")
    assert set(names(key)) == expected
    assert {read.thread(one).key, read.thread(two).key} == {key}
    assert {member.reason for member in read.members(key)} >= {"decision"}
    assert again() == []
    assert [decision.why for decision in read.decisions(key)] == ["a test"]


@pytest.mark.usefixtures("example")
def test_a_decision_follows_a_document_to_its_new_key() -> None:
    thread = family("death-penalty")
    split_thread(thread.key, ["1"], who="Kim")
    work = StoredWork.objects.get(key="upr:XXE/33")
    work.key = "A/HRC/99/7"
    work.save()
    WorkKey.objects.create(key="A/HRC/99/7", work=work)
    again()
    assert not Thread.objects.filter(family="death-penalty").exists()


@pytest.mark.usefixtures("example")
def test_decisions_that_decide_nothing_are_refused() -> None:
    key = family("death-penalty").key
    for refused in (
        lambda: join_threads([key, key], who="Kim"),
        lambda: split_thread(key, ["1"], who=" "),
        lambda: split_thread(key, [], who="Kim"),
    ):
        with pytest.raises(BadInput):
            refused()
    for unknown in (lambda: join_threads([key, "XXE-0"], who="Kim"), lambda: split_thread(key, ["9"], who="Kim")):
        with pytest.raises(NotFound):
            unknown()
    assert not Decision.objects.exists()


@pytest.mark.usefixtures("example")
def test_the_state_page_leads_with_its_threads(client: Client) -> None:
    page = client.get("/en/states/XXE/").content.decode()
    assert page.index("Asked again and again") < page.index(">Recommendations</h2>")
    assert "Abolish the death penalty or stop executions" in page
    assert "Asked 2 times since 2019" in page
    assert "사형 폐지 또는 집행 중단" in client.get("/ko/states/XXE/").content.decode()


@pytest.mark.usefixtures("example")
def test_the_list_filters_by_words_body_position_and_theme(client: Client) -> None:
    def found(query: str) -> int:
        return int(client.get(f"/en/states/XXE/threads/?{query}").context["found"])

    total = found("")
    assert total >= 3
    assert found("words=penalty") == found("theme=Death+penalty") == 1
    assert found("words=penalty&position=supported") == 0
    assert 0 < found("position=supported") < total
    assert found("body=UPR") == total
    assert "No demand fits" in client.get("/en/states/XXE/threads/?words=zzz").content.decode()
    assert "nothing was asked" in client.get("/en/states/FRA/threads/").content.decode()


@pytest.mark.usefixtures("example")
def test_the_thread_page_tells_every_demand_and_why(client: Client) -> None:
    key = family("death-penalty").key
    page = client.get(f"/en/states/XXE/threads/{key}/").content.decode()
    for said in ("10 May 2019", "10 November 2023", "Modelia", "Noted", "in the form: abolition", "112.1", "84.3", key):
        assert said in page
    assert "Small Places, “Abolish the death penalty or stop executions” (Exampland), asked 2 times, 2019–2023" in page
    assert client.get(f"/en/states/KOR/threads/{key}/").headers["Location"].endswith(f"/states/XXE/threads/{key}/")
    assert client.get("/en/states/XXE/threads/XXE-none/").status_code == 404
    none = client.get(f"/en/states/XXE/threads/{key}/?position=supported").content.decode()
    assert "No demand fits" in none


@pytest.mark.usefixtures("example")
def test_files_carry_the_query_and_the_data_version(client: Client) -> None:
    key = family("death-penalty").key
    for address in (f"/en/states/XXE/threads/{key}/?format=csv", "/en/states/XXE/threads/?format=csv&words=penalty"):
        text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert "data_version" in text
        assert text.startswith("query,")
        assert "2019-05-10" in text


@pytest.mark.usefixtures("example")
def test_the_interface_gives_threads(client: Client) -> None:
    key = family("death-penalty").key
    listed: dict[str, Any] = client.get("/api/v1/states/XXE/threads", {"words": "penalty"}).json()
    assert [item["key"] for item in listed["items"]] == [key]
    assert client.get("/api/v1/states/XXE/threads", {"position": "pending"}).json()["total"] == 0
    thread = client.get(f"/api/v1/threads/{key}").json()
    assert thread["name"] == "Abolish the death penalty or stop executions"
    assert [member["date"] for member in thread["members"]] == ["2019-05-10", "2023-11-10"]
    assert {"reason", "evidence", "confidence", "method", "version"} <= set(thread["members"][0])
    assert client.get("/api/v1/threads/XXE-none").status_code == 404
    assert client.get("/api/v1/states/XXE/threads", {"word": "x"}).status_code == 422


def test_a_document_that_comes_without_demands_makes_no_thread(home: Path) -> None:
    Run.objects.create(source="invented", started=timezone.now())
    with writing("test"):
        assert trace_changes().states == 0


@pytest.mark.slow
def test_commands_list_show_join_and_split(tmp_path: Path) -> None:
    run(tmp_path, "init", "--example")
    listed = run_json(tmp_path, "threads", "--state", "XXE")
    keys = {one["family"]: one["key"] for one in listed["threads"]}
    shown = run_json(tmp_path, "thread", "show", keys["death-penalty"])
    assert [member["position"] for member in shown["members"]] == ["noted", "noted"]
    run(tmp_path, "thread", "split", keys["death-penalty"], "1", "--who", "Kim")
    assert "death-penalty" not in {one["family"] for one in run_json(tmp_path, "threads", "--state", "XXE")["threads"]}
    assert run_json(tmp_path, "trace")["changed"] == []
    assert run_json(tmp_path, "trace", "--state", "XXE")["states"] == 1
    run(tmp_path, "thread", "join", "nowhere-1", "nowhere-2", "--who", "Kim", code=1)
    assert run_json(tmp_path, "doctor")
