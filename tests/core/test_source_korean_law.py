"""Korean statutes and court decisions. The laws of Exampland are invented."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import Kind, ParagraphKind, Parcel, keyed
from smallplaces.sources.base import Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.korean_law import source

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")

LAW = """이 법은 지어낸 것이다.
제1장 총칙
제1조(목적) 이 법은 예시국의 도서관에 관하여 정한다.
제2조(정의)
① "도서관"이란 책이 있는 곳을 말한다.
제1조에 따른 목적을 따른다.
제2장 운영
제1절 개관
제2조의2(개관) 매일 연다.
제3조 삭제 <2031.1.1>
제3장 벌칙
제4조(벌칙) 없다."""


def statute(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "KR-LAW-999999",
        "_source": "KR/LawGoKr",
        "_type": "legislation",
        "_fetched_at": "2031-01-01T00:00:00+00:00",
        "title": "예시국 도서관법",
        "text": LAW,
        "date": "2030-12-31",
        "url": "https://example.org/law",
        "law_id": "999999",
        "law_type": "법률",
        "promulgation_number": "1",
    } | changes


def decision(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "KR-KORLEG-0",
        "_source": "KR/KorLeg",
        "_type": "case_law",
        "_fetched_at": "2031-01-01T00:00:00+00:00",
        "title": "원고의 청구를 기각한다.【이    유】 지어낸",
        "text": "1. 원고의 청구를 기각한다.  2. 비용은 원고가 부담한다.【이    유】  판단한다.  "
        "1. 책은 반납되었다.   2. 결론  기각한다.",
        "date": None,
        "url": "https://example.org/case",
        "category": "Civil Law",
        "language": "ko",
    } | changes


def run(path: Path, *lines: Any, **context: Any) -> list[Item]:
    file = path / "KR-X.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in lines), encoding="utf-8")
    return list(source.read((File(file, "korean-law/KR-X.jsonl", "00"),), Context(**context)))


def parcels(items: list[Item]) -> list[Parcel]:
    return [item for item in items if isinstance(item, Parcel)]


def test_a_statute_is_split_into_its_articles(tmp_path: Path) -> None:
    items = run(tmp_path, statute())
    parcel = parcels(items)[0]
    assert (parcel.work.key, parcel.work.kind, parcel.work.states, parcel.work.year) == (
        "law:KOR/999999",
        Kind.LAW,
        ("KOR",),
        2030,
    )
    assert parcel.work.facts["promulgated"] == "2030-12-31"
    paragraphs = keyed(parcel.paragraphs)
    assert [p.key for p in paragraphs[1:]] == ["art.1", "art.2", "art.2의2", "art.3", "art.4"]
    assert paragraphs[0].kind is ParagraphKind.PREAMBLE
    assert paragraphs[2].text.splitlines() == [
        "제2조(정의)",
        '① "도서관"이란 책이 있는 곳을 말한다.',
        "제1조에 따른 목적을 따른다.",
    ]
    assert paragraphs[3].heading == ("제2장 운영", "제1절 개관", "제2조의2(개관)")
    assert paragraphs[5].heading == ("제3장 벌칙", "제4조(벌칙)")
    assert items == [parcel]  # a choice of statutes is never complete


def test_no_character_of_a_statute_is_lost() -> None:
    def letters(text: str) -> str:
        return re.sub(r"\s", "", text)

    chapters = "".join(line for line in LAW.splitlines() if re.match(r"제\d+[장절] ", line))
    kept = "".join(p.text for p in source.articles(LAW))
    assert sorted(letters(kept + chapters)) == sorted(letters(LAW))


def test_a_decision_is_split_into_its_points(tmp_path: Path) -> None:
    parcel = parcels(run(tmp_path, decision()))[0]
    assert (parcel.work.key, parcel.work.kind, parcel.work.title) == (
        "case:KR-KORLEG-0",
        Kind.OTHER,
        {"ko": "원고의 청구를 기각한다."},
    )
    facts = [(p.heading, p.number, p.text) for p in parcel.paragraphs]
    assert facts == [
        (("주문",), "1", "1. 원고의 청구를 기각한다."),
        (("주문",), "2", "2. 비용은 원고가 부담한다."),
        (("이유",), "", "판단한다."),
        (("이유",), "1", "1. 책은 반납되었다."),
        (("이유",), "2", "2. 결론 기각한다."),
    ]
    assert len({p.key for p in keyed(parcel.paragraphs)}) == 5


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    items = run(
        tmp_path,
        statute(_type="poem"),
        statute(date="soon"),
        statute(text=""),
        statute(law_id=None),
        decision(language="en"),
        "[]",
        statute(novelty=1),
    )
    assert len(parcels(items)) == 1
    assert len([item for item in items if isinstance(item, Refusal)]) == 6
    assert [item.what for item in items if isinstance(item, Signal)] == ["unknown field 'novelty'"]


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path, statute(), languages=("en",)) == []


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_set() -> None:
    paths = sorted((CORPUS / "korean-law").iterdir())
    items = list(source.read(tuple(File(path, f"korean-law/{path.name}", "00") for path in paths), Context()))
    found = parcels(items)
    assert len(items) == 27
    assert len({parcel.work.key for parcel in found}) == 27
    laws = [parcel for parcel in found if parcel.work.kind is Kind.LAW]
    assert len(laws) == 12
    numbers = [p.number for parcel in laws for p in parcel.paragraphs]
    assert all(numbers)
    assert len(numbers) == 356
    assert all(len({p.key for p in keyed(parcel.paragraphs)}) == len(parcel.paragraphs) for parcel in found)
    assert not any("~" in p.key for parcel in laws for p in keyed(parcel.paragraphs))
    assert describe(Path(source.__file__).parent).languages == ("ko",)
