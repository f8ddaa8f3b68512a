"""Practices: find what worked, read one, describe your own, review; and what peers do of what is asked of a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smallplaces.errors import BadInput
from smallplaces.vocab.practices import CHECKED, LANGS
from smallplaces_site.actions.allowed import allowed, held
from smallplaces_site.actions.write_practice import (
    edit_practice,
    hand_in,
    publish_practice,
    return_practice,
    withdraw_practice,
    write_practice,
)
from smallplaces_site.corpus.export import Table
from smallplaces_site.corpus.read import places
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.people.models import Organisation, User
from smallplaces_site.people.rights import membership_for
from smallplaces_site.practices import library, read
from smallplaces_site.practices.read import PracticeView, SubmissionView
from smallplaces_site.web import names
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.errors import add_to, told
from smallplaces_site.web.peers import peers_of
from smallplaces_site.web.practiceforms import PracticeForm, fields_of, initial_of
from smallplaces_site.web.practicewords import CHECKED_NAMES, FACET_NAMES, PART_NAMES, value_name
from smallplaces_site.web.views.briefs import frame, place_of
from smallplaces_site.web.views.pages import address, as_file, paged, wants_file, working_page

_SIZE = 20
_SHOWN = ("kind", "department", "group", "right", "sdg", "head", "state")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its name, how many have it, and the address that chooses it or takes it away."""

    name: str
    count: int
    address: str
    chosen: bool


@working_page
def index(request: HttpRequest) -> HttpResponseBase:
    """Find practices by words and by what they are about."""
    words = request.GET.get("q", "").replace("\x00", " ")[:300]
    chosen = {facet: request.GET.getlist(facet)[:20] for facet in library.FACETS if request.GET.getlist(facet)}
    shelf = library.find(words, chosen, prefer=names.ui())
    if form := wants_file(request):
        return as_file(_table(request, [one.view for one in shelf.found], words), form)
    rows = paged(request, shelf.found, _SIZE)
    return render(
        request,
        "web/practices.html",
        {
            "section": "learn",
            "words": words,
            "rows": rows,
            "total": len(shelf.found),
            "facets": [_facet(request.GET, facet, shelf, chosen.get(facet, [])) for facet in _SHOWN],
            "narrowed": bool(words.strip() or chosen),
            "writer": _writer(request),
        },
    )


def _facet(query: QueryDict, facet: str, shelf: library.Shelf, chosen: list[str]) -> tuple[str, str, list[Choice]]:
    rows = []
    for value, count in shelf.counts[facet].most_common():
        changed = query.copy()
        changed.pop("page", None)
        others = [one for one in chosen if one != value]
        changed.setlist(facet, others if value in chosen else [*chosen, value])
        rows.append(Choice(value_name(facet, value), count, f"?{changed.urlencode()}", value in chosen))
    return facet, str(FACET_NAMES[facet]), rows


@working_page
def practice(request: HttpRequest, key: str) -> HttpResponseBase:
    """One practice; ``?version=`` shows what was published before."""
    wanted = request.GET.get("version", "")
    view = read.practice(key, int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0)
    one, lang = view.practice, names.ui()
    shown = one.name_lang(lang)
    return render(
        request,
        "web/practice.html",
        {
            "section": "learn",
            "view": view,
            "one": one,
            "lang": shown,
            "parts": [(PART_NAMES[part], texts[shown]) for part, texts in one.texts.items() if texts.get(shown)],
            "kind": value_name("kind", one.kind),
            "checked": CHECKED_NAMES[one.checked],
            "department": value_name("department", one.department) if one.department else "",
            "rights": [(target, names.target_name(target), _article(target)) for target in one.rights],
            "groups": [(value, value_name("group", value)) for value in one.groups],
            "sdgs": [value_name("sdg", value) for value in dict.fromkeys(one.sdgs)],
            "heads": [value_name("head", value) for value in one.heads],
            "answers": [(target, names.target_name(target), _paragraph(target)) for target in one.recommendations],
            "versions": read.versions(key),
            "permanent": absolute(request, reverse("practice", args=[key])),
        },
    )


def _article(target: str) -> str:
    code, _slash, number = target.removeprefix("treaty:").partition("/")
    return reverse("article", args=[code, number.partition("(")[0]])


def _paragraph(target: str) -> str:
    work, _mark, number = target.partition("#p")
    return reverse("paragraph", args=[work, number]) if number else reverse("document", args=[work])


@working_page
def of_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """What this place has described, what others did about what is asked here, and who are its peers."""
    place = place_of(code)
    own = [view for view in read.published().values() if view.practice.place == place.code]
    writer = held(request.user, "practice.write", place.state, place.code) is not None
    return render(
        request,
        "web/place_practices.html",
        {
            **frame(place, "practices"),
            "own": own,
            "writing": [one for one in read.submissions(places=[place.code]) if one.status != "published"]
            if writer
            else [],
            "writer": writer,
            "peers": peers_of(place),
        },
    )


@working_page
def mine(request: HttpRequest) -> HttpResponseBase:
    """What somebody is writing, and what waits for review."""
    membership = _writer(request)
    if membership is None:
        allowed(request.user, "practice.write", "", "")
        raise AssertionError("allowed() refuses")
    organisation = membership.organisation
    reviewer = organisation.kind == Organisation.Kind.INSTITUTION
    if reviewer:
        rows = read.submissions(state=organisation.state)
    else:
        rows = read.submissions(places=[places.get(organisation.place).code])
    waiting = [one for one in rows if one.status == "submitted"]
    others = [one for one in rows if one.status != "submitted"]
    return render(
        request,
        "web/practices_mine.html",
        {"section": "learn", "waiting": waiting, "rows": others, "reviewer": reviewer, "lang": names.ui()},
    )


