"""The two languages that a reader has side by side: as the address says, else as they were chosen last.

A cookie of our own remembers the choice: the two languages and nothing else. It needs no script.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from smallplaces_site.corpus.read.documents import EditionView, WorkView
from smallplaces_site.web.names import ui

COOKIE = "side_by_side"
_KEPT = 180 * 24 * 3600  # seconds
_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9-]{1,30})?"
_PAIR = re.compile(rf"({_TAG})\.({_TAG})")


def remembered(request: HttpRequest) -> tuple[str, str] | None:
    """The languages chosen last, first and second; None when none were, or when the cookie is not one of ours."""
    found = _PAIR.fullmatch(request.COOKIES.get(COOKIE, ""))
    return (found[1], found[2]) if found and found[1] != found[2] else None


def first(request: HttpRequest, work: WorkView) -> EditionView | None:
    """The edition asked for by ``?text=``, else the first of the pair chosen last, if the document has both, else in
    the language of the page, else the best there is."""
    pair = remembered(request)
    if pair and "text" not in request.GET and "beside" not in request.GET and all(map(work.edition, pair)):
        return work.edition(pair[0])
    return work.best_edition(request.GET.get("text", ""), ui())


def second(request: HttpRequest, work: WorkView, one: EditionView | None) -> EditionView | None:
    """The edition beside it: as ``?beside=`` says (empty: none), else the other of the pair chosen last."""
    if one is None:
        return None
    pair = remembered(request) or ("", "")
    other = {pair[0]: pair[1], pair[1]: pair[0]}.get(one.lang, "")
    found = work.edition(request.GET.get("beside", other))
    return found if found != one else None


def remember(request: HttpRequest, response: HttpResponse, one: EditionView | None, other: EditionView | None) -> None:
    """Keep what the address chose, or forget it where the address says that nothing stands beside."""
    if "beside" not in request.GET:
        return
    if one is None or other is None:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, f"{one.lang}.{other.lang}", _KEPT, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
