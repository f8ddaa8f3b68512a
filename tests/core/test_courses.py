"""Courses from folders: read, checked with file and line, marked, written as harmless HTML."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smallplaces.courses import (
    DATA,
    Course,
    Question,
    Reference,
    Writer,
    check,
    load,
    mark_judge,
    mark_question,
    mark_shorten,
    merged,
    passed,
    read_reference,
    words_of,
)
from smallplaces.courses.model import Judge, Option, Shorten
from smallplaces.errors import BadInput, NotFound

INVENTED = Path(__file__).parents[1] / "data" / "courses"
SHIPPED = sorted(path.name for path in DATA.iterdir() if path.is_dir()) if DATA.is_dir() else []
SIX = {
    *("un-in-one-hour", "concluding-observations", "is-it-ours"),
    *("upr-from-city-hall", "writing-a-submission", "budgets-bylaws-services"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(INVENTED, tmp_path / "courses")
    return tmp_path / "courses"


def said(folder: Path) -> list[str]:
    return [str(fault) for fault in check(folder)]


def change(copy: Path, file: str, old: str, new: str) -> Path:
    path = copy / "first-steps" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_the_invented_course_is_sound() -> None:
    assert check(INVENTED) == ()
    course = load(INVENTED)["first-steps"]
    assert course.slugs == ("01-two-doors", "02-say-it-short")
    assert course.questions == 3
    assert course.text("ko").title == "예시랜드에서 첫걸음"
    assert course.text("ar").lang == "en"


def test_one_course_alone_can_be_checked() -> None:
    assert list(load(INVENTED / "first-steps")) == ["first-steps"]
    with pytest.raises(NotFound):
        load(INVENTED / "nothing")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("en/00-course.md", "minutes: 12", "minutes: twelve", "en/00-course.md:5: the field 'minutes' must be"),
        ("en/00-course.md", "version: 2026-11-24", "version: soon", "en/00-course.md:6: the field 'version' must be a"),
        ("en/00-course.md", "summary: An", "sumary: An", "en/00-course.md:3: unknown field 'sumary'"),
        ("en/00-course.md", "title: First", "title: First: a", "en/00-course.md:2: cannot be read as YAML"),
        ("en/00-course.md", "---\n", "", "en/00-course.md:1: the file must begin with ---"),
        (
            "en/00-course.md",
            "minutes: 12",
            "minutes: 13",
            "00-course.md:1: the field 'minutes' differs from that in en",
        ),
        (
            "en/01-two-doors.md",
            "  - kind: find",
            "  - kind: seek",
            "01-two-doors.md:8: the field 'kind' must be one of",
        ),
        (
            "en/01-two-doors.md",
            "    hint: It stands among the positive aspects.\n",
            "",
            "8: the field 'hint' is missing",
        ),
        ("en/01-two-doors.md", "start: site:", "start: www.", "01-two-doors.md:10: the field 'start' must be a link"),
        ("en/01-two-doors.md", "answer: ours", "answer: mine", "01-two-doors.md:17: the field 'answer' must be one of"),
        ("en/01-two-doors.md", "        right: true\n", "", "01-two-doors.md:21: no option is marked right: true"),
        ("en/01-two-doors.md", "right: true", "right: yes", "01-two-doors.md:24: the field 'right' must be true or"),
        ("en/01-two-doors.md", "## Where", "# Where", "01-two-doors.md:40: headings begin with ##"),
        ("en/01-two-doors.md", "(site:search?q=H", "(site:find?q=H", "01-two-doors.md:42: no page of the site begins"),
        ("en/01-two-doors.md", "?q=Harbourton&", "?q=Harbour ton&", "01-two-doors.md:42: a link is not read as one"),
        ("en/01-two-doors.md", "> Read", "![x](https://x.org/y.png) > Read", "01-two-doors.md:49: pictures are not"),
        ("en/02-say-it-short.md", "words: 15", "words: 5", "02-say-it-short.md:14: the model answer has 13 words"),
        ("en/02-say-it-short.md", "[wheelchair]", "[bicycle]", "02-say-it-short.md:14: the model answer has none of"),
        ("ko/01-two-doors.md", "CO/1 ¶ 5", "CO/1 ¶ 6", "ko/01-two-doors.md:1: exercise 1 is of another kind"),
        ("ko/02-say-it-short.md", "words: 12\n", "words: 12\n    wordz: 3\n", "unknown field 'wordz'"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(copy: Path, file: str, old: str, new: str, expected: str) -> None:
    faults = said(change(copy, file, old, new))
    assert any(expected in fault for fault in faults), faults
    assert "first-steps" not in load(copy)


def test_all_faults_are_said_at_once_and_other_courses_stay(copy: Path) -> None:
    shutil.copytree(copy / "first-steps", copy / "second-steps")
    change(copy, "en/01-two-doors.md", "minutes: 5", "minutes: 0")
    change(copy, "ko/02-say-it-short.md", "minutes: 7", "minutes: -7")
    assert len(said(copy)) == 2
    assert list(load(copy)) == ["second-steps"]


def test_files_and_folders_that_do_not_belong_are_named(copy: Path) -> None:
    course = copy / "first-steps"
    (course / "en" / "notes.txt").write_text("x")
    (course / "xx").mkdir()
    (course / "ko" / "02-say-it-short.md").unlink()
    (course / "en" / "03-bytes.md").write_bytes(b"---\n\xff\xfe")
    (copy / "mine").mkdir()
    faults = "\n".join(said(copy))
    for expected in ("NN-slug.md", "no language of the site: xx", "stands in en alone", "not in UTF-8", "'mine'"):
        assert expected in faults


def test_a_changed_file_is_read_again(copy: Path) -> None:
    assert load(copy)["first-steps"].text("en").title == "First steps in Exampland"
    change(copy, "en/00-course.md", "title: First steps in Exampland", "title: Other steps in Exampland!")
    assert load(copy)["first-steps"].text("en").title == "Other steps in Exampland!"


def test_an_institutions_course_stands_in_place_of_ours(copy: Path) -> None:
    change(copy, "en/00-course.md", "title: First steps in Exampland", "title: Our own first steps")
    assert merged([INVENTED, copy])["first-steps"].text("en").title == "Our own first steps"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CRPD/C/KOR/CO/2-3 ¶ 42", Reference("CRPD/C/KOR/CO/2-3", "42")),
        ("CRPD/C/KOR/CO/2-3, para. 42", Reference("CRPD/C/KOR/CO/2-3", "42")),
        ("CRPD/C/KOR/CO/2-3 paragraph 42 (b)", Reference("CRPD/C/KOR/CO/2-3", "42")),
        ("CRPD/C/KOR/CO/2-3 제42항", Reference("CRPD/C/KOR/CO/2-3", "42")),
        ("CRPD/C/KOR/CO/2-3 42", Reference("CRPD/C/KOR/CO/2-3", "42")),
        ("CRPD/C/KOR/CO/2-3", Reference("CRPD/C/KOR/CO/2-3")),
        ("A/HRC/53/11 ¶ 137.197", Reference("A/HRC/53/11", "137.197")),
        ("장애인권리위원회 일반논평 제5호 16항", Reference("장애인권리위원회 일반논평 제5호", "16")),
        ("장애인권리위원회 일반논평 제5호", Reference("장애인권리위원회 일반논평 제5호")),
        ("장애인권리협약 제19조", Reference("장애인권리협약", "19")),
        ("/ko/documents/CRPD/C/KOR/CO/2-3/p/42/", Reference("CRPD/C/KOR/CO/2-3", "42")),
        ("https://x.org/documents/A/HRC/53/11/?text=en#p6.12", Reference("A/HRC/53/11", "6.12")),
    ],
)
def test_a_paragraph_is_named_in_many_ways(text: str, expected: Reference) -> None:
    assert read_reference(text) == expected


def test_nothing_names_no_paragraph() -> None:
    for text in ("", "  ", "x" * 501):
        with pytest.raises(BadInput):
            read_reference(text)


def test_words_are_those_with_a_letter_or_a_digit() -> None:
    assert words_of("하버턴시는 – 주민과 협의해 … 한다. 2026") == 5


def test_a_shortened_text_is_marked_by_length_and_words() -> None:
    exercise = Shorten("", None, "x", 4, (("ferry", "ferries"), ("wheel chair",)), "m", "e")
    assert mark_shorten(exercise, "Ferries for Wheelchair users").right
    assert not mark_shorten(exercise, "").right
    assert mark_shorten(exercise, "Boats for all").lacking == (("ferry", "ferries"), ("wheel chair",))
    assert not mark_shorten(exercise, "All of the ferries take a wheelchair").short_enough


def test_a_judgement_has_one_best_answer_and_others_that_can_be_defended() -> None:
    exercise = Judge("", None, "x", "municipality", "ours", ("shared",), "e")
    assert [mark_judge(exercise, answer) for answer in ("ours", "shared", "national", "")] == [True, True, False, False]


def test_a_question_wants_all_right_options_and_no_other() -> None:
    question = Question("?", (Option("a", True, "."), Option("b", True, "."), Option("c", False, ".")))
    assert mark_question(question, [1, 0])
    assert not mark_question(question, [0])
    assert not mark_question(question, [0, 1, 2])


def test_eighty_in_a_hundred_is_enough_to_the_last_question() -> None:
    assert passed(4, 5)
    assert not passed(79, 100)
    assert passed(80, 100)
    assert passed(0, 0)


def test_html_in_a_text_is_shown_as_text_and_harmful_links_are_none() -> None:
    write = Writer(lambda path: f"/en/{path}")
    html = write.page("<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick=x>y</b> [z](data:text/html,x)")
    assert "<script" not in html
    assert "<b" not in html
    assert "href" not in html


def test_words_are_explained_in_texts_and_never_in_headings_or_links() -> None:
    write = Writer(lambda path: f"/en/{path}", lambda text: text.replace("word", "<strong>WORD</strong>"))
    html = write.page("## A word\n\n[word](site:search?q=a b) [word](site:search?q=a%20b) word")
    assert "<h2>A word</h2>" in html
    assert '<a href="/en/search?q=a%20b">word</a>' in html
    assert html.count("WORD") == 2


@pytest.mark.parametrize("course_id", SHIPPED)
def test_a_course_of_ours_is_whole(course_id: str) -> None:
    """Both languages, the same lessons and questions, six to ten lessons, every one with something to do."""
    assert [str(fault) for fault in check(DATA / course_id)] == []
    course: Course = load(DATA / course_id)[course_id]
    assert set(course.texts) == {"en", "ko"}
    assert 6 <= len(course.slugs) <= 10
    english, korean = course.texts["en"], course.texts["ko"]
    for one, two in zip(english.lessons, korean.lessons, strict=True):
        assert len(one.quiz) == len(two.quiz)
        assert len(one.exercises) == len(two.exercises)
        assert one.quiz, f"{one.slug} has no quiz"
    assert sum(len(one.exercises) for one in english.lessons) >= 1
    assert sum(one.minutes for one in english.lessons) == pytest.approx(course.minutes, abs=15)
    assert set(course.after) <= SIX


def test_the_six_courses_are_there() -> None:
    assert set(SHIPPED) == SIX
