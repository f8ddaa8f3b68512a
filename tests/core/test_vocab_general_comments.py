"""General comments: every committee's list has no gap, and a citation in any language finds the right one."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from smallplaces.model.language import CODES
from smallplaces.vocab import (
    bodies,
    general_comment_title,
    general_comments,
    read_general_comment,
    resolve_general_comment,
)

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS", "/nowhere"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")


def test_the_numbers_of_a_body_have_no_gap_and_the_years_no_step_back() -> None:
    by_body: dict[str, list[tuple[int, int]]] = {}
    for comment in general_comments().values():
        by_body.setdefault(comment.body, []).append((comment.number, comment.year))
    for body, listed in by_body.items():
        assert body in bodies()
        assert [number for number, _ in listed] == list(range(1, len(listed) + 1))
        years = [year for _, year in listed]
        assert years == sorted(years), body


def test_a_joint_comment_stands_with_each_of_its_committees() -> None:
    joint = [comment for comment in general_comments().values() if comment.joint]
    assert {comment.code for comment in joint} == {
        "CEDAW-GC-31", "CRC-GC-18", "CMW-GC-3", "CRC-GC-22", "CMW-GC-4", "CRC-GC-23",
    }  # fmt: skip
    for comment in joint:
        assert all(comment.code in general_comments()[other].joint for other in comment.joint)


def test_what_replaces_a_comment_is_later() -> None:
    replaced = [comment for comment in general_comments().values() if comment.replaced_by]
    assert {"CCPR-GC-6", "CRC-GC-10", "CAT-GC-1"} <= {comment.code for comment in replaced}
    assert all(general_comments()[comment.replaced_by].year > comment.year for comment in replaced)


@pytest.mark.parametrize(
    ("text", "body", "code"),
    [
        ("CESCR general comment No. 4", "", "CESCR-GC-4"),
        ("general comment 14", "CESCR", "CESCR-GC-14"),
        ("General comment No. 14 (2013)", "CRC", "CRC-GC-14"),
        ("General Recommendation XXX", "CERD", "CERD-GC-30"),
        ("일반논평 제4호", "CESCR", "CESCR-GC-4"),
        ("제4호 일반논평", "사회권규약위원회", "CESCR-GC-4"),
        ("사회권규약위원회 일반논평 제 4 호", "", "CESCR-GC-4"),
        ("Observation générale n° 14 (2000)", "CESCR", "CESCR-GC-14"),
        ("observación general núm. 4", "CESCR", "CESCR-GC-4"),
        ("замечание общего порядка № 36", "CCPR", "CCPR-GC-36"),
        ("第14号一般性意见", "CESCR", "CESCR-GC-14"),
        ("التعليق العام رقم 14", "CESCR", "CESCR-GC-14"),
        ("CRC/C/GC/14", "", "CRC-GC-14"),
        ("crpd/c/gc/5", "", "CRPD-GC-5"),
    ],
)
def test_names_in_every_language(text: str, body: str, code: str) -> None:
    comment = read_general_comment(text, body)
    assert comment is not None
    assert comment.code == code


def test_what_a_language_prints_it_reads_back() -> None:
    for comment in general_comments().values():
        for lang in CODES:
            title = general_comment_title(comment, lang)
            assert read_general_comment(title, comment.body) is comment, title
            assert read_general_comment(f"{bodies()[comment.body].name(lang)}, {title}") is comment, title
    assert general_comment_title(general_comments()["CEDAW-GC-35"], "ko-KR") == "일반권고 제35호(2017년)"
    assert general_comment_title(general_comments()["CESCR-GC-4"]) == "General comment No. 4 (1991)"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("general comment 14", ""),  # of which committee?
        ("general comment 99", "CESCR"),
        ("general comment No. 14 (2013)", "CESCR"),  # that year is the other committee's
        ("A/48/18", ""),  # an annual report prints seven of them
        ("HRI/GEN/1/Rev.9 (Vol. I)", ""),
        ("general comment", "CESCR"),
        ("", "CESCR"),
    ],
)
def test_what_names_no_single_comment_gives_none(text: str, body: str) -> None:
    assert read_general_comment(text, body) is None


def test_a_number_may_be_a_number_a_text_or_roman() -> None:
    found = {resolve_general_comment("CERD", number) for number in (29, "29", "XXIX", " xxix ")}
    assert found == {general_comments()["CERD-GC-29"]}
    assert resolve_general_comment("CERD", 0) is None
    assert resolve_general_comment("Nobody", 1) is None


@pytest.mark.corpus
@needs_corpus
def test_every_document_of_the_corpus_is_in_the_catalogue() -> None:
    lines = (CORPUS / "general-comments/documents.jsonl").read_text(encoding="utf-8").splitlines()
    missing = []
    for record in map(json.loads, lines):
        committee = record["Committee"].split(",")[-1].strip()
        numbers = re.findall(r"No\. ?(\d+)", record["Name"])
        if not any(resolve_general_comment(committee, number) for number in numbers):
            missing.append(record["Name"])
    assert missing == []


@pytest.mark.corpus
@needs_corpus
def test_years_of_adoption_precede_those_of_distribution_by_a_year_at_most() -> None:
    lines = (CORPUS / "general-comments/documents.jsonl").read_text(encoding="utf-8").splitlines()
    odd = set()
    for record in map(json.loads, lines):
        number = re.search(r"No\. ?(\d+)", record["Name"])
        assert number
        comment = resolve_general_comment(record["Committee"], number[1])  # joint ones name two committees: none
        if comment and int(record["Adoption Year"]) not in (comment.year, comment.year + 1):
            odd.add(comment.code)
    assert odd == {
        "CESCR-GC-1",  # the source says 1981; the Committee first met in 1987
        "CED-GC-1",  # the source says 2003 beside the date 26 October 2023
    }
