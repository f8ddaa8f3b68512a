"""The addresses of following, of feeds, and of programs that are told."""

from __future__ import annotations

from django.urls import path, re_path

from smallplaces_site.web.views import feeds, follows, hooks

urlpatterns = [
    path("follow/", follows.follow, name="follow"),
    path("follows/", follows.mine, name="follows"),
    path("follows/confirm/<str:token>/", follows.confirm, name="follow_confirm"),
    path("follows/of/<str:key>/", follows.of_key, name="follows_of"),
    path("follows/off/<str:key>/", follows.off, name="follow_off"),
    path("follows/off/<str:key>/<str:how>/", follows.off_all, name="follow_off_all"),
    path("follows/on/<str:key>/", follows.on, name="follow_on"),
    path("follows/change/<str:key>/", follows.change, name="follow_change"),
    path("follows/programs/", hooks.index, name="hooks"),
    path("follows/programs/<int:pk>/", hooks.hook, name="hook"),
    re_path(r"^feeds/(?P<what>[a-z]+)/(?P<name>.+)\.atom$", feeds.feed, name="feed"),
    path("feeds/search.atom", feeds.search, name="feed_search"),
]
