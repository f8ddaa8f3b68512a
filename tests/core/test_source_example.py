"""The example set: all of it marked as invented, in both languages, rich enough to try everything."""

from __future__ import annotations

from collections import Counter

import pytest

from smallplaces.model import symbol as symbols
from smallplaces.model.document import ParagraphKind, Parcel, keyed
from smallplaces.model.place import Place
from smallplaces.model.status import TreatyAction
from smallplaces.sources import registry
from smallplaces.sources.base import Complete, Context, Item
from smallplaces.vocab import resolve_body, resolve_treaty, states


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return list(registry.get("example").read((), Context()))


@pytest.fixture(scope="module")
def parcels(items: list[Item]) -> list[Parcel]:
    return [item for item in items if isinstance(item, Parcel)]


def test_it_reads_itself_without_refusals_and_is_complete(items: list[Item]) -> None:
    assert {type(item) for item in items} == {Parcel, Place, TreatyAction, Complete}
    assert items[-1] == Complete()


def test_every_document_says_that_it_is_invented(parcels: list[Parcel]) -> None:
    for parcel in parcels:
        assert parcel.work.facts["invented"] is True
        assert "(invented example)" in parcel.work.title["en"]
        assert "(지어낸 예시)" in parcel.work.title["ko"]


def test_no_real_state_is_made_to_say_anything(parcels: list[Parcel]) -> None:
    named = {state for parcel in parcels for state in parcel.work.states}
    named |= {
        label.value
        for parcel in parcels
        for paragraph in parcel.paragraphs
        for label in paragraph.labels
        if label.facet == "recommending"
    }
    assert named == {"XXE", "XXS", "XXT", "XXM", "XXP"}
    assert named.isdisjoint(states())
    assert named == set(parcels[0].work.facts["state_names"])


def test_there_is_one_of_each_kind_of_review(parcels: list[Parcel]) -> None:
    assert {parcel.work.key: str(parcel.work.kind) for parcel in parcels} == {
        "CRPD/C/GC/0": "general-comment",
        "CRPD/C/XXE/Q/1": "list-of-issues",
        "CRPD/C/XXE/CO/1": "concluding-observations",
        "upr:XXE/33": "upr-working-group-report",
        "upr:XXE/44": "upr-working-group-report",
    }
    for parcel in parcels:
        assert resolve_body(parcel.work.body)
        if parcel.work.symbol:
            symbol = symbols.parse(parcel.work.symbol)
            assert (symbol.canonical, symbol.kind) == (parcel.work.symbol, parcel.work.kind)


def test_both_languages_hold_the_same_paragraphs(parcels: list[Parcel]) -> None:
    for english, korean in zip(parcels[::2], parcels[1::2], strict=True):
        assert (english.edition.lang, korean.edition.lang, english.work) == ("en", "ko", korean.work)
        assert [p.key for p in keyed(english.paragraphs)] == [p.key for p in keyed(korean.paragraphs)]
        for one, other in zip(english.paragraphs, korean.paragraphs, strict=True):
            assert (one.kind, one.labels, len(one.heading)) == (other.kind, other.labels, len(other.heading))
            assert one.text != other.text
            assert any("가" <= letter <= "힣" for letter in other.text)


def test_numbers_run_on(parcels: list[Parcel]) -> None:
    observations = next(p for p in parcels if p.work.key == "CRPD/C/XXE/CO/1")
    assert [paragraph.number for paragraph in observations.paragraphs] == [str(n) for n in range(1, 27)]


def test_positions_are_of_every_sort(parcels: list[Parcel]) -> None:
    review = next(p for p in parcels if p.work.key.startswith("upr:"))
    positions = Counter(label.value for p in review.paragraphs for label in p.labels if label.facet == "position")
    assert positions == {"supported": 7, "noted": 3, "in-part": 2}
    assert {p.kind for p in review.paragraphs} == {ParagraphKind.RECOMMENDATION}


def test_documents_cite_one_another_and_set_a_deadline(parcels: list[Parcel]) -> None:
    observations = {p.number: p.text for p in next(p for p in parcels if p.work.key.endswith("CO/1")).paragraphs}
    assert "CRPD/C/XXE/Q/1" in observations["2"]
    assert "general comment No. 0 (2021)" in observations["7"]
    assert "within 12 months" in observations["25"]


def test_places_have_their_parents_and_treaties_exist(items: list[Item]) -> None:
    places = {item.code: item for item in items if isinstance(item, Place)}
    assert Counter(place.level for place in places.values()) == {"province": 2, "municipality": 5}
    assert all(place.parent in places for place in places.values() if place.level == "municipality")
    acts = [item for item in items if isinstance(item, TreatyAction)]
    assert all(resolve_treaty(act.treaty) for act in acts)
    assert [act.articles for act in acts if act.kind == "reservation"] == [("25",)]


def test_one_language_alone() -> None:
    items = list(registry.get("example").read((), Context(languages=("ko",))))
    assert {item.edition.lang for item in items if isinstance(item, Parcel)} == {"ko"}
    assert items[-1] == Complete(("ko",))
