"""What can be asked: one schema an address, strict, so that a misspelt parameter is told and not passed over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Schema
from ninja.errors import ValidationError
from ninja.params.models import QueryModel
from pydantic import Field

Year = Annotated[int | None, Field(ge=1900, le=2200)]
Words = Annotated[list[str], Field(max_length=200)]


def strict(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """An operation that refuses parameters it does not know. ``run`` is the bound method of a ninja Operation."""
    operation: Any = getattr(run, "__self__")  # noqa: B009 - a bound method, which its type does not say
    known = {
        name
        for model in operation.models
        if issubclass(model, QueryModel)
        for name in getattr(model, "__ninja_flatten_map__", {})
    }

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        strange = sorted(set(request.GET) - known)
        if strange:
            raise ValidationError([{"type": "extra_forbidden", "loc": ("query", name)} for name in strange])
        return run(request, **kwargs)

    return checked


class InLanguage(Schema):
    """Which edition."""

    lang: str = Field("", description="Language of the edition (BCP 47). Empty: English, else the first there is.")


class DocumentsAsked(Schema):
    """Filters of the list of documents. A filter given several times takes alternatives."""

    kind: Words = Field(default_factory=list, description="Kinds of document.")
    body: Words = Field(default_factory=list, description="Codes of bodies.")
    state: Words = Field(default_factory=list, description="States concerned, ISO 3166-1 alpha-3.")
    lang: Words = Field(default_factory=list, description="Documents that can be read in one of these languages.")
    since: Year = Field(None, description="First year.")
    until: Year = Field(None, description="Last year.")
    limit: int = Field(50, ge=1, le=200, description="How many at once.")
    cursor: str = Field("", description="`next` of the answer before.", pattern=r"^\d{0,18}$")


class ChangesAsked(Schema):
    """Where to go on in the log."""

    since: int = Field(0, ge=0, le=2**62, description="`cursor` of the answer before; 0: from the beginning.")
    limit: int = Field(100, ge=1, le=1000, description="How many lines at once.")
    work: str = Field("", description="Only changes of the document with this key.")
