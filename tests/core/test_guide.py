"""The plain guide is whole, plain, our own words, and every key it gives leads somewhere."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest
from tests.core.reading_ease import eojeol, flesch, sentences, syllables, words

from smallplaces.errors import BadInput
from smallplaces.guide import (
    ArticleGuide,
    SubjectGuide,
    article,
    articles,
    glossary,
    instruments,
    load,
    subject,
    subjects,
)
from smallplaces.model.language import CODES
from smallplaces.vocab import bodies, general_comments, procedures, resolve_general_comment, treaties
from smallplaces.vocab.general_comment import read_general_comment
from smallplaces.vocab.load import entries

#: The substantive articles of the nine core treaties: all but those on the committee, signature and entry into force.
SUBSTANTIVE = {
    "ICERD": 7,
    "ICCPR": 27,
    "ICESCR": 15,
    "CEDAW": 16,
    "CAT": 16,
    "CRC": 42,
    "ICMW": 71,
    "CRPD": 33,
    "ICPPED": 25,
}
#: Bodies that are no body of the United Nations and so not in the vocabulary.
BESIDE_THE_SYSTEM = {"NHRI"}
RUN = 8
LONGEST = {"en": 30, "ko": 25}

TREATIES = [code for code in SUBSTANTIVE if code in instruments()]
KINDS = ("body", "procedure", "kind")


def told(guide: ArticleGuide | SubjectGuide, lang: str) -> list[str]:
    """The texts of a guide that are made of sentences."""
    if isinstance(guide, ArticleGuide):
        return [guide.protects[lang], guide.asks[lang]]
    return [guide.what[lang], guide.use[lang], guide.read[lang]]


def everything() -> Iterator[tuple[str, ArticleGuide | SubjectGuide]]:
    for code in instruments():
        for guide in articles(code).values():
            yield f"{code}/{guide.number}", guide
    for kind in KINDS:
        for guide_ in subjects(kind).values():
            yield f"{kind}:{guide_.code}", guide_


def test_every_substantive_article_of_the_core_treaties_is_there() -> None:
    assert set(instruments()) <= set(SUBSTANTIVE)
    missing = {
        code: [number for number in map(str, range(1, last + 1)) if not article(code, number)]
        for code, last in SUBSTANTIVE.items()
    }
    assert {code: numbers for code, numbers in missing.items() if numbers} == {}


@pytest.mark.parametrize("code", TREATIES)
def test_articles_stand_in_the_order_of_the_treaty(code: str) -> None:
    numbers = list(articles(code))
    assert numbers == [str(number) for number in range(1, SUBSTANTIVE[code] + 1)]
    assert SUBSTANTIVE[code] <= (treaties()[code].articles or 0)


def test_every_body_procedure_and_kind_is_there() -> None:
    assert {code for code, body in bodies().items() if body.kind == "treaty-body"} <= set(subjects("body"))
    assert set(subjects("body")) - BESIDE_THE_SYSTEM <= set(bodies())
    assert set(procedures()) <= set(subjects("procedure"))
    kinds = {entry.code for entry in entries("kinds.yml")}
    assert set(subjects("kind")) == kinds


def test_what_is_not_explained_is_none() -> None:
    assert article("ICESCR", "99") is None
    assert article("UN-CHARTER", "1") is None
    assert article("../kinds", "1") is None
    assert subject("body", "NOBODY") is None


def known(key: str) -> bool:
    """Whether a key of ``more`` leads to something that the vocabulary or the guide knows."""
    prefix, _, rest = key.partition(":")
    head, _, number = rest.partition("/")
    if prefix == "treaty":
        treaty = treaties().get(head)
        return bool(treaty and number.isdecimal() and 1 <= int(number) <= (treaty.articles or 0))
    if prefix == "gc":
        comment = resolve_general_comment(head, number)
        return bool(comment and not comment.own_symbol and comment.body == head)
    if prefix in KINDS:
        return rest in subjects(prefix)
    by_symbol = read_general_comment(key)
    return bool(by_symbol and by_symbol.own_symbol and key in (by_symbol.symbol, *by_symbol.symbols))


def test_what_to_read_more_is_known() -> None:
    lost = [f"{name} -> {key}" for name, guide in everything() for key in guide.more if not known(key)]
    assert lost == []
    itself = [name for name, guide in everything() if f"treaty:{name}" in guide.more or name in guide.more]
    assert itself == []


def test_no_general_comment_is_given_that_another_has_replaced() -> None:
    replaced = {
        name
        for comment in general_comments().values()
        if comment.replaced_by
        for name in (f"gc:{comment.body}/{comment.number}", *([comment.symbol] if comment.own_symbol else []))
    }
    assert [name for name, guide in everything() if replaced & set(guide.more)] == []


def test_no_sentence_is_long() -> None:
    long = [
        f"{name} ({length}): {sentence}"
        for name, guide in everything()
        for lang, limit in LONGEST.items()
        for text in told(guide, lang)
        for sentence in sentences(text)
        if (length := len(words(sentence)) if lang == "en" else eojeol(sentence)) > limit
    ]
    assert long == []


@pytest.mark.parametrize("part", [*TREATIES, *KINDS, "glossary"])
def test_it_is_plain(part: str) -> None:
    """English at the level of a good newspaper or easier; Korean in short sentences."""
    if part == "glossary":
        texts = {lang: [term.definition[lang] for term in glossary().values()] for lang in LONGEST}
    else:
        guides = [guide for name, guide in everything() if re.match(rf"{part}\b[/:]", name)]
        texts = {lang: [text for guide in guides for text in told(guide, lang)] for lang in LONGEST}
    assert flesch(texts["en"]) >= 50
    assert mean(eojeol(sentence) for text in texts["ko"] for sentence in sentences(text)) <= 15


def test_no_article_stands_out_as_hard() -> None:
    hard = {name: round(ease) for name, guide in everything() if (ease := flesch(told(guide, "en"))) < 30}
    assert hard == {}


def test_korean_is_in_one_polite_style() -> None:
    texts = [(name, text) for name, guide in everything() for text in told(guide, "ko")]
    texts += [(code, term.definition["ko"]) for code, term in glossary().items()]
    other = [f"{name}: {s}" for name, text in texts for s in sentences(text) if not re.search(r"니다[.)”’]*$", s)]
    assert other == []


def test_texts_are_sentences_and_titles_and_people_are_phrases() -> None:
    texts = [(name, text) for name, guide in everything() for lang in LONGEST for text in told(guide, lang)]
    assert [f"{name}: {text}" for name, text in texts if not re.search(r"[.?][)”’]*$", text)] == []
    phrases = [
        (name, phrase)
        for name, guide in everything()
        if isinstance(guide, ArticleGuide)
        for lang in LONGEST
        for phrase in (guide.title[lang], guide.whom[lang])
    ]
    assert [f"{name}: {phrase}" for name, phrase in phrases if phrase.endswith((".", "니다"))] == []


def test_each_language_is_written_in_its_own_letters() -> None:
    for name, guide in everything():
        assert not re.search("[가-힣]", " ".join(told(guide, "en"))), name
        assert all(re.search("[가-힣]", text) for text in told(guide, "ko")), name


def test_no_two_articles_ask_the_same() -> None:
    """Examples vary: no sentence stands twice in the guide."""
    seen: dict[str, str] = {}
    twice = []
    for name, guide in everything():
        for lang in LONGEST:
            for sentence in (s for text in told(guide, lang) for s in sentences(text)):
                if sentence in seen:
                    twice.append(f"{seen[sentence]} = {name}: {sentence}")
                seen[sentence] = name
    assert twice == []


def test_a_city_is_never_said_to_be_bound() -> None:
    """The treaty binds the State; the guide tells what that means for a city's services."""
    bound = [
        f"{name}: {sentence}"
        for name, guide in everything()
        for text in told(guide, "en")
        for sentence in sentences(text)
        if re.search(
            r"\b(?:city|cities|district|municipalit\w+|local governments?|councils?) must\b", sentence, re.IGNORECASE
        )
    ]
    assert bound == []


