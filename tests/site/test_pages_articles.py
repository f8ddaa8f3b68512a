"""The page of an article, citations in texts, and what replaced what. All documents are invented."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from smallplaces.model.annotation import CitationKind
from smallplaces.model.document import Edition, Kind, Paragraph, ParagraphKind, Parcel, Work
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.corpus import models
from smallplaces_site.corpus.read import articles, documents
from smallplaces_site.corpus.read.citations import CitationView, TargetView, citing
from smallplaces_site.corpus.read.supersession import replaced, standings
from smallplaces_site.corpus.store import Store
from smallplaces_site.web import cited

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "static_files")]

TREATY = Work(key="treaty:CRPD", kind=Kind.TREATY, title={"en": "The Convention"}, body="CRPD")
COMMENT = Work(
    key="CRPD/C/GC/5", kind=Kind.GENERAL_COMMENT, symbol="CRPD/C/GC/5", aliases=("gc:CRPD/5",), body="CRPD", year=2017
)
OBSERVATIONS = Work(
    key="CRPD/C/XXE/CO/2-3",
    kind=Kind.CONCLUDING_OBSERVATIONS,
    symbol="CRPD/C/XXE/CO/2-3",
    body="CRPD",
    states=("XXE",),
    year=2022,
)
OLD = Work(key="gc:CCPR/6", kind=Kind.GENERAL_COMMENT, body="CCPR", year=1982)
NEW = Work(
    key="CCPR/C/GC/36",
    kind=Kind.GENERAL_COMMENT,
    symbol="CCPR/C/GC/36",
    aliases=("gc:CCPR/36",),
    body="CCPR",
    year=2018,
)
CORRECTION = Work(key="CRPD/C/XXE/CO/2-3/Corr.1", kind=Kind.CONCLUDING_OBSERVATIONS, symbol="CRPD/C/XXE/CO/2-3/Corr.1")
HEADING = ("Specific rights", "Living independently <at home> (art. 19)")


def save(work: Work, *paragraphs: Paragraph, lang: str = "en") -> None:
    run = models.Run.objects.create(source="invented", started=timezone.now())
    Store(run, 50).save([(Parcel(work=work, edition=Edition(lang=lang), paragraphs=paragraphs), None)])


def article(number: str, text: str) -> Paragraph:
    return Paragraph(text=text, number=number, kind=ParagraphKind.ARTICLE)


@pytest.fixture
def held(home: Path) -> None:
    save(TREATY, article("18", "Everybody may move."), article("19", "Everybody may live where others live."))
    save(TREATY, article("19", "누구나 남들이 사는 곳에서 살 수 있다. (지어낸 글)"), lang="ko")
    save(COMMENT, Paragraph(text="Article 19 means a home of one's own.", number="20"))
    save(
        OBSERVATIONS,
        Paragraph(text="The invented institutions are many.", number="41", heading=HEADING),
        Paragraph(
            text="Recalling its general comment No. 5 (2017), para. 20 & <others>,\nthe Committee asks for homes "
            "(articles 18 and 19), and recalls general comment No. 6.",
            number="42",
            heading=HEADING,
        ),
    )
    run = models.Run.objects.create(source="invented", started=timezone.now())
    for number, places in (("1", ["19(b)"]), ("2", ["18"])):
        models.StatusAction.objects.create(
            **{
                "source": "invented",
                "identity": number,
                "digest": number,
                "treaty": "CRPD",
                "state": "XXE",
                "run": run,
            },
            **{"kind": "reservation", "date": "2010", "text": f"Exampland reserves its words on {places}."},
            articles=places,
        )
    catch_up()


def get(path: str, status: int = 200) -> str:
    response = Client().get(f"/en/{path}")
    assert response.status_code == status, path
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("held")
def test_an_article_stands_with_its_text_the_guide_and_what_speaks_of_it() -> None:
    page = get("instruments/CRPD/19/")
    assert "Everybody may live where others live." in page
    assert "It is not law" in page
    assert f"{citing('treaty:CRPD/19').total} paragraphs here cite it" in page
    for key, number in ((COMMENT.key, "20"), (OBSERVATIONS.key, "41"), (OBSERVATIONS.key, "42")):
        assert f'href="/en/documents/{key}/p/{number}/?text=en"' in page
    assert "19(b)" in page
    assert "words on [&#x27;18&#x27;]" not in page  # the reservation to another article


@pytest.mark.usefixtures("held")
def test_the_text_is_shown_in_two_languages_that_the_reader_chooses() -> None:
    page = get("instruments/CRPD/19/?text=ko&beside=en")
    assert "지어낸 글" in page
    assert "Everybody may live" in page
    assert "지어낸 글" not in get("instruments/CRPD/19/?beside=")
    french = Client().get("/fr/instruments/CRPD/19/").content.decode()
    assert "ne contient pas le texte dans cette langue" in french
    assert "does not hold the article" in get("instruments/CRPD/18/?text=ko")


@pytest.mark.usefixtures("held")
def test_what_speaks_of_it_is_filtered_and_had_as_a_file() -> None:
    page = get("instruments/CRPD/19/?kind=general-comment")
    assert "home of one&#x27;s own" in page
    assert OBSERVATIONS.key not in page
    lines = list(csv.reader(io.StringIO(get("instruments/CRPD/19/?format=csv").lstrip("\ufeff"))))
    assert len(lines) - lines.index([]) - 2 == citing("treaty:CRPD/19").total
    narrowed = json.loads(get("instruments/CRPD/19/?format=json&kind=general-comment"))
    assert [row["symbol"] for row in narrowed["rows"]] == ["CRPD/C/GC/5"]
    linked = json.loads(get("instruments/CRPD/19/?format=jsonld"))
    assert (linked["@type"], linked["identifier"]) == ("Legislation", "treaty:CRPD/19")
    assert len(linked["@reverse"]["citation"]) == citing("treaty:CRPD/19").total


@pytest.mark.usefixtures("held")
def test_an_article_has_one_address() -> None:
    for name in (
        "instruments/crpd/19/",
        "instruments/CRPD/XIX/",
        "instruments/CRPD/19(2)(b)/",
        "instruments/CRPD/019/",
    ):
        response = Client().get(f"/en/{name}?text=ko")
        assert (response.status_code, response.headers["Location"]) == (302, "/en/instruments/CRPD/19/?text=ko")
    for name in ("instruments/CRPD/99/", "instruments/NOTHING/1/", "instruments/CRPD/x/"):
        get(name, status=404)
    get("instruments/ICESCR/11/")  # in the catalogue, without a text here


@pytest.mark.usefixtures("held")
def test_the_counts_of_a_treaty_are_those_of_its_articles() -> None:
    assert articles.counts("CRPD") == {n: citing(f"treaty:CRPD/{n}").total for n in ("18", "19")}
    assert "cited 3 times" in get("instruments/CRPD/")


@pytest.mark.usefixtures("held")
def test_a_paragraph_says_what_it_rests_on_and_what_rests_on_it() -> None:
    page = get("documents/CRPD/C/XXE/CO/2-3/p/42/")
    cites = page[page.index('id="cites"') : page.index('id="cite"')]
    assert "/en/instruments/CRPD/19/" in cites
    assert "/en/documents/CRPD/C/GC/5/p/20/" in cites
    assert "the heading above: Living independently &lt;at home&gt; (art. 19)" in cites
    answer = get("documents/CRPD/C/GC/5/p/20/")
    assert "/en/documents/CRPD/C/XXE/CO/2-3/?text=en#p42" in answer[answer.index('id="cited-by"') :]
    assert 'href="/en/instruments/CRPD/19/"' in get("documents/treaty:CRPD/p/art.19/")


@pytest.mark.usefixtures("held")
def test_citations_in_a_document_are_links_that_tell_where_they_go() -> None:
    page = get("documents/CRPD/C/XXE/CO/2-3/")
    (link,) = re.findall(r'<a class="c" [^>]*>general comment No. 5[^<]*</a>', page)
    assert 'href="/en/documents/CRPD/C/GC/5/p/20/?text=en"' in link
    assert "one&#x27;s own" in link
    assert "&lt;others&gt;" in page
    several = re.search(r'<a class="c" href="([^"]+)" title="([^"]+)">articles 18 and 19</a>', page)
    assert several
    assert several[1].startswith("/en/documents/CRPD/C/XXE/CO/2-3/p/42/?text=en#c")
    assert "article 18" in several[2]
    assert "&lt;at home&gt; (<a " in page
    assert "cited 1 time" in get("documents/CRPD/C/GC/5/")


def test_what_replaced_what_is_said_on_both_and_in_lists() -> None:
    save(OLD, Paragraph(text="Article 6 of the Covenant was explained so.", number="1"))
    save(NEW, Paragraph(text="Article 6 of the Covenant is explained anew.", number="1"))
    save(OBSERVATIONS, Paragraph(text="Words that were wrong.", number="1"))
    save(CORRECTION, Paragraph(text="Words that are right.", number="1"))
    catch_up()
    assert "Replaced by:" in get("documents/gc:CCPR/6/")
    assert 'href="/en/documents/gc:CCPR/6/"' in get("documents/CCPR/C/GC/36/")
    assert "replaced by <bdi>CCPR/C/GC/36</bdi>" in get("instruments/ICCPR/6/")
    (newer,) = Client().get("/api/v1/documents/gc:CCPR/6").json()["related"]
    assert (newer["relation"], newer["key"], newer["source"]) == ("replaced-by", NEW.key, "CCPR/C/GC/36, para. 1")
    assert list(replaced()) == [documents.work("gc:CCPR/6").id]
    assert [one.relation for one in standings(documents.work(OBSERVATIONS.key))] == ["corrected-by"]
    assert [one.relation for one in standings(documents.work(CORRECTION.key))] == ["corrects"]


def view(start: int, end: int, text: str = "") -> CitationView:
    target = TargetView("treaty:CRPD/19", 'The "Convention" <b>', "19")
    return unclear(start, end, text, (target,), ())


def unclear(
    start: int, end: int, text: str, targets: tuple[TargetView, ...], candidates: tuple[TargetView, ...]
) -> CitationView:
    return CitationView(7, start, end, text, CitationKind.ARTICLE, 0.5, "", "cite", "1", "", targets, candidates)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x1c\x1d\x1e\x85\u2028\u2029"), max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=5),
)
def test_links_change_no_letter_of_a_text(text: str, spans: list[tuple[int, int]]) -> None:
    shown = str(cited.lines(text, [view(start, end) for start, end in spans], "/alone/"))
    plain = html.unescape(re.sub(r"<[^>]*>", "", shown.replace("</p><p>", "\n")))
    assert plain == "\n".join(line for line in text.split("\n") if line.strip())
    assert shown.count("<a ") == shown.count("</a>")


def test_an_unclear_citation_says_what_it_may_mean() -> None:
    may_be = (TargetView("treaty:CRC/6", "CRC", "6"), TargetView("treaty:CAT/6", "CAT", "6"))
    shown = str(cited.lines("Article 6 says so.", [unclear(0, 9, "Article 6", (), may_be)], "/alone/"))
    assert 'class="c unclear" href="/alone/#c7"' in shown
    assert "it may be CRC, article 6; CAT, article 6" in shown


@pytest.mark.parametrize("codes", [("CRPD", "CRPD"), ("CRC",), ("CRC", "CAT", "CRPD", "CEDAW")])
def test_what_may_be_a_law_or_nearly_anything_is_not_marked_in_the_text(codes: tuple[str, ...]) -> None:
    may_be = tuple(TargetView(f"treaty:{code}/{n}", code, str(n)) for n, code in enumerate(codes, 6))
    assert "<a " not in str(cited.lines("Article 6 says so.", [unclear(0, 9, "Article 6", (), may_be)], "/alone/"))
