"""A certificate as an Open Badges 3.0 credential: made, signed as VC-JWT, and checked.

https://www.imsglobal.org/spec/ob/v3p0/: the JSON of the credential is the payload of the token, with the registered
claims iss, jti, sub and nbf beside it. Withdrawn ones stand in a W3C Bitstring Status List, which names nobody.
"""

from __future__ import annotations

import gzip
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import jwt

from smallplaces_site.learn.keys import SigningKey

ALGORITHM: Final = "RS256"
_V2: Final = "https://www.w3.org/ns/credentials/v2"
_CONTEXT: Final = [_V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
#: What a token says beside the credential.
CLAIMS: Final = ("iss", "jti", "sub", "nbf")
#: Bits of the list of withdrawn certificates; the least that the W3C's list may have, so that no bit betrays anybody.
LIST_BITS: Final = 131_072


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gives the certificate. ``base``: the public address of the site, without a slash at its end."""

    base: str
    name: str

    @property
    def id(self) -> str:
        """The address at which the issuer says who it is."""
        return f"{self.base}/learn/issuer.json"

    @property
    def profile(self) -> dict[str, Any]:
        """The issuer as an Open Badges profile."""
        return {"id": self.id, "type": ["Profile"], "name": self.name, "url": f"{self.base}/"}

    def key_address(self, kid: str) -> str:
        """Where the public key of that name can be fetched."""
        return f"{self.base}/learn/keys/{kid}.json"

    @property
    def status_list(self) -> str:
        """Where the list of withdrawn certificates can be fetched."""
        return f"{self.base}/learn/withdrawn.jwt"


@dataclass(frozen=True, slots=True)
class Award:
    """What a certificate says. ``place`` is its bit in the list of withdrawn ones, ``criteria`` what had to be done."""

    id: UUID
    place: int
    name: str
    course: str
    version: str
    lang: str
    title: str
    summary: str
    criteria: str
    at: datetime


def credential(issuer: Issuer, award: Award) -> dict[str, Any]:
    """The certificate as a credential, not yet signed."""
    address = f"{issuer.base}/learn/certificates/{award.id}"
    return {
        "@context": _CONTEXT,
        "id": f"{address}.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": award.title,
        "issuer": issuer.profile,
        "validFrom": _instant(award.at),
        "credentialSubject": {
            "id": f"urn:uuid:{award.id}",
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": award.name, "identityType": "name"}
            ],
            "achievement": {
                "id": f"{issuer.base}/{award.lang}/learn/{award.course}/",
                "type": ["Achievement"],
                "achievementType": "Course",
                "name": award.title,
                "description": award.summary,
                "criteria": {"narrative": award.criteria},
                "inLanguage": award.lang,
                "version": award.version,
                "creator": issuer.profile,
            },
        },
        "credentialStatus": {
            "id": f"{issuer.status_list}#{award.place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(award.place),
            "statusListCredential": issuer.status_list,
        },
    }


def sign(content: Mapping[str, Any], issuer: Issuer, key: SigningKey) -> str:
    """The credential as a compact token. The registered claims say the same as its fields."""
    subject = content["credentialSubject"]["id"]
    claims = {"iss": issuer.id, "jti": content["id"], "sub": subject, "nbf": _seconds(content["validFrom"])}
    headers = {"typ": "JWT", "kid": issuer.key_address(key.kid)}
    return jwt.encode({**content, **claims}, key.private, algorithm=ALGORITHM, headers=headers)


def opened(token: str, key: SigningKey) -> dict[str, Any]:
    """The credential within a token that this key signed, without the registered claims.

    Raises :class:`jwt.InvalidTokenError` for a token that is none, was changed, was signed by another key, or whose
    claims say something else than its credential.
    """
    options: Any = {"require": list(CLAIMS), "verify_aud": False}
    payload = jwt.decode(token, key.public, algorithms=[ALGORITHM], options=options)
    content = {name: value for name, value in payload.items() if name not in CLAIMS}
    issuer = content.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if payload["iss"] != named or payload["jti"] != content.get("id"):
        raise jwt.InvalidTokenError("the claims and the credential differ")
    return content


def status_list(issuer: Issuer, key: SigningKey, withdrawn: Iterable[int], now: datetime) -> str:
    """The list of withdrawn certificates as a signed credential: one bit each, whoever it belongs to."""
    bits = bytearray(LIST_BITS // 8)
    for place in withdrawn:
        bits[place // 8] |= 0x80 >> (place % 8)
    encoded = urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    content = {
        "@context": [_V2],
        "id": issuer.status_list,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.id,
        "validFrom": _instant(now),
        "credentialSubject": {
            "id": f"{issuer.status_list}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{encoded}",
        },
    }
    return sign(content, issuer, key)


def written(content: Mapping[str, Any]) -> str:
    """The credential as JSON for people."""
    return json.dumps(content, ensure_ascii=False, indent=1)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())
