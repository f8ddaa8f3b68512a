"""Signing in, and one's own page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from smallplaces_site.people.models import Membership, User
from smallplaces_site.web import yours


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What somebody is here, for whom they act, and where they can go from here."""
    held = Membership.objects.filter(user=request.user.pk, ended=None).select_related("organisation").order_by("pk")
    mine = yours.entries(request.user) if isinstance(request.user, User) else []
    return render(request, "web/account.html", {"memberships": held, "entries": mine})
