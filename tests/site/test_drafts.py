"""Submissions: outline, words as the rule counts them, checked citations, versions, co-authors, signature, Word file.
Organisations and texts are invented."""

from __future__ import annotations

import html as markup
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from smallplaces.errors import BadInput, NotFound
from smallplaces.text.manuscript import Cited, Note, blocks, words_in
from smallplaces.vocab.steps import step
from smallplaces_site.actions.admit import Place, admit, verify
from smallplaces_site.actions.example import load_example
from smallplaces_site.actions.write_draft import (
    Begun,
    Overtaken,
    begin_draft,
    date_draft,
    reopen_draft,
    save_draft,
    share_draft,
    sign_draft,
)
from smallplaces_site.drafts import read
from smallplaces_site.drafts.check import citations_of, length_of, read_sections
from smallplaces_site.drafts.models import Draft
from smallplaces_site.people.models import Deed, Membership
from smallplaces_site.people.rights import Forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files", "home", "example")]

STEP = "upr.stakeholder-input"
OBSERVATIONS = "CRPD/C/XXE/CO/1"


@pytest.fixture
def example(home: Path) -> None:
    load_example()


def head() -> Membership:
    return admit("head@example.org", "head", "Smallton", Place("local", "XXE", "XXE/own/1"), name="H. Head")


def clerk() -> Membership:
    return admit("clerk@example.org", "contributor", "Smallton", Place("local", "XXE", "XXE/own/1"))


def officer() -> Membership:
    return admit("officer@example.org", "officer", "Commission", Place(state="XXE"))


def civil(*, verified: bool = True) -> Membership:
    found = admit("ngo@example.org", "commenter", "Friends of Homes", Place("civil", "XXE"))
    if verified:
        verify("Friends of Homes")
    return found


def begun(by: Membership, *, due: date | None = None, lang: str = "en") -> Draft:
    return begin_draft(Begun(STEP, by.organisation_id, "XXE", "Our words", lang, due, "a letter"), by=by.user)


