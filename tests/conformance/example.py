"""Invented entries in seven languages, for every backend."""

from __future__ import annotations

from typing import Any

from smallplaces.search.schema import Entry


def entry(number: int, text: str, lang: str = "en", **given: Any) -> Entry:
    facets = {"lang": (lang,), "kind": ("general-comment",), **given.pop("facets", {})}
    values: dict[str, Any] = {
        "id": number,
        "work": f"example:{number}",
        "symbol": "",
        "lang": lang,
        "paragraph": str(number),
        "number": str(number),
        "title": "",
        "text": text,
        "heading": "",
        "labels": (),
        "facets": facets,
        "date": "",
    }
    return Entry(**{**values, **given})


REPORT: dict[str, Any] = {
    "work": "CRPD/C/XEX/CO/1",
    "symbol": "CRPD/C/XEX/CO/1",
    "title": "Concluding observations on Exampland",
    "date": "2014-05-01",
    "facets": {"kind": ("concluding-observations",), "state": ("XEX",), "year": ("2014",)},
}

ENTRIES: tuple[Entry, ...] = (
    entry(1, "The Committee recommends adequate housing for all residents of Exampland.",
          labels=("Right to housing",), **REPORT),
    entry(2, "Persons with disabilities living in institutions shall be supported to leave them.",
          heading="Independent living", **REPORT),
    entry(3, "Housing is adequate when it is secure; evictions are a last resort.", date="1991", weight=1.5,
          facets={"year": ("1991",)}, aliases=("E/C.12/GC/4", "example:three")),
    entry(4, "Take measures against torture.", labels=("Right to housing",), date="2020-01-31",
          facets={"kind": ("upr-working-group-report",), "state": ("XEX", "XOT"), "year": ("2020",)}),
    entry(5, "A women’s shelter is a shelter for women; non-refoulement binds all States. See CEDAW and article 15."),
    entry(10, "미등록 이주노동자의 주거권을 보장할 것을 권고한다.", "ko", date="2022-09-09",
          facets={"year": ("2022",)}),
    entry(11, "등록된 외국인은 탈시설화 정책에 참여하고 국가인권위원회에 진정한다.", "ko"),
    entry(12, "비정규직 노동자와 CEDAW 협약, 차별금지법의 제정", "ko"),
    entry(13, "정규직 고용과 급여의 보장, 처벌의 감경", "ko"),
    entry(14, "불처벌의 종식과 비급여 진료", "ko"),
    entry(20, "لكل شخص الحق في الحياة والحرية وفي الأمان على شخصه", "ar"),
    entry(21, "حرية التعبير", "ar"),
    entry(30, "缔约国应当保障残疾人的言论自由和人权。", "zh"),
    entry(40, "Toda persona tiene derecho a la educación; la detención arbitraria está prohibida.", "es"),
    entry(50, "L’égalité et la liberté d’expression des personnes détenues", "fr"),
    entry(60, "Права человека и основные свободы", "ru"),
    entry(70, "สิทธิมนุษยชนเป็นของทุกคน", "th"),
    entry(71, "すべての人間は、生まれながらにして自由である。", "ja"),
)  # fmt: skip
