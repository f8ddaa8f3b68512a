"""What of a document is translated, what is missing, and what has changed since; and the same of all documents."""

from __future__ import annotations

import csv
import io

import yaml
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from smallplaces.model.language import CODES
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.translation import Translation, progress, translation
from smallplaces_site.corpus.titles import title_of
from smallplaces_site.web import names
from smallplaces_site.web.beside import said
from smallplaces_site.web.reading import text_direction
from smallplaces_site.web.views.pages import address, as_file, page, paged, wants_file

#: The columns of the file to fill in; all but the last are fields of a collection.
_COLUMNS = ("symbol", "number", "paragraph_kind", "heading", "text", "original")


@page
def document(request: HttpRequest, key: str) -> HttpResponseBase:
    """One document: ``?to=`` the language of the translation, ``?from=`` that of the original."""
    into = _language(request.GET.get("to", ""))
    found = translation(key, into, request.GET.get("from", ""))
    form = request.GET.get("format", "")
    if form == "csv" and found.work.symbol:
        return _download(_to_fill_in(found), f"{_stem(found)}.csv", "text/csv; charset=utf-8")
    if form == "yml" and found.work.symbol:
        return _download(_mapping(found), "collection.yml", "application/yaml; charset=utf-8")
    return render(
        request,
        "web/translation.html",
        {
            "found": found,
            "work": found.work,
            "doubtful": [
                (row.paragraphs[found.original.lang], row.paragraphs[into], said(row, found.original.lang, into))
                for row in found.doubtful
            ],
            "languages": [code for code in CODES if code != found.original.lang],
            "text_dir": text_direction(found.original),
            "other_dir": text_direction(found.into) if found.into else "",
        },
    )


@page
def overview(request: HttpRequest) -> HttpResponseBase:
    """Which documents have how much in ``?lang=``."""
    lang = _language(request.GET.get("lang", ""))
    rows = progress(lang)
    if form := wants_file(request):
        table = Table(
            name=f"translations-{lang}",
            columns=("symbol", "title", "original", "language", "paragraphs", "translated", "by", "newest"),
            rows=(
                (
                    one.work.symbol or one.work.key,
                    title_of(one.work, names.ui()),
                    one.original.lang,
                    lang,
                    one.total,
                    one.done,
                    one.into.by,
                    one.newest,
                )
                for one in rows
            ),
            query=f"translations [{lang}]",
            address=address(request),
            version=data_version(),
        )
        return as_file(table, form)
    shown = paged(request, rows)
    return render(
        request, "web/translations.html", {"lang": lang, "languages": CODES, "shown": shown, "total": len(rows)}
    )


def _language(asked: str) -> str:
    """One of the seven: as asked, else that of the page, else, on English pages, Korean."""
    if asked in CODES:
        return asked
    return names.ui() if names.ui() != "en" else "ko"


def _stem(found: Translation) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in f"{found.work.key}-{found.lang}")


def _to_fill_in(found: Translation) -> str:
    """A row for each paragraph, as :doc:`the collection format <docs/guide/collection.md>` wants it: what is there
    already is filled in, and the original stands beside."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for mine, other in found.pairs:
        heading = " > ".join((other or mine).heading)
        text = other.text if other else ""
        writer.writerow((found.work.symbol, mine.number, mine.kind, heading, text, _harmless(mine.text)))
    return "\ufeff" + file.getvalue()  # the mark by which spreadsheets know UTF-8


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula. It stands in a column that is read by people only."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _mapping(found: Translation) -> str:
    """The file that describes it. What only the institution knows is left to be filled in."""
    fields = {
        "id": f"translations-{found.lang}",
        "title": "…",
        "publisher": "…",
        "licence": "…",
        "lang": found.lang,
        "kind": found.work.kind,
        "status": "institution-translation",
        "columns": {column: column for column in _COLUMNS[:-1]},
        "ignore": [_COLUMNS[-1]],
    }
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)


def _download(content: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
