"""The paragraphs that the search bench indexes: the real corpus, made longer by recombination.

Reads the files of ``SMALLPLACES_CORPUS`` as they are, without parsers or store: a bench of search
must not wait for an import.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import zstandard

from smallplaces.search.schema import Entry

LATIN_SENTENCE = re.compile(r"(?<=[.!?。؟;])\s+")
UDHR_LANGS = {"eng": "en", "kor": "ko", "fra": "fr", "spa": "es", "arb": "ar", "rus": "ru", "cmn": "zh"}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a plain, gzip or zstandard file."""
    if path.suffix == ".zst":
        with path.open("rb") as raw:
            reader = zstandard.ZstdDecompressor().stream_reader(raw)
            yield from map(json.loads, io.TextIOWrapper(reader, "utf-8"))
    elif path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as text:
            yield from map(json.loads, text)
    else:
        with path.open(encoding="utf-8") as text:
            yield from map(json.loads, text)


def entry(work: str, lang: str, number: object, text: str, **given: Any) -> Entry:
    """An entry without id; ``facets`` values that are empty are dropped."""
    facets = {name: tuple(v for v in values if v) for name, values in given.pop("facets", {}).items()}
    facets["lang"] = (lang,)
    return Entry(
        id=0,
        work=work,
        symbol=given.get("symbol", work),
        lang=lang,
        paragraph=str(number),
        number=str(number),
        title=given.get("title", ""),
        text=text,
        heading=given.get("heading", ""),
        labels=tuple(given.get("labels", ())),
        facets={name: values for name, values in facets.items() if values},
        date=given.get("date", ""),
        weight=given.get("weight", 1.0),
    )


def general_comments(root: Path) -> Iterator[Entry]:
    for row in lines(root / "general-comments/paragraphs.jsonl.gz"):
        year = str(row["adoption_year"])
        labels = tuple(row["labels"] or ())
        facets = {
            "kind": ("general-comment",),
            "body": (row["committee"],),
            "year": (year,),
            "group": labels,
            "source": ("general_comments",),
        }
        yield entry(
            row["signature"],
            "en",
            row["para_id"],
            row["text"],
            title=row["name"],
            labels=labels,
            facets=facets,
            date=year,
            weight=1.2,
        )


def jurisprudence(root: Path) -> Iterator[Entry]:
    documents = {row["doc_id"]: row for row in lines(root / "jurisprudence/jurisprudence_documents.jsonl")}
    for row in lines(root / "jurisprudence/jurisprudence_paragraphs.jsonl.zst"):
        document = documents[row["doc_id"]]
        year = str(document["year"] or "")
        state = (document["country"] or "").upper()[:3]
        labels = tuple(row["labels"] or ())
        facets = {
            "kind": ("views",),
            "body": (document["treaty_body"],),
            "year": (year,),
            "state": (state,),
            "region": (str(len(state) * 7 % 5),),
            "group": labels,
            "source": ("jurisprudence",),
        }
        yield entry(
            document["symbol_guess"] or row["doc_id"],
            "en",
            row["para_id"],
            row["text"],
            title=f"Views: {document['country']}",
            heading=row["section"] or "",
            labels=labels,
            facets=facets,
            date=year,
        )


def special_procedures(root: Path) -> Iterator[Entry]:
    documents = {row["symbol"]: row for row in lines(root / "special-procedures/sp_reports_documents.jsonl")}
    for row in lines(root / "special-procedures/sp_reports_paragraphs.jsonl.zst"):
        document = documents[row["symbol"]]
        year = str(document["year"] or "")
        labels = tuple(row["labels"] or ())
        facets = {
            "kind": ("special-procedures-report",),
            "body": (document["mandate"],),
            "year": (year,),
            "group": labels,
            "source": ("special_procedures",),
        }
        yield entry(
            row["symbol"],
            "en",
            row["para_id"],
            row["text"],
            title=document["title"] or "",
            heading=row["section"] or "",
            labels=labels,
            facets=facets,
            date=year,
        )


def _dash(values: list[str]) -> tuple[str, ...]:
    return tuple(value.lstrip("- ") for value in values)


