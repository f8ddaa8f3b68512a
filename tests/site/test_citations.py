"""What paragraphs cite: found as they come in, followed both ways, decided by persons. All documents are invented."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from django.utils import timezone

from smallplaces.enrich.cite import VERSION
from smallplaces.errors import BadInput, NotFound
from smallplaces.model.document import Edition, Kind, Paragraph, ParagraphKind, Parcel, Work
from smallplaces_site.actions import annotate, doctor
from smallplaces_site.actions.annotate import annotate_changes, behind
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.decide_citation import decide_citation
from smallplaces_site.corpus import models
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.read.citations import CitationView, citations_of, citing, citing_counts
from smallplaces_site.corpus.read.targets import target_of
from smallplaces_site.corpus.store import Store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]

TREATY = Work(key="treaty:CRPD", kind=Kind.TREATY, title={"en": "The Convention"}, body="CRPD")
COMMENT = Work(
    key="CRPD/C/GC/5", kind=Kind.GENERAL_COMMENT, symbol="CRPD/C/GC/5", aliases=("gc:CRPD/5",), body="CRPD", year=2017
)
EARLY = Work(key="CRPD/C/XXE/CO/1", kind=Kind.CONCLUDING_OBSERVATIONS, body="CRPD", states=("XXE",), year=2014)
LATER = Work(key="CRPD/C/XXE/CO/2-3", kind=Kind.CONCLUDING_OBSERVATIONS, body="CRPD", states=("XXE",), year=2022)
VIEWS = Work(
    key="CCPR/C/84/D/9999/1999",
    kind=Kind.VIEWS,
    body="CCPR",
    states=("XXE",),
    year=2005,
    facts={"communications": ["9999/1999"]},
)

NINETEEN = Paragraph(text="Everybody may live where others live.", number="19", kind=ParagraphKind.ARTICLE)
TWENTY = Paragraph(text="A home of one's own is not an institution.", number="20")
ASKED = Paragraph(
    text="Recalling its general comment No. 5 (2017), para. 20, and article 19 (b) of the Convention, the Committee "
    "recommends what it recommended before (CRPD/C/XXE/CO/1, para. 38).",
    number="41",
)
PLAIN = Paragraph(text="The Committee thanks the State party for its invented report.", number="42")


def save(work: Work, *paragraphs: Paragraph, lang: str = "en", source: str = "invented") -> None:
    run = models.Run.objects.create(source=source, started=timezone.now())
    Store(run, 50).save([(Parcel(work=work, edition=Edition(lang=lang), paragraphs=paragraphs), None)])


@pytest.fixture
def held(home: Path) -> None:
    save(TREATY, NINETEEN)
    save(COMMENT, TWENTY, Paragraph(text="Article 19 is explained in paragraph 20 above.", number="21"))
    save(EARLY, Paragraph(text="The State party should close invented institutions.", number="38"))
    save(LATER, ASKED, PLAIN)
    catch_up()


def paragraph(work: Work, key: str, lang: str = "en") -> int:
    return models.Paragraph.objects.get(edition__work__keys__key=work.key, edition__lang=lang, key=key).pk


def cited(work: Work, key: str) -> list[CitationView]:
    pk = paragraph(work, key)
    return citations_of([pk]).get(pk, [])


def targets(work: Work, key: str) -> list[str]:
    return [one.target for view in cited(work, key) for one in view.targets]


def citing_places(target: str, *, below: bool = True) -> list[tuple[str, str]]:
    return [(row.work.key, row.key) for row in citing(target, below=below).rows]


@pytest.mark.usefixtures("held")
def test_a_paragraph_says_what_it_cites_and_where_that_is_held() -> None:
    found = cited(LATER, "41")
    assert targets(LATER, "41") == ["CRPD/C/GC/5#p20", "treaty:CRPD/19(b)", "CRPD/C/XXE/CO/1#p38"]
    assert [ASKED.text[view.start : view.end] for view in found] == [view.text for view in found]
    comment, article, earlier = (view.targets[0] for view in found)
    assert comment.work is not None
    assert (comment.work.key, comment.paragraph, comment.preview) == ("CRPD/C/GC/5", "20", TWENTY.text)
    assert (article.paragraph, article.place, article.preview) == ("art.19", "19(b)", NINETEEN.text)
    assert (earlier.held, earlier.number) == (True, "38")
    assert all(view.method and view.version and view.evidence and view.confidence > 0.5 for view in found)
    assert cited(LATER, "42") == []


@pytest.mark.usefixtures("held")
def test_what_cites_an_article_a_document_and_a_paragraph_is_found() -> None:
    there = (LATER.key, "41")
    assert citing_places("treaty:CRPD/19") == [there, (COMMENT.key, "21")]
    assert citing_places("treaty:CRPD/19(b)") == [there]
    assert citing_places("treaty:CRPD/19", below=False) == [(COMMENT.key, "21")]
    assert citing_places("treaty:CRPD/1") == []
    assert citing_places("CRPD/C/GC/5") == citing_places("gc:CRPD/5") == [there]  # not what it says of itself
    assert citing_places("CRPD/C/GC/5#p20") == [there]
    assert citing_places("CRPD/C/GC/5#p2") == []
    assert citing_places("CRPD/C/XXE/CO/1") == [there]
    assert citing_counts(["treaty:CRPD/19", "treaty:CRPD/4"]) == {"treaty:CRPD/19": 2, "treaty:CRPD/4": 0}


@pytest.mark.usefixtures("held")
def test_what_cites_is_counted_filtered_and_paged() -> None:
    page = citing("CRPD article 19", size=1)
    assert (page.target, page.total, page.works, page.pages) == ("treaty:CRPD/19", 2, 2, 2)
    assert page.kinds == {"concluding-observations": 1, "general-comment": 1}
    assert (page.states, page.years) == ({"XXE": 1}, {2022: 1, 2017: 1})
    row = page.rows[0]
    assert [row.excerpt[start:end] for start, end in row.marks] == ["article 19 (b) of the Convention"]
    assert citing("CRPD article 19", state="XXE").total == 1
    narrowed = citing("CRPD article 19", kind="general-comment")
    assert (narrowed.total, narrowed.kinds) == (1, page.kinds)  # a chosen value does not hide the others of its list
    assert citing("CRPD article 19", size=1, page=2).rows[0].work.key == COMMENT.key
    with pytest.raises(BadInput):
        citing("CRPD article 19", page=0)


def test_a_range_of_paragraphs_is_found_by_each_of_them() -> None:
    save(COMMENT, TWENTY)
    save(LATER, Paragraph(text="See general comment No. 5 (2017), paras. 18-22.", number="7"))
    catch_up()
    assert citing_places("CRPD/C/GC/5#p20") == [(LATER.key, "7")]
    assert citing_places("CRPD/C/GC/5#p23") == []
    assert engine().search('cites:"CRPD/C/GC/5 para 20"').total == 1


def test_a_place_held_in_two_languages_cites_once_and_is_shown_in_the_language_asked_for() -> None:
    save(LATER, ASKED)
    save(LATER, Paragraph(text="Recordando el artículo 19 de la Convención.", number="41"), lang="es")
    catch_up()
    page = citing("treaty:CRPD/19", lang="es")
    assert (page.total, page.rows[0].lang, page.rows[0].langs) == (1, "es", ("en", "es"))
    assert citing("treaty:CRPD/19").rows[0].lang == "en"


def test_a_communication_leads_to_its_views_and_their_symbol_to_the_communication() -> None:
    save(VIEWS, Paragraph(text="The authors are invented.", number="1"))
    save(
        dataclasses.replace(VIEWS, key="CCPR/C/90/D/1/2001", facts={}),
        Paragraph(text="See communication No. 9999/1999, Nobody v. Exampland.", number="2"),
    )
    catch_up()
    views = models.Work.objects.get(key="CCPR/C/90/D/1/2001")
    found = cited(Work(key=views.key, kind=Kind.VIEWS), "2")[0].targets[0]
    assert found.target == "communication:CCPR/9999/1999"
    assert found.work is not None
    assert found.work.key == VIEWS.key
    assert citing_places(VIEWS.key) == citing_places("communication:CCPR/9999/1999") == [(views.key, "2")]


def test_a_case_cited_by_its_name_leads_to_the_only_one_so_called() -> None:
    named = dataclasses.replace(VIEWS, title={"en": "N. O. Body v. Peru"})
    text = "As in N.O. Body v. Peru, the Committee recalls {}."
    save(named, Paragraph(text="The authors are invented.", number="1"))
    save(
        dataclasses.replace(VIEWS, key="CCPR/C/90/D/1/2001", facts={}),
        Paragraph(text=text.format("what it said"), number="2"),
        Paragraph(text=text.format("a judgment of the European Court of Human Rights"), number="3"),
    )
    catch_up()
    assert citing_places(VIEWS.key) == [("CCPR/C/90/D/1/2001", "2")]
    save(dataclasses.replace(named, key="CCPR/C/91/D/5/2002", facts={}), Paragraph(text="Others.", number="1"))
    annotate_changes(again=True)
    assert citing_places(VIEWS.key) == []  # two are called so


@pytest.mark.usefixtures("held")
def test_doing_it_again_changes_nothing() -> None:
    before = list(models.Citation.objects.order_by("pk").values())
    log = models.Change.objects.count()
    assert annotate_changes().read == 0
    again = annotate_changes(again=True)
    assert (again.read, again.changed, sum(again.gained.values()), sum(again.lost.values())) == (6, 0, 0, 0)
    assert list(models.Citation.objects.order_by("pk").values()) == before
    assert models.Change.objects.count() == log


@pytest.mark.usefixtures("held")
def test_a_changed_wording_is_read_anew_and_a_withdrawn_one_cites_no_more() -> None:
    save(LATER, dataclasses.replace(ASKED, text="The Committee recalls article 9 of the Convention."))
    done = annotate_changes()
    assert done.read == 1  # paragraph 42 was withdrawn
    assert targets(LATER, "41") == ["treaty:CRPD/9"]
    save(LATER, PLAIN)
    catch_up()
    assert citing_places("treaty:CRPD/9") == []
    assert not models.Citation.objects.filter(paragraph__edition__work__key=LATER.key).exists()
    assert engine().search("cites:treaty:CRPD/9").total == 0


@pytest.mark.usefixtures("held")
def test_a_better_method_reads_everything_and_says_what_it_gained_and_lost(home: Path) -> None:
    one = models.Citation.objects.get(kind="symbol")
    models.CitationTarget.objects.filter(citation=one).update(target="CRPD/C/XXE/CO/0", work="CRPD/C/XXE/CO/0")
    models.Citation.objects.filter(pk=one.pk).update(claimed=["CRPD/C/XXE/CO/0"])
    models.Citation.objects.update(version="0")
    models.Mark.objects.filter(name="cites").update(version="0")
    assert behind() == (0, VERSION)
    assert [finding.ok for finding in doctor.examine() if finding.name == "citations"] == [False]

    done = annotate_changes()

    assert (done.before, done.changed) == ("0", 1)
    assert (dict(done.gained), dict(done.lost)) == ({"symbol": 1}, {"symbol": 1})
    lines = [json.loads(line) for line in (home / done.report).read_text().splitlines()]
    assert {(line["change"], *line["targets"]) for line in lines} == {
        ("gained", "CRPD/C/XXE/CO/1#p38"),
        ("lost", "CRPD/C/XXE/CO/0"),
    }
    assert set(models.Citation.objects.values_list("version", flat=True)) == {VERSION}
    # Nothing else would tell the index to read that paragraph again.
    assert models.Change.objects.filter(what="cites", paragraphs={"changed": [paragraph(LATER, "41")]}).count() == 1
    assert behind() == (0, "")


def test_a_run_that_is_cut_off_leaves_whole_batches_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "BATCH", 1)
    save(LATER, ASKED, PLAIN, dataclasses.replace(ASKED, number="43"))
    calls: list[int] = []

    def cut(done: int, total: int | None) -> None:
        calls.append(done)
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        annotate_changes(cut)
    assert set(models.Citation.objects.values_list("paragraph__key", flat=True)) == {"41"}
    assert behind() == (0, VERSION)

    assert annotate_changes().read == 2
    assert set(models.Citation.objects.values_list("paragraph__key", flat=True)) == {"41", "43"}
    assert behind() == (0, "")


def test_a_second_look_that_is_cut_off_goes_on_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "BATCH", 1)
    save(LATER, ASKED, PLAIN, dataclasses.replace(ASKED, number="43"))
    annotate_changes()
    models.Citation.objects.all().delete()

    def cut(done: int, total: int | None) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        annotate_changes(cut, again=True)
    assert behind() == (0, VERSION)
    assert annotate_changes().read == 2
    assert set(models.Citation.objects.values_list("paragraph__key", flat=True)) == {"41", "43"}


@pytest.mark.usefixtures("held")
def test_what_a_person_decided_outlives_every_run_and_every_import() -> None:
    def citation(kind: str) -> int:
        return models.Citation.objects.get(paragraph=paragraph(LATER, "41"), kind=kind).pk

    decide_citation(citation("general-comment"), "rejected", who="Kim", why="another comment is meant")
    decide_citation(citation("article"), "confirmed", who="Kim")
    decide_citation(citation("symbol"), "replaced", who="Lee", targets=["crpd/c/gc/5 para 21"])
    expected = [("confirmed", ["treaty:CRPD/19(b)"]), ("replaced", ["CRPD/C/GC/5#p21"])]

    def now() -> list[tuple[str, list[str]]]:
        return [(view.verdict, [one.target for one in view.targets]) for view in cited(LATER, "41")]

    assert now() == expected
    annotate_changes(again=True)
    assert now() == expected
    save(LATER, dataclasses.replace(ASKED, text=f"Moved by some words: {ASKED.text}"), PLAIN)
    catch_up()
    assert now() == expected
    assert citing_places("CRPD/C/GC/5#p20") == []
    assert citing_places("CRPD/C/GC/5#p21") == [(LATER.key, "41")]
    assert engine().search("cites:CRPD/C/GC/5#p21").total == 1
    assert engine().search("cites:CRPD/C/GC/5#p20").total == 0
    assert models.CitationDecision.objects.count() == 3


@pytest.mark.usefixtures("held")
def test_the_last_word_holds_and_the_earlier_ones_stay_written() -> None:
    symbol = next(view for view in cited(LATER, "41") if view.kind == "symbol")
    decide_citation(symbol.id, "rejected", who="Kim")
    row = models.Citation.objects.get(text=symbol.text)
    decide_citation(row.pk, "confirmed", who="Lee", why="it is one after all")
    assert targets(LATER, "41")[-1] == "CRPD/C/XXE/CO/1#p38"
    assert list(models.CitationDecision.objects.order_by("pk").values_list("who", "verdict")) == [
        ("Kim", "rejected"),
        ("Lee", "confirmed"),
    ]


@pytest.mark.usefixtures("held")
def test_what_no_machine_finds_any_more_stays_when_a_person_confirmed_it() -> None:
    models.CitationDecision.objects.create(
        work="gc:CRPD/5",  # any name of the document
        lang="en",
        paragraph="20",
        text="an institution",
        kind="article",
        verdict="confirmed",
        targets=["treaty:CRPD/19"],
        who="Kim",
        at=timezone.now(),
    )
    annotate_changes(again=True)
    kept = cited(COMMENT, "20")
    assert [(view.text, view.method, view.targets[0].target) for view in kept] == [
        ("an institution", "person", "treaty:CRPD/19")
    ]


@pytest.mark.usefixtures("held")
def test_a_decision_says_what_it_needs() -> None:
    view = cited(LATER, "41")[0]
    with pytest.raises(BadInput, match="no decision"):
        decide_citation(view.id, "perhaps", who="Kim")
    with pytest.raises(BadInput, match="name"):
        decide_citation(view.id, "confirmed", who=" ")
    with pytest.raises(BadInput, match="instead"):
        decide_citation(view.id, "replaced", who="Kim")
    with pytest.raises(NotFound):
        decide_citation(0, "confirmed", who="Kim")
    assert not models.CitationDecision.objects.exists()


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("cites:treaty:CRPD/19", {"41", "21"}),
        ("cites:treaty:CRPD/19(b)", {"41"}),
        ('cites:"CRPD article 19"', {"41", "21"}),
        ("cites:treaty:CRPD", {"41", "21"}),
        ("cites:CRPD/C/GC/5", {"41"}),
        ("cites:gc:CRPD/5", {"41"}),
        ("cites:CRPD/C/GC/5#p20", {"41"}),
        ("cites:treaty:CRPD/19 -cites:CRPD/C/GC/5", {"21"}),
        ("(cites:treaty:CRPD/19(b) OR cites:sdg:8.5) recalling", {"41"}),
    ],
)
def test_search_finds_by_what_is_cited(query: str, keys: set[str]) -> None:
    assert {hit.paragraph for hit in engine().search(query).hits} == keys


@pytest.mark.usefixtures("held")
def test_search_filters_by_what_is_cited_under_any_name() -> None:
    for name in ("gc:CRPD/5", "CRPD/C/GC/5", "crpd c gc 5"):
        assert [hit.paragraph for hit in engine().search("", filters={"cites": [name]}).hits] == ["41"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("treaty:ICCPR/19(2)(b)", "treaty:ICCPR/19(2)(b)"),
        ("ICESCR/11", "treaty:ICESCR/11"),
        ("CRPD 19", "treaty:CRPD/19"),
        ("장애인권리협약 제19조", "treaty:CRPD/19"),
        ("crpd/c/gc/5 para 20", "CRPD/C/GC/5#p20"),
        ("CESCR general comment No. 4", "gc:CESCR/4"),
        ("sdg:8.5", "sdg:8.5"),
        ("no such thing", "no such thing"),
    ],
)
def test_people_name_targets_in_their_own_way(text: str, target: str) -> None:
    assert str(target_of(text)) == target


@pytest.mark.usefixtures("held")
def test_doctor_tells_when_citations_lag_behind() -> None:
    def says() -> tuple[bool, str]:
        found = next(finding for finding in doctor.examine() if finding.name == "citations")
        return found.ok, found.says

    assert says()[0]
    save(LATER, PLAIN)
    assert says() == (False, "1 changes behind")
    doctor.repair()
    assert says()[0]
