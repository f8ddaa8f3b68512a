"""Ordinals of sessions."""

from __future__ import annotations

import pytest

from smallplaces.parse.ordinals import in_figures


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("twenty-seventh", "27"),
        ("Twenty seventh", "27"),
        ("twentieth", "20"),
        ("first", "1"),
        ("forty-second", "42"),
        ("ninetieth", "90"),
        ("104th", "104"),
        ("27º período de sesiones", "27"),
        ("one hundred and fourth", "104"),
        ("hundredth", "100"),
        ("vingt-septième session", "vingt-septième session"),
        ("special", "special"),
    ],
)
def test_in_figures(words: str, figures: str) -> None:
    assert in_figures(words) == figures
