"""``smallplaces serve``: the site."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings

from smallplaces.errors import Locked
from smallplaces_site.actions.initialise import initialise
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import out


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on. Default: SMALLPLACES_HOST.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on. Default: PORT.", min=0, max=65535)] = 0,
) -> None:
    """Serve the pages and the API until stopped. Prints the address.

    After an upgrade it first brings tables, messages, static files and the index up to date.
    """
    from granian.constants import Interfaces  # noqa: PLC0415  # only this command needs a server
    from granian.server import Server  # noqa: PLC0415

    try:
        for line in initialise():
            out.print(line)
    except Locked as error:  # an import is running: serve what stands, it brings the index up to date itself
        out.print(error.message, highlight=False)
    address = host or settings.SETTINGS["SMALLPLACES_HOST"]
    number = port or settings.SETTINGS["PORT"]
    shown = f"[{address}]" if ":" in address else address
    out.print(f"Small Places: http://{shown}:{number}/", highlight=False, soft_wrap=True)
    Server(
        "smallplaces_site.project.wsgi:application",
        address=address,
        port=number,
        interface=Interfaces.WSGI,
        workers=settings.SETTINGS["SMALLPLACES_WORKERS"],
        blocking_threads=4,
        log_access=False,
    ).serve()
