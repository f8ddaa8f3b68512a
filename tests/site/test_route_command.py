"""``smallplaces route``: lines in, lines out, and a bad line stops nothing. The sentences are invented."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.site.command import environment, run

HEADER = "code,name_ko,name_en,base_year,parent_code,province_ko,province_en\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("route")
    (folder / "in" / "places").mkdir(parents=True)
    rows = {"provinces": "21,부산광역시,Busan,2018,,,\n", "municipalities": "21010,중구,Jung-gu,2018,21,x,x\n"}
    for name, row in rows.items():
        (folder / "in" / "places" / f"kostat2018_{name}.csv").write_text(HEADER + row, encoding="utf-8")
    run(folder / "home", "init")
    run(folder / "home", "import", str(folder / "in"))
    return folder / "home"


def routed(home: Path, place: str, lines: str | bytes, code: int = 0) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "smallplaces_site.cli", "route", "--place", place, "--json"],
        input=lines if isinstance(lines, bytes) else lines.encode(),
        env=environment(home),
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == code, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_a_bad_line_stops_nothing(home: Path) -> None:
    good = json.dumps({"id": "a", "text": "Build shelters for victims of domestic violence", "lang": "en"}).encode()
    bad = [b"{", b"[]", b'{"id": "b", "text": 5}', b'{"id": "c", "text": "x", "lang": "tlh"}', b"\xff\xfe", b"[" * 9999]
    said = routed(home, "KR-26", b"\n".join([*bad, b"", good]), code=1)
    assert [("error" in one) for one in said] == [True] * len(bad) + [False]
    assert [one["line"] for one in said[:-1]] == list(range(1, len(bad) + 1))
    assert (said[2]["id"], said[3]["id"]) == ("b", "c")
    assert (said[-1]["id"], said[-1]["verdict"], said[-1]["department"]) == ("a", "ours", "women-family")


def test_the_verdict_is_said_to_the_place(home: Path) -> None:
    line = json.dumps({"id": 1, "text": "교사를 대상으로 인권교육을 실시할 것", "lang": "ko"})
    said = {place: routed(home, place, line)[0]["verdict"] for place in ("KR-26", "부산 중구", "부산광역시교육청")}
    assert said == {"KR-26": "ours", "부산 중구": "province", "부산광역시교육청": "ours"}


def test_an_unknown_place_is_refused_before_anything_is_read(home: Path) -> None:
    (refusal,) = routed(home, "Nowhere", '{"id": 1, "text": "Build shelters", "lang": "en"}', code=1)
    assert refusal["kind"] == "NotFound" and "Nowhere" in refusal["error"]
