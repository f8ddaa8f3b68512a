"""Follow something, confirm it, see what is followed, stop it.

Whoever has the address of a follow, which stands in its letters alone, may change it: no account is needed for that.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from smallplaces.errors import UserError
from smallplaces_site.actions import follow as actions
from smallplaces_site.alerts import asked
from smallplaces_site.alerts.letter import name_of
from smallplaces_site.alerts.models import Follow, Hook
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import may
from smallplaces_site.web import names
from smallplaces_site.web.errors import add_to
from smallplaces_site.web.followforms import RHYTHMS, FollowForm
from smallplaces_site.web.views.feeds import address_of
from smallplaces_site.web.views.pages import working_page


@dataclass(frozen=True, slots=True)
class Row:
    """One follow as a list shows it."""

    follow: Follow
    title: str
    address: str
    how: str


@working_page
def follow(request: HttpRequest) -> HttpResponseBase:
    """The form: how often, in which language, where to."""
    what, name = request.GET.get("what", ""), request.GET.get("name", "")
    name = asked.canonical(what, name)
    user = request.user if isinstance(request.user, User) else None
    hooks = _hooks(user)
    given = request.POST if request.method == "POST" else None
    form = FollowForm(given, address=user.email if user else "", hooks=hooks, initial={"lang": names.ui()})
    if given is not None and form.is_valid():
        try:
            return _followed(request, form, what, name, hooks)
        except UserError as error:
            add_to(form, error)
    title = asked.title(what, name)
    context = {"what": what, "name": name, "title": title, "page": asked.address(what, name), "form": form}
    return render(request, "web/follow.html", {**context, "feed": address_of(what, name)})


def _hooks(user: User | None) -> tuple[Hook, ...]:
    return tuple(user.hooks.filter(off=None).order_by("pk")) if user and may(user, "follow.webhook") else ()


def _followed(
    request: HttpRequest, form: FollowForm, what: str, name: str, hooks: tuple[Hook, ...]
) -> HttpResponseBase:
    how, lang = form.cleaned_data["how"], form.cleaned_data["lang"]
    hook = next((one for one in hooks if how == f"hook-{one.pk}"), None)
    rhythm = Follow.How.DAILY if hook else how
    if isinstance(request.user, User):
        wanted = actions.wish(request.user.email, what, name, rhythm, lang)
        actions.follow(wanted, hook=hook)
        messages.success(request, _("You follow this from now on: %(title)s") % {"title": asked.title(what, name)})
        return HttpResponseRedirect(reverse("follows"))
    actions.ask_to_confirm(actions.wish(form.cleaned_data["email"], what, name, rhythm, lang))
    context = {"email": form.cleaned_data["email"], "page": asked.address(what, name), "days": actions.CONFIRM.days}
    return render(request, "web/follow_sent.html", context)


@working_page
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Where the link of a letter leads: a button, because programs that look at letters follow links too."""
    wanted = actions.read_token(token)
    if request.method == "POST":
        made = actions.follow(wanted)
        messages.success(request, _("You follow this from now on: %(title)s") % {"title": name_of(made)})
        return HttpResponseRedirect(reverse("follows_of", args=[made.follower.key]))
    context = {"title": asked.title(wanted.what, wanted.name), "wanted": wanted, "rhythm": RHYTHMS[wanted.how]}
    return render(request, "web/follow_confirm.html", context)


@working_page
def mine(request: HttpRequest) -> HttpResponseBase:
    """What somebody who is signed in follows; others are told where to find their list."""
    if not isinstance(request.user, User):
        return render(request, "web/follows.html", {"rows": [], "anonymous": True})
    found = Follow.objects.filter(follower__email=request.user.email, ended=None)
    return _list(request, list(found.select_related("hook").order_by("pk")), request.user.email)


@working_page
def of_key(request: HttpRequest, key: str) -> HttpResponseBase:
    """What one address follows, for whoever has the link from its letters."""
    follower = actions.follower_of(key)
    found = follower.follows.filter(ended=None, hook=None).order_by("pk")
    return _list(request, list(found), follower.email, key)


def _list(request: HttpRequest, found: list[Follow], email: str, key: str = "") -> HttpResponse:
    rows = [Row(one, name_of(one), asked.address(one.what, one.name), _rhythm(one)) for one in found]
    context = {"rows": rows, "email": email, "key": key, "rhythms": RHYTHMS.items()}
    return render(request, "web/follows.html", {**context, "programs": may(request.user, "follow.webhook")})


def _rhythm(follow: Follow) -> str:
    return follow.hook.url if follow.hook else str(RHYTHMS[follow.how])


@csrf_exempt  # a mail program presses the button for its reader (RFC 8058); the address is the secret
@working_page
def off(request: HttpRequest, key: str) -> HttpResponseBase:
    """Stop following one thing: a button, then that it is off, with a way back."""
    found = actions.end(key) if request.method == "POST" else actions.of_key(key)
    context = {"rows": [(found, name_of(found))], "done": found.ended is not None, "mine": found.follower.key}
    return render(request, "web/follow_off.html", context)


@csrf_exempt  # as above
@working_page
def off_all(request: HttpRequest, key: str, how: str) -> HttpResponseBase:
    """Stop the letters of one rhythm, as a mail program's own button does."""
    follower = actions.follower_of(key)
    found = list(follower.follows.filter(ended=None, hook=None, how=how).order_by("pk"))
    if request.method == "POST":
        found = actions.end_all(key, how)
    done = request.method == "POST" or not found
    context = {
        "rows": [(one, name_of(one)) for one in found],
        "done": done,
        "mine": key,
        "rhythm": RHYTHMS.get(how, ""),
    }
    return render(request, "web/follow_off.html", context)


@working_page
def on(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take up what was ended."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = actions.take_up(key)
    messages.success(request, _("You follow this from now on: %(title)s") % {"title": name_of(found)})
    return HttpResponseRedirect(reverse("follows_of", args=[found.follower.key]))


@working_page
def change(request: HttpRequest, key: str) -> HttpResponseBase:
    """Another rhythm."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = actions.change_rhythm(key, request.POST.get("how", ""))
    messages.success(request, _("Changed: %(title)s") % {"title": name_of(found)})
    return HttpResponseRedirect(reverse("follows_of", args=[found.follower.key]))
