"""What a cover says, in seven languages: session in figures, days apart, body and form away. All are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallplaces.parse import ParsedDocument, parse_file

COVERS = {
    "en": (
        ("United Nations", "Distr.: General", "2 April 2021", "Original: English"),
        ("Human Rights Council", "Forty-sixth session", "22 February–23 March 2021"),
        "Introduction",
        "At its 12th meeting, held on 11 March 2021, the Committee adopted the present concluding observations.",
    ),
    "fr": (
        ("Nations Unies", "Distr. générale", "2 avril 2021", "Français", "Original : anglais"),
        ("Conseil des droits de l’homme", "Quarante-sixième session", "22 février-23 mars 2021"),
        "Introduction",
        "À sa 12e séance, tenue le 11 mars 2021, le Comité a adopté les présentes observations finales.",
    ),
    "es": (
        ("Naciones Unidas", "Distr. general", "2 de abril de 2021", "Español", "Original: inglés"),
        ("Consejo de Derechos Humanos", "46º período de sesiones", "22 de febrero a 23 de marzo de 2021"),
        "Introducción",
        "En su 12ª sesión, celebrada el 11 de marzo de 2021, el Comité aprobó las presentes observaciones finales.",
    ),
    "ru": (
        ("Организация Объединенных Наций", "Distr.: General", "2 April 2021", "Original: English"),
        ("Совет по правам человека", "Сорок шестая сессия", "22 февраля — 23 марта 2021 года"),
        "Введение",
        "На своем 12-м заседании, состоявшемся 11 марта 2021 года, Комитет принял настоящие заключительные замечания.",
    ),
    "ar": (
        ("الأمم المتحدة", "Distr.: General", "2 April 2021", "Original: English"),
        ("مجلس حقوق الإنسان", "الدورة السادسة والأربعون"),
        "مقدمة",
        "واعتمدت اللجنة هذه الملاحظات الختامية في جلستها 12 المعقودة في 11 آذار/مارس 2021.",
    ),
    "zh": (
        ("联合国", "Distr.: General", "2 April 2021", "Original: English"),
        ("人权理事会", "第四十六届会议"),
        "导言",
        "委员会在2021年3月11日举行的第12次会议上通过了本结论性意见。",
    ),
    "ko": (
        ("국제연합", "배포: 일반", "2021년 4월 2일", "원문: 영어"),
        ("인권이사회", "제46차 회기"),
        "서론",
        "위원회는 2021년 3월 11일에 열린 제12차 회의에서 이 최종견해를 채택하였다.",
    ),
}


def covered(folder: Path, lang: str) -> ParsedDocument:
    form, organ, opening, adopted = COVERS[lang]
    lines = [form[0], "CRPD/C/MLT/CO/9", *form[1:], *organ, "", opening, "", f"1. {adopted}", ""]
    lines += [f"2. {adopted[:20]} A/HRC/45/12, 45 %.", "", f"3. {adopted[:20]} A/HRC/45/12.", ""]
    path = folder / "invented.txt"
    path.write_text("\n\n".join(line for line in lines if line), encoding="utf-8")
    return parse_file(path)


@pytest.mark.parametrize("lang", COVERS)
def test_cover(tmp_path: Path, lang: str) -> None:
    document = covered(tmp_path, lang)
    cover = document.cover
    assert (cover.symbol, cover.state, cover.session) == ("CRPD/C/MLT/CO/9", "MLT", "46")
    assert (str(cover.distributed), str(cover.adopted)) == ("2021-04-02", "2021-03-11")
    assert document.lang == lang
    assert [p.number for p in document.paragraphs if p.number] == ["1", "2", "3"]
    assert set(COVERS[lang][0]) <= set(document.furniture)


def test_a_report_that_recalls_an_adoption_was_not_adopted_that_day(tmp_path: Path) -> None:
    path = tmp_path / "invented.txt"
    path.write_text(
        "CRPD/C/MLT/FCO/9\n\nInformation received from Malta on follow-up to the concluding observations\n\n"
        "1. The Committee adopted these concluding observations on 11 March 2021.\n\n2. Malta built ramps.\n",
        encoding="utf-8",
    )
    assert parse_file(path).cover.adopted is None
