"""Each kind of document is told from its text, and its paragraphs stand. Every document here is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallplaces.model.document import Kind, ParagraphKind
from smallplaces.parse import ParsedDocument, parse_file

BODY = """{intro}

1. {first}

2. {second}

3. {third}
"""
ENGLISH = ("I. Introduction", "Exampland is invented.", "Its libraries are open.", "Its towns are five.")
FRENCH = ("I. Introduction", "L’Exemplie est une invention.", "Les bibliothèques sont ouvertes.", "Elle a cinq villes.")
SPANISH = ("I. Introducción", "Ejemplonia es un invento.", "Las bibliotecas están abiertas.", "Tiene cinco ciudades.")
RUSSIAN = ("I. Введение", "Примерия выдумана для проверки.", "Её библиотеки открыты всем.", "В ней пять городов.")
ARABIC = ("أولا - مقدمة", "هذا بلد مخترع للاختبار فقط.", "المكتبات مفتوحة للجميع.", "فيه خمس مدن صغيرة.")
CHINESE = ("一、导言", "例国是为测试而虚构的国家。", "图书馆向所有人开放。", "该国有五个城市。")
KOREAN = ("I. 서론", "예시국은 시험을 위해 지어낸 나라이다.", "도서관은 모두에게 열려 있다.", "도시는 다섯 개이다.")


def written(folder: Path, text: str) -> ParsedDocument:
    path = folder / "document.txt"
    path.write_text(text, encoding="utf-8")
    return parse_file(path)


def numbers(document: ParsedDocument, kind: ParagraphKind = ParagraphKind.PARAGRAPH) -> list[str]:
    return [p.number for p in document.paragraphs if p.kind is kind and p.number]


@pytest.mark.parametrize(
    ("kind", "title", "words", "lang"),
    [
        (
            Kind.STATE_REPORT,
            "Second periodic report submitted by Exampland under article 35 of the Convention",
            ENGLISH,
            "en",
        ),
        (Kind.STATE_REPORT, "Deuxième rapport périodique soumis par l’Exemplie", FRENCH, "fr"),
        (Kind.STATE_REPORT, "Segundo informe periódico que Ejemplonia debía presentar", SPANISH, "es"),
        (Kind.STATE_REPORT, "Второй периодический доклад Примерии", RUSSIAN, "ru"),
        (Kind.LIST_OF_ISSUES, "List of issues in relation to the second periodic report of Exampland", ENGLISH, "en"),
        (Kind.LIST_OF_ISSUES, "Liste de points concernant le deuxième rapport périodique de l’Exemplie", FRENCH, "fr"),
        (Kind.LIST_OF_ISSUES, "Перечень вопросов в связи со вторым периодическим докладом Примерии", RUSSIAN, "ru"),
        (Kind.LIST_OF_ISSUES, "与例国第二次定期报告有关的问题清单", CHINESE, "zh"),
        (
            Kind.LIST_OF_ISSUES_PRIOR,
            "List of issues prior to submission of the third periodic report of Exampland",
            ENGLISH,
            "en",
        ),
        (
            Kind.LIST_OF_ISSUES_PRIOR,
            "Liste de points établie avant la soumission du troisième rapport de l’Exemplie",
            FRENCH,
            "fr",
        ),
        (
            Kind.LIST_OF_ISSUES_PRIOR,
            "Lista de cuestiones previa a la presentación del tercer informe de Ejemplonia",
            SPANISH,
            "es",
        ),
        (
            Kind.REPLIES,
            "Replies of Exampland to the list of issues in relation to its second periodic report",
            ENGLISH,
            "en",
        ),
        (Kind.REPLIES, "Réponses de l’Exemplie à la liste de points concernant son rapport", FRENCH, "fr"),
        (
            Kind.CONCLUDING_OBSERVATIONS,
            "Concluding observations on the second periodic report of Exampland",
            ENGLISH,
            "en",
        ),
        (
            Kind.CONCLUDING_OBSERVATIONS,
            "Observaciones finales sobre el segundo informe periódico de Ejemplonia",
            SPANISH,
            "es",
        ),
        (Kind.CONCLUDING_OBSERVATIONS, "الملاحظات الختامية بشأن التقرير الأولي", ARABIC, "ar"),
        (Kind.CONCLUDING_OBSERVATIONS, "关于例国第二次定期报告的结论性意见", CHINESE, "zh"),
        (Kind.CONCLUDING_OBSERVATIONS, "예시국의 제2차 국가보고서에 대한 최종견해", KOREAN, "ko"),
        (
            Kind.FOLLOW_UP,
            "Information received from Exampland on follow-up to the concluding observations",
            ENGLISH,
            "en",
        ),
        (Kind.GENERAL_COMMENT, "General comment No. 99 (2024) on invented libraries", ENGLISH, "en"),
        (Kind.GENERAL_COMMENT, "Observation générale no 99 (2024) sur les bibliothèques", FRENCH, "fr"),
        (Kind.GENERAL_COMMENT, "일반논평 제99호", KOREAN, "ko"),
        (
            Kind.SPECIAL_PROCEDURE,
            "Report of the Special Rapporteur on invented libraries: visit to Exampland",
            ENGLISH,
            "en",
        ),
        (Kind.SPECIAL_PROCEDURE, "Informe de la Relatora Especial sobre las bibliotecas", SPANISH, "es"),
        (Kind.STATE_REPORT, "例国提交的第二和第三次合并定期报告", CHINESE, "zh"),
        (Kind.STATE_REPORT, "예시국의 제2·3차 통합 국가보고서", KOREAN, "ko"),
        (Kind.REPLIES, "例国对问题清单的答复", CHINESE, "zh"),
        (Kind.REPLIES, "ردود إكزامبلاند على قائمة المسائل", ARABIC, "ar"),
        (Kind.LIST_OF_ISSUES_PRIOR, "Перечень вопросов до представления третьего доклада", RUSSIAN, "ru"),
        (Kind.VIEWS, "Constatations adoptées par le Comité au titre du Protocole", FRENCH, "fr"),
        (Kind.VIEWS, "Dictamen aprobado por el Comité a tenor del Protocolo", SPANISH, "es"),
        (Kind.FOLLOW_UP, "최종견해에 대한 후속조치 보고", KOREAN, "ko"),
    ],
)
def test_kind_by_its_title(tmp_path: Path, kind: Kind, title: str, words: tuple[str, ...], lang: str) -> None:
    intro, first, second, third = words
    text = title + "\n\n" + BODY.format(intro=intro, first=first, second=second, third=third)
    document = written(tmp_path, text)
    assert (document.kind, document.lang) == (kind, lang)
    assert numbers(document) == ["1", "2", "3"]
    assert [p.text for p in document.paragraphs if p.number in ("1", "3")] == [first, third]


def test_views_with_an_individual_opinion(tmp_path: Path) -> None:
    text = """Views adopted by the Committee under the Optional Protocol, concerning communication No. 99/2020

