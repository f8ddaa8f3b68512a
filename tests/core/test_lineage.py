"""Threads of demands: what is asked decides, not the topic. Every demand here is invented."""

from __future__ import annotations

import random

import pytest

from smallplaces.enrich.lineage import Demand, Ruling, Thread, find_threads, thread_name
from smallplaces.enrich.lineage.asks import asks_of
from smallplaces.enrich.lineage.families import families, families_of
from smallplaces.model.language import CODES

#: Demands that have nothing to do with one another, so that rare words are rare.
OTHERS = (
    "Extend paid parental leave to fathers",
    "Publish the budget of every ministry in accessible formats",
    "Reduce the backlog of cases before the administrative courts",
    "Protect wetlands from mining concessions",
    "Improve the nutrition of schoolchildren in mountain villages",
    "Raise the salaries of rural teachers",
    "Set up a register of missing seafarers",
)


def demand(place: str, text: str, *, year: int = 2012, body: str = "UPR", **fields: object) -> Demand:
    work = f"{body}/{year}"
    return Demand(f"{work}#{place}", text, date=str(year), body=body, occasion=work, **fields)  # type: ignore[arg-type]


def world(*texts: str) -> list[Demand]:
    """Each text in a review of its own, every four years, among others."""
    asked = [demand(str(number), text, year=2000 + 4 * number) for number, text in enumerate(texts)]
    return asked + [demand(f"x{number}", text, year=2001) for number, text in enumerate(OTHERS)]


def together(*texts: str) -> list[Thread]:
    """The threads of a world that hold one of its own demands."""
    return find_threads(world(*texts))


def asked(text: str, **fields: object) -> list[str]:
    return [ask.text for ask in asks_of(demand("1", text, **fields))]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ratify OP-CAT", "Accede to the Optional Protocol to the Convention against Torture (Modelia)"),
        ("Ratify ICCPR-OP 2", "Sign and ratify the second Optional Protocol to the ICCPR"),
        ("Abolish the death penalty", "Establish a moratorium on executions"),
        ("Extend a standing invitation to all special procedures", "Issue an open and standing invitation"),
        ("Withdraw its reservations to CEDAW", "Consider lifting the reservation to article 16 of CEDAW"),
        ("Take measures to combat domestic violence", "Intensify its efforts to eliminate domestic violence"),
        (
            "Train harbour police in rescue at sea",
            "Provide training in rescue at sea to harbour police (Modelia)",
        ),
    ],
)
def test_demands_that_ask_the_same_are_one_thread(one: str, two: str) -> None:
    assert [len(thread.members) for thread in together(one, two)] == [2]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ratify the CED", "Ratify the ICRMW"),
        ("Ratify CAT", "Ratify the Optional Protocol to CAT"),
        ("Abolish the death penalty", "Ratify ICCPR-OP2, aiming at the abolition of the death penalty"),
        ("Abolish the death penalty", "Do not apply the death penalty to persons under the age of 18"),
        ("Implement the CEDAW in rural areas", "Ratify CEDAW"),
        ("Invite the Special Rapporteur on torture", "Extend a standing invitation to all special procedures"),
    ],
)
def test_demands_on_one_topic_that_ask_other_things_stay_apart(one: str, two: str) -> None:
    assert together(one, two) == []


def test_what_asks_two_things_stands_in_two_threads() -> None:
    threads = together("Abolish the death penalty", "Ratify OP-CAT", "Abolish the death penalty and ratify OP-CAT")
    assert sorted((thread.family, len(thread.members)) for thread in threads) == [
        ("death-penalty", 2),
        ("join:OPCAT", 2),
    ]


def test_a_list_of_treaties_asks_for_each() -> None:
    keys = {ask.family for ask in asks_of(demand("1", "Ratify CED, the ICRMW and OP-CRPD"))}
    assert keys == {"join:ICPPED", "join:ICMW", "join:OP-CRPD"}


def test_the_optional_protocol_is_that_of_the_committee_that_asks() -> None:
    text = "The Committee encourages the State party to ratify the Optional Protocol to the Convention."
    for body, family in (("CRPD", "join:OP-CRPD"), ("CEDAW", "join:OP-CEDAW")):
        assert [ask.family for ask in asks_of(demand("1", text, body=body, direct=False))] == [family]


def test_a_thread_has_its_form_and_reason() -> None:
    (thread,) = together("Abolish the death penalty", "Establish a moratorium on executions")
    assert [(member.reason, member.evidence) for member in thread.members] == [
        ("family", ("abolition",)),
        ("family", ("moratorium",)),
    ]
    assert all(0.9 < member.confidence < 1 for member in thread.members)


def test_words_in_common_are_told_as_they_were_written() -> None:
    (thread,) = together("Train harbour police in rescue", "Continue training harbour police in rescue operations")
    assert {"harbour", "police", "rescue"} <= set(thread.members[0].evidence)
    assert thread.members[0].beside == thread.members[1].ask.id


