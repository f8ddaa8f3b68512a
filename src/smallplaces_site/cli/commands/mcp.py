"""``smallplaces mcp``: what AI assistants may ask."""

from __future__ import annotations

from django.conf import settings

from smallplaces.errors import NotFound
from smallplaces.search.backends.base import IndexState
from smallplaces_site.cli.app import app
from smallplaces_site.corpus.index import engine


@app.command()
def mcp() -> None:
    """Answer an AI assistant on standard input and output (Model Context Protocol). Read-only; opens no port.

    Put this command into the assistant's list of servers. It quotes exact words with symbol, paragraph, language and
    data version.
    """
    from smallplaces_site.assistant.server import make_server  # noqa: PLC0415  # only this command needs the SDK

    if engine().state() is IndexState.MISSING:
        raise NotFound("there is no index here; begin with: smallplaces init", where=str(settings.HOME))
    make_server().run("stdio")
