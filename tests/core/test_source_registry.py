"""The registry, the descriptions and the tools that all sources share, on invented folders."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import zstandard

from smallplaces.errors import BadFile, BadRecord, NotFound
from smallplaces.sources import registry
from smallplaces.sources.base import Description, Expect, File, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.reading import detect_encoding, json_lines, open_bytes, table, until_damage
from smallplaces.sources.strict import Record, Tally

DESCRIPTION = """
title: Invented source
publisher: Exampland
address: https://example.org
licence: CC0
languages: [en]
finds: ["x/*.csv"]
"""


def described(folder: Path, text: str) -> Description:
    (folder / "source.yml").write_text(text, encoding="utf-8")
    return describe(folder)


def given(folder: Path, name: str, content: bytes) -> File:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return File(path, name, "0" * 64)


# -- the registry -----------------------------------------------------------------------------------------------------


def test_every_source_describes_itself_and_says_what_to_expect() -> None:
    for source in registry.all():
        description = source.description
        assert description.name == source.folder.name
        assert description.finds
        assert all(bounds.minimum is not None for bounds in description.expect.values())
    ranks = [source.description.rank for source in registry.all()]
    assert ranks == sorted(ranks, reverse=True)


def test_an_unknown_source_is_answered_with_the_known_ones() -> None:
    assert registry.get("uhri").description.name == "uhri"
    with pytest.raises(NotFound, match=r"no source is called 'uhry'; there are .*uhri"):
        registry.get("uhry")


@pytest.mark.parametrize(
    ("made", "given_path", "names"),
    [
        ("all/uhri/export-full-en.json.gz", "all", ["uhri/export-full-en.json.gz"]),
        ("all/uhri/export-full-en.json.gz", "all/uhri", ["export-full-en.json.gz"]),
        ("all/uhri/export-full-en.json.gz", "all/uhri/export-full-en.json.gz", ["export-full-en.json.gz"]),
        ("downloads/export-full-es.json", "downloads/export-full-es.json", ["export-full-es.json"]),
        ("downloads/deep/export-full-es.json", "downloads", ["deep/export-full-es.json"]),
        ("downloads/search.xlsx", "downloads", []),
    ],
)
def test_a_source_finds_its_files_from_above_from_inside_and_alone(
    tmp_path: Path, made: str, given_path: str, names: list[str]
) -> None:
    given(tmp_path, made, b"[]")
    matches = {source.description.name: files for source, files in registry.match(tmp_path / given_path)}
    assert [name for _, name in matches.get("uhri", [])] == names
    if not names:
        assert registry.unmatched(tmp_path / given_path) == ["search.xlsx"]


def test_a_named_source_takes_a_file_of_any_name(tmp_path: Path) -> None:
    file = given(tmp_path, "search.xlsx", b"")
    uhri = registry.get("uhri")
    assert registry.match(file.path, uhri) == [(uhri, [(file.path, "search.xlsx")])]


def test_hidden_files_belong_to_nobody(tmp_path: Path) -> None:
    given(tmp_path, ".git/uhri/a.json", b"[]")
    given(tmp_path, "uhri/.a.json", b"[]")
    assert registry.match(tmp_path) == []
    assert registry.unmatched(tmp_path) == []


def test_a_marked_folder_belongs_to_its_source_with_all_that_is_in_it(tmp_path: Path) -> None:
    given(tmp_path, "mine/collection.yml", b"")
    given(tmp_path, "mine/uhri/export-full-en.json", b"[]")
    matches = registry.match(tmp_path)
    assert [(source.description.name, [name for _, name in files]) for source, files in matches] == [
        ("collection", ["mine/collection.yml", "mine/uhri/export-full-en.json"])
    ]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such file or folder"):
        registry.match(tmp_path / "nowhere")


# -- descriptions -----------------------------------------------------------------------------------------------------


def test_a_description_is_read(tmp_path: Path) -> None:
    found = described(tmp_path, DESCRIPTION + "rank: 7\nexpect: {records: {minimum: 1, maximum: 9}}")
    assert (found.name, found.rank, found.languages) == (tmp_path.name, 7, ("en",))
    assert found.expect == {"records": Expect(1, 9)}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("colour: blue", "does not know the field colour"),
        ("rank: high", "rank must be int, not str"),
        ("rank: yes", "rank must be int, not bool"),
        ("name: other", "name must be the folder's"),
        ("expect: {records: 9}", "expect.records must hold minimum and maximum"),
        ("expect: {records: {minimum: many}}", "expect.records must hold minimum and maximum"),
        ("note: [a", "is not YAML"),
    ],
)
def test_a_wrong_description_is_refused(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(BadFile, match=complaint):
        described(tmp_path, DESCRIPTION + line)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="lacks the field address, licence"):
        described(tmp_path, "\n".join(x for x in DESCRIPTION.splitlines() if not x.startswith(("address", "licence"))))
    with pytest.raises(BadFile, match="cannot be read"):
        describe(tmp_path / "nowhere")


# -- strict records ---------------------------------------------------------------------------------------------------


def test_a_field_is_used_ignored_or_signalled() -> None:
    record = Record({"a": " x\xa0", "b": None, "c": "3", "d": 1, "e": 2}, "f:1")
    assert (record.text("a"), record.text("b", "-"), record.number("c")) == ("x", "-", 3)
    record.ignore("d")
    assert list(record.unused()) == [Signal("f:1", "unknown field 'e'")]


def test_what_is_needed_and_what_is_no_number_are_refused_by_name() -> None:
    record = Record({"a": " ", "b": "ten"}, "f:1")
    with pytest.raises(BadRecord, match="a is empty"):
        record.need("a")
    with pytest.raises(BadRecord, match="b is not a whole number: 'ten'"):
        record.number("b")
    assert record.refuse("why") == Refusal("f:1", "why", "a: ; b: ten")


def test_a_tally_tells_each_oddity_once() -> None:
    tally = Tally()
    for n in range(3):
        tally.add(f"f:{n}", "odd")
    tally.add("f:9", "rare")
    assert list(tally.signals()) == [Signal("f:0", "odd (3 times, first here)"), Signal("f:9", "rare")]
    for n in range(2000):
        tally.add("f:10", f"kind {n}")
    assert len(list(tally.signals())) < 1100


# -- reading ----------------------------------------------------------------------------------------------------------


def test_packed_and_plain_bytes_are_read(tmp_path: Path) -> None:
    for name, content in (("a", b"text"), ("b", gzip.compress(b"text")), ("c", zstandard.compress(b"text"))):
        with open_bytes(given(tmp_path, name, content)) as stream:
            assert stream.read() == b"text"


def test_rows_are_named_by_their_first_line(tmp_path: Path) -> None:
    content = 'a,b\n1,"x\ny"\n\n2\n3,z\n'.encode("utf-8-sig")
    assert list(table(given(tmp_path, "t.csv", content))) == [
        ("t.csv:2", {"a": "1", "b": "x\ny"}),
        Refusal("t.csv:5", "has 1 cells where the header has 2", "['2']"),
        ("t.csv:6", {"a": "3", "b": "z"}),
    ]


@pytest.mark.parametrize(
    ("content", "complaint"), [(b"", "has no header row"), (b"a,a\n", "more than one column called a")]
)
def test_a_table_without_a_sound_header_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    with pytest.raises(BadFile, match=complaint):
        list(table(given(tmp_path, "t.csv", content)))


def test_lines_that_are_no_objects_are_refused_by_line(tmp_path: Path) -> None:
    found = list(json_lines(given(tmp_path, "t.jsonl", b'{"a": 1}\n\n[2]\n{"a"\n{"a": 3}\n')))
    assert [item if isinstance(item, tuple) else (item.where, item.reason[:17]) for item in found] == [
        ("t.jsonl:1", {"a": 1}),
        ("t.jsonl:3", "not a JSON object"),
        ("t.jsonl:4", "not JSON: Expecti"),
        ("t.jsonl:5", {"a": 3}),
    ]


def test_damage_ends_a_file_with_a_refusal_after_what_is_good(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(b'{"n": "%032x"}\n' % (n * 2654435761 % 2**61) for n in range(5000)))
    file = given(tmp_path, "t.jsonl.gz", packed[: len(packed) // 2])
    found = list(until_damage(file, json_lines(file)))
    assert len(found) > 2000
    assert isinstance(found[-1], Refusal)
    assert found[-1].reason.startswith(("cannot be read to its end", "not JSON"))
    with pytest.raises(BadFile, match="is not utf-8 text"):
        list(table(given(tmp_path, "l.csv", "a\né\n".encode("latin-1"))))


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        ("가나다".encode(), "utf-8-sig"),
        ("가나다".encode("cp949"), "cp949"),
        ("가나다".encode("utf-16"), "utf-16"),
        (b"\xff\x00\x81", None),
    ],
)
def test_the_encoding_of_korean_text_is_found(tmp_path: Path, encoded: bytes, name: str | None) -> None:
    assert detect_encoding(given(tmp_path, "t.csv", encoded)) == name
