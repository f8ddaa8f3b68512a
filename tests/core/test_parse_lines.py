"""How lines of Korean, running heads, interleaved lists and the record of a resolution's adoption are told."""

from __future__ import annotations

from smallplaces.model.document import Kind, Paragraph
from smallplaces.parse import blocks, furniture, notes, structure
from smallplaces.parse.base import Line
from smallplaces.parse.hangul import Breaks
from smallplaces.parse.kinds import kind_of
from smallplaces.parse.layout import Layout, caption
from smallplaces.parse.text import Words, join

KOREAN = [
    "위원회는 당사국의 지역사회 통합 계획을 환영하며 당사국의 지역사회 지원을",
    "가 위원회는 당사국의 협의 결과와 지역사회 통합 계획을 협",
    "의 결과와 당사국의 지역사회 통합 계획을 함께 검토하며 당사",
    "국의 협의 결과와 지역사회 통합 계획을 검토하고 지역사",
    "회 통합 계획을 검토하고",
]


def test_a_word_of_korean_cut_by_a_line_is_whole_again() -> None:
    breaks = Breaks(KOREAN)
    assert breaks.cuts
    assert breaks.runs_on("검토하며 당사", "국의 협의")
    assert not breaks.runs_on("검토하며 당사국의", "협의 결과와")


def test_lines_that_end_with_words_keep_their_spaces() -> None:
    breaks = Breaks(
        ["가 당사국의 지역사회 통합 계획을 지원", "및 협의 결과와 지역사회 통합", "계획을 당사국의 협의 결과와 끝"]
    )
    assert not breaks.cuts
    assert not breaks.runs_on("지역사회 통합", "계획을 당사국의")


def test_the_number_of_an_article_cut_by_a_line() -> None:
    assert Breaks([]).runs_on("협약 제", "9조")
    assert Breaks([]).runs_on("협약 제9", "조에 따라")


def test_what_stands_in_the_text_is_no_running_head_though_it_repeats() -> None:
    lines = []
    for page in range(1, 6):
        lines += [
            Line("A/HRC/99/1", page, 70, 140, 800, 9.0),
            *(
                Line(f"A line of text of page {page} that says something {n}", page, 70, 500, 760 - 12 * n, 10.0)
                for n in range(9)
            ),
            Line("as was recommended before", page, 70, 300, 760 - 12 * 9, 10.0),
            Line("Running foot of the report", page, 70, 300, 60, 8.0),
        ]
    text, taken = furniture.part(lines)
    assert sum(line.text == "as was recommended before" for line in text) == 5
    assert {line.text for line in taken} == {"A/HRC/99/1", "Running foot of the report"}


def test_the_record_of_adoption_is_no_part_of_the_last_paragraph() -> None:
    text = [
        Paragraph("The Human Rights Council,"),
        Paragraph("Decides to act;", "1"),
        Paragraph("Decides to remain seized.\n35th meeting\n22 June 2017\n[Adopted without a vote.]", "2"),
    ]
    found = structure.with_preamble(text)
    assert [p.text for p in found[2:]] == [
        "Decides to remain seized.",
        "35th meeting\n22 June 2017\n[Adopted without a vote.]",
    ]
    assert [p.kind.value for p in found] == ["preamble", "paragraph", "paragraph", "paragraph"]
    assert structure.with_preamble(text[:2])[1].text == "Decides to act;"


def test_notes_at_the_end_of_plain_text_are_footnotes() -> None:
    body = ["1. The first paragraph cites a source.", "2. The second cites a law."]
    after = ["Notes", "1 See CRPD/C/XXA/2, para. 4.", "2 Law No. 5 of 2014."]
    text, found, rules = notes.part([Line(each, fresh=True) for each in body + after])
    assert [line.text for line in text] == body
    assert [(note.mark, note.lines[0].text[note.cut :]) for note in found] == [
        ("1", "See CRPD/C/XXA/2, para. 4."),
        ("2", "Law No. 5 of 2014."),
    ]
    assert [line.text for line in rules] == ["Notes"]
    kept = [*body, "Notes", "1 One", "3 Three"]
    assert [line.text for line in notes.part([Line(each, fresh=True) for each in kept])[0]] == kept


def test_a_resolution_on_a_mandate_is_no_report_of_its_holder() -> None:
    on_mandate = "Mandate of the Special Rapporteur on housing – Resolution adopted by the Human Rights Council"
    assert kind_of(None, on_mandate, []) is Kind.RESOLUTION
    assert kind_of(None, "Rapport du Rapporteur spécial sur le logement", []) is Kind.SPECIAL_PROCEDURE
    assert (
        kind_of(None, "Report of the Working Group of Experts on People of African Descent", [])
        is Kind.SPECIAL_PROCEDURE
    )


def _printed(*rows: tuple[float, float, float, str]) -> list[Line]:
    """Lines as (left, right, height, text)."""
    return [Line(text, 1, x0, x1, y, 10.0) for x0, x1, y, text in rows]


