"""The assembly of the Unicode project: a zip of one XML file a language version, and an index of them.

Reads: ``udhr_xml.zip``. Yields the same records as the packaging in JSON lines. No document type is allowed in the
XML, and nothing is unpacked beyond what a declaration can need.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from smallplaces.errors import BadFile
from smallplaces.sources.base import File, Refusal

_INDEX = "index.xml"
_LARGEST = 4_000_000  # bytes of one language version; the largest real one has under 100,000
_MOST = 5_000


def versions(file: File) -> Iterator[tuple[str, dict[str, Any]] | Refusal]:
    """Each language version with its place. A version that cannot be read is refused, the others go on.

    Raises :class:`BadFile` when the file is no zip or holds no index.
    """
    try:
        with zipfile.ZipFile(file.path) as packed:
            members = {info.filename.rpartition("/")[2]: info for info in packed.infolist()}
            if _INDEX not in members:
                raise BadFile(f"holds no {_INDEX}", where=file.name)
            index = _xml(packed, members[_INDEX], file)
            for entry in list(index)[:_MOST]:
                if not isinstance(entry.tag, str):
                    continue
                code = entry.get("f", "")
                name = f"udhr_{code}.xml"
                where = f"{file.name}/{name}"
                if name not in members:
                    continue  # a version that is announced and not yet written down (stage 1)
                try:
                    yield where, _record(entry, _xml(packed, members[name], file))
                except BadFile as error:
                    yield Refusal(where, error.message)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BadFile(f"is not a zip that can be read: {error}", where=file.name) from error


def _xml(packed: zipfile.ZipFile, info: zipfile.ZipInfo, file: File) -> etree._Element:
    """The root of one member. Raises :class:`BadFile` when it is too large, damaged or declares a document type."""
    where = f"{file.name}/{info.filename}"
    with packed.open(info) as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise BadFile("is larger than any declaration", where=where)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadFile("declares a document type, which no version has", where=where)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadFile(f"is not XML: {error}", where=where) from error


def _record(entry: etree._Element, root: etree._Element) -> dict[str, Any]:
    """One version in the shape of the other packaging."""
    preamble = root.find("{*}preamble")
    return {
        "code": entry.get("f", ""),
        "lang": entry.get("bcp47", ""),
        "dir": entry.get("dir", ""),
        "iso639_3": entry.get("iso639-3", ""),
        "name": entry.get("n", ""),
        "title": _text(root.find("{*}title")),
        "preamble": _lines(preamble) if preamble is not None else [],
        "articles": [
            {
                "number": article.get("number", ""),
                "title": _text(article.find("{*}title")),
                "paragraphs": _lines(article),
            }
            for article in root.findall("{*}article")
        ],
    }


def _lines(element: etree._Element) -> list[str]:
    return [_text(para) for para in element.iter("{*}para")]


def _text(element: etree._Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
