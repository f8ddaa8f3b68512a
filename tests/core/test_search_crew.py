"""Large batches are prepared in other processes: the same result, and nobody left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from smallplaces.search.crew import Crew, prepare_many
from smallplaces.search.engine import Engine
from smallplaces.search.prepare import Prepared, prepare_all
from smallplaces.search.schema import Entry

LANGS = ("en", "fr", "zh", "ko")
TEXTS = {
    "en": "Housing of 10 people, {}",
    "fr": "Le logement de dix personnes, {}",
    "zh": "残疾人 {}",
    "ko": "주거권 {}",
}


def entries(count: int) -> list[Entry]:
    return [
        Entry(
            number,
            f"w{number}",
            "",
            lang,
            "1",
            "1",
            "주거" if number % 7 == 0 else "Title",
            TEXTS[lang].format(number),
            "",
            ("Right to housing",),
            {"lang": (lang,)},
            "",
        )
        for number in range(1, count + 1)
        for lang in [LANGS[number % 4]]
    ]


@pytest.fixture
def ready() -> Iterator[Crew]:
    """Two members that have started."""
    crew = Crew(2)
    deadline = time.monotonic() + 60
    while not all(member.free() for member in crew.members) and time.monotonic() < deadline:
        time.sleep(0.02)
    yield crew
    crew.stop()


def chunks(found: list[Entry], size: int = 50) -> list[list[Entry]]:
    return [found[at : at + size] for at in range(0, len(found), size)]


def test_others_prepare_the_same_in_the_same_order(ready: Crew) -> None:
    found = entries(330)
    assert same(ready.prepare(chunks(found)), found)


def test_a_member_that_dies_is_done_without(ready: Crew) -> None:
    found = entries(330)
    prepared = ready.prepare(chunks(found))
    begun = [next(prepared) for _ in range(10)]
    ready.members[0].process.kill()
    assert same([*begun, *prepared], found)


def test_all_may_die(ready: Crew) -> None:
    for member in ready.members:
        member.process.kill()
    found = entries(120)
    assert same(ready.prepare(chunks(found)), found)


def test_work_begins_before_anybody_has_started() -> None:
    found = entries(60)
    assert same(prepare_many(found, large=10), found)


def test_nobody_is_left_when_the_entries_fail() -> None:
    def failing() -> Iterator[Entry]:
        yield from entries(700)
        raise RuntimeError("the store went away")

    others = children()  # of tests before this one, in the same process
    with pytest.raises(RuntimeError, match="went away"):
        list(prepare_many(failing(), large=10))
    assert children() <= others


def test_nobody_is_left_when_the_reader_stops() -> None:
    others = children()
    prepared = prepare_many(entries(700), large=10)
    next(prepared)
    assert [next(prepared) for _ in range(20)]
    assert children() > others
    prepared.close()  # type: ignore[attr-defined]
    assert children() <= others


def test_nobody_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import time; from smallplaces.search.crew import Crew; crew = Crew(2)\n"
        "while not all(member.free() for member in crew.members): time.sleep(0.02)\n"
        "print(*(member.process.pid for member in crew.members), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(map(runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(runs, pids))


def test_an_index_of_many_entries_holds_them_all(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    found = [replace(entries(4)[3], id=number) for number in range(1, 10_601)]
    with engine.rebuild() as batch:
        assert batch.add(one for one in found) == len(found)
    assert engine.search("housing").total == len(found)


def same(prepared: Iterable[Prepared], found: list[Entry]) -> bool:
    """Whether entries were prepared as they are here. Sets of words have another order in every process."""

    def ordered(one: Prepared) -> Prepared:
        terms = tuple(
            (part, group, " ".join(sorted(words.split()))) for part, group, words in one.terms if part == "beside"
        )
        others = tuple(term for term in one.terms if term[0] != "beside")
        surface = tuple((group, " ".join(sorted(words.split()))) for group, words in one.surface)
        return replace(one, terms=(*others, *terms), surface=surface)

    return list(map(ordered, prepared)) == list(map(ordered, prepare_all(found)))


def runs(pid: int) -> bool:
    """Whether a process runs (one that has ended and waits to be collected does not)."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


def children() -> set[str]:
    """The processes that this one started and that still run."""
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8").split())