def test_a_sentence_goes_on_over_the_room_made_for_a_sign() -> None:
    lines = _printed(
        (70, 480, 700, "1. The Committee recommends that the State party repeal what limits the legal capacity"),
        (70, 470, 676, "of persons with disabilities, and recognize their will in every part of the State and"),
        (70, 200, 664, "of its regions, without delay."),
        (70, 480, 646, "2. The Committee notes that the regions have not been consulted on the plan that was"),
        (70, 300, 634, "adopted by the ministry."),
        (70, 480, 616, "3. The Committee asks the State party for its next report, which should be sent within"),
        (70, 300, 604, "four years."),
    )
    found = structure.paragraphs(blocks.build(lines), Words(lines))
    assert [(p.number, "\n" in p.text) for p in found] == [("1", False), ("2", False), ("3", False)]


def test_facing_pages_have_margins_of_their_own() -> None:
    def sheet(page: int, left: float) -> list[Line]:
        text = "a line that is filled from one margin of its page to the other one"
        return [Line(text, page, left, left + 450, 700 - 12 * n, 10.0) for n in range(40)]

    layout = Layout.of([*sheet(1, 90), *sheet(2, 40)])
    assert not any(layout.short(line) for line in (*sheet(1, 90), *sheet(2, 40)))
    assert layout.short(Line("a line that ends early", 2, 40, 400, 100, 10.0))


def test_hyphens_at_the_ends_of_lines() -> None:
    typed = [Line(f"a line of text number {n} of the plan on trial", 1) for n in range(60)]

    def joined(*texts: str) -> str:
        lines = [Line(text, 1) for text in texts]
        return join(lines, Words([*typed, *lines]))

    assert joined("the use of pre-", "trial detention") == "the use of pre-trial detention"
    assert joined("short-", "and long-term plans") == "short- and long-term plans"
    assert joined("the response to COVID-", "19 in 2020-", "2021") == "the response to COVID-19 in 2020-2021"
    assert joined("see www.xxa.example/a-", "plan.pdf") == "see www.xxa.example/a-plan.pdf"
    parted = [Line(f"point {n} sur la proposi-", 1) for n in range(40)]
    lines = [Line("la proposition de la recommanda-", 1), Line("tion du comité", 1)]
    assert join(lines, Words([*parted, *lines])) == "la proposition de la recommandation du comité"


def test_chinese_drawn_apart_to_fill_a_line() -> None:
    lines = [Line("委 员 会 欢 迎", 1), Line("缔约国 2019 年通过的计划", 1)]
    assert join(lines, Words(lines)) == "委员会欢迎缔约国 2019 年通过的计划"


def test_the_title_of_a_table_stands_in_no_path_and_no_paragraph() -> None:
    lines = _printed(
        (70, 480, 700, "1. The figures that were collected in every region of the State party by its statistical"),
        (70, 300, 688, "office are shown in the table."),
        (70, 110, 660, "Table 1"),
        (70, 300, 646, "Pupils by region, 2019–2023"),
        (70, 480, 600, "2. The figures are published every year, in every language of the regions, by the office"),
        (70, 300, 588, "in accordance with article 12."),
    )
    lines[3].bold = True
    found = structure.paragraphs(blocks.build(lines), Words(lines))
    assert [(p.number, p.kind.value, p.heading) for p in found] == [
        ("1", "paragraph", ()),
        ("", "table", ()),
        ("2", "paragraph", ()),
    ]
    assert found[1].text == "Table 1\nPupils by region, 2019–2023"
    assert caption("Table 3 shows what was done.") == ""
    assert [caption(text) for text in ("Cuadro 2", "Таблица 4", "الجدول 1", "表1", "Figure II. Schools")] == [
        *["alone"] * 4,
        "titled",
    ]


def test_a_cited_article_cut_by_a_line_is_no_end_and_no_item() -> None:
    lines = _printed(
        (70, 480, 700, "1. The provision was introduced in the Code on Health and the Health-Care System, art. 88"),
        (70, 480, 688, "(1), subparagraph 12, and is being implemented in every region of the State party now,"),
        (70, 300, 676, "as reported."),
        (70, 480, 658, "2. The figures are published every year, in every language of the regions, by the office"),
        (70, 300, 646, "in accordance with article 12."),
    )
    found = structure.paragraphs(blocks.build(lines), Words(lines))
    assert "art. 88 (1), subparagraph 12" in found[0].text


def test_strokes_at_the_ends_of_lines() -> None:
    def joined(*texts: str) -> str:
        lines = [Line(text, 1) for text in texts]
        return join(lines, Words(lines))

    assert joined("see https://xxa.example/plan?id=", "12&lang=en.") == "see https://xxa.example/plan?id=12&lang=en."
    assert joined("the and/", "or clause") == "the and/or clause"
    assert joined("the obligation to provide. 1/", "The State") == "the obligation to provide. 1/ The State"
    assert joined("a fact\u2011finding visit") == "a fact-finding visit"
