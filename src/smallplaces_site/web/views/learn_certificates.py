"""Certificates: had by whoever completed a course, seen by whoever has the address, checked by anybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from smallplaces.courses import Course
from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.certify import certify, withdraw
from smallplaces_site.learn import certificates
from smallplaces_site.learn.credential import Issuer, status_list
from smallplaces_site.learn.keys import signing_key
from smallplaces_site.learn.models import Certificate
from smallplaces_site.learn.shelf import course_of
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Forbidden, Scope, may
from smallplaces_site.web.addresses import absolute
from smallplaces_site.web.errors import told
from smallplaces_site.web.names import ui
from smallplaces_site.web.views.pages import working_page

_LARGEST = 60_000  # bytes of a credential that somebody uploads


def issuer_of(request: HttpRequest) -> Issuer:
    """Who gives certificates here, by the public address of the site."""
    base = absolute(request, "/").rstrip("/")
    return Issuer(base, certificates.issuer_name(_state(), base))


@working_page
@require_POST
def have(request: HttpRequest, course_id: str) -> HttpResponseBase:
    """Give the learner the certificate, with the name that was typed."""
    found = course_of(course_id)
    if not isinstance(request.user, User):
        raise Forbidden("Sign in to have a certificate.")
    try:
        one = certify(
            request.user,
            found,
            ui(),
            name=request.POST.get("name", ""),
            issuer=issuer_of(request),
            criteria=_criteria(found),
        )
    except BadInput as error:
        messages.error(request, told(error))
        return redirect(f"{reverse('course', args=[found.id])}#certificate")
    return redirect("certificate", one.pk)


@working_page
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, certificate_id: str) -> HttpResponseBase:
    """A certificate to print. Officers can take it back here."""
    one = certificates.certificate(certificate_id)
    if request.method == "POST":
        if not isinstance(request.user, User):
            raise Forbidden("Sign in to take a certificate back.")
        try:
            withdraw(request.user, one, request.POST.get("why", ""))
        except BadInput as error:
            messages.error(request, told(error))
        return redirect("certificate", one.pk)
    context = {
        "one": one,
        "address": absolute(request, request.path),
        "may_withdraw": may(request.user, "certificate.withdraw", Scope(_state())),
    }
    response = render(request, "web/learn_certificate.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@working_page
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    """Is a credential that somebody holds out good? It is read here and not kept."""
    text = request.POST.get("credential", "")
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        text = file.read(_LARGEST).decode("utf-8", "replace")
    checked = certificates.check(text) if request.method == "POST" else None
    return render(request, "web/learn_check.html", {"checked": checked})


def as_json(request: HttpRequest, certificate_id: str) -> HttpResponseBase:
    """The credential as JSON: what is signed, readable."""
    return _public(JsonResponse(certificates.content_of(_or_404(certificate_id)), json_dumps_params=_PRETTY))


def as_token(request: HttpRequest, certificate_id: str) -> HttpResponseBase:
    """The signed credential, as wallets take it (VC-JWT)."""
    one = _or_404(certificate_id)
    response = HttpResponse(one.token, content_type="application/vc+jwt")
    response.headers["Content-Disposition"] = f'attachment; filename="{one.course}.jwt"'
    return _public(response)


def issuer(request: HttpRequest) -> HttpResponseBase:
    """Who gives certificates here, as an Open Badges profile."""
    context = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    return _public(JsonResponse({"@context": context, **issuer_of(request).profile}, json_dumps_params=_PRETTY))


def keys(request: HttpRequest) -> HttpResponseBase:
    """The public key that checks certificates, as a JSON Web Key Set."""
    return _public(JsonResponse({"keys": [signing_key().jwk]}))


def key(request: HttpRequest, kid: str) -> HttpResponseBase:
    """One public key, at the address that every token names."""
    known = signing_key()
    if kid != known.kid:
        raise Http404
    return _public(JsonResponse(known.jwk))


def withdrawn(request: HttpRequest) -> HttpResponseBase:
    """The list of withdrawn certificates: one bit each, signed."""
    places = Certificate.objects.exclude(withdrawn=None).values_list("place", flat=True)
    token = status_list(issuer_of(request), signing_key(), places, timezone.now())
    return _public(HttpResponse(token, content_type="application/vc+jwt"))


_PRETTY: dict[str, Any] = {"ensure_ascii": False, "indent": 1}


def _criteria(course: Course) -> str:
    """What had to be done, in the language of the course."""
    with override(course.text(ui()).lang):
        return _("Read every lesson and answer at least 80 in 100 of the quiz questions rightly.")


def _or_404(certificate_id: str) -> Certificate:
    try:
        return certificates.certificate(certificate_id)
    except NotFound as error:
        raise Http404(told(error)) from error


def _public(response: HttpResponse) -> HttpResponse:
    """Wallets and verifiers of others fetch these from their own pages."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _state() -> str:
    return str(settings.SETTINGS["SMALLPLACES_STATE"]).upper()