def client_of(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return markup.unescape(response.content.decode())


def test_a_text_becomes_paragraphs_headings_and_notes() -> None:
    found = blocks(
        "One “two words” [[A/1 ¶ 3]]. Five\nsix.\n\n## Head\nSeven [[note: mine]] eight\n\n[[CRPD 19]]\n\n   \n"
    )
    assert [block.heading for block in found] == [False, True, False, False]
    assert found[0].pieces[1] == Cited("A/1", "3", "A/1 ¶ 3", "two words")
    assert Note("mine") in found[2].pieces
    assert found[3].pieces == (Cited("CRPD 19", "", "CRPD 19"),)
    assert words_in(found) == 8  # notes and citations are not part of the main text
    assert words_in(blocks("— a - b &")) == 2


def test_no_word_is_lost() -> None:
    text = "[[unclosed ## not a heading ]] ] [[ x"
    assert "".join(piece for block in blocks(text) for piece in block.pieces if isinstance(piece, str)).split() != []


@pytest.mark.parametrize(("joint", "most"), [(False, 2815), (True, 5630)])
def test_the_length_is_that_of_the_rule_of_the_day(joint: bool, most: int) -> None:
    sections = read_sections([{"heading": "A heading", "text": "word " * 3000}])
    length = length_of(sections, step(STEP), date(2026, 11, 24), joint=joint)
    assert length.limit is not None
    assert (length.words, length.limit.number, length.over) == (3002, most, max(0, 3002 - most))
    early = length_of(sections, step(STEP), date(2012, 1, 1), joint=joint)
    assert early.limit is None
    assert early.pages is not None


def test_citations_are_checked_word_by_word() -> None:
    text = read_paragraph()
    words = text[:40]
    sections = read_sections(
        [
            {
                "heading": "",
                "text": f"“{words}” [[{OBSERVATIONS} ¶ 1]] “{words[:20]} quite{words[20:]}” [[{OBSERVATIONS} ¶ 1]] "
                f"“purple zebras in the archive” [[{OBSERVATIONS} ¶ 1]] [[{OBSERVATIONS} ¶ 999]] "
                "[[CRPD/C/XXE/CO/44 ¶ 1]]",
            }
        ]
    )
    found = citations_of(sections, "en")
    assert [one.verdict for one in found] == ["exists", "exists", "exists", "no such paragraph", "not in this copy"]
    assert [one.quotation.verdict for one in found[:3] if one.quotation] == ["exact", "differs", "not there"]
    assert [one.wrong for one in found] == [False, True, True, True, True]


def read_paragraph() -> str:
    from smallplaces_site.corpus.read import documents  # noqa: PLC0415  # after the example is there

    work = documents.work(OBSERVATIONS)
    edition = work.edition("en")
    assert edition
    return documents.paragraph(edition.id, "1").text


def test_every_save_is_a_version_and_two_who_write_at_once_notice() -> None:
    one = head()
    row = begun(one)
    headings = [heading for heading, _text in read.draft(row.pk).sections]
    assert headings == list(step(STEP).headings("en"))
    sections = [(heading, "") for heading in headings]
    sections[0] = (headings[0], "We are a town.")
    save_draft(row.pk, "Our words", sections, revision=1, by=one.user)
    save_draft(row.pk, "Our words", sections, revision=2, by=one.user)  # nothing changed: no version
    with pytest.raises(Overtaken):
        save_draft(row.pk, "Our words", [], revision=1, by=one.user)
    sections[0] = (headings[0], "We are a small town.")
    save_draft(row.pk, "Our words", sections, revision=2, by=one.user)
    older, newer = read.version(row.pk, 2), read.version(row.pk, 3)
    changes = dict(read.compared(older, newer))[headings[0]]
    assert [change.text for change in changes if change.how == "new"] == ["small"]
    with pytest.raises(NotFound):
        read.version(row.pk, 9)


def test_who_writes_shares_and_signs() -> None:
    one, worker, other = head(), clerk(), civil()
    row = begun(worker)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: save_draft(row.pk, "x", [], revision=1, by=other.user),
        lambda: sign_draft(row.pk, by=other.user),
        lambda: share_draft(row.pk, [other.organisation_id], by=other.user),
        lambda: save_draft(row.pk, "x", [], revision=1, by=officer().user),  # the institution does not write for a town
        lambda: begin_draft(Begun(STEP, one.organisation_id, "XXE", "x", "en"), by=other.user),
        lambda: save_draft(row.pk, "x", [], revision=1, by=None),
    )
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()
    share_draft(row.pk, [other.organisation_id], by=worker.user)
    assert read.draft(row.pk).joint
    save_draft(row.pk, "Together", [("A", "Text.")], revision=1, by=other.user)
    with pytest.raises(Forbidden):
        sign_draft(row.pk, by=other.user)  # the owner signs
    with pytest.raises(Forbidden):
        sign_draft(row.pk, by=worker.user)  # and in it, its head
    sign_draft(row.pk, by=one.user)
    with pytest.raises(BadInput, match="is signed"):
        save_draft(row.pk, "x", [], revision=2, by=one.user)
    reopen_draft(row.pk, by=one.user)
    save_draft(row.pk, "Changed", [("A", "Text.")], revision=2, by=one.user)
    assert Deed.objects.filter(what="draft.sign").count() == 2


def test_an_organisation_that_was_not_verified_writes_nothing() -> None:
    with pytest.raises(Forbidden):
        begun(civil(verified=False))


def test_after_the_deadline_a_signature_needs_a_reason() -> None:
    one = head()
    row = begun(one, due=date(2026, 3, 2))
    with pytest.raises(BadInput, match="Nothing is written"):
        sign_draft(row.pk, by=one.user)
    save_draft(row.pk, "Our words", [("A", "Text.")], revision=1, by=one.user)
    closes = read.draft(row.pk).closes()
    assert closes is not None
    assert closes.astimezone(UTC) == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # noon in Geneva
    before, after = datetime(2026, 3, 2, 10, 59, tzinfo=UTC), datetime(2026, 3, 2, 11, 1, tzinfo=UTC)
    sign_draft(row.pk, by=one.user, now=before)
    reopen_draft(row.pk, by=one.user)
    with pytest.raises(BadInput, match="The deadline has passed"):
        sign_draft(row.pk, by=one.user, now=after)
    sign_draft(row.pk, by=one.user, now=after, late="The secretariat agreed by telephone.")
    assert read.draft(row.pk).late == "The secretariat agreed by telephone."
    with pytest.raises(BadInput, match="is signed"):
        date_draft(row.pk, None, "", by=one.user)


def written(one: Membership, lang: str = "en") -> Draft:
    row = begun(one, lang=lang)
    first = f"First “{read_paragraph()[:30]}” [[{OBSERVATIONS} ¶ 1]]."
    text = f"{first}\n\n## Inside\nSecond [[note: our own count]] one.\n\nThird."
    save_draft(row.pk, "Our <words>", [("One", text), ("Two", "Fourth.")], revision=1, by=one.user)
    return row


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
def test_the_word_file_has_numbered_paragraphs_and_true_footnotes(lang: str, tmp_path: Path) -> None:
    one = head()
    row = written(one, lang)
    response = client_of(one).get(f"/en/drafts/{row.pk}/word/")
    assert response["Content-Type"].endswith("wordprocessingml.document")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.testzip() is None
    notes = archive.read("word/footnotes.xml").decode()
    assert OBSERVATIONS in notes
    assert "our own count" in notes
    document = Document(io.BytesIO(response.content))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles.count("Numbered Paragraph") == 4
    assert styles.count("Heading 1") == 2
    assert styles.count("Heading 2") == 1
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
    assert "Fourth." in opened, done.stderr


