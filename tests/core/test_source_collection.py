"""Collections: an institution's own files. All data here is invented ("보기" means example)."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallplaces.model.document import EditionStatus, Kind, Parcel
from smallplaces.sources import registry
from smallplaces.sources.base import Context, File, Item, Refusal, Signal, ToParse
from smallplaces.sources.collection.mapping import FIELDS, KNOWN

MAPPING = """
id: bogi
title: 보기 번역 모음
publisher: 보기 인권위원회
licence: 공공누리 1유형
lang: ko
kind: general-comment
status: institution-translation
columns: {symbol: 문서, number: 문단, text: 번역문}
labels: [{column: 주제, facet: theme, separator: ";", scheme: bogi-topics}]
ignore: [비고]
"""
HEADER = "문서,문단,번역문,주제,비고\n"


def read(folder: Path, **options: object) -> list[Item]:
    matches = registry.match(folder)
    assert [source.description.name for source, _ in matches] == ["collection"]
    files = tuple(File(path, name, "0" * 64) for path, name in matches[0][1])
    return list(matches[0][0].read(files, Context(options=options)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "collection.yml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def only(items: list[Item], kind: type) -> list:
    return [item for item in items if isinstance(item, kind)]


def test_rows_of_one_document_become_one_whole_edition(folder: Path) -> None:
    rows = "CRPD/C/GC/5,1,첫 문단,주거; 이동,메모\nCRPD/C/GC/5,2.,둘째 문단,,\n"
    (folder / "번역.csv").write_text(HEADER + rows, encoding="utf-8")
    items = read(folder)
    (parcel,) = only(items, Parcel)
    assert items == [parcel]
    assert parcel.whole
    assert parcel.work.key == "CRPD/C/GC/5"
    assert parcel.work.kind is Kind.GENERAL_COMMENT
    assert (parcel.edition.lang, parcel.edition.status, parcel.edition.by) == (
        "ko",
        EditionStatus.INSTITUTION_TRANSLATION,
        "보기 인권위원회",
    )
    assert [(p.number, p.text) for p in parcel.paragraphs] == [("1", "첫 문단"), ("2", "둘째 문단")]
    assert [(x.facet, x.scheme, x.value) for x in parcel.paragraphs[0].labels] == [
        ("theme", "bogi-topics", "주거"),
        ("theme", "bogi-topics", "이동"),
    ]


def test_numbers_that_the_original_does_not_have_are_loaded_and_told_with_their_line(folder: Path) -> None:
    rows = "CRPD/C/GC/5,1,하나,,\nCRPD/C/GC/5,22,이십이,,\nCRPD/C/GC/5,3,셋,,\nCRPD/C/GC/5,33,삼십삼,,\n"
    (folder / "a.csv").write_text(HEADER + rows, encoding="utf-8")
    items = read(folder, original_numbers={"CRPD/C/GC/5": ["1", "2", "3"]}.get)
    (parcel,) = only(items, Parcel)
    assert len(parcel.paragraphs) == 4
    assert [(s.where, s.what) for s in only(items, Signal)] == [
        ("a.csv:3", "paragraph 22 is not in the original of CRPD/C/GC/5"),
        ("a.csv:5", "paragraph 33 is not in the original of CRPD/C/GC/5"),
        ("a.csv:5", "paragraphs of the original of CRPD/C/GC/5 that are not here: 2"),
    ]


def test_without_the_original_repeats_and_gaps_are_told(folder: Path) -> None:
    rows = "".join(f"CRPD/C/GC/5,{n},문단 {n},,\n" for n in (1, 2, 2, 4, 5))
    (folder / "a.csv").write_text(HEADER + rows, encoding="utf-8")
    told = [(s.where, s.what) for s in only(read(folder), Signal)]
    assert told == [
        ("a.csv:4", "paragraph 2 of CRPD/C/GC/5 is here twice, first at a.csv:3"),
        ("a.csv:6", "numbers of CRPD/C/GC/5 that are left out: 3"),
    ]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("CRPD/C/GC/5,1,,,", "column '번역문' (text): it is empty"),
        ("CRPD/C/GC/5,하나,본문,,", "column '문단' (number): not a paragraph number such as 15 or 137.197: '하나'"),
        ("장애인권리협약,1,본문,,", "column '문서' (symbol): not a UN document symbol: '장애인권리협약'"),
        (",1,본문,,", "nothing names the document: it needs a symbol, a key or a work_title"),
        ("CRPD/C/GC/5,1,본문", "has 3 cells where the header has 5"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_column_and_the_others_are_read(
    folder: Path, row: str, complaint: str
) -> None:
    (folder / "a.csv").write_text(f"{HEADER}CRPD/C/GC/5,7,좋은 문단,,\n{row}\n", encoding="utf-8")
    items = read(folder)
    (refusal,) = only(items, Refusal)
    assert (refusal.where, refusal.reason) == ("a.csv:3", complaint)
    (parcel,) = only(items, Parcel)
    assert [p.number for p in parcel.paragraphs] == ["7"]
    assert not parcel.whole  # what was refused is not withdrawn from the store


def test_korean_windows_files_are_read_and_said_to_be_so(folder: Path) -> None:
    (folder / "a.csv").write_bytes((HEADER + "CRPD/C/GC/5,1,장애인의 자립생활,,\n").encode("cp949"))
    items = read(folder)
    assert only(items, Parcel)[0].paragraphs[0].text == "장애인의 자립생활"
    (signal,) = only(items, Signal)
    assert "CP949" in signal.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read_with_or_without_a_mark(folder: Path, encoding: str) -> None:
    (folder / "a.csv").write_bytes((HEADER + "CRPD/C/GC/5,1,본문,,\n").encode(encoding))
    items = read(folder)
    assert [p.text for p in only(items, Parcel)[0].paragraphs] == ["본문"]
    assert len(items) == 1


def test_a_column_that_is_not_there_is_named_with_those_that_are(folder: Path) -> None:
    (folder / "a.csv").write_text("문서,문단,본문,주제,비고\nCRPD/C/GC/5,1,a,,\n", encoding="utf-8")
    (refusal,) = read(folder)
    assert isinstance(refusal, Refusal)
    assert refusal.where == "a.csv:1"
    assert refusal.reason == "has no column '번역문' (for text); it has '문서', '문단', '본문', '주제', '비고'"


def test_a_column_nobody_speaks_of_is_signalled(folder: Path) -> None:
    (folder / "a.csv").write_text(HEADER.strip() + ",새열\nCRPD/C/GC/5,1,본문,,,값\n", encoding="utf-8")
    assert [s.what for s in only(read(folder), Signal)] == ["unknown field '새열'"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("colour: blue", "the mapping does not know colour"),
        ("kind: poem", "kind cannot be 'poem'; it is one of"),
        ("lang: Korean", "lang must be a code such as ko or en, not 'Korean'"),
        ("columns: {texte: 번역문}", "the mapping does not know the field texte"),
        ("labels: [{column: 주제}]", "each of labels needs column and facet"),
        ("id: 보기", "id must be a short name of Latin letters"),
        ("title: ", "the mapping lacks title"),
        ("title: [", "is not YAML"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_field(folder: Path, change: str, complaint: str) -> None:
    name = change.partition(":")[0]
    kept = [line for line in MAPPING.splitlines() if not line.startswith(f"{name}:")]
    (folder / "collection.yml").write_text("\n".join([*kept, change]), encoding="utf-8")
    (folder / "a.csv").write_text(HEADER, encoding="utf-8")
    (refusal,) = read(folder)
    assert isinstance(refusal, Refusal)
    assert refusal.where.startswith("collection.yml")
    assert complaint in refusal.reason


def test_rows_can_speak_of_files_that_are_text_or_are_parsed_later(tmp_path: Path) -> None:
    folder = tmp_path / "bogi-laws"
    (folder / "texts").mkdir(parents=True)
    (folder / "collection.yml").write_text(
        "id: bogi-laws\ntitle: 조례\npublisher: 보기시\nlicence: 공공\nlang: ko\nkind: law\nstatus: official\n"
        "columns: {key: 번호, work_title: 제목, file: 파일, adopted: 제정일, state: 나라}\n",
        encoding="utf-8",
    )
    (folder / "list.csv").write_text(
        "번호,제목,파일,제정일,나라\n12,인권 기본 조례,texts/a.txt,2022. 9. 9.,대한민국\n"
        "13,주거 조례,texts/b.pdf,2023년 1월 2일,KOR\n14,없는 조례,texts/c.txt,,KOR\n",
        encoding="utf-8",
    )
    (folder / "texts" / "a.txt").write_text(
        "1. 첫 조문은\n둘째 줄로 이어진다.\n\n2. 둘째 조문\n\n\n끝말", encoding="utf-8"
    )
    (folder / "texts" / "b.pdf").write_bytes(b"%PDF-1.4 invented")
    items = read(folder)
    (parcel,) = only(items, Parcel)
    assert parcel.work.key == "bogi-laws:12"
    assert parcel.work.states == ("KOR",)
    assert str(parcel.work.adopted) == "2022-09-09"
    assert [(p.number, p.text) for p in parcel.paragraphs] == [
        ("1", "첫 조문은 둘째 줄로 이어진다."),
        ("2", "둘째 조문"),
        ("", "끝말"),
    ]
    (document,) = only(items, ToParse)
    assert (document.work.key, document.file.name) == ("bogi-laws:13", "texts/b.pdf")
    (refusal,) = only(items, Refusal)
    assert refusal.where == "list.csv:4"
    assert "'texts/c.txt' is not in the folder" in refusal.reason


def test_a_file_without_its_mapping_says_what_to_give(folder: Path) -> None:
    path = folder / "a.csv"
    path.write_text(HEADER, encoding="utf-8")
    ((source, files),) = registry.match(path)
    (refusal,) = source.read(tuple(File(p, name, "") for p, name in files), Context())
    assert isinstance(refusal, Refusal)
    assert "import the whole folder" in refusal.reason


def test_the_guide_tells_every_field_and_choice_and_its_example_loads(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2].joinpath("docs/guide/collection.md").read_text(encoding="utf-8")
    for name in (*FIELDS, *KNOWN, *Kind, *EditionStatus):
        assert f"`{name}`" in guide, name
    mapping, rows = (guide.split(f"```{kind}\n", 1)[1].split("```", 1)[0] for kind in ("yaml", "csv"))
    (tmp_path / "collection.yml").write_text(mapping, encoding="utf-8")
    (tmp_path / "번역.csv").write_text(rows, encoding="utf-8")
    (parcel,) = read(tmp_path)
    assert isinstance(parcel, Parcel)
    assert [(p.number, p.heading) for p in parcel.paragraphs] == [("1", ("들어가는 말",)), ("2", ("들어가는 말",))]
