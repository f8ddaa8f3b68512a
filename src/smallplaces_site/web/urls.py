"""The addresses of the pages. Those that people read stand below the language: /en/…, /ko/…"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path

from smallplaces_site.web import learn_urls
from smallplaces_site.web.views import (
    about,
    account,
    articles,
    bodies,
    documents,
    glossary,
    home,
    instruments,
    places,
    plain,
    search,
    states,
    threads,
    translations,
)

_KEY = r"(?P<key>.+?)"

pages: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("documents/", plain.documents),
    path("", include("smallplaces_site.web.deciding_urls")),
    path("", include("smallplaces_site.web.local_urls")),
    re_path(rf"^documents/{_KEY}/p/(?P<para>[^/].*)/$", documents.paragraph, name="paragraph"),
    re_path(rf"^documents/{_KEY}/translation/$", translations.document, name="translation"),
    re_path(rf"^documents/{_KEY}/$", documents.document, name="document"),
    path("instruments/", instruments.index, name="instruments"),
    path("instruments/<str:code>/", instruments.instrument, name="instrument"),
    path("instruments/<str:code>/<str:number>/", articles.article, name="article"),
    path("states/", states.index, name="states"),
    path("states/<str:code>/", states.state, name="state"),
    path("states/<str:code>/threads/", threads.index, name="threads"),
    path("states/<str:code>/threads/<str:key>/", threads.thread, name="thread"),
    path("states/<str:code>/recommendations/", states.recommendations, name="recommendations"),
    path("", include("smallplaces_site.web.followup_urls")),
    path("places/", places.index, name="places"),
    path("", include("smallplaces_site.web.brief_urls")),
    path("", include("smallplaces_site.web.practice_urls")),
    path("", include("smallplaces_site.web.draft_urls")),
    path("", include("smallplaces_site.web.round_urls")),
    path("", include("smallplaces_site.web.door_urls")),
    path("places/<str:code>/", places.place, name="place"),
    path("bodies/", bodies.index, name="bodies"),
    path("bodies/<str:code>/", bodies.body, name="body"),
    path("", include("smallplaces_site.web.alerts_urls")),
    path("", include("smallplaces_site.web.letters_urls")),
    path("glossary/", glossary.glossary, name="glossary"),
    path("guide/", glossary.subjects, name="guide"),
    path("bookmarks/", documents.bookmarks, name="bookmarks"),
    path("", include("smallplaces_site.web.learn_urls")),
    path("data/", about.data, name="data"),
    path("data/translations/", translations.overview, name="translations"),
    path("account/", account.account, name="account"),
    path("account/", include("smallplaces_site.web.account_urls")),
    path("data/imports/<int:run_id>/", about.report, name="report"),
    re_path(r"^(?P<rest>.+[^/])$", plain.with_slash),
]

urlpatterns = [
    path("", plain.negotiate, name="root"),
    path("", include(learn_urls.machines)),
    path("robots.txt", plain.robots),
    path("favicon.ico", plain.favicon),
    *i18n_patterns(*pages),
    re_path(
        r"^(?P<rest>(?:search|documents|instruments|states|places|bodies|glossary|doors|guide|bookmarks|briefs|follow-up|restatements|data|account|follow|follows|feeds|letters|learn|review|practices|drafts|rounds)(?:/.*)?)$",
        plain.with_language,
    ),
]
