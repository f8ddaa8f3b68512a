"""Briefs over the invented example set: what is chosen, what is frozen, who may, and how it comes out."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from docx import Document
from docx.oxml.ns import qn
from tests.site.held_example import held_example

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.allowed import OPERATOR
from smallplaces_site.actions.decide_competence import Chosen, decide_competence
from smallplaces_site.actions.publish_brief import publish_brief, withdraw_brief
from smallplaces_site.actions.restate import approve_restatement, restate
from smallplaces_site.actions.write_brief import Edited, Overtaken, edit_brief, make_brief
from smallplaces_site.briefs import compose, read
from smallplaces_site.briefs.choice import Choice, fitting, from_query
from smallplaces_site.briefs.compose import Picked
from smallplaces_site.briefs.content import Content, from_json, to_json
from smallplaces_site.briefs.docx import to_docx
from smallplaces_site.briefs.excerpt import LEFT_OUT, excerpt
from smallplaces_site.briefs.models import Brief, BriefVersion
from smallplaces_site.briefs.page import to_html
from smallplaces_site.briefs.picking import named_line
from smallplaces_site.briefs.printed import printed
from smallplaces_site.corpus.models import Reading
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.people.models import Deed, User
from smallplaces_site.people.rights import Forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

WORK = "CRPD/C/XXE/CO/1"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module", autouse=True)
def example(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with held_example(tmp_path_factory.mktemp("home"), django_db_blocker):
        yield


def harbourton() -> PlaceView:
    return places.get("N1")


def local(role: str, place: str = "XXE/example/N1", name: str = "City of Harbourton") -> User:
    return admit(f"{role}-{place[-2:]}@example.org", role, name, Place("local", "XXE", place), name=f"The {role}").user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, BACKEND)
    return client


def draft(**choice: Any) -> Brief:
    return make_brief(harbourton(), Choice(**{"lang": "en", "items": 4, **choice}), by=OPERATOR)


def saved(brief: Brief, **changes: Any) -> Brief:
    now = {
        "title": brief.title,
        "audience": brief.audience,
        "introduction": brief.introduction,
        "lines": [Picked(**one) for one in brief.lines],
        "revision": brief.revision,
    }
    return edit_brief(brief.pk, Edited(**{**now, **changes}), by=OPERATOR)


# -- choosing --------------------------------------------------------------------------------------------------------


def test_a_brief_holds_what_is_the_place_s_own_each_demand_once() -> None:
    found = fitting(harbourton(), Choice())
    assert {one.verdict for one in found} == {"ours", "shared"}
    threads = [one.thread for one in found if one.thread]
    assert len(threads) == len(set(threads))
    assert any(one.verdict == "national" for one in fitting(harbourton(), Choice(national=True)))


@pytest.mark.parametrize(
    ("choice", "keys"),
    [
        ({"department": "housing", "treaty": "UPR"}, {"84.9"}),
        ({"theme": "Right to housing"}, {"84.9"}),
        ({"treaty": "CRPD", "until": 2019}, set()),
        ({"department": "nothing"}, set()),
    ],
)
def test_a_brief_is_chosen_by_department_theme_body_and_period(choice: dict[str, Any], keys: set[str]) -> None:
    assert {one.key for one in fitting(harbourton(), Choice(**choice))} == keys


def test_what_was_asked_longest_comes_first_when_that_is_wanted() -> None:
    found = fitting(harbourton(), Choice(order="longest"))
    assert found[0].times > 1
    newest = fitting(harbourton(), Choice())
    assert [one.date for one in newest] == sorted((one.date for one in newest), reverse=True)


def test_any_address_is_a_brief() -> None:
    odd = {"lang": "xx", "since": "١٩", "until": "99999999", "items": "-3", "order": "odd", "department": "\x00a"}
    assert from_query(odd, "fr") == Choice(lang="en", department="a")
    assert from_query({"items": "9999"}, "ko").items == 60


# -- content ---------------------------------------------------------------------------------------------------------


def test_a_line_says_what_it_rests_on() -> None:
    content = compose.of_choice(harbourton(), Choice(lang="en", theme="Right to housing"))
    (line,) = content.lines
    assert (line.number, line.times, line.first_year, line.position) == ("84.9", 2, "2019", "supported")
    assert line.basis
    assert line.confirmed == ""
    (shown,) = printed(content).sections[0].lines
    told = dict(shown.rests)
    assert told["Asked"].startswith("asked since 2019, 2 times")
    assert told["Position of the State"] == "Supported"
    assert shown.machine == "proposed by the machine, not confirmed"


def test_what_an_officer_confirmed_is_said_to_be_so() -> None:
    one = next(one for one in fitting(harbourton(), Choice(treaty="CRPD")) if one.key == "13")
    officer = admit("o@example.org", "officer", "Commission of Exampland", Place(state="XXE"), name="A. Officer").user
    decide_competence(
        one.paragraph_id, "corrected", user=officer, chosen=Chosen("municipality", "", "transport"), why="Buses."
    )
    content = compose.of_choice(harbourton(), Choice(lang="en", department="transport", items=30))
    line = next(line for line in content.lines if line.paragraph == "13")
    assert line.confirmed == "A. Officer, Commission of Exampland"
    shown = next(row for part in printed(content).sections for row in part.lines if row.citation.endswith("para. 13"))
    assert shown.machine == ""


def test_what_the_place_says_of_itself_stands_beside_what_holds() -> None:
    one = next(one for one in fitting(harbourton(), Choice(treaty="CRPD")) if one.key == "13")
    national = Chosen("national", "", "transport")
    here = harbourton().code
    decide_competence(one.paragraph_id, "corrected", user=local("head"), chosen=national, why="Its buses.", place=here)
    content = compose.of_choice(harbourton(), Choice(lang="en", treaty="CRPD", items=30))
    line = next(line for line in content.lines if line.paragraph == "13")
    assert (line.verdict, line.confirmed, line.own_verdict) == ("ours", "", "national")
    shown = next(row for part in printed(content).sections for row in part.lines if row.citation.endswith("para. 13"))
    assert ("The place says of itself", "National: advocate (The head, City of Harbourton)") in shown.rests
    assert "The head, City of Harbourton" in Client().get("/en/places/N1/?department=housing").content.decode()
    elsewhere = compose.of_choice(places.get("N2"), Choice(lang="en", treaty="CRPD", items=30))
    assert not any(line.own_by for line in elsewhere.lines)


def test_a_korean_brief_quotes_korean_where_there_is_an_edition() -> None:
    content = compose.of_choice(harbourton(), Choice(lang="ko", treaty="CRPD", items=30))
    line = next(line for line in content.lines if line.paragraph == "13")
    assert (line.lang, line.original_lang) == ("ko", "en")
    assert "권고" in line.text
    shown = printed(content, "http://testserver/x")
    assert "우리 소관" in {row.verdict for part in shown.sections for row in part.lines}
    assert "데이터 버전" in shown.foot
    assert "http://testserver/x" in shown.foot
    assert any(row.citation == f"{WORK}, 13항" for part in shown.sections for row in part.lines)


def test_plain_words_take_the_place_of_the_quotation_marked_and_signed() -> None:
    row = restate(WORK, "13", "en", "Buy buses that everybody can board.", by=OPERATOR, place=harbourton())
    approve_restatement(row.pk, by=OPERATOR)
    content = compose.of_choice(harbourton(), Choice(lang="en", treaty="CRPD", items=30))
    line = next(line for part in printed(content).sections for line in part.lines if line.citation.endswith("para. 13"))
    assert line.text == ("Buy buses that everybody can board.",)
    assert "not the official text" in line.plain_by
    assert any("accessible" in text for text in line.original)


def test_a_long_paragraph_is_quoted_by_its_items_and_says_what_it_left_out() -> None:
    text = (
        "The Committee recommends that the State party:\n(a) Amend the Criminal Code so that the invented offence is "
        "abolished in law and in every sentence that was passed under it since the founding of the State;\n"
        "(b) Build shelters for victims in every municipality, and train the staff of social welfare facilities;\n"
        "(c) Ratify the Optional Protocol to the invented Convention without reservations, and withdraw the "
        "declaration that was made when the Convention was signed, and report on both within the year that follows."
    )
    quoted, cut = excerpt(text, "en", "municipality", "KOR")
    assert cut
    assert "(b) Build shelters" in quoted
    assert "Criminal Code" not in quoted
    assert LEFT_OUT in quoted
    assert excerpt("Short.", "en", "municipality", "KOR") == ("Short.", False)


def test_content_is_kept_and_read_back_as_it_was() -> None:
    content = compose.of_choice(harbourton(), Choice(lang="ko", items=30))
    kept = json.loads(json.dumps(to_json(content)))
    assert from_json(kept) == content
    assert from_json({**kept, "added later": 1}) == content, "a newer release may keep more"


# -- drafts ----------------------------------------------------------------------------------------------------------


def test_an_official_makes_and_edits_a_draft_of_the_own_place() -> None:
    writer = local("contributor")
    brief = make_brief(harbourton(), Choice(items=3), by=writer)
    assert len(brief.lines) == 3
    assert brief.by == "The contributor, City of Harbourton"
    first, second, third = (Picked(**one) for one in brief.lines)
    lines = [third, Picked(first.work, first.paragraph, "transport", "Before the budget."), third]
    edited = edit_brief(brief.pk, Edited("Buses", "Council", "Why now.", lines, brief.revision), by=writer)
    content = compose.of_draft(edited)
    assert [line.name for line in content.lines] == [third.name, first.name], "a line stands in it once"
    assert (content.title, content.audience, content.introduction) == ("Buses", "Council", "Why now.")
    assert content.lines[1].note == "Before the budget."
    assert content.lines[1].department == "transport"
    assert second.name not in {line.name for line in content.lines}
    assert Deed.objects.filter(what="brief.write").count() == 2


def test_two_who_edit_at_once_lose_nothing() -> None:
    brief = draft()
    saved(brief, title="First")
    with pytest.raises(Overtaken):
        edit_brief(brief.pk, Edited("Second", "", "", [], 1), by=OPERATOR)
    assert Brief.objects.get(pk=brief.pk).title == "First"


def test_a_draft_needs_a_title() -> None:
    with pytest.raises(BadInput, match="title"):
        saved(draft(), title="  ")


@pytest.mark.parametrize("text", [f"{WORK} 13", f"{WORK}, para. 13", "crpd/c/xxe/co/1 ¶ 13", f"{WORK} 제13항"])
def test_a_line_is_added_by_symbol_and_paragraph(text: str) -> None:
    assert named_line(harbourton(), text) == Picked(WORK, "13")


@pytest.mark.parametrize("text", ["nonsense", f"{WORK} 999", f"{WORK} 20", "A/HRC/1/1 5", "x" * 500])
def test_what_asks_nothing_of_the_state_is_no_line(text: str) -> None:
    with pytest.raises((BadInput, NotFound)):
        named_line(harbourton(), text)


def test_a_line_whose_paragraph_is_gone_is_named_and_left_out() -> None:
    brief = saved(draft(), lines=[Picked(WORK, "13"), Picked("NO/SUCH", "1")])
    assert [line.paragraph for line in compose.of_draft(brief).lines] == ["13"]
    assert compose.missing(brief) == [Picked("NO/SUCH", "1")]


# -- publishing ------------------------------------------------------------------------------------------------------


def test_a_published_version_never_changes() -> None:
    brief = draft(treaty="CRPD", items=20)
    first = publish_brief(brief.pk, by=local("head"), why="First.")
    before = read.published(brief.pk, 1)
    page = Client().get(f"/en/briefs/{brief.pk}/v1/").content
    Reading.objects.filter(paragraph__edition__work__key=WORK, shown=True).update(text="Everything was reworded.")
    row = restate(WORK, "13", "en", "Plain.", by=OPERATOR, place=harbourton())
    approve_restatement(row.pk, by=OPERATOR)
    saved(Brief.objects.get(pk=brief.pk), title="Another title", lines=[Picked(WORK, "13")])
    second = publish_brief(brief.pk, by=OPERATOR, why="Shorter.")
    assert (first.number, second.number) == (1, 2)
    assert read.published(brief.pk, 1) == before
    assert read.published(brief.pk).title == "Another title"
    assert main(Client().get(f"/en/briefs/{brief.pk}/v1/").content) == main(page)
    with pytest.raises(IntegrityError), transaction.atomic():
        BriefVersion.objects.create(brief=brief, number=1, content={}, by="x", at=datetime.now(UTC))


def main(page: bytes) -> str:
    """The brief itself on a page."""
    text = page.decode()
    return text[text.index("<article") : text.index("</article>")]


def test_a_published_brief_outlives_its_place() -> None:
    brief = draft()
    publish_brief(brief.pk, by=OPERATOR)
    Brief.objects.filter(pk=brief.pk).update(place="XXE/example/GONE")
    page = Client().get(f"/en/briefs/{brief.pk}/v1/")
    assert page.status_code == 200
    assert "Harbourton" in page.content.decode()


def test_versions_are_compared() -> None:
    brief = draft(treaty="CRPD", items=3)
    publish_brief(brief.pk, by=OPERATOR)
    first, second, third = (Picked(**one) for one in brief.lines)
    noted = Picked(second.work, second.paragraph, second.department, "New.")
    lines = [third, noted, Picked("upr:XXE/44", "84.9")]
    saved(brief, title="New title", lines=lines)
    publish_brief(brief.pk, by=OPERATOR)
    found = read.difference(read.published(brief.pk, 1), read.published(brief.pk, 2))
    assert found.title == (brief.title, "New title")
    assert [line.paragraph for line in found.added] == ["84.9"]
    assert [line.name for line in found.dropped] == [first.name]
    assert [new.note for _, new in found.changed] == ["New."]
    assert found.moved
    assert not found.nothing
    page = Client().get(f"/en/briefs/{brief.pk}/compare/").content.decode()
    assert '<ins lang="en">New title</ins>' in page
    assert read.difference(read.published(brief.pk, 2), read.published(brief.pk, 2)).nothing


def test_a_withdrawn_brief_says_so_and_why_and_keeps_its_versions() -> None:
    brief = draft()
    publish_brief(brief.pk, by=OPERATOR)
    with pytest.raises(BadInput, match="Say why"):
        withdraw_brief(brief.pk, " ", by=OPERATOR)
    withdraw_brief(brief.pk, "A line was wrong.", by=local("head"))
    for path in (f"/en/briefs/{brief.pk}/", f"/en/briefs/{brief.pk}/v1/"):
        page = Client().get(path).content.decode()
        assert "A line was wrong." in page
        assert "The head, City of Harbourton" in page
    assert not read.published_of(brief.place)
    with pytest.raises(BadInput, match="withdrawn"):
        publish_brief(brief.pk, by=OPERATOR)
    with pytest.raises(BadInput, match="withdrawn"):
        saved(Brief.objects.get(pk=brief.pk), title="Again")


def test_a_brief_without_lines_is_not_published() -> None:
    brief = saved(draft(), lines=[])
    with pytest.raises(BadInput, match="without recommendations"):
        publish_brief(brief.pk, by=OPERATOR)


# -- who may ---------------------------------------------------------------------------------------------------------


def strangers() -> dict[str, Any]:
    return {
        "contributor elsewhere": local("contributor", "XXE/example/N2", "Another"),
        "head elsewhere": local("head", "XXE/example/N2", "Another"),
        "head of the province": local("head", "XXE/example/N", "Province"),
        "civil society": admit("c@example.org", "commenter", "Club", Place("civil", "XXE")).user,
        "reader": User.objects.create_user("r@example.org"),
        "officer of another State": admit("k@example.org", "officer", "Other", Place(state="KOR")).user,
        "visitor": AnonymousUser(),
    }


def test_nobody_else_makes_edits_publishes_or_withdraws() -> None:
    brief = draft()
    publish_brief(brief.pk, by=OPERATOR)
    for name, user in strangers().items():
        for act in (
            lambda user=user: make_brief(harbourton(), Choice(), by=user),
            lambda user=user: edit_brief(brief.pk, Edited("Mine", "", "", [], 1), by=user),
            lambda user=user: publish_brief(brief.pk, by=user),
            lambda user=user: withdraw_brief(brief.pk, "No.", by=user),
        ):
            with pytest.raises(Forbidden):
                act()
                pytest.fail(name)
    with pytest.raises(Forbidden):
        publish_brief(brief.pk, by=local("contributor"))
    assert (Brief.objects.count(), BriefVersion.objects.count()) == (1, 1)


def test_nobody_else_sees_a_draft_by_any_address() -> None:
    brief = saved(draft(), title="A secret title")
    paths = [
        f"/en/briefs/{brief.pk}/{tail}"
        for tail in ("", "edit/", "preview/", "preview/?format=docx", "v1/", "withdraw/")
    ]
    for name, user in strangers().items():
        client = signed_in(user) if isinstance(user, User) else Client()
        for path in paths:
            answer = client.get(path)
            assert answer.status_code in (302, 403, 404), (name, path)
            assert b"A secret title" not in answer.content
        assert b"A secret title" not in client.get("/en/places/N1/briefs/").content
        assert client.get(f"/api/v1/briefs/{brief.pk}").status_code == 404
    assert b"A secret title" in signed_in(local("contributor")).get("/en/places/N1/briefs/").content


# -- pages -----------------------------------------------------------------------------------------------------------


def test_a_visitor_makes_and_prints_a_brief_by_its_address_alone() -> None:
    client = Client()
    form = client.get("/en/places/N1/briefs/new/?department=housing").content.decode()
    assert '<option value="housing" selected>' in form
    assert "Keep it as a draft" not in form
    page = client.get("/ko/places/N1/briefs/view/?lang=ko&department=housing&items=6").content.decode()
    assert f"{WORK}, 13항" in page
    assert not Brief.objects.exists()
    answer = client.post("/en/places/N1/briefs/new/", {"lang": "en", "order": "newest", "items": "3"})
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/en/account/login/")
    assert not Brief.objects.exists()


def test_an_official_goes_from_the_form_to_a_published_brief_without_script() -> None:
    client = signed_in(local("head"))
    answer = client.post("/en/places/N1/briefs/new/", {"lang": "en", "order": "newest", "items": "3", "treaty": "CRPD"})
    brief = Brief.objects.get()
    assert answer.headers["Location"] == f"/en/briefs/{brief.pk}/edit/"
    form = client.get(answer.headers["Location"]).content.decode()
    assert form.count('name="work-') == 3
    lines = [Picked(**one) for one in brief.lines]
    fields = {
        "title": "For the council",
        "audience": "Council",
        "introduction": "",
        "revision": 1,
        "add": "upr:XXE/44 84.9",
    }
    for at, line in enumerate(lines, start=1):
        fields |= {f"work-{at}": line.work, f"paragraph-{at}": line.paragraph, f"order-{at}": 9 - at, f"note-{at}": ""}
    fields["drop-2"] = "on"
    assert client.post(f"/en/briefs/{brief.pk}/edit/", {**fields, "then": "preview"}).status_code == 302
    brief.refresh_from_db()
    kept = [(one["work"], one["paragraph"]) for one in brief.lines]
    assert kept == [(lines[2].work, lines[2].paragraph), (lines[0].work, lines[0].paragraph), ("upr:XXE/44", "84.9")]
    assert "For the council" in client.get(f"/en/briefs/{brief.pk}/preview/").content.decode()
    answer = client.post(f"/en/briefs/{brief.pk}/preview/", {"why": "First."})
    assert answer.headers["Location"] == f"/en/briefs/{brief.pk}/v1/"
    assert "For the council" in Client().get(f"/en/briefs/{brief.pk}/").content.decode()
    assert "For the council" in Client().get("/en/places/N1/briefs/").content.decode()


def test_a_mistake_on_the_form_loses_nothing_that_was_typed() -> None:
    client = signed_in(local("contributor"))
    brief = make_brief(harbourton(), Choice(items=2), by=OPERATOR)
    one = brief.lines[0]
    posted = {"title": "Kept title", "audience": "", "introduction": "Kept words", "revision": 1, "add": "NO/SUCH 1"}
    posted |= {"work-1": one["work"], "paragraph-1": one["paragraph"], "order-1": 1, "note-1": "Kept note"}
    page = client.post(f"/en/briefs/{brief.pk}/edit/", posted)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Please mend this first" in text
    assert 'href="#id_add"' in text
    assert all(words in text for words in ("Kept title", "Kept words", "Kept note"))
    brief.refresh_from_db()
    assert brief.revision == 1


def test_what_people_type_is_never_markup() -> None:
    brief = saved(draft(), title="<script>x</script>", introduction="<img src=x>", audience="<b>")
    publish_brief(brief.pk, by=OPERATOR, why="<i>")
    page = Client().get(f"/en/briefs/{brief.pk}/").content.decode()
    assert not any(tag in page for tag in ("<script>x", "<img src=x", "<b></dd>", "<i>"))
    html = Client().get(f"/en/briefs/{brief.pk}/?format=html").content.decode()
    assert "<script" not in html


# -- as files --------------------------------------------------------------------------------------------------------


def korean() -> tuple[Content, bytes]:
    content = compose.of_choice(harbourton(), Choice(lang="ko", items=6))
    shown = printed(content, "http://testserver/ko/x", "http://testserver")
    return content, to_docx(shown, made=datetime.fromisoformat(content.made))


def test_a_word_file_has_real_styles_links_numbers_and_korean_fonts() -> None:
    content, file = korean()
    document = Document(io.BytesIO(file))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == len(content.sections())
    assert styles.count("List Number") == len(content.lines)
    links = [rel.target_ref for rel in document.part.rels.values() if rel.reltype.endswith("hyperlink")]
    assert len(links) == len(content.lines)
    assert all(link.startswith("http://testserver/ko/documents/") for link in links)
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "맑은 고딕"
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "ko-KR"
    foot = document.sections[0].footer._element.xml
    assert "NUMPAGES" in foot
    assert "데이터 버전" in foot
    assert document.core_properties.title == content.title


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_a_word_file_opens_in_an_office_suite(tmp_path: Path) -> None:
    (tmp_path / "brief.docx").write_bytes(korean()[1])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "brief.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_of_html_stands_alone() -> None:
    content, _file = korean()
    page = to_html(printed(content, "http://testserver/ko/x", "http://testserver"))
    assert page.startswith("<!doctype html>")
    assert 'lang="ko"' in page
    assert "@page" in page
    assert not any(word in page for word in ("<link", "<script", "<img"))


def test_the_interface_gives_what_was_published() -> None:
    brief = draft(items=3)
    publish_brief(brief.pk, by=OPERATOR)
    got = Client().get(f"/api/v1/briefs/{brief.pk}").json()
    assert (got["id"], got["version"], got["versions"], got["withdrawn"]) == (brief.pk, 1, [1], "")
    assert [line["work"] for line in got["lines"]] == [one["work"] for one in brief.lines]
    assert Client().get("/api/v1/briefs?place=N1").json()["items"][0]["id"] == brief.pk
    assert Client().get(f"/api/v1/briefs/{brief.pk}?version=2").status_code == 404
    kept = Client().get(f"/en/briefs/{brief.pk}/?format=json").json()
    assert from_json(kept) == read.published(brief.pk)
