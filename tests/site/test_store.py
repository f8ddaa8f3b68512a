"""The store keeps faith: nothing lost, nothing doubled, every wording kept."""

from __future__ import annotations

import dataclasses

import pytest
from django.utils import timezone

from smallplaces.model.document import Edition, Kind, Label, Paragraph, ParagraphKind, Parcel, Work
from smallplaces_site.corpus import models
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.store import Store, Tally

pytestmark = pytest.mark.django_db

WORK = Work(key="CRPD/C/XXE/CO/1", kind=Kind.CONCLUDING_OBSERVATIONS, body="CRPD", states=("XXE",), year=2020)


def store(source: str = "first", rank: int = 50) -> Store:
    return Store(models.Run.objects.create(source=source, started=timezone.now()), rank)


def parcel(*paragraphs: Paragraph, whole: bool = True, work: Work = WORK, lang: str = "en") -> Parcel:
    return Parcel(work=work, edition=Edition(lang=lang), paragraphs=paragraphs, whole=whole)


def save(*parcels: Parcel, source: str = "first", rank: int = 50) -> Store:
    target = store(source, rank)
    target.save([(one, None) for one in parcels])
    return target


def shown(name: str = WORK.key, lang: str = "en") -> list[tuple[str, str]]:
    edition = documents.work(name).edition(lang)
    assert edition is not None
    return [(paragraph.key, paragraph.text) for paragraph in documents.paragraphs(edition.id)]


ONE = Paragraph(text="The Committee is concerned about invented things.", number="1")
TWO = Paragraph(text="The Committee recommends inventing others.", number="2")


def test_saving_again_changes_nothing() -> None:
    save(parcel(ONE, TWO))
    log = models.Change.objects.count()

    again = save(parcel(ONE, TWO))

    assert again.tally == Tally(unchanged=2)
    assert models.Change.objects.count() == log
    assert models.Reading.objects.count() == 2


def test_a_changed_wording_is_a_new_version_and_the_old_one_stays_readable() -> None:
    save(parcel(ONE, TWO))
    mended = dataclasses.replace(TWO, text="The Committee recommends inventing better ones.")

    assert save(parcel(ONE, mended)).tally == Tally(changed=1, unchanged=1)

    edition = documents.work(WORK.key).edition("en")
    assert edition is not None
    paragraph = documents.paragraph(edition.id, "2")
    assert paragraph.text == mended.text
    assert [(v.version, v.current, v.text) for v in documents.versions(paragraph.id)] == [
        (2, True, mended.text),
        (1, False, TWO.text),
    ]
    assert models.Change.objects.latest("id").paragraphs == {"changed": [paragraph.id]}


def test_a_paragraph_that_a_whole_document_no_longer_has_is_withdrawn_and_may_come_back() -> None:
    save(parcel(ONE, TWO))
    assert save(parcel(ONE)).tally == Tally(unchanged=1, withdrawn=1)
    assert shown() == [("1", ONE.text)]

    assert save(parcel(ONE, TWO)).tally == Tally(new=1, unchanged=1)
    assert shown() == [("1", ONE.text), ("2", TWO.text)]
    assert sorted(models.Reading.objects.filter(number="2").values_list("version", flat=True)) == [1, 2]


def test_a_part_withdraws_nothing() -> None:
    save(parcel(ONE, whole=False))
    save(parcel(TWO, whole=False))
    assert [key for key, _ in shown()] == ["1", "2"]


def test_two_sources_share_a_paragraph_and_the_higher_rank_is_shown_with_the_labels_of_both() -> None:
    label = Label("theme", "uhri", "Right to health")
    typed = dataclasses.replace(
        ONE, text="The Committee is concerned about invented thing", labels=(label,), record="u1"
    )
    save(parcel(typed, whole=False), source="typed", rank=30)
    save(parcel(ONE, TWO), source="official", rank=80)

    edition = documents.work(WORK.key).edition("en")
    assert edition is not None
    paragraph = documents.paragraph(edition.id, "1")
    assert (paragraph.text, paragraph.source) == (ONE.text, "official")
    assert paragraph.labels == (("theme", "uhri", "Right to health", "typed"),)
    assert len(documents.versions(paragraph.id)) == 2


def test_the_lower_rank_never_takes_the_place_whatever_comes_first() -> None:
    save(parcel(ONE), source="official", rank=80)
    save(parcel(dataclasses.replace(ONE, text="typed badly"), whole=False), source="typed", rank=30)
    assert shown() == [("1", ONE.text)]


def test_when_the_shown_source_withdraws_the_other_wording_is_shown() -> None:
    save(parcel(dataclasses.replace(ONE, text="typed")), source="typed", rank=30)
    save(parcel(ONE), source="official", rank=80)
    save(parcel(), source="official", rank=80)
    assert shown() == [("1", "typed")]


def test_a_record_whose_number_changes_stays_the_same_paragraph() -> None:
    save(parcel(dataclasses.replace(ONE, record="r1"), whole=False))
    save(parcel(dataclasses.replace(ONE, record="r1", number="3"), whole=False))
    assert models.Paragraph.objects.count() == 1


