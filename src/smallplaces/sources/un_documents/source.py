"""United Nations documents as files whose place tells their symbol and language.

Reads: the names of the files; ``un_documents/CRPD/C/KOR/CO/2-3.en.pdf`` is the English version of CRPD/C/KOR/CO/2-3.
Writes: nothing. The files themselves are read by a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smallplaces.errors import BadFile, BadSymbol
from smallplaces.model import symbol
from smallplaces.model.document import Edition, Kind, Origin, Work
from smallplaces.sources.base import Context, File, Item, ToParse
from smallplaces.sources.delivery import deliver
from smallplaces.vocab import resolve_state

FOLDER = "un_documents"
_NAME = re.compile(rf"(?:^|/){FOLDER}/(?P<symbol>.+)\.(?P<lang>[a-z]{{2,3}})\.(?:pdf|docx|doc|html)", re.IGNORECASE)


def name_of(canonical: str, lang: str, suffix: str) -> str:
    """The name under which a document's file is imported."""
    return f"{FOLDER}/{canonical}.{lang}.{suffix}"


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every file with what its place tells. A folder of chosen documents is never complete."""
    yield from deliver(files, context, lambda file: _document(file, context), everything=False)


def _document(file: File, context: Context) -> Iterator[Item]:
    match = _NAME.search(file.name)
    if match is None:
        raise BadFile(f"is not named {FOLDER}/SYMBOL.LANGUAGE.pdf", where=file.name)
    lang = match["lang"].lower()
    if context.languages and lang not in context.languages:
        return
    try:
        found = symbol.parse(match["symbol"])
    except BadSymbol as error:
        raise BadFile(error.message, where=file.name) from error
    state = resolve_state(found.state) if found.state else None
    work = Work(
        key=found.canonical,
        kind=found.kind or Kind.OTHER,
        symbol=found.canonical,
        body=found.body,
        states=(state.code,) if state else (),
    )
    yield ToParse(file, work, Edition(lang), Origin(file.sha256, file.name))
