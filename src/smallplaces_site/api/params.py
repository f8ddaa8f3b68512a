"""What can be asked: one schema an address, strict, so that a misspelt parameter is told and not passed over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Schema
from ninja.errors import ValidationError
from ninja.params.models import QueryModel
from pydantic import AfterValidator, Field

from smallplaces.search.schema import FACETS


def _counted(name: str) -> str:
    if name not in COUNTED:
        raise ValueError(f"there are {', '.join(COUNTED)}")
    return name


Year = Annotated[int | None, Field(ge=1900, le=2200)]
Words = Annotated[list[str], Field(max_length=200)]
#: Facets that can be counted: what a paragraph cites has too many values.
COUNTED = tuple(name for name in FACETS if name != "cites")
Facet = Annotated[str, AfterValidator(_counted)]


def _given(request: HttpRequest) -> list[tuple[str, str]]:
    """Every value of every parameter but ``q``, which may be any text."""
    return [(name, value) for name, values in request.GET.lists() if name != "q" for value in values]


def strict(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """An operation that refuses what it would not understand. ``run`` is the bound method of a ninja Operation."""
    operation: Any = getattr(run, "__self__")  # noqa: B009 - a bound method, which its type does not say
    known = {
        name
        for model in operation.models
        if issubclass(model, QueryModel)
        for name in getattr(model, "__ninja_flatten_map__", {})
    }

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        faults = [(name, "there is no such parameter") for name in sorted(set(request.GET) - known)]
        faults += [(name, "it holds a NUL, which no name has") for name, value in _given(request) if "\x00" in value]
        if faults:
            raise ValidationError([{"loc": ("query", name), "msg": message} for name, message in faults])
        return run(request, **kwargs)

    return checked


class InLanguage(Schema):
    """Which edition."""

    lang: str = Field("", description="Language of the edition (BCP 47). Empty: English, else the first there is.")


class HitsAsked(Schema):
    """What to search for. A filter given several times takes alternatives; different filters must all hold."""

    q: str = Field(
        "",
        description='Words, "phrases", AND OR NOT and -, prefixes*, field:value, years and ranges, or a symbol in any '
        "spelling. Any text is a valid query. Empty: everything.",
    )
    kind: Words = Field(default_factory=list, description="Kind of document.")
    body: Words = Field(default_factory=list, description="Code of the body: CRPD, CCPR, UPR…")
    state: Words = Field(default_factory=list, description="State concerned, ISO 3166-1 alpha-3.")
    region: Words = Field(
        default_factory=list, description="Regional group of that State: AFRICA, ASIA-PACIFIC, EEG, GRULAC, WEOG."
    )
    year: Words = Field(default_factory=list, description="Year of the document.")
    theme: Words = Field(default_factory=list, description="Theme, as a source labels it.")
    group: Words = Field(default_factory=list, description="Persons concerned, as a source labels them.")
    sdg: Words = Field(default_factory=list, description="Sustainable Development Goal or target.")
    position: Words = Field(default_factory=list, description="Of the State under review: supported, noted, in-part.")
    recommending: Words = Field(default_factory=list, description="State that recommends, ISO 3166-1 alpha-3.")
    action: Words = Field(default_factory=list, description="What kind of action is asked for, as a source labels it.")
    lang: Words = Field(default_factory=list, description="Language of the text (BCP 47).")
    source: Words = Field(default_factory=list, description="Name of the source.")
    cites: Words = Field(default_factory=list, description="What the paragraph cites: treaty:ICESCR/11, CRPD/C/GC/5…")
    across: bool = Field(True, description="Look in the other languages too, for the concepts that the words name.")
    without: Words = Field(default_factory=list, description="Codes of concepts not to look for in other languages.")

    def filters(self) -> dict[str, list[str]]:
        """The filters that were given, by facet."""
        chosen = {name: getattr(self, name) for name in FACETS}
        for name in ("state", "recommending"):
            chosen[name] = [code.upper() for code in chosen[name]]
        return {name: values for name, values in chosen.items() if values}


class SearchAsked(HitsAsked):
    """A search, a page at a time."""

    facets: list[Facet] = Field(default_factory=list, description="The facets to count. Default: all of them.")
    sort: Literal["relevance", "newest", "oldest"] = Field("relevance", description="Order of the hits.")
    limit: int = Field(20, ge=0, le=100, description="Hits at once.")
    offset: int = Field(0, ge=0, le=10_000, description="Hits to pass over. Deeper than 10,000: use /export.")
    grouped: bool = Field(False, description="One hit a document.")


class RecommendationsAsked(InLanguage):
    """Filters of the recommendations to a State. A filter given several times takes alternatives."""

    body: Words = Field(default_factory=list, description="Codes of bodies.")
    position: Words = Field(default_factory=list, description="supported, noted, in-part, pending.")
    cycle: Words = Field(default_factory=list, description="Cycles of the Universal Periodic Review.")
    recommending: Words = Field(default_factory=list, description="States that recommend, ISO 3166-1 alpha-3.")
    theme: Words = Field(default_factory=list, description="Themes, as a source labels them.")
    group: Words = Field(default_factory=list, description="Persons concerned, as a source labels them.")
    limit: int = Field(50, ge=1, le=500, description="How many at once.")
    offset: int = Field(0, ge=0, description="How many to pass over.")


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
