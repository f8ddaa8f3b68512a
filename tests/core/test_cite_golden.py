"""Citations on paragraphs of the real corpus labelled by reading: the figures that a change may not worsen."""

import importlib.util
import json
import os
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MAIN_KINDS = ("article", "symbol", "general-comment")


def bench():
    spec = importlib.util.spec_from_file_location("bench_cite", ROOT / "bench/cite.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_labels_hold_no_text_and_enough_paragraphs():
    entries = json.loads((ROOT / "tests/golden/cite/paragraphs.json").read_text(encoding="utf-8"))
    assert len(entries) >= 400
    assert not any("text" in entry or "text" in c for entry in entries for c in entry["citations"])
    assert 0.25 < sum(entry["held_back"] for entry in entries) / len(entries) < 0.4


@pytest.mark.corpus
def test_precision_and_recall_on_the_labels_open_to_us():
    folder = os.environ.get("SMALLPLACES_CORPUS")
    if not folder:
        pytest.skip("SMALLPLACES_CORPUS is not set")
    module = bench()
    entries = module.labelled(Path(folder))
    assert len(entries) >= 400
    table = module.score(entries, module.ours)
    for lang, precision, recall in (("en", 0.99, 0.97), ("fr", 0.95, 0.90), ("es", 0.95, 0.90), ("ru", 0.95, 0.90)):
        cell = sum((table[lang, kind] for kind in MAIN_KINDS), Counter())
        assert 1 - cell["fp"] / cell["found"] >= precision, lang
        assert cell["tp"] / (cell["tp"] + cell["fn"]) >= recall, lang
