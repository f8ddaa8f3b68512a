"""The door every request to the API goes through: other sites may read, HEAD works, unchanged data is not sent twice,
and no error leaves in another shape than problem+json."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

import smallplaces
from smallplaces_site.api import followup, problems
from smallplaces_site.corpus.index import engine
from smallplaces_site.corpus.read.news import data_version

View = Callable[..., HttpResponseBase]

#: These addresses have no language in front, so that a 404 is not sent on to look for one.
_ADDRESSES = "smallplaces_site.api.urls"
_READING = "GET, HEAD, OPTIONS"


def door(view: View) -> View:
    """``view`` as the outside sees it."""

    @csrf_exempt
    @wraps(view, updated=())
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.urlconf = _ADDRESSES
        if request.method == "OPTIONS":
            response: HttpResponseBase = _preflight()
        elif request.method in ("GET", "HEAD"):
            response = _answer(view, request, args, kwargs)
        else:
            response = problems.problem(request, 405, f"The API is for reading: {_READING}.")
            response["Allow"] = _READING
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After, Content-Disposition"
        return response

    return opened


def _preflight() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Allow"] = response["Access-Control-Allow-Methods"] = _READING
    response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    del response["Content-Type"]
    return response


def _answer(view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
    head = request.method == "HEAD"
    try:
        tag = _tag(request)
        if head:
            request.method = "GET"  # operations know GET alone
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            response: HttpResponseBase = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        else:
            response = view(request, *args, **kwargs)
    except Exception as error:  # noqa: BLE001 - the last door: nothing leaves in another shape
        response = problems.of(request, error)
    else:
        if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            response["ETag"] = tag
            response["Cache-Control"] = "no-cache"  # keep it, but ask whether the data is still the same
    return _without_body(request, response) if head else response


def _tag(request: HttpRequest) -> str:
    """The entity tag of what this address answers now: weak, because it may be sent compressed.

    It changes with the data, with the index, which follows the data a moment later, and with the program's version.
    """
    asked = f"{smallplaces.__version__} {data_version().tag} {engine().backend.generation()} {request.get_full_path()}"
    if "/follow-up" in request.path:  # changes with what people do, not with the data
        asked += f" {followup.newest()}"
    return f'W/"{hashlib.blake2b(asked.encode("utf-8", "replace"), digest_size=12).hexdigest()}"'


def _without_body(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    request.method = "HEAD"
    if isinstance(response, StreamingHttpResponse):
        response.close()
        response.streaming_content = iter(())
    elif isinstance(response, HttpResponse):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


@door
def nowhere(request: HttpRequest) -> HttpResponse:
    """What every other address below ``/api/`` answers."""
    return problems.problem(request, 404, "There is nothing at this address; /api/v1/docs lists what there is.")
