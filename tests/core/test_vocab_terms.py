from __future__ import annotations

from pathlib import Path

import pytest

from smallplaces.errors import BadInput
from smallplaces.model.language import CODES
from smallplaces.text.analysis import analyser
from smallplaces.text.language import script_of
from smallplaces.vocab import terms as base
from smallplaces.vocab.load import records
from smallplaces.vocab.terms import find_terms, terms

SCRIPTS = {"ko": "hangul", "ar": "arabic", "ru": "cyrillic", "zh": "han"}


def test_every_concept_has_a_term_in_every_language_in_its_own_script() -> None:
    wrong = [
        (term.code, lang, form)
        for term in terms().values()
        for lang in CODES
        for form in term.forms[lang]
        if script_of(form) != SCRIPTS.get(lang, "latin")
    ]
    assert not wrong
    assert len(terms()) >= 400


def test_a_comma_inside_a_term_has_not_cut_it() -> None:
    """YAML cuts an unquoted list at every comma: [economic, social and cultural rights] is two terms."""
    loose = ("and ", "or ", "et ", "ou ", "y ", "o ", "и ", "или ", "а ", "및 ", "또는 ", "و ", "أو ", "和", "或", "及")
    cut = [
        (term.code, form)
        for term in terms().values()
        for lang in CODES
        for form in term.asks(lang)
        if form.startswith(loose) and not form.startswith(("和平", "及时", "或引渡"))
    ]
    assert not cut


def test_every_concept_says_in_a_sentence_what_it_is() -> None:
    assert [term.code for term in terms().values() if not term.scope.endswith(".") or len(term.scope) < 20] == []


def test_a_term_names_one_concept_in_its_language() -> None:
    """A word of two concepts would add the terms of both to every search: it belongs to one, or to neither."""
    shared = {
        (lang, form): [found.code for found in find_terms(form, lang)]
        for term in terms().values()
        for lang in CODES
        for form in term.asks(lang)
        if len(find_terms(form, lang)) > 1
    }
    assert not shared


def test_no_form_stands_twice_in_a_concept() -> None:
    for term in terms().values():
        for lang in CODES:
            asks = [*term.forms[lang], *term.abbreviations.get(lang, ()), *term.asked.get(lang, ())]
            assert len(asks) == len(set(asks)), (term.code, lang)


def test_a_concept_differs_from_concepts_and_words_with_a_reason() -> None:
    for term in terms().values():
        assert all(reason.endswith(".") for reason in term.differs.values()), term.code
        assert term.code not in term.differs
        assert term.broader not in {term.code, *term.differs}


def test_broader_concepts_never_run_in_a_circle() -> None:
    for term in terms().values():
        seen = {term.code}
        while term.broader:
            term = terms()[term.broader]  # noqa: PLW2901 (climbs)
            assert term.code not in seen
            seen.add(term.code)


def test_terms_are_found_however_they_are_spelt() -> None:
    assert [term.code for term in find_terms("  ENFORCED  Disappearance", "en")] == ["enforced-disappearance"]
    assert [term.code for term in find_terms("강제 실종", "ko")] == ["enforced-disappearance"]
    assert [term.code for term in find_terms("desaparicion forzada", "es")] == ["enforced-disappearance"]
    assert find_terms("강제실종", "en") == ()


def test_the_preferred_term_is_the_first() -> None:
    term = terms()["conscientious-objection"]
    assert term.name("ko") == "양심적 병역거부"
    assert term.name("de") == term.name("en") == "conscientious objection to military service"


def test_prefixes_that_turn_a_word_stay_apart() -> None:
    """미등록 is not 등록: no Korean form may be read as the word without its prefix."""
    for term in terms().values():
        for form in term.forms["ko"]:
            for prefix, word in (("미등록", "등록"), ("비정규직", "정규직"), ("불처벌", "처벌")):
                if form.startswith(prefix):
                    assert word not in analyser("ko").analyse(form).main, form


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: a, scope: x, en: [a]}", "no term in ko"),
        (
            "- {id: a, scope: x, en: [a], ko: [a], fr: [a], es: [a], ar: [a], ru: [a], zh: [a], it: [a]}",
            "unknown field",
        ),
        ("- {scope: x}", "record with an id"),
        ("a: b", "list of records"),
    ],
)
def test_a_bad_record_is_refused_by_name(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "topic.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(base, "_FOLDER", tmp_path)
    with pytest.raises(BadInput, match=message):
        base.terms.__wrapped__()


def test_records_come_in_the_order_of_their_file(tmp_path: Path) -> None:
    (tmp_path / "topic.yml").write_text("- {id: b, x: y}\n- {id: a}\n", encoding="utf-8")
    assert [entry.code for entry in records("topic.yml", tmp_path)] == ["b", "a"]
