"""A submission as it will be read: preview and print, Word file, versions and what changed, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from smallplaces.errors import BadInput, NotFound
from smallplaces.text.manuscript import Block, Cited, Note
from smallplaces_site.actions.write_draft import reopen_draft, sign_draft
from smallplaces_site.drafts import read
from smallplaces_site.drafts.check import Section, citations_of, length_of, read_sections
from smallplaces_site.drafts.docx import Paper, to_docx
from smallplaces_site.drafts.read import DraftView, VersionView
from smallplaces_site.web import names
from smallplaces_site.web.errors import told
from smallplaces_site.web.kept import kept_file
from smallplaces_site.web.views.drafts import footnote, opened
from smallplaces_site.web.views.pages import working_page

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Line:
    """A heading or a numbered paragraph of the preview: pieces are words, or the number of a footnote."""

    heading: bool
    number: int
    pieces: tuple[tuple[str, int], ...]


@working_page
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The submission as it will be read, ready for print; ``?version=`` an earlier one."""
    one = opened(request, pk)
    version = _version(request, one)
    sections = _sections(version)
    notes = _footnotes(sections, one.lang)
    lines, listed = _lines(sections, notes)
    return render(
        request,
        "web/draft_preview.html",
        {
            "section": "account",
            "one": one,
            "printed": version,
            "lines": lines,
            "notes": listed,
            "length": length_of(sections, one.step, one.due or version.at.date(), joint=one.joint),
            "attachments": read.attachments(pk),
            "signed": one.signed == version.version,
        },
    )


@working_page
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The submission as a Word file."""
    one = opened(request, pk)
    version = _version(request, one)
    sections = _sections(version)
    with override(one.lang):
        facts = [(_("Submitted by"), names.listed([one.owner_name, *(name for _pk, name in one.coauthors)]))]
        facts.append((_("For"), one.step.name(one.lang)))
        if one.signed == version.version:
            facts.append((_("Signed"), f"{one.signed_by}, {one.signed_at:%Y-%m-%d}"))
        else:
            facts.append((_("Standing"), _("Draft, not signed")))
        paper = Paper(
            title=version.title,
            lang=one.lang,
            facts=tuple(facts),
            sections=tuple((held.heading, held.blocks) for held in sections),
            annexes_title=_("Evidence"),
            annexes=tuple(f"{file.title}: {file.address or file.name}" for file in read.attachments(pk)),
            foot=f"{version.title[:80]} · {_('Version')} {version.version}",
            footnotes=_footnotes(sections, one.lang),
        )
    stem = re.sub(r"[^\w가-힣-]+", "-", version.title)[:60].strip("-") or "submission"
    response = HttpResponse(to_docx(paper, made=version.at), content_type=_DOCX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stem)}-v{version.version}.docx"
    return response


@working_page
def versions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every version, and what changed between two of them."""
    one = opened(request, pk)
    every = read.versions(pk)
    before, after = (
        _chosen(request, "from", every[-1:] if len(every) < 2 else every[1:2]),
        _chosen(request, "to", every[:1]),
    )
    older, newer = read.version(pk, before), read.version(pk, after)
    return render(
        request,
        "web/draft_versions.html",
        {
            "section": "account",
            "one": one,
            "versions": every,
            "older": older,
            "newer": newer,
            "compared": read.compared(older, newer) if older != newer else [],
        },
    )


def _chosen(request: HttpRequest, name: str, otherwise: Sequence[VersionView]) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else otherwise[0].version


@working_page
def sign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign what is written, or take the signature back."""
    opened(request, pk)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "reopen":
                reopen_draft(pk, by=request.user)
                messages.success(request, _("The signature is taken back. You can write on."))
            else:
                sign_draft(pk, by=request.user, late=request.POST.get("late", ""))
                messages.success(request, _("Signed. Nothing was sent: send the file by the way that the step names."))
        except BadInput as error:
            messages.error(request, told(error))
    return HttpResponseRedirect(f"{reverse('draft', args=[pk])}#sign")


@working_page
def attached(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """A file of evidence, to be kept and never opened in the page."""
    opened(request, pk)
    found = next((one for one in read.attachments(pk) if one.id == attachment and one.sha256), None)
    if found is None:
        raise NotFound("There is no evidence with the number %(where)s.", where=str(attachment))
    return kept_file(found.sha256, found.name, found.kind, found.size)


def _version(request: HttpRequest, one: DraftView) -> VersionView:
    every = read.versions(one.id)
    return read.version(one.id, _chosen(request, "version", every[:1]))


def _sections(version: VersionView) -> tuple[Section, ...]:
    return read_sections([{"heading": heading, "text": text} for heading, text in version.sections])


def _footnotes(sections: Sequence[Section], lang: str) -> dict[str, str]:
    return {one.cited.typed: footnote(one, lang) for one in citations_of(sections, lang)}


def _lines(sections: Sequence[Section], notes: dict[str, str]) -> tuple[list[tuple[str, list[Line]]], list[str]]:
    """Sections as lines with the numbers of their footnotes, and the footnotes in order."""
    found: list[tuple[str, list[Line]]] = []
    listed: list[str] = []
    number = 0
    for section in sections:
        lines = []
        for block in section.blocks:
            number += not block.heading
            lines.append(Line(block.heading, number, tuple(_pieces(block, notes, listed))))
        found.append((section.heading, lines))
    return found, listed


def _pieces(block: Block, notes: dict[str, str], listed: list[str]) -> list[tuple[str, int]]:
    pieces = []
    for piece in block.pieces:
        if isinstance(piece, Note):
            listed.append(piece.text)
        elif isinstance(piece, Cited):
            listed.append(notes.get(piece.typed, piece.typed))
        pieces.append((piece, 0) if isinstance(piece, str) else ("", len(listed)))
    return pieces
