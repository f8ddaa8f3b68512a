"""Read items, actions and indicators from a file, and say what came of every row."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smallplaces.errors import UserError
from smallplaces_site.actions.allowed import allowed
from smallplaces_site.actions.follow_import import import_sheet
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.titles import state_name
from smallplaces_site.followup.sheets import LARGEST
from smallplaces_site.people.rights import Forbidden
from smallplaces_site.web import names, placelines
from smallplaces_site.web.errors import told
from smallplaces_site.web.followupforms import ImportForm
from smallplaces_site.web.views.pages import working_page
from smallplaces_site.web.views.states import known_state

KINDS = {
    "items": gettext_lazy("Recommendations that are followed"),
    "actions": gettext_lazy("Actions"),
    "indicators": gettext_lazy("Indicators and values"),
}
SYSTEMS = {"own": "Small Places", "impactoss": "IMPACT OSS", "nrtd": "NRTD"}


@working_page
def into_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """Read a file for one place."""
    place = places.now(places.get(code))
    back = reverse("followup_place", args=[place.short])
    return _page(request, (place.state, place.code), placelines.writing(place), back)


@working_page
def into_state(request: HttpRequest, code: str) -> HttpResponseBase:
    """Read a file for a State and its places."""
    own, _state = known_state(code)
    return _page(request, (own, ""), state_name(own, names.ui()), reverse("followup_state", args=[own]))


def _page(request: HttpRequest, where: tuple[str, str], name: str, back: str) -> HttpResponseBase:
    state, place = where
    allowed(request.user, "followup.plan", state, place)
    given = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = ImportForm(**given, kinds=KINDS, systems=SYSTEMS)
    done = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            data = chosen["file"].read(LARGEST + 1)
            done = import_sheet(
                request.user,
                chosen["kind"],
                data,
                chosen["file"].name,
                state=state,
                place=place,
                system=chosen["system"],
            )
        except Forbidden:
            raise
        except UserError as error:
            form.add_error("file", told(error))
        else:
            messages.success(request, _("The file was read."))
    context = {"form": form, "done": done, "name": name, "back": back}
    return render(request, "web/followup_import.html", context)
