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
        ("première", "1"),
        ("vingt et unième", "21"),
        ("soixante-dix-huitième", "78"),
        ("quatre-vingt-dix-neuvième", "99"),
        ("cent troisième", "103"),
        ("decimoctavo", "18"),
        ("trigésimo segundo", "32"),
        ("сорок первая", "41"),
        ("семьдесят восьмой", "78"),
        ("الثانية والثلاثون", "32"),
        ("الحادية عشرة", "11"),
        ("الثالثة بعد المائة", "103"),
        ("三十二", "32"),
        ("一百零五", "105"),
    ],
)
def test_in_figures(words: str, figures: str) -> None:
    assert in_figures(words) == figures
