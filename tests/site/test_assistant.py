"""What AI assistants may ask: exact words or a plain no, over the real protocol and a real process."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters, stdio_client
from tests.browser.conftest import command

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.example import load_example
from smallplaces_site.assistant import answers
from smallplaces_site.assistant.server import TOOLS
from smallplaces_site.corpus.read import places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

OBSERVATIONS = "CRPD/C/XXE/CO/1"


@pytest.fixture
def example(home: Path) -> None:
    load_example()


def text_of(paragraph: str = "2") -> str:
    text: str = answers.show(OBSERVATIONS, paragraph)["paragraphs"][0]["text"]
    return text


@pytest.mark.usefixtures("example")
def test_what_is_found_is_whole_and_can_be_cited() -> None:
    found = answers.search("housing")
    assert found["total"] > 0
    assert found["data_version"] != "0"
    for one in found["paragraphs"]:
        assert {"symbol", "paragraph", "lang", "standing", "text", "title"} <= set(one)
        again = answers.show(one["key"], one["paragraph"], one["lang"])
        assert again["paragraphs"][0]["text"] == one["text"]


@pytest.mark.usefixtures("example")
def test_a_language_that_is_not_held_is_not_replaced_by_another() -> None:
    with pytest.raises(NotFound, match="no text in 'ru' here; it is held in"):
        answers.show(OBSERVATIONS, "2", "ru")


@pytest.mark.usefixtures("example")
def test_a_quotation_is_exact_or_not() -> None:
    text = text_of()
    words = text[5:60]
    assert answers.check_quotation(OBSERVATIONS, "2", f"  {words.replace(' ', chr(10), 1)} ")["verdict"] == "exact"
    assert answers.check_quotation(OBSERVATIONS, "2", words[:20] + "quite " + words[20:])["verdict"] == "differs"
    other = answers.check_quotation(OBSERVATIONS, "1", words)
    assert (other["verdict"], other["elsewhere_in_document"]) == ("not there", ["2"])
    assert answers.check_quotation(OBSERVATIONS, "1", "zebras in space")["verdict"] == "not there"
    with pytest.raises(BadInput):
        answers.check_quotation(OBSERVATIONS, "1", " ")


@pytest.mark.usefixtures("example")
def test_citations_are_checked() -> None:
    found = answers.check_citations("See CRPD/C/XXE/CO/1, para. 2, CRPD/C/XXE/CO/1, para. 999, and CRPD/C/XXE/CO/44.")
    assert [one["verdict"] for one in found["citations"]] == ["exists", "no such paragraph", "not in this copy"]


@pytest.mark.usefixtures("example")
def test_filters_and_ranges_that_do_not_exist_are_named() -> None:
    with pytest.raises(BadInput, match="there is no filter planet"):
        answers.search("housing", filters={"planet": ["x"]})
    with pytest.raises(BadInput, match="range"):
        answers.show(OBSERVATIONS, "9-2")


@pytest.mark.usefixtures("example")
def test_doors_and_briefs_say_what_they_rest_on() -> None:
    place = places.every("XXE")[0]
    found = answers.doors(place=place.code, on="2026-11-24")
    assert (found["state"], found["actor"]) == ("XXE", "local")
    assert all(way["basis"] and way["sources"] for part in ("now", "through") for way in found[part])
    with pytest.raises(BadInput, match="name a place or a State"):
        answers.doors()
    with pytest.raises(NotFound):
        answers.doors(state="Atlantis")
    brief = answers.brief(place.code)
    assert brief["lines"]
    for line in brief["lines"]:
        assert line["symbol"] or line["document"]
        assert line["verdict"]
    assert brief["data_version"] == answers.search("housing")["data_version"]
    with pytest.raises(NotFound):
        answers.brief("Nowhere-on-Sea")


def test_every_answer_of_the_protocol_carries_its_source(home: Path) -> None:
    """A real client asks a real process, which prints nothing but the protocol."""
    environment = {**os.environ, "SMALLPLACES_HOME": str(home), "DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    async def ask() -> tuple[Any, ...]:
        making = await asyncio.create_subprocess_exec(*command("init", "--example"), env=environment)
        assert await making.wait() == 0
        server = StdioServerParameters(command=sys.executable, args=command("mcp")[1:], env=environment)
        async with Client(stdio_client(server)) as client:
            tools = (await client.list_tools()).tools
            found = await client.call_tool("search", {"query": "housing", "limit": 3})
            refused = await client.call_tool("show", {"symbol": "CRPD/C/XXE/CO/77"})
            return tools, found, refused

    tools, found, refused = asyncio.run(ask())
    assert {tool.name for tool in tools} == {tool.__name__ for tool in TOOLS}
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    assert found.structured_content["paragraphs"]
    assert "data_version" in found.structured_content
    assert refused.is_error
    assert "No document called “CRPD/C/XXE/CO/77”" in refused.content[0].text
