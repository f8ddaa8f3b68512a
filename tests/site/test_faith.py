"""What must hold whatever happens: killed at any moment, nothing is lost and nothing doubled."""

from __future__ import annotations

import random
import time
import zipfile
from pathlib import Path

import pytest
from tests.site.command import run, run_json, start, store
from tests.site.invented import uhri_export

COUNT = 4000


def contents(home: Path) -> list[tuple[object, ...]]:
    """Everything a reader could see of the store, without ids and times."""
    with store(home) as connection:
        rows = connection.execute(
            "SELECT w.key, e.lang, p.key, r.source, r.record, r.version, r.current, r.shown, r.number, r.text, r.labels"
            " FROM corpus_reading r JOIN corpus_paragraph p ON p.id = r.paragraph_id"
            " JOIN corpus_edition e ON e.id = p.edition_id JOIN corpus_work w ON w.id = e.work_id"
        ).fetchall()
    return sorted(tuple(str(cell) if isinstance(cell, list) else cell for cell in row) for row in rows)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[object, ...]]]:
    """A folder with an invented export, and what a store holds after importing it without any accident."""
    folder = tmp_path_factory.mktemp("data")
    uhri_export(folder, COUNT)
    home = tmp_path_factory.mktemp("clean")
    outcome = run_json(home, "import", str(folder))["outcomes"][0]
    assert (outcome["read"], outcome["new"], outcome["refused"]) == (COUNT, COUNT, 0)
    return folder, contents(home)


@pytest.mark.slow
def test_killed_at_any_moment_the_same_command_again_completes_it(
    clean: tuple[Path, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    folder, expected = clean
    chance = random.Random(20261123)
    kills = 0
    for _ in range(6):
        process = start(tmp_path, "import", str(folder), "--again")
        time.sleep(chance.uniform(0.8, 4.0))
        process.kill()
        process.communicate()
        kills += process.returncode == -9
    assert kills > 0

    run(tmp_path, "import", str(folder))

    assert contents(tmp_path) == expected
    assert run_json(tmp_path, "doctor", "--deep")["ok"]
    found = run_json(tmp_path, "search", "invented matter", "--limit", "1")
    assert found["total"] == COUNT


def test_importing_again_changes_nothing_even_when_every_file_is_read_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    uhri_export(folder, 600)
    home = tmp_path / "home"
    run(home, "import", str(folder))
    before = contents(home)

    again = run_json(home, "import", str(folder), "--again")
    outcome = again["outcomes"][0]

    assert (outcome["new"], outcome["changed"], outcome["unchanged"]) == (0, 0, 600)
    assert again["indexed"]["written"] == 0
    assert contents(home) == before


def test_a_mended_record_is_a_new_version_everywhere(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    home = tmp_path / "home"
    uhri_export(folder, 600)
    run(home, "import", str(folder))
    uhri_export(folder, 600, mended=7)

    outcome = run_json(home, "import", str(folder))["outcomes"][0]

    assert (outcome["changed"], outcome["unchanged"], outcome["withdrawn"]) == (1, 599, 0)
    shown = run_json(home, "show", "CRC/C/BRA/CO/2", "--para", "2")["paragraphs"][0]
    assert shown["text"].endswith("Mended.")
    assert shown["version"] == 2
    assert run_json(home, "search", "mended")["total"] == 1
    assert run_json(home, "doctor", "--deep")["ok"]


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    uhri_export(folder, COUNT)
    home = tmp_path / "home"
    run(home, "init")
    first = start(home, "import", str(folder))
    deadline = time.monotonic() + 30
    while not (home / "writer.json").exists() and time.monotonic() < deadline:
        time.sleep(0.02)

    second = start(home, "import", str(folder))
    _, complaint = second.communicate(timeout=60)

    assert second.returncode == 3
    assert f"process {first.pid}" in complaint
    first.communicate(timeout=120)
    assert first.returncode == 0


def test_what_is_damaged_is_refused_and_what_was_good_is_in(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    path = uhri_export(folder, 600)
    path.write_bytes(path.read_bytes()[:-20_000])
    home = tmp_path / "home"

    result = run_json(home, "import", str(folder), code=1)

    outcome = result["outcomes"][0]
    assert outcome["refused"] == 1
    assert 500 < outcome["read"] < 600
    assert run_json(home, "search", "invented", "--limit", "0")["total"] == outcome["read"]
    assert (home / outcome["report"]).read_text().count('"refused": true') == 1


def test_a_backup_brings_back_exactly_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    home, other = tmp_path / "home", tmp_path / "other"
    uhri_export(folder, 600)
    run(home, "import", str(folder))
    run(home, "backup", str(tmp_path / "all.zip"))

    run(other, "restore", str(tmp_path / "all.zip"))

    assert contents(other) == contents(home)
    assert run_json(other, "doctor", "--deep")["ok"]
    run(other, "backup", str(tmp_path / "again.zip"))
    assert tables(tmp_path / "again.zip") == tables(tmp_path / "all.zip")
    assert "not empty" in run(other, "restore", str(tmp_path / "all.zip"), "--json", code=1)
    run(other, "restore", str(tmp_path / "all.zip"), "--replace")
    assert contents(other) == contents(home)


def tables(path: Path) -> dict[str, bytes]:
    """Everything in a backup but how far the readers of the change log have come: catching up moves them on."""
    with zipfile.ZipFile(path) as backup:
        held = [name for name in backup.namelist() if name.startswith(("tables/", "raw/"))]
        return {name: backup.read(name) for name in held if name != "tables/corpus_mark.jsonl"}


def test_a_backup_that_is_none_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "init")
    wrong = tmp_path / "wrong.zip"
    wrong.write_text("not a zip")
    assert "not a sound backup" in run(home, "restore", str(wrong), "--json", code=1)


def test_doctor_sees_a_damaged_index_and_mends_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    home = tmp_path / "home"
    uhri_export(folder, 60)
    run(home, "import", str(folder))
    with store(home) as connection:
        connection.execute("UPDATE corpus_reading SET text = 'Changed by hand.' WHERE id = 5")
    assert not run_json(home, "doctor", "--deep", code=1)["ok"]

    run(home, "doctor", "--repair")

    assert run_json(home, "doctor", "--deep")["ok"]
    assert run_json(home, "search", '"changed by hand"')["total"] == 1


@pytest.mark.parametrize(
    "arguments", [["import"], ["search"], ["show"], ["nonsense"], ["search", "x", "--limit", "-1"]]
)
def test_a_command_not_used_rightly_ends_with_two(tmp_path: Path, arguments: list[str]) -> None:
    run(tmp_path, *arguments, code=2)


def test_errors_are_sentences(tmp_path: Path) -> None:
    process = start(tmp_path, "import", str(tmp_path / "nowhere"))
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "no such file or folder" in complaint
    assert "Traceback" not in complaint
