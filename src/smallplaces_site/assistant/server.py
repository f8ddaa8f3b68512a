"""The tools themselves, over the official Python SDK. They read and never write, and reach no other machine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec

from django.db import close_old_connections
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

import smallplaces
from smallplaces.errors import UserError
from smallplaces_site.assistant import answers

P = ParamSpec("P")
Answer = dict[str, Any]

INSTRUCTIONS = """\
Small Places holds what the United Nations says on human rights, paragraph by paragraph: treaties, general comments,
concluding observations, recommendations of the Universal Periodic Review, views.
Quote only words that a tool returned, exactly, with symbol, paragraph and language, and say the data version. Where
the standing of a text is not "official", say whose translation it is. Before you give a quotation from memory, check it
with check_quotation. Where a tool finds nothing, say so; never fill the gap.
"""

_Symbol = Annotated[str, Field(description="Symbol in any spelling (CRPD/C/KOR/CO/2-3), or a key: udhr, treaty:CRPD")]
_Lang = Annotated[str, Field(description="Language of the text: en, ko, fr, es, ar, ru, zh")]


def _tool(function: Callable[P, Answer]) -> Callable[P, Answer]:
    """A tool that says what went wrong in words, and gives its database connection back."""

    @functools.wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Answer:
        close_old_connections()
        try:
            return function(*args, **kwargs)
        except UserError as error:
            raise ToolError(str(error)) from error
        finally:
            close_old_connections()

    return answer


@_tool
def search(
    query: Annotated[str, Field(description='Words, "phrases" or a symbol, in any of the seven languages')],
    lang: Annotated[str, Field(description="Only texts in this language; empty for all")] = "",
    filters: Annotated[
        dict[str, list[str]] | None,
        Field(description=f"Narrow it: {', '.join(answers.FILTERS)}. States as KOR, kinds as general-comment"),
    ] = None,
    limit: Annotated[int, Field(ge=1, le=answers.MOST)] = 10,
) -> Answer:
    """Find paragraphs of UN human rights documents, in their exact words. Finds across languages."""
    return answers.search(query, lang=lang, filters=filters, limit=limit)


@_tool
def show(
    symbol: _Symbol,
    paragraph: Annotated[str, Field(description="Number (42, 137.197), range (40-43), or empty for the start")] = "",
    lang: _Lang = "en",
) -> Answer:
    """Show a document, one paragraph of it or some, in the exact words of one language version."""
    return answers.show(symbol, paragraph, lang)


@_tool
def check_quotation(
    symbol: _Symbol,
    paragraph: Annotated[str, Field(description="The paragraph it is said to stand in")],
    words: Annotated[str, Field(description="The words, as you want to quote them")],
    lang: _Lang = "en",
) -> Answer:
    """Check that a paragraph says these very words; if not, what it says instead, or where else they stand."""
    return answers.check_quotation(symbol, paragraph, words, lang)


@_tool
def check_citations(
    text: Annotated[str, Field(description="A text with references: symbols, articles, general comments")],
    body: Annotated[str, Field(description="The body that speaks (CRPD), for “the Convention”; may be empty")] = "",
    lang: Annotated[str, Field(description="Language of the text; empty: as it looks")] = "",
) -> Answer:
    """Find every reference in a text and say whether what it cites exists here, and how that begins."""
    return answers.check_citations(text, body, lang)


@_tool
def doors(
    place: Annotated[str, Field(description="A place, by code or name (KR-26, 부산); or empty")] = "",
    state: Annotated[str, Field(description="A State, by code or name; needed without a place")] = "",
    actor: Annotated[str, Field(description="local, nhri-a, nhri-b, ngo-ecosoc, ngo, person or state")] = "local",
    lang: _Lang = "en",
    on: Annotated[str, Field(description="The day from which to look, ISO 8601; empty: today")] = "",
) -> Answer:
    """What a local government, an institution or others can do at the United Nations and at home, when, by which rule,
    and where only others can. Days marked "expected" were announced by nobody."""
    return answers.doors(place, state, actor, lang, on)


@_tool
def brief(
    place: Annotated[str, Field(description="A place, by code or name: KR-26, 부산 해운대구")],
    lang: Annotated[str, Field(description="en or ko")] = "en",
    department: Annotated[str, Field(description="A department's code (welfare, housing, transport); empty: all")] = "",
    theme: Annotated[str, Field(description="A theme, as its source spells it; empty: all")] = "",
    items: Annotated[int, Field(ge=1, le=40)] = 10,
) -> Answer:
    """What the United Nations has asked that is a place's own, quoted line by line with what it rests on. Whose it is
    may be a machine's proposal: each line says whether a person confirmed it."""
    return answers.brief(place, lang, department, theme, items)


#: Every tool there is. None writes.
TOOLS: tuple[Callable[..., Answer], ...] = (search, show, check_quotation, check_citations, doors, brief)


def make_server() -> MCPServer[Any]:
    """The server with its tools, each marked as one that only reads and reaches nothing outside."""
    server: MCPServer[Any] = MCPServer(
        "small-places", title="Small Places", instructions=INSTRUCTIONS, version=smallplaces.__version__
    )
    for tool in TOOLS:
        server.add_tool(
            tool, annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
        )
    return server
