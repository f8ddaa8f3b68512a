"""A person's word on a citation, by the command line: it holds, it is followed, and it survives finding anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.command import run, run_json

OBSERVATIONS = "CRPD/C/XXE/CO/1"  # of the invented example set


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decided")
    run(folder, "init", "--example")
    return folder


def targets(home: Path) -> list[str]:
    (paragraph,) = run_json(home, "show", OBSERVATIONS, "--para", "2")["paragraphs"]
    return [target for citation in paragraph["citations"] for target in citation["targets"]]


def test_a_decision_is_followed_and_survives_finding_anew(home: Path) -> None:
    assert "CRPD/C/XXE/Q/1" in targets(home)
    said = ("decide", OBSERVATIONS, "2", "CRPD/C/XXE/Q/1")
    run(home, *said, "replaced", "--who", "A. Officer", "--why", "misprint", "--target", "CRPD article 19")
    assert "treaty:CRPD/19" in targets(home)
    run(home, "annotate", "--again")
    assert "treaty:CRPD/19" in targets(home)
    assert "CRPD/C/XXE/Q/1" not in targets(home)


def test_words_that_are_no_citation_are_told_from_those_that_are(home: Path) -> None:
    said = run_json(home, "decide", OBSERVATIONS, "2", "nothing", "confirmed", "--who", "A. Officer", code=1)
    assert said["error"].startswith("no citation reads so; there are: CRPD/C/XXE/Q/1")


def test_a_decision_needs_a_name_and_a_verdict_that_exists(home: Path) -> None:
    said = ("decide", OBSERVATIONS, "2", "CRPD/C/XXE/Q/1")
    assert "needs the name" in run_json(home, *said, "confirmed", "--who", " ", code=1)["error"]
    assert "is no decision" in run_json(home, *said, "maybe", "--who", "A. Officer", code=1)["error"]