def runs(text: str) -> set[tuple[str, ...]]:
    plain = re.findall(r"\w+", text.lower())
    return {tuple(plain[start : start + RUN]) for start in range(len(plain) - RUN + 1)}


def without_names(text: str) -> str:
    """The text without the names of committees, which can only be said in the official words."""
    for body in bodies().values():
        text = text.replace(body.names["en"], body.code)
    return text


def official_texts(corpus: Path) -> Iterator[tuple[str, str]]:
    """What the United Nations has written in English, by article or paragraph: (treaty or "", text)."""
    with (corpus / "treaties" / "articles.jsonl").open(encoding="utf-8") as lines:
        for read in map(json.loads, lines):
            if read["lang"] == "en":
                yield read["treaty"], read["text"]
    with gzip.open(corpus / "general-comments" / "paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for read in map(json.loads, lines):
            yield "", read["text"]


@pytest.mark.corpus
def test_no_run_of_words_is_the_official_text(corpus: Path) -> None:
    texts = [(name, without_names(text)) for name, guide in everything() for text in told(guide, "en")]
    texts += [(code, term.definition["en"]) for code, term in glossary().items()]
    ours = {run: name for name, text in texts for run in runs(text)}
    copied, treaties_read = [], set()
    for treaty, text in official_texts(corpus):
        treaties_read.add(treaty)
        copied += [f"{ours[run]}: {' '.join(run)}" for run in runs(text) & ours.keys()]
    assert {"ICCPR", "ICESCR", "ICERD", "CEDAW", "CRC", "CRPD", "CPED"} <= treaties_read
    assert copied == []


def test_the_glossary_has_its_terms_in_all_languages() -> None:
    assert len(glossary()) >= 150
    for code, term in glossary().items():
        assert set(term.name) == set(CODES), code
        assert all(len(sentences(term.definition[lang])) <= 2 for lang in CODES), code
    for lang in CODES:
        names = [term.name[lang].casefold() for term in glossary().values()]
        assert sorted({name for name in names if names.count(name) > 1}) == [], lang


@pytest.mark.parametrize(("lang", "letters"), [("ko", "가-힣"), ("ar", "ء-ي"), ("ru", "а-яё"), ("zh", "一-鿿")])
def test_the_glossary_is_written_in_the_letters_of_the_language(lang: str, letters: str) -> None:
    for code, term in glossary().items():
        assert re.search(f"[{letters}]", term.name[lang]), code
        assert len(re.findall(f"[{letters}]", term.definition[lang])) >= 5, code


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_the_glossary_is_translated(lang: str) -> None:
    same = [code for code, term in glossary().items() if term.definition[lang] in (term.definition["en"], "")]
    assert same == []


def test_no_form_of_a_term_means_another_too() -> None:
    for lang in CODES:
        seen: dict[str, str] = {}
        for code, term in glossary().items():
            for form in (term.name[lang], *term.forms.get(lang, ())):
                assert seen.setdefault(form.casefold(), code) == code, (
                    f"{lang}: {form} is {code} and {seen[form.casefold()]}"
                )


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("home", 1), ("homes", 1), ("houses", 2), ("asked", 1), ("wanted", 2), ("table", 2), ("city", 2), ("people", 2),
        ("library", 3), ("discrimination", 5), ("social", 2), ("violence", 3), ("services", 3), ("state", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_measure_tells_plain_from_hard() -> None:
    assert flesch(["The cat sat on the mat. It was warm."]) > 100
    assert flesch(["Multilateral institutional accountability necessitates interdepartmental coordination."]) < 0


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("  - article: 1\n", "'article' must be a trimmed text"),
        ('  - article: "1"\n    title: {en: A}\n', "'title' has no ko"),
        ('  - article: "1"\n    title: {en: A, ko: B, xx: C}\n', "texts by language"),
        ('  - article: "1"\n    article: "2"\n', "given twice"),
        (
            '  - {article: "1", title: &t {en: A, ko: B}, protects: *t, asks: *t, whom: *t, colour: red}\n',
            "unknown field",
        ),
        ('  - {article: "1", title: &t {en: A, ko: B}, protects: *t, asks: *t, whom: *t, more: [x, x]}\n', "twice"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, fault: str
) -> None:
    (tmp_path / "exampland.yml").write_text(f"instrument: EXAMPLAND\narticles:\n{entry}", encoding="utf-8")
    monkeypatch.setattr(load, "DATA", tmp_path)
    load.instruments.cache_clear()
    try:
        with pytest.raises(BadInput, match=fault) as caught:
            articles("EXAMPLAND")
        assert "exampland.yml" in str(caught.value)
    finally:
        load.instruments.cache_clear()
        load._articles.cache_clear()
