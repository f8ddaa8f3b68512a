"""Working Group reports of all cycles: each recommendation with its number, States and list.

Every document here is invented, in the layouts that reports have had since 2008.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from smallplaces.model.document import Kind, ParagraphKind
from smallplaces.parse import ParsedDocument, parse_file

COVER = """United Nations

A/HRC/{number}

Distr.: General
4 January 2023

Original: English

Human Rights Council
Fifty-second session

Report of the Working Group on the Universal Periodic Review

Exampland

"""
OPENING = """Introduction

1. The Working Group held its invented session in 2022.

I. Summary of the proceedings

2. Exampland presented its invented report.

3. In the dialogue, 70 delegations made statements.

II. Conclusions and/or recommendations

"""
THIRD = """4. The recommendations formulated during the dialogue and listed below enjoy the support of Exampland:

4.1 Ratify the treaty about libraries (France) (Chile);

4.2 Open libraries to persons with disabilities (Bosnia and Herzegovina);

4.3 Train librarians, as recommended before (Iran (Islamic Republic of)).

5. The following recommendations have been noted by Exampland:

5.1 Close no library (Peru);

5.2 Strengthen the national library (Republic of Korea);

6. All conclusions and recommendations in the present report reflect the position of the submitting States.
"""
FOURTH = """6. The following recommendations will be examined by Exampland, which will provide responses in due time,
but no later than the fifty-third session of the Human Rights Council:

6.1 Ratify the treaty about libraries (France);

6.2 Consider ratifying the treaty about libraries (Chile) (Peru);

6.3 Redouble its efforts so that libraries in the provinces are open
to everyone in the evening (Sri Lanka);

6.4 Strengthen the national library (Republic of Korea);

7. All conclusions and recommendations in the present report reflect the position of the submitting States.
"""
FIRST = """4. The recommendations listed below enjoy the support of Exampland:

1. Ratify the treaty about libraries (France);

2. Train librarians (Chile, Peru);

3. Report again (Norway).

5. The recommendations below did not enjoy the support of Exampland:

(a) Close no library (Peru);

6. The response of Exampland will be included in the outcome report.
"""


def report(folder: Path, text: str, number: str) -> ParsedDocument:
    path = folder / "report.txt"
    path.write_text(COVER.format(number=number) + OPENING + text, encoding="utf-8")
    return parse_file(path)


def read(document: ParsedDocument) -> dict[str, tuple[list[str], str]]:
    found = {}
    for p in document.paragraphs:
        if p.kind is ParagraphKind.RECOMMENDATION:
            states = [label.value for label in p.labels if label.facet == "recommending"]
            found[p.number] = (states, next((x.value for x in p.labels if x.facet == "position"), ""))
    return found


def test_lists_by_position(tmp_path: Path) -> None:
    document = report(tmp_path, THIRD, "37/99")
    assert document.kind is Kind.UPR_REPORT
    assert read(document) == {
        "4.1": (["FRA", "CHL"], "supported"),
        "4.2": (["BIH"], "supported"),
        "4.3": (["IRN"], "supported"),
        "5.1": (["PER"], "noted"),
        "5.2": (["KOR"], "noted"),
    }
    assert not document.warnings


def test_one_list_to_be_examined(tmp_path: Path) -> None:
    found = read(report(tmp_path, FOURTH.replace("6.", "4.").replace("7. All", "5. All"), "52/99"))
    assert found == {
        "4.1": (["FRA"], "pending"),
        "4.2": (["CHL", "PER"], "pending"),
        "4.3": (["LKA"], "pending"),
        "4.4": (["KOR"], "pending"),
    }


def test_numbers_that_start_again_under_a_paragraph(tmp_path: Path) -> None:
    found = read(report(tmp_path, FIRST, "8/99"))
    assert found == {
        "4.1": (["FRA"], "supported"),
        "4.2": (["CHL", "PER"], "supported"),
        "4.3": (["NOR"], "supported"),
    }


@pytest.mark.parametrize(
    "words", ["enjoy the support of Exampland", "have been examined and are supported by Exampland"]
)
def test_headings_by_theme_inside_a_list(tmp_path: Path, words: str) -> None:
    text = f"""4. The recommendations below {words}:

A. Libraries

4.1 Ratify the treaty about libraries (France);

4.2 Train librarians (Chile);

B. Schools

4.3 Build schools (Peru).

5. All conclusions reflect the position of the submitting States.
"""
    document = report(tmp_path, text, "46/99")
    assert {number: position for number, (_, position) in read(document).items()} == dict.fromkeys(
        ("4.1", "4.2", "4.3"), "supported"
    )
    assert next(p for p in document.paragraphs if p.number == "4.3").heading[-1] == "B. Schools"


def test_matrix_in_an_annex_repeats_no_number(tmp_path: Path) -> None:
    text = THIRD + "\nAnnex\n\nThemes of the recommendations\n\n4.1 Libraries\n\n5.1 Closing\n"
    document = report(tmp_path, text, "37/99")
    assert list(read(document)) == ["4.1", "4.2", "4.3", "5.1", "5.2"]
