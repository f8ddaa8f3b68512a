"""Files whose place tells their symbol and language. The files here are empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallplaces.model.document import Kind
from smallplaces.sources import registry
from smallplaces.sources.base import Context, File, Item, Refusal, ToParse
from smallplaces.sources.un_documents import source


def run(*names: str, **context: tuple[str, ...]) -> list[Item]:
    files = tuple(File(Path("/nowhere") / name, name, "00") for name in names)
    return list(source.read(files, Context(**context)))  # type: ignore[arg-type]


def test_the_place_tells_symbol_language_and_kind() -> None:
    (found,) = run("un_documents/CRPD/C/KOR/CO/97.es.pdf")
    assert isinstance(found, ToParse)
    assert (found.work.key, found.work.symbol, found.work.body) == ("CRPD/C/KOR/CO/97", "CRPD/C/KOR/CO/97", "CRPD")
    assert (found.work.kind, found.work.states, found.edition.lang) == (Kind.CONCLUDING_OBSERVATIONS, ("KOR",), "es")


@pytest.mark.parametrize("symbol", ["A/HRC/53/11/Add.1", "E/C.12/KOR/CO/4", "CRPD/C/KOR/CO/2-3", "A/RES/70/1"])
def test_a_name_and_back(symbol: str) -> None:
    (found,) = run(f"below/{source.name_of(symbol, 'en', 'docx')}")
    assert isinstance(found, ToParse)
    assert found.work.key == symbol


def test_what_is_named_otherwise_is_refused_and_the_rest_goes_on() -> None:
    items = run(
        "un_documents/letter.en.pdf", "un_documents/CRPD/C/KOR/CO/97.pdf", "un_documents/CRPD/C/KOR/CO/97.en.pdf"
    )
    assert [type(item) for item in items] == [Refusal, Refusal, ToParse]


def test_only_the_languages_that_are_asked_for() -> None:
    assert run("un_documents/CRPD/C/KOR/CO/97.es.pdf", languages=("en",)) == []


def test_a_folder_of_that_shape_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "un_documents" / "CRPD" / "C" / "KOR" / "CO" / "97.en.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    ((found, files),) = registry.match(tmp_path)
    assert found.description.name == "un_documents"
    assert [name for _, name in files] == ["un_documents/CRPD/C/KOR/CO/97.en.pdf"]