@working_page
def new(request: HttpRequest) -> HttpResponseBase:
    """The form for a new practice, of the place in ``?place=`` or of the institution."""
    membership = _writer(request)
    asked = request.GET.get("place", "")
    if asked:
        place = place_of(asked)
        allowed(request.user, "practice.write", place.state, place.code)
    elif membership is None:
        allowed(request.user, "practice.write", "", "")
    elif membership.organisation.place:
        place = place_of(membership.organisation.place)
        return HttpResponseRedirect(f"{reverse('practice-new')}?place={place.short}")
    where = _where(place.code) if asked else _institution(membership)
    state, code = (place.state, place.code) if asked else (membership.organisation.state if membership else "", "")
    lang = _lang(request)
    form = PracticeForm(request.POST or None, initial={"revision": 0})
    if request.method == "POST" and form.is_valid():
        try:
            row = write_practice(state, code, fields_of(form, {}, lang, where), by=request.user)
        except BadInput as error:
            add_to(form, error)
        else:
            return _after(request, row.pk)
    return _form(request, form, lang, None, where)


@working_page
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form for one that was begun; for officers, the review beside it."""
    one = read.submission(pk)
    allowed(request.user, "practice.write", one.state, one.place)
    lang = _lang(request, one)
    where = one.content.get("where", {})
    form = PracticeForm(request.POST or None, initial=initial_of(one.content, lang, one.revision))
    if request.method == "POST" and form.is_valid():
        try:
            edit_practice(
                pk,
                fields_of(form, one.content, lang, where),
                revision=form.cleaned_data["revision"],
                by=request.user,
            )
        except BadInput as error:
            add_to(form, error)
        else:
            return _after(request, pk)
    return _form(request, form, lang, one, where)


@working_page
def review(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An officer publishes, returns or withdraws."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("practice-edit", args=[pk]))
    act, said = request.POST.get("act", ""), request.POST.get("said", "")
    try:
        if act == "publish":
            version = publish_practice(pk, checked=request.POST.get("checked", ""), by=request.user)
            messages.success(request, _("Published. Everybody can read it now."))
            return HttpResponseRedirect(reverse("practice", args=[version.submission.key]))
        (withdraw_practice if act == "withdraw" else return_practice)(pk, said, by=request.user)
    except BadInput as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("practice-edit", args=[pk]))
    messages.success(request, _("Withdrawn.") if act == "withdraw" else _("Given back to those who wrote it."))
    return HttpResponseRedirect(reverse("practices-mine"))


def _after(request: HttpRequest, pk: int) -> HttpResponse:
    if request.POST.get("act") == "hand-in":
        hand_in(pk, by=request.user)
        messages.success(request, _("Handed in. An officer of the institution will look at it."))
        return HttpResponseRedirect(reverse("practices-mine"))
    messages.success(request, _("Saved as a draft. Nobody else sees it yet."))
    return HttpResponseRedirect(f"{reverse('practice-edit', args=[pk])}?lang={_lang(request)}")


def _form(
    request: HttpRequest, form: PracticeForm, lang: str, one: SubmissionView | None, where: Mapping[str, str]
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "learn",
        "form": form,
        "lang": lang,
        "langs": [(code, names.lang_name(code)) for code in LANGS],
        "one": one,
        "where": where.get(names.ui()) or where.get("en", ""),
        "reviewer": one is not None and held(request.user, "practice.review", one.state, one.place) is not None,
        "checks": [(code, CHECKED_NAMES[code]) for code in CHECKED],
    }
    return render(request, "web/practice_form.html", context, status=400 if form.errors else 200)


def _lang(request: HttpRequest, one: SubmissionView | None = None) -> str:
    wanted = request.GET.get("lang", "")
    written = list(one.content.get("title", {})) if one else []
    own = names.ui() if names.ui() in LANGS else "en"
    return wanted if wanted in LANGS else own if own in written or not written else written[0]


def _where(code: str) -> dict[str, str]:
    place = places.get(code)
    return {lang: places.written(place, lang) for lang in LANGS}


def _institution(membership: Any) -> dict[str, str]:
    return dict.fromkeys(LANGS, str(membership.organisation)) if membership else {}


def _writer(request: HttpRequest) -> Any:
    """The first membership by which somebody may write practices anywhere, or nothing."""
    if not isinstance(request.user, User):
        return None
    for one in request.user.memberships.filter(ended=None).select_related("organisation").order_by("pk"):
        if one.organisation.kind == Organisation.Kind.INSTITUTION and membership_for(request.user, "practice.write"):
            return one
        if one.organisation.place and held(
            request.user, "practice.write", one.organisation.state, one.organisation.place
        ):
            return one
    return None


def _table(request: HttpRequest, found: list[PracticeView], words: str) -> Table:
    lang = names.ui()
    return Table(
        name="practices",
        columns=(
            "key",
            "title",
            "where",
            "state",
            "place",
            "kind",
            "since",
            "department",
            "rights",
            "sdgs",
            "recommendations",
            "checked",
            "as_of",
            "address",
        ),
        rows=(
            (
                view.key,
                view.practice.name(lang),
                view.practice.where.get(lang) or view.practice.where.get("en", ""),
                view.practice.state,
                view.practice.place,
                view.practice.kind,
                view.practice.since,
                view.practice.department,
                list(view.practice.rights),
                list(view.practice.sdgs),
                list(view.practice.recommendations),
                view.practice.checked,
                view.practice.as_of,
                absolute(request, reverse("practice", args=[view.key])),
            )
            for view in found
        ),
        query=f"practices {words}".strip(),
        address=address(request),
        version=data_version(),
    )
