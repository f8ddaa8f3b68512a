"""Batches, the watermark and rebuilding, on every backend."""

from __future__ import annotations

import dataclasses

import pytest

from smallplaces.errors import Locked
from smallplaces.search.backends.base import IndexState
from smallplaces.search.engine import Engine

from .example import ENTRIES, entry


def test_before_the_first_build(empty: Engine) -> None:
    assert empty.state() is IndexState.MISSING
    assert (empty.count(), empty.watermark(), list(empty.ids())) == (0, 0, [])
    assert empty.search("housing", facets=("kind",)).total == 0


def test_a_batch_makes_the_index(empty: Engine) -> None:
    with empty.batch() as batch:
        assert batch.add(ENTRIES[:3]) == 3
        batch.watermark = 7
    assert (empty.state(), empty.count(), empty.watermark()) == (IndexState.READY, 3, 7)
    assert sorted(empty.ids()) == [1, 2, 3]


def test_the_watermark_stays_when_a_batch_does_not_move_it(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.watermark = 7
    with empty.batch() as batch:
        assert batch.watermark == 7
        batch.add(ENTRIES[:1])
    assert empty.watermark() == 7


def test_an_entry_takes_the_place_of_the_one_of_its_id(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.add(ENTRIES[:3])
    with empty.batch() as batch:
        batch.add([dataclasses.replace(ENTRIES[0], text="A new wording about water.")])
    assert (empty.count(), empty.search("text:housing").total, empty.search("water").total) == (3, 1, 1)


def test_the_last_of_two_entries_of_one_id_in_a_batch_stays(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.add([entry(1, "first"), entry(1, "second")])
    assert (empty.count(), empty.search("first").total, empty.search("second").total) == (1, 0, 1)


def test_what_is_deleted_is_found_no_more(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.add(ENTRIES[:3])
    with empty.batch() as batch:
        batch.delete([1, 999])
    assert sorted(empty.ids()) == [2, 3]
    assert empty.search("", facets=("state",)).facets["state"] == (("XEX", 1),)


@pytest.mark.parametrize("way", ["batch", "rebuild"])
def test_a_batch_that_fails_changes_nothing(empty: Engine, way: str) -> None:
    with empty.batch() as batch:
        batch.add(ENTRIES[:2])
        batch.watermark = 5
    with pytest.raises(RuntimeError, match="half way"), getattr(empty, way)() as batch:
        batch.add(ENTRIES[2:])
        batch.delete([1])
        batch.watermark = 9
        raise RuntimeError("half way")
    assert (sorted(empty.ids()), empty.watermark()) == ([1, 2], 5)
    with empty.batch() as batch:
        batch.add(ENTRIES[2:3])
    assert sorted(empty.ids()) == [1, 2, 3]


def test_a_rebuild_answers_from_the_old_index_until_it_is_done(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.add(ENTRIES[:2])
        batch.watermark = 5
    with empty.rebuild() as batch:
        batch.add(ENTRIES[2:5])
        assert batch.watermark == 0
        assert (sorted(empty.ids()), empty.watermark()) == ([1, 2], 5)
        batch.watermark = 6
    assert (sorted(empty.ids()), empty.watermark()) == ([3, 4, 5], 6)


def test_one_writer_at_a_time(empty: Engine) -> None:
    with empty.batch(), pytest.raises(Locked), empty.batch():
        pass
    with empty.batch() as batch:
        batch.add(ENTRIES[:1])
    assert empty.count() == 1


def test_counts_are_never_those_of_an_older_commit(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.add(ENTRIES[:2])
    assert empty.search("housing", facets=("kind",)).facets["kind"] == (("concluding-observations", 1),)
    with empty.batch() as batch:
        batch.add(ENTRIES[2:3])
    assert empty.search("housing", facets=("kind",)).facets["kind"] == (
        ("concluding-observations", 1),
        ("general-comment", 1),
    )


def test_the_generation_changes_with_every_commit(empty: Engine) -> None:
    with empty.batch() as batch:
        batch.add(ENTRIES[:1])
    first = empty.backend.generation()
    with empty.batch() as batch:
        batch.add(ENTRIES[1:2])
    assert empty.backend.generation() != first
