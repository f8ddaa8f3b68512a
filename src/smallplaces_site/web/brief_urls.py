"""The addresses of briefs and of plain words."""

from __future__ import annotations

from django.urls import path, re_path

from smallplaces_site.web.views import brief_drafts, briefs, restatements

urlpatterns = [
    path("places/<str:code>/briefs/", briefs.of_place, name="place-briefs"),
    path("places/<str:code>/briefs/new/", briefs.new, name="brief-new"),
    path("places/<str:code>/briefs/view/", briefs.unsaved, name="brief-unsaved"),
    path("briefs/<int:pk>/", briefs.brief, name="brief"),
    path("briefs/<int:pk>/v<int:number>/", briefs.brief, name="brief-version"),
    path("briefs/<int:pk>/compare/", briefs.compare, name="brief-compare"),
    path("briefs/<int:pk>/edit/", brief_drafts.edit, name="brief-edit"),
    path("briefs/<int:pk>/preview/", brief_drafts.preview, name="brief-preview"),
    path("briefs/<int:pk>/withdraw/", brief_drafts.withdraw, name="brief-withdraw"),
    re_path(r"^restatements/(?P<key>.+?)/p/(?P<para>[^/].*)/$", restatements.restatement, name="restatement"),
]