def test_a_paragraph_is_cut_into_what_it_asks() -> None:
    text = (
        "The Committee is concerned about ferries. Recalling article 9, the Committee recommends that the State party: "
        "(a) Adopt a law on ferries, and train their crews; (b) Ensure ramps in harbours."
    )
    asks = asks_of(demand("7", text, body="CRPD", direct=False))
    assert [(ask.item, ask.text) for ask in asks] == [
        ("a", "Adopt a law on ferries, and train their crews"),
        ("b", "Ensure ramps in harbours"),
    ]
    assert asks[0].id == "CRPD/2012#7/a"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Prevent, investigate and punish torture", ["Prevent, investigate and punish torture"]),
        ("Study the possibility of signing and ratifying CED", ["Study the possibility of signing and ratifying CED"]),
        (
            "Protect witnesses and bring the perpetrators to justice",
            ["Protect witnesses and bring the perpetrators to justice"],
        ),
        ("Build more shelters and ensure access to courts", ["Build more shelters", "ensure access to courts"]),
        ("Enact the bill on ferries (Modelia)", ["Enact the bill on ferries"]),
    ],
)
def test_parts_that_say_nothing_alone_stay_together(text: str, parts: list[str]) -> None:
    assert asked(text) == parts


def test_what_only_tells_asks_nothing() -> None:
    assert asked("The Committee notes with concern that ferries sink.", body="CRPD", direct=False) == []
    told = "The Committee requests the State party to submit its second periodic report by 3 January 2030."
    assert asked(told, body="CRPD", direct=False) == []


def test_one_document_of_a_committee_does_not_ask_again() -> None:
    text = "The Committee recommends that the State party train harbour police in sea rescue."
    same = [demand(place, text, year=2015, body="CRPD", direct=False) for place in ("8", "9")]
    rest = world()
    assert find_threads([*same, *rest]) == []
    later = demand("12", text, year=2022, body="CRPD", direct=False)
    assert [len(thread.members) for thread in find_threads([*same, later, *rest])] == [3]


def test_a_citation_brings_together_what_words_alone_would_not() -> None:
    first = "The Committee recommends that the State party finance lighthouse keepers on remote islands."
    again = "Recalling its previous observations, the Committee urges the State party to pay keepers without delay."
    old = demand("11", first, year=2014, body="CRPD", direct=False)
    new = demand("15", again, year=2022, body="CRPD", direct=False)
    assert find_threads([old, new, *world()]) == []
    citing = demand("15", again, year=2022, body="CRPD", direct=False, cites=("CRPD/2014#p11",))
    (thread,) = find_threads([old, citing, *world()])
    assert [str(member.reason) for member in thread.members] == ["words", "citation"]


def test_no_chain_of_small_steps_makes_a_giant() -> None:
    words = [f"word{number}ish" for number in range(18)]
    steps = [f"Repair {' '.join(words[at : at + 8])}" for at in range(11)]
    threads = together(*steps)
    assert max(len(thread.members) for thread in threads) < 6


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Build shelters for women in harbours", "Build shelters for migrants in harbours"),
        ("Train judges on the definition of torture", "Define torture in the criminal code as a crime"),
        ("Abolish the death penalty", "Ratify ICCPR-OP2 with a view to fully abolishing capital punishment"),
        ("Combat all harm to divers, including corporal punishment", "Prohibit corporal punishment in schools"),
        (
            "Establish a national human rights institution",
            "Give more resources to its national human rights institution",
        ),
    ],
    ids=["other people", "training about it", "the purpose of a protocol", "an example", "to have and to strengthen"],
)
def test_what_is_near_is_not_the_same(one: str, two: str) -> None:
    assert together(one, two) == []


def test_the_order_of_demands_makes_no_difference() -> None:
    demands = world("Abolish the death penalty", "Ratify OP-CAT and end executions", "Accede to OP-CAT", *OTHERS)
    first = find_threads(demands)
    random.Random(7).shuffle(demands)
    assert find_threads(demands) == first


def test_a_person_parts_what_the_machine_joined_and_the_reverse() -> None:
    demands = world("Abolish the death penalty", "Introduce a moratorium on executions", "Repeal the ferry tax")
    names = [one.id for one in demands[:3]]
    split = Ruling(together=False, left=(names[1],), right=(names[0],))
    assert find_threads(demands, [split]) == []
    join = Ruling(together=True, left=(names[2],), right=(names[0],))
    (thread,) = find_threads(demands, [split, join])
    assert {member.ask.demand.id for member in thread.members} == {names[0], names[2]}
    assert {str(member.reason) for member in thread.members} == {"decision"}
    assert find_threads(demands, [join, Ruling(together=False, left=(names[2],), right=(names[0],)), split]) == []


def test_other_languages_are_read_by_their_own_words() -> None:
    texts = ("Mejorar la formación de la policía portuaria", "Seguir mejorando la formación de la policía portuaria")
    demands = [demand(str(n), text, year=2000 + n, lang="es") for n, text in enumerate(texts)]
    rest = [
        demand(f"x{n}", text, year=2001, lang="es")
        for n, text in enumerate(("Proteger los humedales", "Subir los salarios"))
    ]
    assert [len(thread.members) for thread in find_threads([*demands, *rest])] == [2]


@pytest.mark.parametrize("texts", [(), ("",), ("Ratify",), ("…", "…"), ("(a)", "(a) (b)"), ("and and and", "; ; ;")])
def test_nothing_breaks_on_little(texts: tuple[str, ...]) -> None:
    assert find_threads([demand(str(n), text, year=2000 + n) for n, text in enumerate(texts)]) in ([], [])


def test_every_known_demand_has_a_name_in_every_language() -> None:
    for family in families():
        assert set(family.names) == set(CODES), family.key
        assert thread_name(family.key, "ko") != thread_name(family.key, "en")
    assert thread_name("join:OPCAT", "fr").startswith("Devenir partie")
    assert thread_name("reservations:CEDAW", "en").startswith("Withdraw")
    assert thread_name("", "en") == ""


def test_texts_in_other_languages_make_no_known_demand() -> None:
    assert families_of("Ratifier OP-CAT", "fr") == ()
