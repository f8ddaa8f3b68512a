"""A form on a page: shown, or done and gone on from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from smallplaces.errors import UserError
from smallplaces_site.people.rights import Forbidden
from smallplaces_site.web.errors import add_to

Done = Callable[[dict[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form on a page: what it is about, what its button says, and where one goes back to."""

    form: forms.Form
    title: str
    button: str
    back: str
    about: str = ""
    about_lang: str = ""


def answer(request: HttpRequest, sheet: Sheet, act: Done) -> HttpResponseBase:
    """Show the form; or do what it asks and go on to the address that ``act`` gives."""
    if request.method == "POST" and sheet.form.is_valid():
        try:
            address = act(sheet.form.cleaned_data)
        except Forbidden:
            raise
        except UserError as error:
            add_to(sheet.form, error)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(address)
    return render(request, "web/followup_form.html", {"sheet": sheet, "form": sheet.form})


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound to: what was sent, or nothing."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
