from __future__ import annotations

import subprocess
import sys

import pytest

from smallplaces.text.analysis import GAP, analyser
from smallplaces.text.analysis.arabic import stem
from smallplaces.text.language import GROUPS, detect, group_of, groups_for, script_of
from smallplaces.text.normalise import folded, folded_in_place, words


def terms(group: str, text: str) -> set[str]:
    analysis = analyser(group).analyse(text)
    return {*analysis.main, *analysis.extra} - {GAP}


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("비정규직", ["정규직"]),
        ("미등록", ["등록"]),
        ("불처벌", ["처벌"]),
        ("비급여", ["급여"]),
        ("탈시설", ["시설"]),
        ("무국적자", ["국적"]),
    ],
)
@pytest.mark.parametrize("ending", ["", "을", "의", "에 대한"])
def test_korean_prefixes_stay_with_their_word(word: str, others: list[str], ending: str) -> None:
    found = terms("ko", word + ending)
    assert word in found
    assert not found & set(others)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("주거권을", {"주거권", "주거"}),
        ("탈시설화를", {"탈시설화", "탈시설"}),
        ("미등록자", {"미등록자", "미등록"}),
        ("재등록", {"재등록", "등록"}),
        ("국가인권위원회는", {"국가", "인권", "위원회"}),
        ("사람들에게", {"사람"}),
        ("도왔다", {"돕다"}),
        ("CEDAW 협약 제15조", {"cedaw", "협약", "15"}),
    ],
)
def test_korean_compounds_open_and_particles_fall(text: str, expected: set[str]) -> None:
    assert expected <= terms("ko", text)


def test_korean_words_are_read_alone_as_in_a_sentence() -> None:
    assert analyser("ko").read("이주").places == (("이주",),)
    assert analyser("ko").read("이주노동자").places == (("이주",), ("노동자",))


def test_korean_offsets_point_at_the_text() -> None:
    text = "미등록 이주노동자의 주거권을 보장한다"
    tokens = {token.term: text[token.start : token.end] for token in analyser("ko").tokens(text)}
    assert tokens["주거권"] == "주거권"
    assert tokens["주거"] == "주거"
    assert tokens["미등록"] == "미등록"


def test_kiwi_does_not_load_before_korean_text() -> None:
    code = (
        "import sys, smallplaces.search.engine\n"
        "from smallplaces.text.analysis import analyser\n"
        "analyser('ko').read('housing'); analyser('ko').analyse('CEDAW 15')\n"
        "sys.exit('kiwipiepy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("word", ["الحرية", "حرية", "والحرية", "بالحرية", "للحرية", "حُرِّيَّة"])
def test_arabic_conjunction_and_article_fall(word: str) -> None:
    assert stem(word) == stem("حرية")


def test_arabic_spellings_of_one_letter_are_one() -> None:
    assert terms("ar", "أمن") == terms("ar", "امن")


@pytest.mark.parametrize(
    ("group", "typed", "written"),
    [
        ("es", "educacion", "educación"),
        ("es", "ninos", "niños"),
        ("es", "politica", "políticas"),
        ("fr", "egalite", "égalité"),
        ("fr", "libertes", "liberté"),
        ("fr", "egalite", "l’égalité"),
        ("en", "cafe", "café"),
        ("en", "women", "women’s"),
        ("en", "disability", "disabilities"),
        ("ru", "ребенок", "ребёнок"),
        ("ru", "права", "правам"),
        ("zh", "人權", "人权"),
        ("zh", "殘疾人權利公約", "残疾人权利公约"),
        ("other", "voor", "vóór"),
    ],
)
def test_what_is_typed_finds_what_is_written(group: str, typed: str, written: str) -> None:
    found = terms(group, written)
    assert all(set(place) & found for place in analyser(group).read(typed).places)


def test_chinese_words_are_found_by_their_parts() -> None:
    assert {"残疾人", "残疾", "保障", "人权", "保障人权"} <= terms("zh", "残疾人保障人权")


def test_scripts_without_spaces_are_read_in_pairs() -> None:
    assert analyser("other").analyse("日本国").main == ["日本", "本国"]
    assert analyser("en").analyse("Kyoto 京都市").main == ["kyoto", "京都", "都市"]


@pytest.mark.parametrize(
    ("group", "text", "wanted", "expected"),
    [
        ("en", "Persons with disabilities; the disabled, a disco.", {"disabl"}, ["disabilities", "disabled"]),
        ("en", "“Women’s” women’s W.", {"women"}, ["Women’s", "women’s"]),
        ("fr", "L’ÉGALITÉ de l’égalité", {"egal"}, ["L’ÉGALITÉ", "l’égalité"]),
        ("es", "Educación y EDUCACIONES", {"educ"}, ["Educación", "EDUCACIONES"]),
        ("ru", "Права и правах", {"прав"}, ["Права", "правах"]),
        ("ar", "في الحرية والحرية", {"حر"}, ["الحرية", "والحرية"]),
        ("zh", "保障人权", {"人权"}, ["人权"]),
        ("other", "İstanbul ve hakları", {"haklari"}, ["hakları"]),
    ],
)
def test_spans_are_where_the_terms_stand(group: str, text: str, wanted: set[str], expected: list[str]) -> None:
    assert [text[start:end] for start, end in analyser(group).spans(text, wanted)] == expected


@pytest.mark.parametrize(
    ("lang", "group"),
    [("en-GB", "en"), ("kor", "ko"), ("zh-Hant", "zh"), ("nl", "other"), ("", "other"), ("other", "other")],
)
def test_group_of_a_language(lang: str, group: str) -> None:
    assert group_of(lang) == group


def test_latin_words_may_stand_in_texts_of_every_language() -> None:
    assert groups_for("CEDAW") == GROUPS
    assert groups_for("주거") == ("ko", "other")
    assert [script_of(word) for word in ("права", "حق", "人权", "ひと", "สิทธิ", "15")] == [
        "cyrillic",
        "arabic",
        "han",
        "kana",
        "unspaced",
        "none",
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "모든 사람은 주거에 대한 권리를 가진다"),
        ("es", "Toda persona tiene derecho a un nivel de vida adecuado"),
        ("ar", "لكل شخص الحق في مستوى معيشة يكفي لضمان الصحة"),
        ("ja", "すべて人は、衣食住について権利を有する"),
        ("und", "12/34"),
    ],
)
def test_language_is_detected(lang: str, text: str) -> None:
    assert detect(text) == lang


def test_folding_keeps_what_is_a_letter() -> None:
    assert folded("Мой ЁЛКА") == "мой елка"
    assert folded("Œuvre ŁÓDŹ ＡＢ") == "oeuvre lodz ab"


@pytest.mark.parametrize("text", ["İstanbul ß ŒUVRE", "L’Égalité", "ΆΛΦΑ", "한국어", "ﬁn"])
def test_folding_in_place_moves_nothing(text: str) -> None:
    assert len(folded_in_place(text)) == len(text)


def test_words_keep_marks_and_inner_apostrophes() -> None:
    assert words("women’s 'quoted' हिन्दी non-refoulement") == ["women’s", "quoted", "हिन्दी", "non", "refoulement"]
