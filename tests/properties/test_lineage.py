"""Laws of threads over generated demands, all invented: order, re-running and people's decisions."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smallplaces.enrich.lineage import Demand, Ruling, find_threads

ASKS = (
    "Abolish the death penalty",
    "Establish a moratorium on executions",
    "Ratify OP-CAT",
    "Accede to OP-CAT and abolish the death penalty",
    "Train harbour police in sea rescue",
    "Continue to train harbour police in sea rescue",
    "Protect wetlands from mining",
    "Combat violence against women",
    "Intensify efforts to eliminate violence against women",
    "",
)
demands = st.lists(st.tuples(st.sampled_from(ASKS), st.integers(2000, 2020)), min_size=2, max_size=12).map(
    lambda chosen: [
        Demand(f"UPR/{year}#{place}", text, date=str(year), body="UPR", occasion=f"UPR/{year}")
        for place, (text, year) in enumerate(chosen)
    ]
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(demands, st.randoms())
def test_order_makes_no_difference(asked: list[Demand], chance: object) -> None:
    mixed = list(asked)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert find_threads(mixed) == find_threads(asked)


@quick
@given(demands)
def test_a_demand_stands_once_in_a_thread_and_threads_hold_two(asked: list[Demand]) -> None:
    for thread in find_threads(asked):
        names = [member.ask.demand.id for member in thread.members]
        assert len(names) == len(set(names)) > 1
        assert all(0 <= member.confidence <= 1 for member in thread.members)


@quick
@given(demands, st.data())
def test_what_a_person_parted_never_meets_again(asked: list[Demand], data: st.DataObject) -> None:
    threads = find_threads(asked)
    if not threads:
        return
    names = [member.ask.demand.id for member in data.draw(st.sampled_from(threads)).members]
    left = data.draw(st.sampled_from(names))
    right = tuple(name for name in names if name != left)
    for thread in find_threads(asked, [Ruling(together=False, left=(left,), right=right)]):
        held = {member.ask.demand.id for member in thread.members}
        assert left not in held or held.isdisjoint(right)


@quick
@given(demands, st.data())
def test_what_a_person_joined_stays_together(asked: list[Demand], data: st.DataObject) -> None:
    told = [one for one in asked if one.text]
    if len(told) < 2:
        return
    one, two = data.draw(st.lists(st.sampled_from(told), min_size=2, max_size=2, unique_by=lambda d: d.id))
    threads = find_threads(asked, [Ruling(together=True, left=(one.id,), right=(two.id,))])
    assert any({one.id, two.id} <= {member.ask.demand.id for member in thread.members} for thread in threads)
