"""The words for kinds of place: every kind that Korea's table gives, in all seven languages."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from smallplaces.model.language import CODES
from smallplaces.sources.places import korea
from smallplaces.vocab.load import DATA
from smallplaces.vocab.places import place_kind, place_order


def _kinds() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "place_kinds.yml").read_text(encoding="utf-8"))
    return found


def _korean() -> set[str]:
    rules = korea._rules()
    kinds = {kind for level in rules["kinds"].values() for kind in level.values()}
    kinds |= set(rules["kinds_by_code"].values()) | {rules["education"]["kind"]}
    return kinds | {kind for kind in rules["large_cities"] if kind not in {"as_of", "source"}}


def test_every_kind_of_korea_has_a_word() -> None:
    assert len(_korean()) > 12
    assert _korean() - set(_kinds()) == set()


@pytest.mark.parametrize("kind", sorted(_kinds()))
def test_a_kind_has_a_word_in_every_language(kind: str) -> None:
    words = [place_kind(kind, lang) for lang in CODES]
    assert all(words)
    assert set(_kinds()[kind]) - {"own"} == set(CODES)


def test_a_states_own_word_goes_first() -> None:
    assert place_kind("county", "ko", "KOR") == "군"
    assert place_kind("county", "ko", "EST") != "군"
    assert place_kind("county", "fr", "KOR") == "Comté"
    assert place_kind("tidal flat", "en") == ""


def test_koreas_order_is_for_korean_readers_and_holds_every_province() -> None:
    order = place_order("KOR", "ko")
    assert set(order) == set(korea._rules()["provinces"].values())
    assert len(order) == len(set(order))
    assert place_order("KOR", "en") == place_order("NAM", "ko") == ()
