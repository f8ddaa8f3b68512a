"""The rest of the catalogue, and the strictness with which all of it is read."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallplaces import vocab
from smallplaces.errors import BadInput
from smallplaces.model.body import MandateKind
from smallplaces.model.language import CODES, in_language
from smallplaces.vocab import (
    bodies,
    fold,
    groups,
    mandates,
    members,
    procedures,
    regions,
    resolve_body,
    resolve_group,
    resolve_mandate,
    resolve_procedure,
    resolve_region,
    resolve_sdg,
    sdgs,
    states,
)
from smallplaces.vocab.fold import LONGEST
from smallplaces.vocab.index import Index
from smallplaces.vocab.load import DATA, entries

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS", "/nowhere"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")


def test_importing_the_catalogue_reads_nothing() -> None:
    script = (
        "import sys, pathlib\n"
        "def refuse(*a, **k): raise AssertionError('read at import')\n"
        "pathlib.Path.read_text = pathlib.Path.open = refuse\n"
        "import smallplaces.vocab"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_seventeen_goals_in_seven_languages_and_169_targets_in_two() -> None:
    goals = [goal for goal in sdgs().values() if not goal.is_target]
    targets = [goal for goal in sdgs().values() if goal.is_target]
    assert (len(goals), len(targets)) == (17, 169)
    assert all(set(goal.names) == set(CODES) for goal in goals)
    assert all({"en", "ko"} <= set(target.names) for target in targets)
    assert {target.goal for target in targets} == {goal.code for goal in goals}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5 - GENDER EQUALITY", "5"),
        ("5.1 - End discrimination against women and girls", "5.1"),
        ("16.b - Promote and enforce non-discriminatory laws", "16.b"),
        ("- 16.B", "16.b"),
        ("SDG 5.2", "5.2"),
        ("Gender equality", "5"),
        ("성평등", "5"),
        ("목표 11", "11"),
    ],
)
def test_goals_by_label(text: str, code: str) -> None:
    goal = resolve_sdg(text)
    assert goal is not None
    assert goal.code == code


@pytest.mark.parametrize("text", ["2030 Agenda", "18", "0", "5.99", "1.2.3", "", "Peace"])
def test_what_is_no_goal_gives_none(text: str) -> None:
    assert resolve_sdg(text) is None


def test_groups_and_regions_of_one_name_stay_apart() -> None:
    group, region = resolve_group("Eastern Europe"), resolve_region("Eastern Europe")
    assert group is not None
    assert region is not None
    assert (group.code, region.code) == ("EEG", "151")
    assert resolve_group("Observer") is None
    assert len(groups()) == 5


def test_every_region_that_a_state_names_exists_and_nests() -> None:
    for state in states().values():
        assert {state.region, state.subregion} - {""} <= set(regions())
        if state.subregion:
            assert regions()[state.subregion].parent == state.region
    assert {state.group for state in members()} == {group.code for group in groups()}
    for region in regions().values():
        assert {fold(region.name(lang)) for lang in CODES}


def test_every_procedure_and_mandate_answers_to_its_names() -> None:
    for procedure in procedures().values():
        assert {resolve_procedure(procedure.name(lang)) for lang in CODES} == {procedure}
    for mandate in mandates().values():
        assert {resolve_mandate(mandate.name(lang)) for lang in CODES} == {mandate}
        assert (mandate.kind is MandateKind.COUNTRY) == bool(mandate.state)
    assert resolve_mandate("- SR Education") is mandates()["SR-EDUCATION"]
    assert resolve_mandate("IE  Albinism") is mandates()["IE-ALBINISM"]
    assert resolve_procedure("개인통보") is procedures()["individual-communications"]
    assert set(mandates()) & set(bodies()) == set()


def test_a_name_falls_back_to_english_and_understands_regional_tags() -> None:
    names = {"en": "Exampland", "ko": "보기나라"}
    assert in_language(names, "ko-KR") == "보기나라"
    assert in_language(names, "zh_Hans") == "Exampland"
    assert in_language({}, "en") == ""


GOOD = '"x": {names: {en: a, ko: b, fr: c, es: d, ar: e, ru: f, zh: g}}\n'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (GOOD.replace(", zh: g", ""), "'names' has no zh"),
        (GOOD.replace("zh: g", "zh: g, de: h"), "unknown language de"),
        (GOOD.replace("}}", "}, colour: red}"), "unknown field colour"),
        (GOOD.replace("ko: b", "ko: ' b'"), "trimmed"),
        (GOOD + GOOD, "given twice"),
        ("1: {}", "put it in quotes"),
        ("x: text", "expected fields"),
        ("[]", "expected a mapping"),
        ("x: {", "while parsing"),
        ("x: {names: [a]}", "cannot be"),
        ("x: {}", "missing"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "things.yml").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        for entry in entries("things.yml", tmp_path):
            entry.names("names")
            entry.close()
    assert complaint in str(caught.value)
    assert "things.yml" in str(caught.value)


def test_json_is_read_as_strictly(tmp_path: Path) -> None:
    (tmp_path / "things.json").write_text('{"x": {"a": 1, "a": 2}}', encoding="utf-8")
    with pytest.raises(BadInput, match="given twice"):
        list(entries("things.json", tmp_path))
    (tmp_path / "things.json").write_text('{"x": ', encoding="utf-8")
    with pytest.raises(BadInput, match=r"things\.json"):
        list(entries("things.json", tmp_path))


RESOLVERS: list[Callable[[str], object]] = [
    vocab.resolve_state, vocab.state_candidates, vocab.resolve_treaty, vocab.not_a_treaty, vocab.resolve_body,
    vocab.body_of_symbol, vocab.resolve_mandate, vocab.resolve_procedure, vocab.resolve_group, vocab.resolve_region,
    vocab.resolve_sdg, vocab.read_general_comment,
]  # fmt: skip


@given(st.text())
def test_no_text_breaks_a_resolver(text: str) -> None:
    for resolve in RESOLVERS:
        resolve(text)


def test_what_is_too_long_to_be_a_name_is_none() -> None:
    endless = "general comment 1" + " France. " * 50_000
    assert [resolve(endless) for resolve in RESOLVERS] == [None, (), *[None] * (len(RESOLVERS) - 2)]
    assert len(fold(endless)) > LONGEST


def test_no_name_of_the_catalogue_is_too_long_to_be_found() -> None:
    listings = (states(), vocab.treaties(), bodies(), mandates(), procedures())
    records = [record for listing in listings for record in listing.values()]
    assert all(len(record.name(lang)) < LONGEST for record in records for lang in CODES)


def test_one_spelling_cannot_name_two_things() -> None:
    one, two = bodies()["CRC"], bodies()["CAT"]
    with pytest.raises(BadInput, match="also names CRC"):
        Index("here", [(one, ["Committee"]), (two, ["the COMMITTEE*"])])
    with pytest.raises(BadInput, match="folds to nothing"):
        Index("here", [(one, ["***"])])


def test_the_reference_names_every_file_and_every_public_function() -> None:
    reference = (Path(__file__).parents[2] / "docs/reference/catalogue.md").read_text(encoding="utf-8")
    own = {path.name for path in DATA.iterdir() if not path.name.startswith(("kinds", "terms"))}
    assert {name for name in own if f"`{name}`" not in reference} == set()
    assert {name for name in vocab.__all__ if f"{name}(" not in reference} == set()


@pytest.mark.corpus
@needs_corpus
def test_every_body_and_region_that_a_source_names_resolves() -> None:
    records = json.loads(gzip.decompress((CORPUS / "uhri/export-full-en.json.gz").read_bytes()))
    assert {body for body in {record["Body"] for record in records} if resolve_body(body) is None} == set()
    named = {region for record in records for region in record["Regions"] + record["UprRecommendingRegions"]}
    with gzip.open(CORPUS / "upr/upr_info_sessions_1-20.csv.gz", "rt", encoding="utf-8") as file:
        named |= {group for row in csv.DictReader(file) for group in (row["To-Rgrp"], row["From-Rgrp"])}
    assert {name for name in named if resolve_group(name) is None} == {"Observer", "&#40;Unknown&#41;"}
    reports = (CORPUS / "special-procedures/sp_reports_documents.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(resolve_mandate(json.loads(line)["mandate"]) for line in reports)
