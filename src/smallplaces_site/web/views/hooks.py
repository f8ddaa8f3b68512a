"""Programs that are told: the addresses somebody keeps, and the log of each."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smallplaces.errors import UserError
from smallplaces_site.actions import keep_hooks as actions
from smallplaces_site.alerts.letter import name_of
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Forbidden, require
from smallplaces_site.web.errors import told
from smallplaces_site.web.views.pages import working_page

_LOG = 50
_SECRET = "hook-secret"  # noqa: S105 (the name under which the session keeps it until it was shown)


class HookForm(forms.Form):
    """The address of a program."""

    url = forms.CharField(
        label=gettext_lazy("Address of the program"),
        max_length=500,
        help_text=gettext_lazy("It begins with https:// and can be reached from the internet."),
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


def _person(request: HttpRequest) -> User:
    require(request.user, "follow.webhook")
    assert isinstance(request.user, User)  # noqa: S101 (tells the type checker)
    return request.user


@working_page
def index(request: HttpRequest) -> HttpResponseBase:
    """The addresses somebody keeps, and the form for another."""
    user = _person(request)
    form = HookForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_hook(user, form.cleaned_data["url"])
        except Forbidden:
            raise
        except UserError as error:
            form.add_error("url", told(error))
        else:
            request.session[_SECRET] = made.secret
            return HttpResponseRedirect(reverse("hook", args=[made.pk]))
    return render(request, "web/hooks.html", {"hooks": user.hooks.order_by("pk"), "form": form})


@working_page
def hook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One address: its state, what it is told of, its log, and what can be done."""
    user = _person(request)
    found = actions.own_hook(user, pk)
    if request.method == "POST":
        return _done(request, user, pk)
    context = {
        "hook": found,
        "secret": request.session.pop(_SECRET, ""),
        "calls": found.calls.order_by("-pk")[:_LOG],
        "follows": [(one, name_of(one)) for one in found.follows.filter(ended=None).order_by("pk")],
    }
    return render(request, "web/hook.html", context)


def _done(request: HttpRequest, user: User, pk: int) -> HttpResponseBase:
    match request.POST.get("do"):
        case "test":
            call = actions.send_test(user, pk)
            said = _("The program took the test.") if call.state == call.State.DONE else _("The test failed: %(why)s")
            messages.info(request, said % {"why": call.error} if "%" in said else said)
        case "renew":
            request.session[_SECRET] = actions.renew_secret(user, pk).secret
        case "on":
            actions.switch_on(user, pk)
            messages.success(request, _("The program is told again."))
        case "remove":
            actions.remove_hook(user, pk)
            messages.success(request, _("The program is no longer told."))
            return HttpResponseRedirect(reverse("hooks"))
        case _:
            pass
    return HttpResponseRedirect(reverse("hook", args=[pk]))