1. The author of the invented communication is A.B., a national of Exampland.

Facts as submitted by the author

2.1 The author asked for a library card.

2.2 The town of Exampleton refused it.

Consideration of the merits

3.1 The Committee considered the communication.

3.2 The Committee finds a violation of an invented article.

4. The State party should give the author a library card.

Annex

Individual opinion of Committee member C.D. (dissenting)

1. I do not share the finding of the Committee.

2. The card was not asked for in writing.
"""
    document = written(tmp_path, text)
    assert document.kind is Kind.VIEWS
    assert numbers(document) == ["1", "2.1", "2.2", "3.1", "3.2", "4"]
    assert numbers(document, ParagraphKind.OPINION) == ["1", "2"]


def test_resolution_with_preamble_and_operative_paragraphs(tmp_path: Path) -> None:
    text = """Resolution adopted by the Human Rights Council on 1 April 2022

99/1. Invented libraries

The Human Rights Council,

Recalling the invented declaration on libraries,

Noting that Exampland has none,

1. Calls upon States to open libraries;

2. Requests the Secretary-General to count them;

3. Decides to remain seized of the matter.
"""
    document = written(tmp_path, text)
    assert document.kind is Kind.RESOLUTION
    assert numbers(document)[-3:] == ["1", "2", "3"]
    preamble = [p.text for p in document.paragraphs if p.kind is ParagraphKind.PREAMBLE]
    assert "Recalling the invented declaration on libraries," in "\n".join(preamble)
    assert "Noting that Exampland has none," in "\n".join(preamble)


def test_korean_law_with_its_items(tmp_path: Path) -> None:
    text = """예시 도서관법

제1조(목적) 이 법은 예시국의 도서관에 관한 사항을 정함을 목적으로 한다.

제2조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.
1. "도서관"이란 책을 모아 둔 곳을 말한다.
가. 공공도서관
나. 학교도서관
2. "이용자"란 책을 읽는 사람을 말한다.

제3조(책무) 지방자치단체는 도서관을 연다.
"""
    document = written(tmp_path, text)
    articles = [p for p in document.paragraphs if p.kind is ParagraphKind.ARTICLE]
    assert [p.number for p in articles if p.number.isdigit()] == ["1", "2", "3"]
    joined = "\n".join(p.text for p in document.paragraphs)
    assert all(piece in joined for piece in ("가. 공공도서관", "나. 학교도서관", "책을 읽는 사람"))
