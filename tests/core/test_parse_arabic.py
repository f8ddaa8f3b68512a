"""Arabic text layers: ligatures turned the right way, gaps, layers that lie, and the measure of what reads."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from smallplaces.parse import arabic, arabic_list, arabic_words
from smallplaces.parse.arabic import Glyph
from smallplaces.parse.arabic_reading import Reading, Shape


def glyph(text: str, x: float, width: float, parts: str = "", index: int = 0) -> Glyph:
    return Glyph(text, index, x, 0.0, x, x + width, 10.0, index, parts or text)


def test_lam_alef_is_read_lam_first_whichever_way_it_came() -> None:
    glyphs = [glyph("", 50, 5, "ال"), glyph("", 40, 5, "لا"), glyph("", 30, 5, "اًل"), glyph("", 20, 5, "ىل")]
    arabic._read_ligatures(glyphs)
    assert [each.text for each in glyphs] == ["لا", "لا", "لاً", "لى"]


def test_other_ligatures_follow_the_lam_alefs_of_their_direction() -> None:
    turned = [glyph("", 10, 5, "ال"), glyph("", 20, 5, "مل"), glyph("", 30, 5, "ج")]
    straight = [glyph("", 90, 5, "لا"), glyph("", 80, 5, "لم"), glyph("", 70, 5, "ج")]
    arabic._read_ligatures([*turned, glyph("د", 100, 5), *straight])
    assert turned[1].text == "لم"
    assert straight[1].text == "لم"


def test_a_space_without_width_makes_a_narrow_gap_count() -> None:
    letters = [glyph("ب", 90, 10), glyph("ر", 80, 8.5), glyph("د", 70, 8.5)]
    space = glyph(" ", 89, 0)
    assert arabic._visual(letters) == "برد"
    assert arabic._visual([*letters, space]) == "ب رد"


def test_a_vowel_sign_parts_no_word() -> None:
    row = [glyph("ق", 90, 10), glyph("ً", 84, 2), glyph("لا", 81, 9)]
    assert " " not in arabic._visual(row)


def test_words_of_united_nations_documents_read_and_nonsense_does_not() -> None:
    assert arabic_words.unreadable("حقوق الإنسان وحقوق الطفل (أ) والمساواة") == (0, 5)
    assert arabic_words.unreadable("حطوط ئلإنسضن غقثظ") == (3, 3)
    assert arabic_words.unreadable("ﺣﻘﻮق الإنــسان") == (0, 2)  # presentation forms, stretching


def enciphered(text: str, layer: dict[str, str]) -> Reading:
    """Words whose letters each have a shape of their own; the layer calls some of them by another's name."""
    reading = Reading()
    for word in text.split():
        shapes: tuple[Shape, ...] = tuple(
            ("font", (0.0, ord(each) / 1e4, 0.0, 1.0), layer.get(each, each)) for each in word
        )
        reading.said.update({shape: shape[2] for shape in shapes})
        reading.words[shapes] += 1
    return reading


def plain(reading: Reading) -> Counter[str]:
    return Counter("".join(reading.said[shape] for shape in word) for word in reading.words)


TEXT = (
    "حقوق الإنسان المساواة التعليم الصحة العمل الدولة الطرف اللجنة التوصيات الأشخاص الإعاقة القانون التقرير الوطنية "
    "الحماية الأطفال النساء المجتمع الخدمات الحصول المعلومات التدابير السياسات المشاركة"
)


def test_letters_that_the_layer_calls_by_other_names_are_found_by_the_words() -> None:
    lying = enciphered(TEXT, {"ق": "ط", "و": " ", "ر": "ذ"})
    assert lying.lies() > 0
    lying.solve()
    assert plain(lying) == Counter(TEXT.split())
    assert set(lying.letters.values()) == {"ق", "و", "ر"}


def test_a_layer_that_tells_the_truth_is_left_alone() -> None:
    honest = enciphered(TEXT, {})
    assert honest.lies() == 0
    honest.solve()
    assert honest.letters == {}


def test_a_sign_that_only_fills_words_is_stretching() -> None:
    stretched = " ".join(word[:2] + "$" + word[2:] for word in TEXT.split())
    reading = enciphered(f"{stretched} آذار/مارس 5$", {})
    reading.solve()
    assert plain(reading)["حقوق"] == 1
    assert "آذار/مارس" in plain(reading)
    assert set(reading.letters.values()) == {""}


def test_a_figure_that_stands_alone_too_is_a_figure() -> None:
    reading = enciphered(" ".join(word[:2] + "8" + word[2:] + f" {n}8" for n, word in enumerate(TEXT.split(), 1)), {})
    reading.solve()
    assert reading.letters == {}


def test_the_list_of_words_is_built_from_our_own_texts_and_a_list_kept_by_hand(tmp_path: Path) -> None:
    (tmp_path / "terms.yml").write_text("ar: الإعـــاقة، وُضعت ABC ﻻ", "utf-8")
    (tmp_path / "more.txt").write_text("مكان\nإعاقة", "utf-8")
    built = arabic_list.build(tmp_path, tmp_path / "more.txt")
    assert built == sorted(["الإعاقة", "وضعت", "لا", "مكان", "إعاقة"])


def test_the_list_that_is_shipped_holds_what_is_kept_by_hand_and_plain_letters_alone() -> None:
    folder = Path(arabic_list.__file__).parent / "data"
    by_hand = arabic_list.words_of([(folder / "arabic_more.txt").read_text("utf-8")])
    assert by_hand <= arabic_words.words()
    assert arabic_list.words_of(arabic_words.words()) == arabic_words.words()
