"""The names of labels: whole in seven languages, in any spelling, and for all that the real corpus labels often."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from smallplaces.model.language import CODES
from smallplaces.vocab.labels import label_name, labels, resolve_label
from smallplaces.vocab.load import entries

#: A label that stands on fewer paragraphs of the corpus may go unnamed.
OFTEN = 20


def test_every_entry_has_a_name_of_its_own_in_every_language() -> None:
    for entry in entries("labels.yml"):
        names = entry.names("names")
        assert set(names) == set(CODES)
        others = {lang: name for lang, name in names.items() if lang in {"ko", "ar", "ru", "zh"} and name.isascii()}
        assert set(others.values()) <= {"COVID-19", "Ne bis in idem"}, f"{entry.code} is not translated: {others}"


def test_no_two_labels_of_a_vocabulary_read_alike() -> None:
    """Two values that a reader can choose between must not look the same."""
    for lang in CODES:
        seen: dict[tuple[str, str], list[str]] = {}
        for entry in entries("labels.yml"):
            seen.setdefault((entry.text("facet", ""), entry.names("names")[lang].casefold()), []).append(entry.code)
        assert {name: codes for name, codes in seen.items() if len(codes) > 1} == {}, lang


@pytest.mark.parametrize(
    ("value", "korean"),
    [
        ("Violence against women", "여성에 대한 폭력"),
        ("VIOLENCE AGAINST WOMEN", "여성에 대한 폭력"),
        (" Participation of women in political & public life\u00a0", "여성의 정치·공적 생활 참여"),
        ("Participation of women in political and  public life", "여성의 정치·공적 생활 참여"),
        ("- Persons with disabilities", "장애인"),
        ("Women/girls", "여성과 여아"),
        ("NHRI", "국가인권기구"),
        ("admissibility - same matter ", "허용성: 동일 사안"),
    ],
)
def test_a_label_is_named_in_any_spelling(value: str, korean: str) -> None:
    assert label_name("uhri", "theme", value, "ko") == korean


def test_what_is_not_in_the_catalogue_stays_as_it_is() -> None:
    assert label_name("", "theme", "An invented theme", "ko") == "An invented theme"
    assert label_name("", "theme", "", "ko") == ""
    assert label_name("", "no such facet", "Torture", "ko") == "Torture"
    assert resolve_label("", "theme", "An invented theme") is None


def test_a_language_that_is_not_of_the_house_reads_english() -> None:
    assert label_name("", "position", "in-part", "de") == "Supported in part"


def test_the_numbers_of_one_source_are_not_anothers() -> None:
    assert label_name("upr-info", "action", "5", "ko").startswith("구체적 조치")
    assert label_name("", "action", "5", "en").startswith("Specific action")
    assert label_name("somebody else", "action", "5", "ko") == "5"


def test_a_word_means_what_its_facet_means() -> None:
    assert label_name("", "theme", "Other", "fr") == "Autres"
    assert label_name("", "outcome", "other", "fr") == "Autre issue"


def test_a_label_is_called_by_more_than_its_name() -> None:
    label = resolve_label("uhri", "theme", "violence against women")
    assert label is not None
    assert label.said("ko") == ("여성에 대한 폭력", "여성폭력")
    assert label.said("es") == ("Violencia contra la mujer",)
    assert resolve_label("uhri", "group", "Violence against women") is label
    assert labels()[label.code] is label


def _packed(path: Path) -> Iterator[dict[str, object]]:
    with zstandard.open(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _given(corpus: Path) -> Iterator[tuple[str, str, str]]:
    """(scheme, facet, value) of every label that the corpus gives."""
    with gzip.open(corpus / "uhri/export-full-en.json.gz", "rt", encoding="utf-8") as stream:
        for record in json.load(stream):
            yield from (("uhri", "theme", value) for value in record["Themes"])
            yield from (("uhri", "group", value) for value in record["AffectedPersons"])
            yield "uhri", "annotation-type", record["AnnotationType"]
    with gzip.open(corpus / "upr/upr_info_sessions_1-20.csv.gz", "rb") as packed:
        for row in csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8-sig")):
            yield from (("upr-info", "theme", issue.strip()) for issue in row["Issue"].split(",") if issue.strip())
            yield from (("upr-info", "action", action) for action in [row["Action"]] if action)
    with gzip.open(corpus / "general-comments/paragraphs.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            yield from (("lszoszk", "group", value) for value in json.loads(line)["labels"] or ())
    with gzip.open(corpus / "jurisprudence/ohchr_metadata.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            yield from (("ohchr", "issue", value) for value in json.loads(line)["Issues"])
    with (corpus / "jurisprudence/jurisprudence_documents.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            yield from (("lszoszk", "outcome", value) for value in [json.loads(line)["outcome"]] if value)
    for name in (
        "jurisprudence/jurisprudence_paragraphs.jsonl.zst",
        "special-procedures/sp_reports_paragraphs.jsonl.zst",
    ):
        for record in _packed(corpus / name):
            labels = record["labels"]
            yield from (("lszoszk", "group", value) for value in (labels if isinstance(labels, list) else ()))


@pytest.mark.corpus
def test_every_frequent_label_of_the_corpus_has_its_names(corpus: Path) -> None:
    counted = Counter(_given(corpus))
    assert len(counted) > 200
    unnamed = {label: count for label, count in counted.items() if count >= OFTEN and resolve_label(*label) is None}
    assert unnamed == {}