def test_an_official_writes_cites_attaches_and_signs_on_pages() -> None:
    one = head()
    client = client_of(one)
    page = body(client, f"/en/drafts/new/?step={STEP}")
    assert "Begin with its outline" in page
    answer = client.post(
        "/en/drafts/new/", {"step": STEP, "owner": one.organisation_id, "title": "Our words", "lang": "en"}, follow=True
    )
    path = answer.redirect_chain[-1][0]
    page = markup.unescape(answer.content.decode())
    assert "of 2,815 words" in page
    assert "no standing of its own" in page
    found = re.findall(r'value="(\[\[[^"]+\]\])"', body(client, f"{path}find/?q=housing"))
    assert found
    assert all(
        one.wrong is False for one in citations_of(read_sections([{"heading": "", "text": " ".join(found)}]), "en")
    )
    client.post(f"{path}insert/", {"section": "1", "words": f"[[{OBSERVATIONS} ¶ 2]]"})
    assert "Exists" in body(client, path)
    client.post(f"{path}insert/", {"section": "77", "words": "lost"})
    assert "lost" not in body(client, path)
    typed = "<script>alert(1)</script> “never said” [[CRPD/C/XXE/CO/1 ¶ 2]]"
    form = {"title": "Our words", "revision": "2", "heading": ["A"], "text": [typed]}
    saved = markup.unescape(client.post(path, form, follow=True).content.decode())
    assert "These words do not stand there" in saved
    preview = client.get(f"{path}preview/").content.decode()
    assert "<script>alert(1)</script>" not in preview
    assert "VersionView" not in preview, "the page's foot says the version of the data, not that of the draft"
    stale = client.post(path, form | {"revision": "1", "text": ["what I typed"]})
    assert stale.status_code == 400
    assert "what I typed" in stale.content.decode()
    client.post(f"{path}evidence/", {"title": "Count", "file": SimpleUploadedFile("count.csv", b"a,b\n1,2\n")})
    client.post(f"{path}evidence/", {"title": "Report", "address": "https://example.org/report"})
    refused = client.post(f"{path}evidence/", {"title": "Bad", "file": SimpleUploadedFile("x.exe", b"MZ")}, follow=True)
    assert "not taken here" in refused.content.decode()
    assert [held.title for held in read.attachments(Draft.objects.get().pk)] == ["Count", "Report"]
    file = client.get(f"{path}evidence/{read.attachments(Draft.objects.get().pk)[0].id}/")
    assert file["Content-Disposition"].startswith("attachment")
    client.post(f"{path}deadline/", {"due": "2020-01-01", "due_source": "a letter"})
    late = client.post(f"{path}sign/", {"act": "sign"}, follow=True)
    assert "The deadline has passed" in late.content.decode()
    done = client.post(f"{path}sign/", {"act": "sign", "late": "agreed"}, follow=True)
    assert "Nothing was sent" in done.content.decode()
    assert "What changed from version" in body(client, f"{path}versions/")


def test_nobody_else_learns_that_it_exists() -> None:
    row = begun(head())
    paths = ["", "find/", "preview/", "word/", "versions/"]
    for path in paths:
        assert client_of(officer()).get(f"/en/drafts/{row.pk}/{path}").status_code == 404
        assert Client().get(f"/en/drafts/{row.pk}/{path}").status_code == 302
    for path in ("", "insert/", "sign/", "evidence/", "coauthors/", "deadline/"):
        assert (
            client_of(officer()).post(f"/en/drafts/{row.pk}/{path}", {"section": "1", "words": "x"}).status_code == 404
        )
    assert client_of(officer()).get("/en/drafts/").status_code == 200


@pytest.mark.parametrize("lang", ["ko", "fr", "es", "ar", "ru", "zh"])
def test_pages_open_in_every_language(lang: str) -> None:
    one = head()
    client, row = client_of(one), written(one, "ko")
    for path in ("", f"{row.pk}/", f"{row.pk}/preview/", f"{row.pk}/versions/", f"{row.pk}/find/?q=housing", "new/"):
        body(client, f"/{lang}/drafts/{path}")
