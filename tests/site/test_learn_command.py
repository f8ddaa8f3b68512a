"""``smallplaces courses`` as people run it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from tests.site.command import run, run_json

from smallplaces.courses.scorm import examine

COURSES = Path(__file__).parents[1] / "data" / "courses"  # an invented course on an invented State


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a folder of its own courses."""
    shutil.copytree(COURSES, tmp_path / "courses")
    monkeypatch.setenv("SMALLPLACES_COURSES", str(tmp_path / "courses"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_a_sound_folder_is_said_to_be_sound(own: Path) -> None:
    assert "1 courses without fault, 0 faults" in run(own, "courses", "check", str(COURSES))


def test_a_fault_ends_with_one_and_names_its_line(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "courses" / "first-steps" / "en" / "01-two-doors.md"
    path.write_text(path.read_text(encoding="utf-8").replace("answer: ours", "answer: mine"), encoding="utf-8")
    said = run(own, "courses", "check", str(tmp_path / "courses"), code=1)
    assert "first-steps/en/01-two-doors.md:17: the field 'answer' must be one of" in said
    faults = run_json(own, "courses", "check", str(tmp_path / "courses"), code=1)["faults"]
    assert {fault["line"] for fault in faults} >= {17}
    run(own, "courses", "check", str(tmp_path / "nothing"), code=1)


def test_paragraphs_that_this_copy_lacks_are_named(own: Path) -> None:
    run(own, "init", "--example")
    missing = run_json(own, "courses", "check", str(COURSES), "--here", code=1)["missing"]
    assert [one["reference"] for one in missing] == ["CRPD/C/XXF/CO/9 ¶ 1"]


def test_a_course_is_listed_and_exported(own: Path, tmp_path: Path) -> None:
    listed = {one["id"]: one for one in run_json(own, "courses", "list")}
    assert listed["first-steps"]["questions"] == 3
    target = tmp_path / "package.zip"
    run(own, "courses", "export", "first-steps", "--scorm", str(target), "--lang", "ko", "--site", "https://x.example")
    assert examine(target.read_bytes()) == []
    assert "예시랜드에서 첫걸음" in zipfile.ZipFile(target).read("imsmanifest.xml").decode()
    run(own, "courses", "export", "first-steps", "--scorm", str(target), code=1)
    run(own, "courses", "export", "no-such", "--scorm", str(target), "--site", "https://x.example", code=1)
