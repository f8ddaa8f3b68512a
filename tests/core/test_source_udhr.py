"""The Universal Declaration: versions, tags, alignment of the preamble. The versions here are invented."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smallplaces.model.document import EditionStatus, Kind, ParagraphKind, Parcel, keyed
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.udhr import source

CORPUS = Path(os.environ.get("SMALLPLACES_CORPUS") or "/nowhere")


def version(code: str, lang: str, iso: str, **changes: Any) -> dict[str, Any]:
    articles = [{"number": str(n), "title": f"Clause {n}", "paragraphs": [f"Invented text {n}."]} for n in range(1, 31)]
    base = {
        "code": code,
        "lang": lang,
        "iso639_3": iso,
        "dir": "ltr",
        "name": f"Exampish {code}",
        "title": "Invented Declaration",
        "preamble": ["Whereas this is invented,"],
        "articles": articles,
    }
    return base | changes


def run(path: Path, *lines: str | dict[str, Any], languages: tuple[str, ...] = ()) -> list[Item]:
    file = path / "udhr.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")

    return list(source.read((File(file, "udhr/udhr.jsonl", "00"),), Context(languages=languages)))


def parcels(items: list[Item]) -> list[Parcel]:
    return [item for item in items if isinstance(item, Parcel)]


def test_the_work_has_its_names_and_date(tmp_path: Path) -> None:
    items = run(tmp_path, version("eng", "en", "eng"), version("kor", "ko", "kor"))
    work = parcels(items)[0].work
    assert (work.key, work.kind, work.adopted) == ("udhr", Kind.DECLARATION, date(1948, 12, 10))
    assert {"A/RES/217(III)", "treaty:UDHR"} <= set(work.aliases)
    assert work.title == {"en": "Invented Declaration", "ko": "세계인권선언"}
    assert parcels(items)[1].work == work
    assert items[-1] == Complete()


def test_the_six_languages_are_official_and_others_are_not(tmp_path: Path) -> None:
    items = run(tmp_path, version("eng", "en", "eng"), version("kor", "ko", "kor"))
    status = {parcel.edition.lang: parcel.edition.status for parcel in parcels(items)}
    assert status == {"en": EditionStatus.OFFICIAL, "ko": EditionStatus.UNOFFICIAL_TRANSLATION}


def test_versions_that_share_a_language_get_tags_of_their_own(tmp_path: Path) -> None:
    items = run(
        tmp_path,
        version("042", "es", "spa"),
        version("spa", "es", "spa"),
        version("cmn_hans", "zh", "cmn"),
        version("cmn_hans_harbin", "zh", "cmn"),
        version("deu_1901", "de-1901", "deu"),
        version("013", "und", "und"),
        version("nya_chinyanja", "ny", "nya"),
        version("nya_chechewa", "ny", "nya"),
    )
    tags = [parcel.edition.lang for parcel in parcels(items)]
    assert tags[:5] == ["es-x-042", "es", "zh", "zh-x-cmn-hans-harbin", "de-1901"]
    assert tags[5:] == ["und-x-013", "ny-x-nya-chinyanj", "ny-x-nya-chechewa"]


def test_an_article_is_one_paragraph_without_the_doubled_lines(tmp_path: Path) -> None:
    articles = version("x", "x", "x")["articles"]
    articles[10]["paragraphs"] = ["First.", "First.", "Second.", "Second.", ""]
    parcel = parcels(run(tmp_path, version("eng", "en", "eng", articles=articles)))[0]
    article = next(p for p in keyed(parcel.paragraphs) if p.number == "11")
    assert (article.text, article.kind, article.key) == ("First.\nSecond.", ParagraphKind.ARTICLE, "art.11")
    assert article.heading == ("Clause 11",)


def test_known_preambles_are_aligned_across_languages(tmp_path: Path) -> None:
    english = [f"Recital {n}" for n in range(1, 8)] + ["Now, therefore,", "The Assembly", "Proclaims"]
    french = [f"Considérant {n}" for n in range(1, 8)] + ["L'Assemblée", "Proclame"]
    items = run(tmp_path, version("eng", "en", "eng", preamble=english), version("fra", "fr", "fra", preamble=french))
    keys = [[p.key for p in parcel.paragraphs if p.kind is ParagraphKind.PREAMBLE] for parcel in parcels(items)]
    assert keys[0] == keys[1] == [f"preamble.{n}" for n in range(1, 9)]
    assert parcels(items)[0].paragraphs[7].text == "Now, therefore,\nThe Assembly\nProclaims"


def test_missing_articles_and_unknown_fields_are_signalled(tmp_path: Path) -> None:
    odd = version("eng", "en", "eng", novelty=1)
    odd["articles"] = odd["articles"][:29]
    signals = [item.what for item in run(tmp_path, odd) if isinstance(item, Signal)]
    assert signals == ["lacks articles 30", "unknown field 'novelty'"]


def test_a_sentence_in_the_place_of_a_title_is_text(tmp_path: Path) -> None:
    articles = version("x", "x", "x")["articles"]
    articles[0]["title"] = "word " * 40
    items = run(tmp_path, version("eng", "en", "eng", articles=articles))
    first = parcels(items)[0].paragraphs[1]
    assert first.text == ("word " * 40).strip() + "\nInvented text 1."
    assert any(isinstance(item, Signal) and "article 1" in item.what for item in items)


def test_what_cannot_be_read_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    items = run(
        tmp_path,
        version("eng", "en", "eng"),
        '{"code": ',
        version("", "xx", "xxx"),
        version("emp", "emp", "emp", preamble=[], articles=[]),
        version("dup", "dup", "dup", articles=[{"number": "1", "title": None, "paragraphs": ["a"]}] * 2),
        version("kor", "ko", "kor"),
    )
    refusals = [item for item in items if isinstance(item, Refusal)]
    assert [refusal.where.rsplit(":", 1)[1] for refusal in refusals] == ["2", "3", "4", "5"]
    assert [parcel.edition.lang for parcel in parcels(items)] == ["en", "ko"]
    assert not any(isinstance(item, Complete) for item in items)


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    items = run(tmp_path, version("eng", "en", "eng"), version("kor", "ko", "kor"), languages=("ko",))
    assert [parcel.edition.lang for parcel in parcels(items)] == ["ko"]
    assert items[-1] == Complete(("ko",))


def test_it_describes_itself() -> None:
    assert describe(Path(source.__file__).parent).name == "udhr"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="SMALLPLACES_CORPUS is not set")
def test_the_real_file() -> None:
    path = CORPUS / "udhr" / "udhr_all_languages.jsonl.gz"

    items = list(source.read((File(path, "udhr/udhr_all_languages.jsonl.gz", "00"),), Context()))
    editions = {parcel.edition.lang: parcel for parcel in parcels(items)}
    assert len(parcels(items)) == len(editions) == 532
    assert not any(isinstance(item, Refusal) for item in items)
    assert items[-1] == Complete()
    for lang in ("en", "ko", "fr", "es", "ar", "ru", "zh"):
        numbers = [p.number for p in editions[lang].paragraphs if p.kind is ParagraphKind.ARTICLE]
        assert numbers == [str(number) for number in range(1, 31)]
        keys = [p.key for p in editions[lang].paragraphs if p.kind is ParagraphKind.PREAMBLE]
        assert keys == [f"preamble.{n}" for n in range(1, 9) if (lang, n) != ("ar", 4)]
    lacking = [item for item in items if isinstance(item, Signal) and "lacks articles" in item.what]
    assert len(lacking) >= 11
