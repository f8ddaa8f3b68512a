"""Treaties and laws by article, clean and scanned. Invented texts but where the corpus is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smallplaces.model.document import Kind, ParagraphKind
from smallplaces.parse import parse_file
from smallplaces.parse.law import parse_editions

TREATY = """The States of Exampland,
Being invented,

Article 1
Everyone may use the library.

Article 2
1. The library is open.
2. It has ramps:
(a) at the door;
(b) at the desk.

Article 3
This treaty is in force.

Article 4
It ends never.
"""


def articles(document):  # type: ignore[no-untyped-def]
    return {p.number: p for p in document.paragraphs if p.kind is ParagraphKind.ARTICLE}


def test_articles_with_their_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "treaty.txt"
    path.write_text(TREATY)
    document = parse_file(path)
    assert document.kind is Kind.TREATY
    found = articles(document)
    assert list(found) == ["1", "2", "3", "4"]
    assert found["2"].text == "1. The library is open.\n2. It has ramps:\n(a) at the door;\n(b) at the desk."
    assert document.paragraphs[0].kind is ParagraphKind.PREAMBLE


def test_misread_numbers_are_put_right_by_the_sequence() -> None:
    noisy = "\n".join(
        f"Article {n}\nThe clinic number {i} of Exampland is open to all.\n"
        for i, n in enumerate(["1", "2", "3", "k", "5", "6", "7", "8", "9", "lO", "ll", "12", "15", "1U", "15"], 1)
    )
    (document,) = parse_editions(noisy)
    found = articles(document)
    assert list(found) == [str(n) for n in range(1, 16)]
    assert "number 13" in found["13"].text
    assert found["13"].facts["printed"] == "15"
    assert any("misread" in warning for warning in document.warnings)


def test_a_lost_heading_is_reported_not_invented() -> None:
    text = "\n".join(f"Article {n}\nThe town hall of Exampland has rule {n}.\n" for n in (1, 2, 3, 5, 6, 7, 8))
    (document,) = parse_editions(text)
    assert list(articles(document)) == ["1", "2", "3", "5", "6", "7", "8"]
    assert any("missing" in warning and "4" in warning for warning in document.warnings)


def test_languages_of_one_text_are_parted() -> None:
    english = "\n".join(f"Article {n}\nThe library of the town is open to all of the people.\n" for n in range(1, 7))
    french = "\n".join(
        f"Article {n}\nLa bibliothèque de la ville est ouverte à tous les habitants.\n"
        for n in ["premier", *range(2, 7)]
    )
    russian = "\n".join(f"Статья {n}\nБиблиотека города открыта для всех.\n" for n in range(1, 7))
    found = parse_editions(english + french + russian)
    assert [d.lang for d in found] == ["en", "fr", "ru"]
    assert all(list(articles(d)) == ["1", "2", "3", "4", "5", "6"] for d in found)


def test_korean_statute_with_branch_articles() -> None:
    text = "\n".join(
        (
            "제1조(목적) 이 조례는 지어낸 것이다.",
            "제2조(정의) 이 조례에서 쓰는 말은 다음과 같다.",
            '1. "도서관"이란 지어낸 도서관을 말한다.',
            "제2조의2(책무)",
            "① 시장은 경사로를 설치한다.",
            "② 구청장은 이를 돕는다.",
            "제3조(시행) 이 조례는 공포한 날부터 시행한다.",
        )
    )
    (document,) = parse_editions(text)
    found = articles(document)
    assert document.kind is Kind.LAW
    assert list(found) == ["1", "2", "2-2", "3"]
    assert found["2-2"].text == "① 시장은 경사로를 설치한다.\n② 구청장은 이를 돕는다."
    assert found["2-2"].heading == ("책무",)


def test_a_mention_of_an_article_opens_none() -> None:
    text = TREATY.replace(
        "It ends never.", "It ends as Article 2 says, or as in\narticle 3, paragraph 1, of this treaty."
    )
    (document,) = parse_editions(text)
    assert list(articles(document)) == ["1", "2", "3", "4"]


@pytest.mark.corpus
def test_a_certified_copy_in_four_languages(corpus: Path) -> None:
    text = json.loads((corpus / "untc-ocr/UNTS-IV-8.json").read_text("utf-8"))["text"]
    found = {d.lang: list(articles(d)) for d in parse_editions(text)}
    assert found["fr"] == [str(n) for n in range(1, 31)]
    assert found["es"] == [str(n) for n in range(1, 31)]
    assert len(found["en"]) >= 27


@pytest.mark.corpus
def test_korean_statutes_are_unbroken(corpus: Path) -> None:
    for row in (corpus / "korean-law/KR-LawGoKr.jsonl").read_text("utf-8").splitlines():
        record = json.loads(row)
        if record["text"].startswith("제1조"):
            (document,) = parse_editions(record["text"])
            assert not document.warnings, record["title"]
