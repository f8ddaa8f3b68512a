"""Certificates as they are shown, and whether one that somebody holds out is good."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import jwt

from smallplaces.errors import NotFound
from smallplaces_site.learn.credential import CLAIMS, opened
from smallplaces_site.learn.keys import signing_key
from smallplaces_site.learn.models import Certificate
from smallplaces_site.people.models import Organisation

Verdict = Literal["valid", "withdrawn", "changed", "foreign", "unknown", "unreadable"]
_LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a credential. ``certificate`` is that of the register, when the credential names one.

    "changed": it says something else than what was signed; "foreign": another key signed it, or none of ours can tell;
    "unknown": well signed, but not in the register; "unreadable": no credential at all.
    """

    verdict: Verdict
    certificate: Certificate | None = None


def certificate(certificate_id: UUID | str) -> Certificate:
    """One certificate. Raises :class:`NotFound`."""
    try:
        found = Certificate.objects.filter(pk=UUID(str(certificate_id))).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound("There is no certificate with the number %(where)s.", where=str(certificate_id)[:60])
    return found


def content_of(one: Certificate) -> dict[str, Any]:
    """The credential as it was signed. The register is ours, so this works even when the key was lost."""
    return {name: value for name, value in _unproved(one.token).items() if name not in CLAIMS}


def issuer_name(state: str, base: str) -> str:
    """Who gives certificates here: the first institution of the site's State, else the site by its address."""
    found = Organisation.objects.filter(kind=Organisation.Kind.INSTITUTION, state=state).order_by("pk").first()
    return found.name if found else base.partition("://")[2]


def check(text: str) -> Checked:
    """Whether a pasted credential (the signed token, or its JSON) was given here, is unchanged and still good."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return Checked("unreadable")
    if text.startswith("{"):
        return _check_json(text)
    held = _named(_unproved(text))
    if held is not None and held.token == text:
        return _standing(held)
    try:
        content = opened(text, signing_key())
    except jwt.InvalidSignatureError:
        return Checked("changed" if held else "foreign")
    except jwt.InvalidTokenError:
        return Checked("unreadable" if text.count(".") != 2 else "changed")
    return _standing(_named(content))


def _check_json(text: str) -> Checked:
    """Plain JSON carries no signature; the register of this site says whether the very same was given."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return Checked("unreadable")
    if not isinstance(content, dict):
        return Checked("unreadable")
    if content.get("type") == "EnvelopedVerifiableCredential" and isinstance(content.get("id"), str):
        return check(str(content["id"]).rpartition(",")[2])
    held = _named(content)
    if held is None:
        return Checked("foreign")
    return _standing(held) if content == content_of(held) else Checked("changed")


def _standing(held: Certificate | None) -> Checked:
    if held is None:
        return Checked("unknown")
    return Checked("withdrawn" if held.withdrawn else "valid", held)


def _unproved(token: str) -> dict[str, Any]:
    try:
        payload: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return {}
    return payload


def _named(content: dict[str, Any]) -> Certificate | None:
    """The certificate whose address the credential gives as its own."""
    address = content.get("id")
    name = address.rpartition("/")[2].removesuffix(".json") if isinstance(address, str) else ""
    try:
        return certificate(name)
    except NotFound:
        return None
