"""Every command registers itself when imported, in the order in which ``--help`` lists them."""

from smallplaces_site.cli.commands import (  # isort: skip
    init,
    importing,
    fetch,
    search,
    show,
    export,
    serve,
    rebuild,
    doctor,
    backup,
    sources,
    example,
    parse,
)

__all__ = [
    "backup",
    "doctor",
    "example",
    "export",
    "fetch",
    "importing",
    "init",
    "parse",
    "rebuild",
    "search",
    "serve",
    "show",
    "sources",
]
