"""Atom feeds of everything that can be followed: no address needed, nothing is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from smallplaces_site.alerts import asked
from smallplaces_site.alerts.newest import Newest, newest
from smallplaces_site.corpus.read.excerpts import opening
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.titles import title_of
from smallplaces_site.web import names
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.views.pages import page


@page
def feed(request: HttpRequest, what: str, name: str) -> HttpResponseBase:
    """The feed of a place, a State, a body, a theme, an article or a document."""
    return _feed(request, what, asked.canonical(what, name))


@page
def search(request: HttpRequest) -> HttpResponseBase:
    """The feed of a search: its address is that of the search."""
    return _feed(request, "search", asked.canonical("search", request.GET.urlencode()))


def address_of(what: str, name: str) -> str:
    """The address of the feed of what is followed."""
    return f"{reverse('feed_search')}?{name}" if what == "search" else reverse("feed", args=[what, name])


class _Feed(Atom1Feed):
    """A feed that changes with the data, also while it is empty."""

    def latest_post_date(self) -> datetime:
        """When the newest entry came in; when the data last changed, without entries."""
        return super().latest_post_date() if self.items else data_version().at or datetime(2026, 1, 1, tzinfo=UTC)


def _feed(request: HttpRequest, what: str, name: str) -> HttpResponse:
    title = asked.title(what, name)
    written = _Feed(
        title=f"{title} · Small Places",
        link=absolute(request, asked.address(what, name)),
        description="",
        subtitle=_("What came in last: %(title)s") % {"title": title},
        language=names.ui(),
        feed_url=absolute(request, address_of(what, name)),
        feed_guid=_tag(f"feed:{what}/{name}"),
    )
    found = newest(what, name)
    for one in found:
        _entry(request, written, one)
    response = HttpResponse(content_type=written.content_type)
    written.write(response, "utf-8")
    return response


def _entry(request: HttpRequest, written: _Feed, one: Newest) -> None:
    place = one.reading.paragraph
    work, lang = place.edition.work, place.edition.lang
    number = one.reading.number or place.key
    title = title_of(work, names.ui())
    text = f"?text={lang}" if lang != names.ui() else ""
    written.add_item(
        title=f"{work.symbol} ¶ {number}: {title}" if work.symbol else f"{title} ¶ {number}",
        link=absolute(request, reverse("paragraph", args=[work.key, place.key]) + text),
        description=opening(one.reading.text),
        unique_id=_tag(f"{work.key}/{lang}/p/{place.key}"),
        pubdate=one.at,
        updateddate=one.at,
    )


def _tag(path: str) -> str:
    """An id that stays when the site moves to https or to another page address (RFC 4151)."""
    host = str(settings.SETTINGS["SMALLPLACES_URL"]).partition("://")[2].partition("/")[0].partition(":")[0]
    return f"tag:{host or 'localhost'},2026:{quote(path, safe='/:')}"
