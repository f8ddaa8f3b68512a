"""Language versions side by side: by number, by content where numbers differ, with every mismatch reported."""

from __future__ import annotations

from smallplaces.model.document import Paragraph, ParagraphKind
from smallplaces.text.align import Alignment, align, marks_of

ENGLISH = [
    Paragraph("I. Introduction", kind=ParagraphKind.HEADING),
    Paragraph("The council met on 3 March 2021 and read CRPD/C/XXA/1.", "1"),
    Paragraph("It thanks the 12 libraries of the town for their answers.", "2"),
    Paragraph("II. Recommendations", kind=ParagraphKind.HEADING),
    Paragraph("It recommends ramps at 45 doors by 2025.", "3"),
    Paragraph("It recommends interpreters in 17 clinics by 2026.", "4"),
    Paragraph("It asks for a report in 2028.", "5"),
]
KOREAN = [
    Paragraph("I. 머리말", kind=ParagraphKind.HEADING),
    Paragraph("위원회는 2021년 3월 3일에 만나 CRPD/C/XXA/1을 읽었다.", "1"),
    Paragraph("위원회는 시의 도서관 12곳의 답변에 감사한다.", "2"),
    Paragraph("II. 권고", kind=ParagraphKind.HEADING),
    Paragraph("2025년까지 문 45곳에 경사로를 권고한다.", "3"),
    Paragraph("2026년까지 의원 17곳에 통역을 권고한다.", "4"),
    Paragraph("2028년에 보고를 요청한다.", "5"),
]


def rows(alignment: Alignment) -> list[tuple[int | None, int | None]]:
    return [(pair.one, pair.two) for pair in alignment.pairs]


def test_equal_editions_align_row_by_row() -> None:
    found = align(ENGLISH, KOREAN)
    assert rows(found) == [(i, i) for i in range(7)]
    assert found.mismatches == ()


def test_a_paragraph_missing_in_one_edition_is_reported() -> None:
    found = align(ENGLISH, KOREAN[:4] + KOREAN[5:])
    assert (4, None) in rows(found)
    assert [pair.reason for pair in found.mismatches] == ["paragraph 3 stands only in the first edition"]


def test_numbers_that_slipped_are_aligned_by_content_and_reported() -> None:
    slipped = [
        Paragraph(p.text, str(int(p.number) + 1) if p.number and int(p.number) > 2 else p.number, kind=p.kind)
        for p in KOREAN
    ]
    found = align(ENGLISH, slipped)
    assert rows(found) == [(i, i) for i in range(7)]
    assert [pair.reason for pair in found.mismatches] == [
        "numbered 3 here and 4 there",
        "numbered 4 here and 5 there",
        "numbered 5 here and 6 there",
    ]


def test_an_extra_heading_does_not_shift_the_rest() -> None:
    extra = [*KOREAN[:3], Paragraph("가. 서론", kind=ParagraphKind.HEADING), *KOREAN[3:]]
    found = align(ENGLISH, extra)
    assert [pair for pair in rows(found) if None not in pair][-3:] == [(4, 5), (5, 6), (6, 7)]
    assert len(found.mismatches) == 1


def test_one_empty_edition() -> None:
    assert rows(align([], KOREAN[:2])) == [(None, 0), (None, 1)]


def test_figures_survive_other_digits() -> None:
    assert marks_of("في عام ٢٠٢٥ و ٤٥ بابا") == marks_of("in 2025, 45 doors")
