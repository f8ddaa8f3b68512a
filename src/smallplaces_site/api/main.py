"""The interface put together."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.constants import NOT_SET
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from smallplaces_site.api import (
    about,
    bodies,
    briefs,
    changes,
    citations,
    documents,
    doors,
    followup,
    instruments,
    local,
    places,
    practices,
    problems,
    search,
    states,
    threads,
)
from smallplaces_site.api.params import strict
from smallplaces_site.api.throttle import Window

#: Where the project mounts the interface.
PREFIX = "/api/v1/"
_DESCRIPTION = """\
International human rights documents by symbol and paragraph, in every language they are held in.

Everything here can be read without an account and from any other site. Answers carry an `ETag` that changes with the
data: send it back as `If-None-Match` and unchanged answers cost nothing. Every error is `application/problem+json`.
An unknown parameter is an error, so that a misspelt filter is never passed over in silence.
"""


class _Json(JSONRenderer):
    """JSON with letters as they are, not escaped: half the size for most languages of the world."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        text = json.dumps(data, cls=self.encoder_class, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


def _throttle() -> Any:
    rate = settings.SETTINGS["SMALLPLACES_API_RATE"]
    if rate is None:
        return NOT_SET
    number, seconds = rate
    return Window(number, seconds, proxies=settings.SETTINGS["SMALLPLACES_PROXIES"])


class _Api(NinjaAPI):
    """The interface, whose description also tells of problems."""

    _described: OpenAPISchema | None = None

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function, which is short and stays."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The description, with the one shape that every error has. Made once: it never changes while we run."""
        if self._described is None:
            self._described = _with_problems(super().get_openapi_schema(path_prefix=PREFIX))
        return self._described


def _with_problems(description: OpenAPISchema) -> OpenAPISchema:
    schemas = description["components"]["schemas"]
    whole = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= whole.pop("$defs")
    schemas["Problem"] = whole
    told = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for path in description["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = {
                "description": "What went wrong: not found (404), not understood (422), too often (429)…",
                "content": {problems.CONTENT_TYPE: told},
            }
    return description


api = _Api(
    title="Small Places",
    version="1",
    description=_DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    renderer=_Json(),
    throttle=_throttle(),
    openapi_extra={"info": {"license": {"name": "AGPL-3.0-or-later (the software; texts: see /about)"}}},
)
problems.install(api)
api.add_decorator(strict, mode="view")
for _room in (
    search,
    citations,
    local,
    documents,
    instruments,
    states,
    places,
    briefs,
    threads,
    doors,
    followup,
    practices,
    bodies,
    changes,
    about,
):
    api.add_router("", _room.router)
