"""Documents named in words."""

from __future__ import annotations

import pytest
from tests.site.test_store import save

from smallplaces.model.document import Edition, Kind, Paragraph, ParagraphKind, Parcel, Work
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.named import meant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def held() -> None:
    article = Paragraph(text="Invented article.", number="19", kind=ParagraphKind.ARTICLE)
    for work in (
        Work(key="treaty:CRPD", kind=Kind.TREATY),
        Work(key="gc:CESCR/4", kind=Kind.GENERAL_COMMENT, body="CESCR"),
        Work(key="CRPD/C/GC/5", kind=Kind.GENERAL_COMMENT, body="CRPD", aliases=("gc:CRPD/5",)),
    ):
        save(Parcel(work=work, edition=Edition(lang="en"), paragraphs=(article,)))


@pytest.mark.parametrize(
    ("text", "key", "paragraph"),
    [
        ("장애인권리협약", "treaty:CRPD", ""),
        ("CRPD", "treaty:CRPD", ""),
        ("장애인권리협약 제19조", "treaty:CRPD", "art.19"),
        ("CRPD article 19", "treaty:CRPD", "art.19"),
        ("article 19 of the CRPD", "treaty:CRPD", "art.19"),
        ("art. 19 CRPD", "treaty:CRPD", "art.19"),
        ("CESCR general comment No. 4", "gc:CESCR/4", ""),
        ("E/C.12/GC/4", "gc:CESCR/4", ""),
        ("CRPD general comment 5", "CRPD/C/GC/5", ""),
    ],
)
def test_a_name_is_understood(text: str, key: str, paragraph: str) -> None:
    found = meant(text)
    assert found is not None
    assert (found.work.key, found.paragraph) == (key, paragraph)


@pytest.mark.parametrize("text", ["", "housing", "article 19", "CRPD housing", "Istanbul Protocol", "x" * 5000])
def test_what_is_no_name_or_not_held_is_nothing(text: str) -> None:
    assert meant(text) is None


def test_a_general_comment_answers_to_the_symbol_it_never_had() -> None:
    assert documents.work("E/C.12/GC/4").key == "gc:CESCR/4"
