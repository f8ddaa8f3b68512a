"""Working Group reports printed in the layouts of the four cycles, and in six languages, and read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.printed_document import CHROMIUM, Document, Head, Para, page, print_all, read, texts, written

from smallplaces.model.document import Paragraph, ParagraphKind
from smallplaces.parse import parse_file

SYMBOL = "A/HRC/38/9"
COVER = ["United Nations", "Distr.: General", "4 April 2018", "Original: English", "Human Rights Council"]
OPENING = (
    "The Working Group on the Universal Periodic Review, established in accordance with Human Rights Council "
    "resolution 5/1, held its twenty-eighth session from 6 to 17 November 2017."
)
CLOSING = (
    "All conclusions and/or recommendations contained in the present report reflect the position of the submitting "
    "State(s) and/or the State under review. They should not be construed as endorsed by the Working Group as a whole."
)
LATER = (
    "which will provide responses in due time, but no later than the thirty-eighth session of the Human Rights Council:"
)
CYCLES = {  # the sentences that open the lists of a cycle, and the position each states
    1: [
        ("The recommendations below have been examined by Exampland and enjoy its support:", "supported"),
        (
            "The following will be examined by Exampland, whose response will be included in the outcome report:",
            "pending",
        ),
        ("The recommendations listed below did not enjoy the support of Exampland:", "noted"),
    ],
    2: [
        ("The recommendations listed below enjoy the support of Exampland:", "supported"),
        ("The following enjoy the support of Exampland, which considers them already implemented:", "supported"),
        (f"The following recommendations will be examined by Exampland, {LATER}", "pending"),
    ],
    3: [
        (f"The following recommendations will be examined by Exampland, {LATER}", "pending"),
        ("The recommendations listed below have been noted by Exampland:", "noted"),
    ],
    4: [
        ("The recommendations listed below have been examined by Exampland and enjoy its support:", "supported"),
        ("The following recommendations have been examined by Exampland and have been noted:", "noted"),
    ],
}
ASKED = [
    ("Ratify the Optional Protocol to the Convention against Torture", "Chile, Denmark", ["CHL", "DNK"]),
    ("Accede to the Convention on enforced disappearance, as previously recommended", "Argentina", ["ARG"]),
    (
        "Strengthen the national human rights institution",
        "Bosnia and Herzegovina, Republic of Korea, United Kingdom of Great Britain and Northern Ireland",
        ["BIH", "KOR", "GBR"],
    ),
    ("Continue to improve access to education in rural areas", "Iran (Islamic Republic of)", ["IRN"]),
    ("Take measures to combat trafficking in persons", "Côte d’Ivoire", ["CIV"]),
]
Expected = dict[str, tuple[list[str], list[str]]]


def _listed(
    first: int, openings: list[str], asked: list[tuple[str, str, list[str]]], ends: str, *, early: bool
) -> list[Para]:
    rows = []
    for place, opening in enumerate(openings):
        rows.append(Para(str(first + place), opening))
        for item in range(1, 13):
            text, states, _ = asked[(place + item) % len(asked)]
            number = str(item) if early else f"{first + place}.{item}"
            rows.append(Para(number, f"{text} ({states}){ends[item == 12]}", deep=True))
    return rows


def _expected(first: int, positions: list[str], asked: list[tuple[str, str, list[str]]]) -> Expected:
    return {
        f"{first + place}.{item}": (sorted(asked[(place + item) % len(asked)][2]), [position])
        for place, position in enumerate(positions)
        for item in range(1, 13)
    }


def _found(paragraphs: tuple[Paragraph, ...]) -> Expected:
    def values(paragraph: Paragraph, facet: str) -> list[str]:
        return sorted(label.value for label in paragraph.labels if label.facet == facet)

    listed = (p for p in paragraphs if p.kind is ParagraphKind.RECOMMENDATION)
    return {p.number: (values(p, "recommending"), values(p, "position")) for p in listed}


def of_cycle(cycle: int) -> tuple[Document, Expected]:
    """A report of a cycle: the first numbers recommendations 1, 2, 3 under a paragraph, the later ones 14.1, 14.2."""
    said = texts()["en"]["sentences"]
    body: list[Para | Head] = [Head("Introduction", 1), Para("1", OPENING)]
    body += [Head("I. Summary of the proceedings of the review process", 1), Head("A. Presentation", 2)]
    body += [Para(str(number), f"{said[5]}. {said[number % 2]}.") for number in range(2, 8)]
    body += [Head("B. Interactive dialogue and responses by the State under review", 2)]
    body += [Para(str(number), f"Norway welcomed the measures. {said[1]}.") for number in range(8, 14)]
    body += [Head("II. Conclusions and/or recommendations", 1)]
    openings, positions = [each[0] for each in CYCLES[cycle]], [each[1] for each in CYCLES[cycle]]
    body += _listed(14, openings, ASKED, ";.", early=cycle == 1)
    body += [Para(str(14 + len(openings)), CLOSING)]
    title = "Report of the Working Group on the Universal Periodic Review – Exampland"
    return Document("en", SYMBOL, COVER, title, body), _expected(14, positions, ASKED)


def in_language(lang: str, *, early: bool) -> tuple[Document, Expected]:
    """A report in another language with a list of each kind."""
    known = texts()[lang]
    review, said = known["review"], known["sentences"]
    stop, comma, space = {"zh": ("。", "；", "")}.get(lang, (".", "؛" if lang == "ar" else ";", " "))
    asked = [(each["text"], each["states"], each["codes"]) for each in review["recommendations"]]
    body: list[Para | Head] = [Head(known["headings"][0], 1), Para("1", review["opening"])]
    body += [Para(str(number), said[5] + stop + space + said[number % 2] + stop) for number in range(2, 8)]
    openings = [each.replace("\u00a0:", ":").replace(" :", ":") for each in review["lists"]]
    body += [Head(review["heading"], 1), *_listed(8, openings, asked, comma + stop, early=early)]
    body += [Para("11", review["closing"])]
    document = Document(lang, SYMBOL, review["cover"], review["title"], body)
    return document, _expected(8, ["supported", "pending", "noted"], asked)


def all_reports() -> dict[str, tuple[Document, Expected]]:
    """Every report by a name for its file."""
    reports = {f"cycle-{cycle}": of_cycle(cycle) for cycle in CYCLES}
    for lang in ("fr", "es", "ru", "ar", "zh"):
        reports |= {f"{lang}-{early}": in_language(lang, early=early) for early in (True, False)}
    return reports


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviews")
    for name, (document, _) in all_reports().items():
        (folder / f"{name}.html").write_text(page(document, every=6), "utf-8")
    print_all(folder)
    return folder


@pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
@pytest.mark.parametrize("name", all_reports())
def test_every_recommendation_is_read_with_its_states_and_list(printed: Path, name: str) -> None:
    document, expected = all_reports()[name]
    parsed = parse_file(printed / f"{name}.pdf")
    assert read(parsed) == written(document)
    assert _found(parsed.paragraphs) == expected
    assert (parsed.cover.symbol, parsed.kind, parsed.lang) == (SYMBOL, "upr-working-group-report", document.lang)
    assert parsed.warnings == ()
