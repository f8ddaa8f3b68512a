"""Citations of many passages: the same, in the same order, by one process or several, whatever becomes of these."""

from __future__ import annotations

import os
import signal

from smallplaces.enrich.cite import annotate
from smallplaces.enrich.crew import Crew, Passage
from smallplaces.model.target import read_target

PASSAGES = [
    Passage(f"Invented case {n}: see article {n % 20 + 2} of the Covenant and CCPR/C/XXE/CO/{n}.", "CCPR", "en")
    for n in range(1500)
]
EXPECTED = [annotate(one.text, body=one.body, lang=one.lang) for one in PASSAGES]


def test_several_processes_find_what_one_finds() -> None:
    with Crew(len(PASSAGES), large=1) as crew:
        assert crew.members  # two processors at least, or this proves nothing
        assert list(crew.begin(PASSAGES)) == EXPECTED


def test_few_passages_start_no_process() -> None:
    with Crew(10) as crew:
        assert not crew.members
        assert list(crew.begin(PASSAGES[:10])) == EXPECTED[:10]


def test_what_a_killed_process_had_is_done_here() -> None:
    with Crew(len(PASSAGES), large=1) as crew:
        for member in crew.members:
            os.kill(member.process.pid, signal.SIGKILL)
        assert list(crew.begin(PASSAGES)) == EXPECTED


def test_no_process_outlives_the_crew() -> None:
    with Crew(len(PASSAGES), large=1) as crew:
        members = crew.members
        next(crew.begin(PASSAGES))
    assert all(member.process.poll() is not None for member in members)


def test_a_target_tells_what_it_is_part_of() -> None:
    assert read_target("treaty:ICCPR/19(2)(b)").levels == (
        "treaty:ICCPR/19(2)(b)",
        "treaty:ICCPR/19(2)",
        "treaty:ICCPR/19",
        "treaty:ICCPR",
    )
    assert read_target("A/57/173#p2-4").levels == (
        "A/57/173#p2-4",
        "A/57/173#p2",
        "A/57/173#p3",
        "A/57/173#p4",
        "A/57/173",
    )
    assert read_target("sdg:8.5").levels == ("sdg:8.5", "sdg:8")
    for whole in ("gc:CCPR/8", "communication:CCPR/878/1999", "A/RES/48/134", "treaty:OP-CRC-AC", "sdg:8", ""):
        assert read_target(whole).levels == (whole,)


def test_a_target_is_written_as_it_was_read() -> None:
    for text in (
        "treaty:ICCPR/19(2)(b)",
        "CCPR/C/GC/36#p12(a)",
        "A/57/173#p2-35",
        "sdg:16.a",
        "x#p",
        "treaty:",
        "sdg:x",
    ):
        assert str(read_target(text)) == text


def test_a_target_knows_under_which_keys_its_place_stands() -> None:
    assert read_target("treaty:ICCPR/19(2)(b)").paragraph_keys == ("art.19",)
    assert read_target("CCPR/C/GC/36#p12(a)").paragraph_keys == ("12(a)", "12")
    assert read_target("A/57/173#p2-35").paragraph_keys == ("2-35", "2")
    assert read_target("sdg:8.5").paragraph_keys == ()
