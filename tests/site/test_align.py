"""Language versions side by side, out of the store: invented documents, then the Declaration and the treaties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.utils import timezone
from tests.site.command import run, run_json

from smallplaces.errors import NotFound
from smallplaces.model.document import Edition, Kind, Paragraph, ParagraphKind, Parcel, Work
from smallplaces_site.actions.import_files import import_files
from smallplaces_site.corpus import models
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.aligned import Aligned, aligned
from smallplaces_site.corpus.store import Store

pytestmark = pytest.mark.django_db

KEY = "CRPD/C/XXA/CO/97"
ENGLISH = (
    "The Committee considered the report of Exampland on 3 March 2021 (CRPD/C/XXA/1).",
    "It thanks the 12 libraries of the five towns for the answers that they gave in writing.",
    "It recommends that ramps be built at 45 doors of public buildings by the year 2025.",
    "It recommends that interpreters be employed in 17 clinics of the two provinces by 2026.",
    "It asks for a report on the measures taken in 2028, in formats that everybody can read.",
)
KOREAN = (
    "위원회는 2021년 3월 3일 보기나라의 보고서(CRPD/C/XXA/1)를 심의하였다.",
    "위원회는 다섯 도시의 도서관 12곳이 서면으로 보내 준 답변에 감사한다.",
    "위원회는 2025년까지 공공건물의 문 45곳에 경사로를 설치할 것을 권고한다.",
    "위원회는 2026년까지 두 도의 의원 17곳에 통역사를 둘 것을 권고한다.",
    "위원회는 2028년에 취한 조치에 관한 보고서를 모두가 읽을 수 있는 형식으로 요청한다.",
)


def numbered(texts: Sequence[str], start: int = 1) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, str(number)) for number, text in enumerate(texts, start))


def store(**editions: tuple[Paragraph, ...]) -> None:
    run_ = models.Run.objects.create(source="invented", started=timezone.now())
    work = Work(key=KEY, kind=Kind.CONCLUDING_OBSERVATIONS, symbol=KEY, body="CRPD")
    Store(run_, 60).save([(Parcel(work, Edition(lang=lang), text), None) for lang, text in editions.items()])


def numbers(found: Aligned) -> list[tuple[str, str, str]]:
    first, second = found.langs
    return [
        (
            row.paragraphs[first].number if first in row.paragraphs else "",
            row.paragraphs[second].number if second in row.paragraphs else "",
            row.status,
        )
        for row in found.rows
    ]


def test_equal_numbers() -> None:
    store(en=numbered(ENGLISH), ko=numbered(KOREAN))
    found = aligned("crpd c xxa co 97", ["en", "ko"])
    assert numbers(found) == [(str(n), str(n), "same-number") for n in range(1, 6)]
    assert all(row.confidence > 0.8 for row in found.rows)
    assert found.mismatches == ()


def test_numbers_that_are_shifted_are_laid_side_by_side_by_content() -> None:
    store(en=numbered(ENGLISH), ko=(Paragraph(KOREAN[0], "1"), *numbered(KOREAN[1:], start=3)))
    found = aligned(KEY, ["en", "ko"])
    assert numbers(found) == [
        ("1", "1", "same-number"),
        *((str(n), str(n + 1), "by-content") for n in range(2, 6)),
    ]
    assert next(row.notes for row in found.mismatches) == ["2 in en is 3 in ko"]
    assert len(found.mismatches) == 4


def test_a_missing_paragraph_is_a_row_of_its_own() -> None:
    korean = numbered(KOREAN)
    store(en=numbered(ENGLISH), ko=(*korean[:2], *korean[3:]))
    found = aligned(KEY, ["en", "ko"])
    assert numbers(found)[2] == ("3", "", "only-en")
    assert [row.notes for row in found.mismatches] == [["paragraph 3 stands in en and not in ko"]]
    assert numbers(aligned(KEY, ["ko", "en"]))[2] == ("", "3", "only-en")


def test_joined_paragraphs_are_told() -> None:
    korean = numbered(KOREAN)
    both = Paragraph(f"{KOREAN[2]} {KOREAN[3]}", "3")
    store(en=numbered(ENGLISH), ko=(*korean[:2], both, Paragraph(KOREAN[4], "4")))
    found = aligned(KEY, ["en", "ko"])
    notes = [note for row in found.rows for note in row.notes]
    assert notes.count("3 and 4 in en are one paragraph, 3, in ko") == 2
    assert "5 in en is 4 in ko" in notes


def test_nothing_is_left_out() -> None:
    footnote = Paragraph("See CRPD/C/XXA/1.", "1", kind=ParagraphKind.FOOTNOTE)
    store(en=(*numbered(ENGLISH), footnote), ko=(Paragraph("머리말을 대신하는 긴 문단입니다."), *numbered(KOREAN)))
    found = aligned(KEY, ["en", "ko"])
    for lang, count in (("en", 6), ("ko", 6)):
        assert Counter(row.paragraphs[lang].key for row in found.rows if lang in row.paragraphs).total() == count


def test_two_languages_are_needed() -> None:
    store(en=numbered(ENGLISH))
    with pytest.raises(NotFound, match="in en: two languages are needed"):
        aligned(KEY)
    with pytest.raises(NotFound, match="in en, and not in ko"):
        aligned(KEY, ["en", "ko"])
    with pytest.raises(NotFound, match="No document called"):
        aligned("CRPD/C/XXA/CO/98")


@pytest.mark.corpus
def test_the_declaration_in_seven_languages(corpus: Path, home: Path) -> None:
    assert import_files([corpus / "udhr"], index=False).clean
    found = aligned("udhr")
    assert found.langs == ("en", "fr", "es", "ar", "ru", "zh", "ko")
    articles = [row for row in found.rows if row.paragraphs["en"].kind == "article"]
    assert [{p.number for p in row.paragraphs.values()} for row in articles] == [{str(n)} for n in range(1, 31)]
    assert all(len(row.paragraphs) == 7 and row.status == "same-number" for row in articles)
    preamble = [row for row in found.rows if row not in articles]
    assert [row.status for row in preamble] == ["same-number"] * 3 + ["missing-ar"] + ["same-number"] * 4


@pytest.mark.corpus
@pytest.mark.parametrize("lang", ["fr", "es", "ar", "ru", "zh", "ko"])
@pytest.mark.parametrize("change", ["renumbered", "missing"])
def test_the_declaration_under_other_numbers(corpus: Path, home: Path, lang: str, change: str) -> None:
    """Articles that hold hardly a figure, numbered otherwise from the tenth on, or with the eighth left out."""
    assert import_files([corpus / "udhr"], index=False).clean
    work = documents.work("udhr")
    editions = {code: work.edition(code) for code in ("en", lang)}
    texts = {
        code: [p.text for p in documents.paragraphs(edition.id) if p.kind == "article"]
        for code, edition in editions.items()
        if edition is not None
    }
    if change == "renumbered":
        other = (*numbered(texts[lang][:9]), *numbered(texts[lang][9:], start=11))
        true = [(n, n + (n > 9)) for n in range(1, 31)]
    else:
        other = numbered([text for place, text in enumerate(texts[lang]) if place != 7])
        true = [(n, n - (n > 8)) for n in range(1, 31) if n != 8]
    store(en=numbered(texts["en"]), **{lang: other})
    found = [(one, two) for one, two, _ in numbers(aligned(KEY, ["en", lang]))]
    right = sum((str(one), str(two)) in found for one, two in true)
    assert right >= len(true) - 1, found


@pytest.mark.corpus
def test_treaties_in_english_and_dutch(corpus: Path, home: Path) -> None:
    assert import_files([corpus / "treaties"], index=False).clean
    same = total = 0
    in_both = models.Work.objects.filter(kind="treaty", editions__lang="nl")
    for work in in_both:
        found = aligned(work.key, ["en", "nl"])
        total += len(found.rows)
        same += found.counts.get("same-number", 0)
        for row in found.rows:
            if row.status == "same-number":
                assert row.paragraphs["en"].number == row.paragraphs["nl"].number
    assert in_both.count() >= 26
    assert total > 800
    assert same / total > 0.98, (same, total)


def test_the_command(tmp_path: Path) -> None:
    run(tmp_path, "init", "--example")
    shown = run_json(tmp_path, "search", "shelter", "--limit", "1")["hits"]
    name = shown[0]["work"]
    found = run_json(tmp_path, "align", name, "--langs", "en,ko")
    assert found["langs"] == ["en", "ko"]
    assert sum(found["counts"].values()) == len(found["rows"])
    assert {"key", "n"} == set(found["rows"][0]["en"])
    assert found["rows"][0]["status"] == "same-number"
    assert "confidence" in found["rows"][0]
    assert "rows:" in run(tmp_path, "align", name)
    assert run_json(tmp_path, "align", "CRPD/C/KOR/CO/9", code=1)["kind"] == "NotFound"
