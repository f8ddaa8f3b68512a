"""Errors in one shape: problem+json (RFC 9457), whatever went wrong and wherever it did."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from smallplaces.errors import BadInput, Locked, NoRoom, NotFound, UserError

CONTENT_TYPE = "application/problem+json"

_log = logging.getLogger(__name__)
_STATUS: tuple[tuple[type[UserError], int], ...] = ((NotFound, 404), (BadInput, 422), (Locked, 503), (NoRoom, 507))


class Fault(Schema):
    """One thing that is wrong with what was asked."""

    where: str = Field(description="The parameter or name that is meant.")
    message: str = Field(description="What is wrong with it, for a person to read.")


class Problem(Schema):
    """An error, as RFC 9457 has it. The content type is `application/problem+json`."""

    type: str = Field(description="Always `about:blank`: the status says what kind of problem it is.")
    title: str = Field(description="The HTTP status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What went wrong and what to do, for a person to read.")
    instance: str = Field(description="The path that was asked for.")
    errors: list[Fault] = Field(description="Each fault by itself; empty when `detail` says it all.")


def problem(request: HttpRequest, status: int, detail: str, errors: Iterable[tuple[str, str]] = ()) -> HttpResponse:
    """The response that tells a problem. ``errors``: pairs of where and what."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "errors": [{"where": where, "message": message} for where, message in errors],
    }
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    response = HttpResponse(body, status=status, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "60"
    return response


def of(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The problem that an exception is. What was not raised on purpose is logged and told without its inside."""
    if isinstance(error, UserError):
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
        where = error.field or error.where
        return problem(request, status, error.message, [(where, error.message)] if where else ())
    if isinstance(error, ValidationError):
        faults = [_fault(entry) for entry in error.errors]
        detail = "; ".join(f"{where}: {message}" for where, message in faults)
        return problem(request, 422, detail, faults)
    if isinstance(error, HttpError):
        return problem(request, error.status_code, error.message)
    if isinstance(error, Http404):
        return problem(request, 404, "There is nothing at this address.")
    _log.exception("the API failed at %s", request.path, exc_info=True)
    return problem(request, 500, "Something broke on our side; it was written to the log.")


def _fault(entry: dict[str, Any]) -> tuple[str, str]:
    """Where and what of one complaint of the validator."""
    where = ".".join(str(part) for part in entry.get("loc", ())[1:] if part != "params")
    return where, str(entry.get("msg", "cannot be read"))


def install(api: NinjaAPI) -> None:
    """Let every error raised by an operation be told in this shape."""
    for kind in (UserError, ValidationError, HttpError, Http404, Exception):
        api.add_exception_handler(kind, of)
