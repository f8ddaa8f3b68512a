"""Every command registers itself when imported, in the order in which ``--help`` lists them."""

from smallplaces_site.cli.commands import (  # isort: skip
    init,
    importing,
    fetch,
    search,
    show,
    align,
    export,
    serve,
    rebuild,
    doctor,
    backup,
    sources,
    example,
    parse,
    cite,
    threads,
)

__all__ = [
    "align",
    "backup",
    "cite",
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
    "threads",
]
