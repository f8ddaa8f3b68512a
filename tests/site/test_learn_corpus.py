"""The paragraphs that exercises of the shipped courses name are in the real corpus."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from tests.site.command import run, run_json, start

from smallplaces.courses import Find, load, read_reference
from smallplaces.courses.links import links_of
from smallplaces.courses.prose import site_path

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


def documents() -> set[str]:
    """Every document that an exercise names or a link leads to."""
    found = set()
    for course in load().values():
        for lesson in course.text("en").lessons:
            for exercise in lesson.exercises:
                named = exercise.accept if isinstance(exercise, Find) else (exercise.paragraph,)
                found |= {one.document for one in named if one is not None}
        for text in course.texts.values():
            paths = [site_path(address) for _, address in links_of(text)]
            found |= {read_reference(path).document for path in paths if path.startswith("documents/")}
    return found


def kept(lines: Iterator[str], wanted: set[str]) -> Iterator[str]:
    return (line for line in lines if any(f'"{one}"' in line for one in wanted))


def part_of(corpus: Path, part: Path, wanted: set[str]) -> None:
    """The documents named, of the committee, of the review of Korea, and of decisions on complaints."""
    (part / "crpd" / "pdf").mkdir(parents=True)
    with (corpus / "crpd" / "documents.jsonl").open(encoding="utf-8") as lines:
        mine = list(kept(lines, wanted))
    (part / "crpd" / "documents.jsonl").write_text("".join(mine), encoding="utf-8")
    for line in mine:
        name = json.loads(line)["pdf"]
        (part / "crpd" / "pdf" / name).write_bytes((corpus / "crpd" / "pdf" / name).read_bytes())
    (part / "upr").mkdir()
    name = "upr_info_sessions_1-20.csv.gz"
    with gzip.open(corpus / "upr" / name, "rt", encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "Korea" in row["To"]]
    with gzip.open(part / "upr" / name, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (part / "upr" / "wg-reports").mkdir()
    with (corpus / "upr" / "wg_reports_index.csv").open(encoding="utf-8-sig", newline="") as file:
        reports = [row for row in csv.DictReader(file) if row["sym"] in wanted and row["included_pdf"] == "True"]
    with (part / "upr" / "wg_reports_index.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(reports[0]))
        writer.writeheader()
        writer.writerows(reports)
    for report in reports:
        pdf = Path("upr") / "wg-reports" / report["f"]
        (part / pdf).write_bytes((corpus / pdf).read_bytes())
    (part / "jurisprudence").mkdir()
    with (corpus / "jurisprudence" / "jurisprudence_documents.jsonl").open(encoding="utf-8") as lines:
        cases = list(kept(lines, wanted))
    (part / "jurisprudence" / "jurisprudence_documents.jsonl").write_text("".join(cases), encoding="utf-8")
    ids = {json.loads(case)["doc_id"] for case in cases}
    with (
        zstandard.open(corpus / "jurisprudence" / "jurisprudence_paragraphs.jsonl.zst", "rb") as packed,
        (part / "jurisprudence" / "jurisprudence_paragraphs.jsonl").open("w", encoding="utf-8") as out,
    ):
        out.writelines(kept(iter(io.TextIOWrapper(packed, encoding="utf-8")), ids))


def test_every_paragraph_that_an_exercise_names_is_there(corpus: Path, tmp_path: Path) -> None:
    home, part = tmp_path / "home", tmp_path / "part"
    home.mkdir()
    part_of(corpus, part, documents())
    run(home, "init")
    for folder in (part, corpus / "general-comments", corpus / "treaties"):
        bring_in(home, folder)
    said = run_json(home, "courses", "check", "--here")
    assert said["missing"] == []


def bring_in(home: Path, folder: Path) -> None:
    """A part of a source holds less than its description expects: that is said, and is no matter here."""
    process = start(home, "import", str(folder))
    _, said = process.communicate(timeout=600)
    assert process.returncode in (0, 1), said
