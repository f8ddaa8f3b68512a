"""The fields of the index, and a prepared entry as a document of it."""

from __future__ import annotations

import zlib

import tantivy

from smallplaces.search.prepare import Prepared
from smallplaces.search.schema import FACETS
from smallplaces.text.language import GROUPS

#: Part of an entry -> prefix of its field; one field a group: "a_en".
PARTS = {"all": "a_", "beside": "o_", "title": "h_", "label": "l_"}
SURFACE = "v_"
FACET = "f_"
UNDATED_LAST = 99999999
_COUNTED = tuple(name for name in FACETS if name != "cites")


def schema() -> tantivy.Schema:
    """One field a part and group; raw fields for what is filtered, fast ones for what is
    counted or sorted by. Everything an answer shows is one stored value."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("work", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("work_hash", fast=True)
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("date", indexed=True, fast=True)  # 0: unknown
    builder.add_unsigned_field("date_up", fast=True)  # the same, unknown last
    builder.add_float_field("weight", fast=True)
    for group in GROUPS:
        for prefix in PARTS.values():
            option = "basic" if prefix == PARTS["beside"] else "position"
            builder.add_text_field(prefix + group, tokenizer_name="whitespace", index_option=option)
        builder.add_text_field(SURFACE + group, tokenizer_name="whitespace", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(FACET + facet, tokenizer_name="raw", index_option="basic", fast=facet in _COUNTED)
    builder.add_text_field("meta", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True, indexed=False)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Our analysers make the terms; the engine only splits them at white space."""
    tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", tokenizer)


def work_hash(work: str) -> int:
    """A number of 52 bits for a work: counts come back as floating point numbers and must not blur it."""
    raw = work.encode()
    return zlib.crc32(raw) << 20 | zlib.crc32(raw, 20261123) & 0xFFFFF


def document(prepared: Prepared) -> tantivy.Document:
    """A prepared entry as a document."""
    entry = prepared.entry
    doc = tantivy.Document()
    doc.add_unsigned("id", entry.id)
    doc.add_unsigned("work_hash", work_hash(entry.work))
    doc.add_unsigned("date", prepared.date)
    doc.add_unsigned("date_up", prepared.date or UNDATED_LAST)
    doc.add_float("weight", 2.0**entry.weight - 2.0)  # the engine multiplies a score by log2(2 + weight)
    for work in prepared.works:
        doc.add_text("work", work)
    if entry.number:
        doc.add_text("number", entry.number)
    for part, group, terms in prepared.terms:
        if terms:
            doc.add_text(PARTS[part] + group, terms)
    for group, found in prepared.surface:
        doc.add_text(SURFACE + group, found)
    for facet, values in entry.facets.items():
        for value in values:
            doc.add_text(FACET + facet, value)
    doc.add_bytes("stored", prepared.stored)
    return doc


def watermark_document(value: int) -> tantivy.Document:
    """The document that tells which change the index has seen; committed with the changes themselves."""
    doc = tantivy.Document()
    doc.add_text("meta", "watermark")
    doc.add_bytes("stored", str(value).encode())
    return doc
