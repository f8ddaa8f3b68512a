"""What all page views share: entity tags by data version, friendly refusals, lists as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition

import smallplaces
from smallplaces.errors import NotFound, UserError
from smallplaces_site.corpus import export
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.people.models import Role
from smallplaces_site.people.rights import Forbidden
from smallplaces_site.web import easy
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.errors import told
from smallplaces_site.web.names import ui
from smallplaces_site.web.pair import remembered

View = Callable[..., HttpResponseBase]

#: Rows of one page of a list.
PAGE_SIZE = 50


@cache
def _build() -> str:
    """Changes whenever the software does: its version and the newest of its page files."""
    files = Path(__file__).resolve().parent.parent.rglob("*")
    newest = max(int(file.stat().st_mtime) for file in files if file.suffix in {".html", ".css", ".js", ".py"})
    return f"{smallplaces.__version__}-{newest:x}"


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None  # what somebody who signed in sees may change with what people do
    # The day stands in it because citations and exports say when they were made, the languages side by side and
    # easy reading because cookies choose them.
    pair = ".".join((*(remembered(request) or ()), "easy" * easy.wanted(request)))
    return quote_etag(f"{_build()}-{data_version().tag}-{datetime.now(UTC):%Y%m%d}-{ui()}-{pair}")


def page(view: View) -> View:
    """A page that changes only with the data and the software: browsers ask, and are told "not modified".

    What the store does not hold becomes a page that says so (404); what cannot be understood another (400).
    """

    answer = _refusals(view)

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = answer(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    conditional: View = condition(etag_func=_etag)(kept)
    return conditional


def working_page(view: View) -> View:
    """A page on which people work: never kept by a browser, with the same friendly refusals as :func:`page`.

    Whoever is not signed in and asks for what needs a right is led to signing in, and back.
    """
    return never_cache(_refusals(view))


def _refusals(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(told(error)) from error
        except Forbidden as error:
            return forbid(request, error)
        except UserError as error:
            return refuse(request, told(error))

    return answer


def forbid(request: HttpRequest, error: Forbidden) -> HttpResponseBase:
    """A page that says who may (403); to signing in for whoever did not."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return render(request, "web/forbidden.html", {"roles": [Role(role) for role in error.roles]}, status=403)


def refuse(request: HttpRequest, message: str) -> HttpResponse:
    """A page that says what could not be understood."""
    return render(request, "web/refused.html", {"message": message}, status=400)


def paged(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> Page[Any]:
    """The page asked for by ``?page=``: any text is a page (the first), any number too (the last)."""
    return Paginator(rows, size).get_page(request.GET.get("page", "1"))


def wants_file(request: HttpRequest) -> str:
    """ "csv", "xlsx" or "json" when the list is wanted as a file; empty when as a page."""
    form = request.GET.get("format", "").lower()
    return form if form in export.CONTENT_TYPES else ""


def as_file(table: export.Table, form: str) -> StreamingHttpResponse:
    """A list as a file to keep."""
    response = StreamingHttpResponse(export.write(table, form), content_type=export.CONTENT_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{export.file_name(table, form)}"'
    return response


def address(request: HttpRequest) -> str:
    """The address at which the list can be seen again: this one without the file format and page."""
    query = request.GET.copy()
    for name in ("format", "page"):
        query.pop(name, None)
    path = absolute(request, request.path)
    return f"{path}?{query.urlencode()}" if query else path


def unknown(what: str) -> Http404:
    """To be raised for a name that neither catalogue nor store has."""
    return Http404(_("Nothing here is called “%(name)s”.") % {"name": what[:120]})
