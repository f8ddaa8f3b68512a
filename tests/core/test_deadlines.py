"""Deadlines in the words of committees: invented sentences in seven languages, and what must not be taken for one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallplaces.enrich.deadlines import FollowsFrom, day_of, read_deadlines
from smallplaces.model.language import CODES

ADOPTED = date(2025, 3, 28)


def found(text: str, lang: str = "en") -> list[tuple[str, str, int]]:
    return [(due.kind.value, due.date, due.months) for due in read_deadlines(text, lang)]


#: Invented paragraphs about Exampland, as the committees that are named write them.
REPORTS = [
    ("en", "The Committee requests Exampland to submit its sixth periodic report by 6 December 2029.", "2029-12-06"),
    (
        "en",
        "The State party is invited to submit its next report, which will be its ninth, by 1 May 2028.",
        "2028-05-01",
    ),
    ("en", "The combined fourth and fifth periodic reports are due on 18 January 2031.", "2031-01-18"),
    (
        "en",
        "The Committee asks the State party to submit its 20th to 22nd reports, in one text, by 4 July 2027.",
        "2027-07-04",
    ),
    ("en", "The Committee requests the State party to provide its next periodic report by April 2026.", "2026-04"),
    (
        "fr",
        "Le Comité prie l’État partie de soumettre son sixième rapport périodique au plus tard le 1er mars 2028.",
        "2028-03-01",
    ),
    (
        "es",
        "El Comité solicita al Estado parte que presente su sexto informe periódico antes del 14 de enero de 2027.",
        "2027-01-14",
    ),
    ("ar", "تطلب اللجنة إلى الدولة الطرف أن تقدم تقريرها الدوري السادس بحلول ٧ تشرين الأول/أكتوبر ٢٠٢٩.", "2029-10-07"),
    (
        "ru",
        "Комитет просит государство-участник представить шестой периодический доклад не позднее 3 марта 2029 года.",
        "2029-03-03",
    ),
    ("zh", "委员会请缔约国不迟于2029年3月5日提交第六次定期报告。", "2029-03-05"),
    ("ko", "위원회는 당사국이 제6차 정기보고서를 2029년 3월 5일까지 제출할 것을 요청한다.", "2029-03-05"),
]
FOLLOW_UP = [
    (
        "en",
        "The State party is requested to provide, by 3 November 2026, information on the implementation of the "
        "recommendations made in paragraphs 15 (detention), 27 and 49 above.",
        ("follow-up", "2026-11-03", 0),
        ("15", "27", "49"),
    ),
    (
        "en",
        "The Committee requests the State party to provide, within two years, written information on the steps taken "
        "to implement the recommendations in paragraphs 13 (a) and 29.",
        ("follow-up", "", 24),
        ("13(a)", "29"),
    ),
    (
        "en",
        "In accordance with article 9, paragraph 1, the Committee requests it to provide, within one year of the "
        "adoption of this text, information on its implementation of the recommendations in paragraph 8.",
        ("follow-up", "", 12),
        ("8",),
    ),
    (
        "fr",
        "Le Comité demande à l’État partie de fournir, dans un délai de douze mois, des renseignements sur la mise en "
        "œuvre des recommandations formulées aux paragraphes 12 et 32.",
        ("follow-up", "", 12),
        ("12", "32"),
    ),
    (
        "es",
        "El Comité pide al Estado parte que, en el plazo de doce meses, facilite información sobre la aplicación de "
        "las recomendaciones que figuran en los párrafos 12 y 32.",
        ("follow-up", "", 12),
        ("12", "32"),
    ),
    (
        "ru",
        "Комитет просит государство-участник представить в течение двенадцати месяцев информацию об осуществлении "
        "рекомендаций, содержащихся в пунктах 12 и 32.",
        ("follow-up", "", 12),
        ("12", "32"),
    ),
    (
        "zh",
        "委员会请缔约国在十二个月内提供资料，说明第12和32段所载建议的落实情况。",
        ("follow-up", "", 12),
        ("12", "32"),
    ),
    (
        "ar",
        "تطلب اللجنة إلى الدولة أن تقدم في غضون اثني عشر شهراً معلومات عن تنفيذ التوصيات الواردة في الفقرتين 12 و32.",
        ("follow-up", "", 12),
        ("12", "32"),
    ),
]
#: Invented sentences in the manner of other committees, whose texts this library does not hold.
MANNERS = [
    (
        "CERD",
        "The Committee requests Exampland to provide, within one year of the adoption of this text, information on its "
        "implementation of the recommendations in paragraphs 14 (b) and 24 (a).",
        ("follow-up", "", 12),
    ),
    (
        "CESCR",
        "The State party is requested to provide, within 24 months, information on the implementation of the "
        "recommendations in paragraphs 13 (a) and 51.",
        ("follow-up", "", 24),
    ),
    (
        "CAT",
        "The Committee asks Exampland to provide, by 3 December 2026, information on follow-up to its recommendations "
        "on safeguards (see para. 9).",
        ("follow-up", "2026-12-03", 0),
    ),
    (
        "CED",
        "Under article 29 (4), the Committee requests Exampland to submit, by 29 March 2028, new information on the "
        "implementation of its recommendations.",
        ("follow-up", "2028-03-29", 0),
    ),
    (
        "CEDAW",
        "The Committee requests Exampland to submit its tenth periodic report, which is due in February 2030.",
        ("next-report", "2030-02", 0),
    ),
    (
        "CRC",
        "The Committee invites Exampland to submit its combined seventh and eighth periodic reports by 19 December "
        "2029 and to include information on follow-up to the present text.",
        ("next-report", "2029-12-19", 0),
    ),
]
#: Dates and periods that set nobody a deadline for a report.
NONE = [
    "The Committee considered the second periodic report of Exampland at its 281st meeting, held on 23 August 2026.",
    "The State party may opt out of the simplified reporting procedure within one year of the adoption of this text.",
    "The Committee recommends that the State party adopt a law on housing by 31 December 2027.",
    "The Committee welcomes the report of the ombudsperson, published on 4 May 2024.",
    "The Committee is concerned at reports that detention may last more than twelve months.",
    "The Committee invites the State party to submit its common core document.",
    "The Committee recommends that information on shelters be provided within 24 hours of arrival.",
    "",
]


@pytest.mark.parametrize(("lang", "text", "day"), REPORTS)
def test_the_next_report_is_read(lang: str, text: str, day: str) -> None:
    assert found(text, lang) == [("next-report", day, 0)]


@pytest.mark.parametrize(("lang", "text", "expected", "paragraphs"), FOLLOW_UP)
def test_follow_up_is_read_with_its_paragraphs(
    lang: str, text: str, expected: tuple[str, str, int], paragraphs: tuple[str, ...]
) -> None:
    (due,) = read_deadlines(text, lang)
    assert (due.kind.value, due.date, due.months) == expected
    assert due.paragraphs == paragraphs
    assert text[due.start : due.end].strip() == due.quote


@pytest.mark.parametrize(("manner", "text", "expected"), MANNERS)
def test_other_committees_are_read_as_well(manner: str, text: str, expected: tuple[str, str, int]) -> None:
    assert found(text) == [expected], manner


@pytest.mark.parametrize("text", NONE)
def test_other_days_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_predictable_cycle_names_years() -> None:
    text = (
        "In line with the predictable review cycle, the State party will receive in 2028 the Committee’s list of "
        "issues prior to the submission of the report and will be expected to submit within one year its replies, "
        "which will constitute its sixth periodic report. The next constructive dialogue will take place in 2031."
    )
    assert found(text) == [("list", "2028", 0), ("dialogue", "2031", 0)]


def test_the_simplified_procedure_applies_only_when_the_text_says_so() -> None:
    applied = (
        "Under the simplified reporting procedure, the Committee will send a list of issues at least one year prior to "
        "5 August 2030, the date by which the combined second and third periodic reports are due."
    )
    offered = (
        "The Committee requests the State party to submit its second periodic report by 5 August 2030. It also "
        "requests it to consider submitting the report under the simplified reporting procedure."
    )
    assert [(due.date, due.simplified) for due in read_deadlines(applied, "en")] == [("2030-08-05", True)]
    assert [(due.date, due.simplified) for due in read_deadlines(offered, "en")] == [("2030-08-05", False)]


@pytest.mark.parametrize(
    ("months", "adopted", "day"),
    [("12 months", ADOPTED, "2026-03-28"), ("two years", date(2024, 2, 29), "2026-02-28"), ("12 months", None, "")],
)
def test_a_period_runs_from_adoption(months: str, adopted: date | None, day: str) -> None:
    text = f"The Committee requests the State party to provide, within {months}, information on paragraph 7."
    (due,) = read_deadlines(text, "en")
    assert day_of(due, adopted) == day


def test_a_day_that_does_not_exist_is_its_month() -> None:
    assert found("El Comité solicita que presente su informe periódico a más tardar el 31 de junio de 2026.", "es") == [
        ("next-report", "2026-06", 0)
    ]


def test_a_language_without_words_says_nothing() -> None:
    assert read_deadlines("De Commissie verzoekt om een periodiek verslag tegen 4 mei 2027.", "nl") == []


def test_a_region_is_no_other_language() -> None:
    assert found("The Committee requests it to submit its sixth periodic report by 6 December 2029.", "en-GB")


@given(st.text(max_size=400), st.sampled_from(CODES))
def test_any_text_can_be_read(text: str, lang: str) -> None:
    for due in read_deadlines(text, lang):
        assert 0 <= due.start <= due.end <= len(text)
        assert due.date or due.months
        assert isinstance(due.kind, FollowsFrom)