def test_two_records_under_one_number_are_two_excerpts() -> None:
    first, second = (dataclasses.replace(ONE, text=f"Excerpt {n}", record=f"r{n}") for n in (1, 2))
    save(parcel(first, whole=False), parcel(second, whole=False))
    save(parcel(first, whole=False), parcel(second, whole=False))
    assert [key for key, _ in shown()] == ["1", "1~2"]


def test_an_excerpt_folds_into_the_whole_document_and_keeps_its_labels() -> None:
    records = [
        dataclasses.replace(ONE, text=f"Excerpt {n}", record=f"r{n}", labels=(Label("theme", "uhri", f"T{n}"),))
        for n in (1, 2)
    ]
    save(parcel(*records, whole=False), source="typed", rank=30)
    save(parcel(ONE, TWO), source="official", rank=80)
    assert shown() == [("1", ONE.text), ("2", TWO.text)]
    edition = documents.work(WORK.key).edition("en")
    assert edition is not None
    assert {label[2] for label in documents.paragraph(edition.id, "1").labels} == {"T1", "T2"}


def test_a_recommendation_from_a_database_and_from_the_report_is_one() -> None:
    by = (Label("recommending", "iso3", "AUT"),)
    work = Work(key="upr:XXE/5", kind=Kind.UPR_REPORT, body="UPR", states=("XXE",))
    typed = Paragraph(text="Ratify the invented treaty", kind=ParagraphKind.RECOMMENDATION, labels=by, record="a1")
    printed = Paragraph(
        text="Ratify the invented treaty (Austria);", number="60.1", kind=ParagraphKind.RECOMMENDATION, labels=by
    )
    other = Paragraph(
        text="Ratify the invented treaty (Brazil);",
        number="60.2",
        kind=ParagraphKind.RECOMMENDATION,
        labels=(Label("recommending", "iso3", "BRA"),),
    )
    save(parcel(typed, whole=False, work=work), source="typed", rank=30)
    save(parcel(printed, other, work=work), source="report", rank=80)
    assert models.Paragraph.objects.count() == 2
    assert [text for _, text in shown("upr:XXE/5")] == [printed.text, other.text]


def test_the_same_work_under_two_names_is_one_when_a_source_knows_both() -> None:
    views = Work(key="CAT/C/12/D/13/1993", kind=Kind.VIEWS, body="CAT")
    twin = Work(key="communication:CAT/13/1993", kind=Kind.VIEWS, body="CAT", title={"en": "X. v. Exampland"})
    save(parcel(ONE, work=views))
    save(parcel(TWO, work=twin), source="second")
    assert models.Work.objects.count() == 2

    both = dataclasses.replace(views, aliases=("communication:CAT/13/1993",))
    save(parcel(ONE, work=both))

    assert models.Work.objects.count() == 1
    assert documents.work("communication:CAT/13/1993").key == "CAT/C/12/D/13/1993"
    assert [key for key, _ in shown("CAT/C/12/D/13/1993")] == ["1", "2"]
    assert models.Change.objects.filter(what="merged").count() == 1


def test_work_facts_of_the_better_source_win_and_are_logged() -> None:
    save(parcel(ONE), rank=50)
    save(parcel(ONE, work=dataclasses.replace(WORK, session="12")), source="low", rank=10)
    save(parcel(ONE, work=dataclasses.replace(WORK, session="24")), source="high", rank=80)
    save(parcel(ONE, work=dataclasses.replace(WORK, session="36")), source="low", rank=10)
    assert documents.work(WORK.key).session == "24"
    assert models.Change.objects.filter(what="work", detail__has_key="session").count() == 2


def test_complete_delivery_withdraws_what_is_gone() -> None:
    save(parcel(ONE, whole=False), parcel(TWO, whole=False))
    later = save(parcel(ONE, whole=False))
    later.withdraw(later.missing())
    assert [key for key, _ in shown()] == ["1"]


def test_paragraphs_of_parts_stand_in_the_order_of_their_numbers() -> None:
    numbers = ("137.10", "137.9", "2", "10")
    save(*(parcel(Paragraph(text=f"Text {n}", number=n), whole=False) for n in numbers))
    assert [key for key, _ in shown()] == ["2", "10", "137.9", "137.10"]


def test_what_no_database_can_store_is_cleaned_not_lost() -> None:
    save(parcel(Paragraph(text="before\x00after\ud800", number="1")))
    assert shown() == [("1", "beforeafter?")]


@pytest.mark.parametrize("name", ["crpd/c/xxe/co/1", "CRPD-C-XXE-CO-1", "CRPD/C/XXE/CO/1"])
def test_a_symbol_in_any_spelling_finds_its_work(name: str) -> None:
    save(parcel(ONE))
    assert documents.work(name).key == WORK.key


def test_parts_of_one_document_that_differ_do_not_change_it_at_every_import() -> None:
    first = parcel(ONE, whole=False, work=dataclasses.replace(WORK, session="12", states=("AUT",)))
    second = parcel(TWO, whole=False, work=dataclasses.replace(WORK, session="13", states=("BRA",)))
    save(first, second)
    before = (documents.work(WORK.key), models.Change.objects.count())

    save(first, second)

    assert (documents.work(WORK.key), models.Change.objects.count()) == before
    assert before[0].session == "12"
    assert set(before[0].states) == {"AUT", "BRA"}
