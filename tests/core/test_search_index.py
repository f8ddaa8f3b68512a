"""The embedded index across processes: locks, other versions, and death in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from smallplaces.errors import Locked, UserError
from smallplaces.search.backends.base import IndexState
from smallplaces.search.engine import Engine
from smallplaces.search.schema import Entry

WRITER = """
import sys, time
from smallplaces.search.engine import Engine
from smallplaces.search.schema import Entry

def entries(first, count):
    return [Entry(n, f"w{n}", "", "en", "1", "1", "", f"paragraph number {n} on housing", "", (), {"lang": ("en",)}, "")
            for n in range(first, first + count)]

engine = Engine(sys.argv[1])
with engine.batch() as batch:
    batch.add(entries(1, 50))
    batch.watermark = 1
if sys.argv[2] == "batch":
    with engine.batch() as batch:
        batch.add(entries(51, 400))
        batch.delete(range(1, 20))
        batch.watermark = 2
        print("ready", flush=True)
        time.sleep(60)
elif sys.argv[2] == "rebuild":
    with engine.rebuild() as batch:
        batch.add(entries(51, 400))
        batch.watermark = 2
        print("ready", flush=True)
        time.sleep(60)
else:
    watermark = 1
    print("ready", flush=True)
    while True:
        watermark += 1
        with engine.batch() as batch:
            batch.add(entries(50 + watermark, 1))
            batch.watermark = watermark
"""


def entry(number: int) -> Entry:
    return Entry(number, f"w{number}", "", "en", "1", "1", "", "A paragraph on housing", "", (), {"lang": ("en",)}, "")


def started(folder: Path, mode: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder), mode], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def killed(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("mode", ["batch", "rebuild"])
def test_death_in_the_middle_leaves_the_last_commit(tmp_path: Path, mode: str) -> None:
    process = started(tmp_path, mode)
    engine = Engine(tmp_path)
    with pytest.raises(Locked, match=str(process.pid)), engine.batch():
        pass
    killed(process)
    assert (engine.count(), engine.watermark(), sorted(engine.ids())) == (50, 1, list(range(1, 51)))
    with engine.batch() as batch:
        batch.add([entry(1000)])
        batch.watermark = 3
    assert (engine.count(), engine.watermark()) == (51, 3)
    assert len(list(tmp_path.glob("b-*"))) == 1


def test_watermark_and_entries_never_part(tmp_path: Path) -> None:
    process = started(tmp_path, "commits")
    threading.Event().wait(0.4)
    killed(process)
    engine = Engine(tmp_path)
    assert max(engine.ids()) == (50 if engine.watermark() == 1 else 50 + engine.watermark())


def test_a_commit_of_another_process_is_seen(tmp_path: Path) -> None:
    with Engine(tmp_path).batch() as batch:
        batch.add([entry(1)])
    reader = Engine(tmp_path)
    assert reader.search("housing").total == 1
    with Engine(tmp_path).batch() as batch:
        batch.add([entry(2)])
    assert reader.search("housing").total == 2
    with Engine(tmp_path).rebuild() as batch:
        batch.add([entry(3)])
    assert [hit.id for hit in reader.search("housing").hits] == [3]


def test_an_index_of_another_version_must_be_rebuilt(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    with engine.batch() as batch:
        batch.add([entry(1)])
    (next(tmp_path.glob("b-*")) / "build.json").write_text(json.dumps({"schema": -1}), encoding="utf-8")
    engine = Engine(tmp_path)
    assert engine.state() is IndexState.REBUILD
    assert engine.search("housing").total == 0
    with pytest.raises(UserError, match="rebuild"), engine.batch():
        pass
    with engine.rebuild() as batch:
        batch.add([entry(1)])
    assert (engine.state(), engine.count()) == (IndexState.READY, 1)


def test_many_threads_may_ask_while_one_writes(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    with engine.rebuild() as batch:
        batch.add(map(entry, range(1, 200)))
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(50):
            results = engine.search("housing", facets=("lang",))
            if results.facets["lang"] != (("en", results.total),):
                wrong.append(results)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(200, 204):
        with engine.batch() as batch:
            batch.add([entry(number)])
    for thread in threads:
        thread.join()
    assert not wrong
    assert engine.search("housing").total == 203


def test_status_tells_what_doctor_needs(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    with engine.batch() as batch:
        batch.add([entry(1)])
        batch.watermark = 4
    status = engine.backend.status()
    assert (status["state"], status["entries"], status["watermark"]) == ("ready", 1, 4)
    assert int(str(status["bytes"])) > 0


def test_a_text_with_half_characters_is_indexed(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    with engine.batch() as batch:
        batch.add([Entry(1, "w", "", "en", "1", "1", "", "housing \ud83d broken", "", (), {"lang": ("en",)}, "")])
    assert engine.search("housing").total == 1