def uhri(root: Path) -> Iterator[Entry]:
    with gzip.open(root / "uhri/export-full-en.json.gz", "rt", encoding="utf-8-sig") as text:
        rows = json.load(text)
    for row in rows:
        date = (row.get("PublicationDate") or "")[:10]
        themes, countries = tuple(row["Themes"] or ()), tuple(row["Countries"] or ())
        facets = {
            "kind": ("upr-working-group-report" if row["UprSession"] else "concluding-observations",),
            "body": _dash([row["Body"]]),
            "year": (date[:4],),
            "state": tuple(name.upper()[:3] for name in countries),
            "region": tuple(row["Regions"] or ()),
            "theme": themes,
            "group": tuple(row["AffectedPersons"] or ()),
            "sdg": tuple(row["Sdgs"] or ()),
            "position": tuple(row["UprPositions"] or ()),
            "recommending": tuple(name.upper()[:3] for name in row["UprRecommendingCountry"] or ()),
            "action": _dash([row["AnnotationType"]]),
            "source": ("uhri",),
        }
        yield entry(
            row["Symbol"] or row["DocumentId"],
            "en",
            row["AnnotationId"][:8],
            row["Text"] or "",
            title=", ".join(countries),
            labels=themes,
            facets=facets,
            date=date,
        )


def crpd(root: Path) -> Iterator[Entry]:
    for row in lines(root / "crpd/baseline_paragraphs.jsonl.zst"):
        iso3 = row["symbol"].split("/")[2] if row["symbol"].count("/") > 2 else ""
        facets = {
            "kind": ("concluding-observations" if "/CO/" in row["symbol"] else "state-report",),
            "body": ("CRPD",),
            "state": (iso3,),
            "region": (str(len(row["country"] or "") % 5),),
            "source": ("crpd",),
        }
        yield entry(
            row["symbol"],
            row["lang"],
            row["n"],
            row["text"],
            title=f"{row['kind']}: {row['country']}",
            facets=facets,
        )


def treaties(root: Path) -> Iterator[Entry]:
    for row in lines(root / "treaties/articles.jsonl"):
        facets = {"kind": ("treaty",), "body": (row["treaty"],), "source": ("treaties",)}
        yield entry(
            f"treaty:{row['treaty']}",
            row["lang"],
            row["article"],
            row["text"],
            title=row["treaty"],
            heading=row["article_title"] or "",
            facets=facets,
            weight=1.5,
        )


def udhr(root: Path) -> Iterator[Entry]:
    for row in lines(root / "udhr/udhr_all_languages.jsonl.gz"):
        lang = UDHR_LANGS.get(row["iso639_3"], row["iso639_3"])
        facets = {"kind": ("declaration",), "year": ("1948",), "source": ("udhr",)}
        for article in row["articles"]:
            number = article["number"]
            text = " ".join(article["paragraphs"])
            yield entry(
                "udhr",
                lang,
                number,
                text,
                title=row["title"] or "",
                facets=facets,
                date="1948-12-10",
                weight=2.0,
            )


def korean(root: Path) -> Iterator[Entry]:
    for row in lines(root / "korean-law/KR-LawGoKr.jsonl"):
        facets = {"kind": ("law",), "state": ("KOR",), "source": ("korean-law",)}
        for number, text in enumerate(row["text"].split("\n")):
            if text.strip():
                yield entry(row["_id"], "ko", number, text, title=row["title"], facets=facets)


def place_names(root: Path) -> list[str]:
    with (root / "places/kostat2018_municipalities.csv").open(encoding="utf-8-sig") as text:
        return [row[2] for row in csv.reader(text)][1:]


SOURCES: tuple[Callable[[Path], Iterator[Entry]], ...] = (
    udhr,
    treaties,
    general_comments,
    korean,
    special_procedures,
    crpd,
    uhri,
    jurisprudence,
)


def entries(root: Path, wanted: int) -> Iterator[Entry]:
    """``wanted`` entries with ids from 1: an even sample of the corpus, or all of it and then
    paragraphs made of the sentences of two others of the same language (facets of the first)."""
    real = [found for source in SOURCES for found in source(root) if found.text]
    dice = random.Random(20261123)  # the same data at every run
    if wanted < len(real):
        small = [found for found in real if found.facets["source"] != ("jurisprudence",)]
        kept = small if len(small) <= wanted * 0.8 else dice.sample(small, int(wanted * 0.8))
        rest = [found for found in real if found.facets["source"] == ("jurisprudence",)]
        real = kept + dice.sample(rest, wanted - len(kept))
    dice.shuffle(real)
    numbered = iter(range(1, wanted + 1))
    for found in real:
        yield replace(found, id=next(numbered))
    by_lang: dict[str, list[Entry]] = {}
    for found in real:
        by_lang.setdefault(found.lang, []).append(found)
    recombine = partial(_recombined, dice, by_lang)
    for number in numbered:
        yield replace(recombine(dice.choice(real)), id=number)


def _recombined(dice: random.Random, by_lang: dict[str, list[Entry]], first: Entry) -> Entry:
    second = dice.choice(by_lang[first.lang])
    halves = [LATIN_SENTENCE.split(found.text) for found in (first, second)]
    left, right = (half[: len(half) // 2 + 1] for half in halves)
    return replace(first, text=" ".join(left + right))
