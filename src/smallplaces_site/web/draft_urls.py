"""The addresses of submissions."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import draft_out, drafts

urlpatterns = [
    path("drafts/", drafts.index, name="drafts"),
    path("drafts/new/", drafts.new, name="draft-new"),
    path("drafts/<int:pk>/", drafts.edit, name="draft"),
    path("drafts/<int:pk>/find/", drafts.find, name="draft-find"),
    path("drafts/<int:pk>/insert/", drafts.insert, name="draft-insert"),
    path("drafts/<int:pk>/preview/", draft_out.preview, name="draft-preview"),
    path("drafts/<int:pk>/word/", draft_out.word, name="draft-word"),
    path("drafts/<int:pk>/versions/", draft_out.versions, name="draft-versions"),
    path("drafts/<int:pk>/sign/", draft_out.sign, name="draft-sign"),
    path("drafts/<int:pk>/evidence/<int:attachment>/", draft_out.attached, name="draft-file"),
    path("drafts/<int:pk>/<slug:what>/", drafts.change, name="draft-change"),
]
