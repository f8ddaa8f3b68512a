"""A certificate is given once, signed, checked, refused when tampered with, and withdrawn by the institution alone."""

from __future__ import annotations

import gzip
import json
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.site.test_learn import COURSE, COURSES, officer, page, reader, signed_in, take

from smallplaces_site.learn.credential import LIST_BITS
from smallplaces_site.learn.keys import NAME, make_key, signing_key
from smallplaces_site.learn.models import Certificate
from smallplaces_site.people.models import Deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static_files")]

CHECK = "/en/learn/check/"


@pytest.fixture(autouse=True)
def own_courses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.SETTINGS, "SMALLPLACES_COURSES", str(COURSES))


@pytest.fixture
def given() -> Certificate:
    officer()
    client = signed_in(reader())
    take(client)
    client.post(f"{COURSE}certificate/", {"name": " 김  예시 "})
    return Certificate.objects.get()


def checked(text: str) -> str:
    return Client().post(CHECK, {"credential": text}).content.decode()


def tampered(token: str, **changes: object) -> str:
    """The same token with another payload under the old signature."""
    head, body, signature = token.split(".")
    payload = json.loads(urlsafe_b64decode(body + "=="))
    payload.update(changes)
    return ".".join([head, urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("="), signature])


def test_the_key_is_made_once_and_is_its_owners_alone() -> None:
    make_key()
    path = Path(settings.HOME) / NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert not make_key()
    assert path.read_bytes() == before


def test_the_credential_has_the_shape_of_open_badges(given: Certificate) -> None:
    """What the JSON schema of an AchievementCredential requires, and the vocabulary of its enumerations."""
    content = Client().get(f"/learn/certificates/{given.pk}.json").json()
    assert content["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert content["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.")
    assert content["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert content["validFrom"].endswith("Z")
    issuer = content["issuer"]
    assert issuer["type"] == ["Profile"]
    assert issuer["name"] == "Commission of Korea"
    subject = content["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert subject["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": "김 예시", "identityType": "name"}
    ]
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert {"id", "name", "description", "criteria"} <= set(achievement)
    assert achievement["criteria"]["narrative"]
    assert content["credentialStatus"]["type"] == "BitstringStatusListEntry"
    assert Client().get("/learn/issuer.json").json()["id"] == issuer["id"]


def test_anybody_can_check_the_signature_with_the_published_key(given: Certificate) -> None:
    """As a stranger's verifier does: fetch the key that the token names, check, compare the claims."""
    client = Client()
    token = client.get(f"/learn/certificates/{given.pk}.jwt").content.decode()
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "RS256"
    assert header["typ"] == "JWT"
    published = client.get(header["kid"].removeprefix("http://testserver")).json()
    assert "d" not in published
    assert client.get("/learn/jwks.json").json()["keys"] == [published]
    payload = jwt.decode(token, jwt.PyJWK(published).key, algorithms=["RS256"])
    assert payload["iss"] == payload["issuer"]["id"]
    assert payload["jti"] == payload["id"] == f"http://testserver/learn/certificates/{given.pk}.json"
    assert payload["sub"] == payload["credentialSubject"]["id"]
    assert isinstance(payload["nbf"], int)
    assert client.get("/learn/keys/another.json", follow=True).status_code == 404


def test_a_good_credential_is_valid_as_token_file_and_json(given: Certificate) -> None:
    client = Client()
    assert "Valid: this site gave this certificate" in checked(given.token)
    assert "Valid: this site gave" in checked(client.get(f"/learn/certificates/{given.pk}.json").content.decode())
    file = SimpleUploadedFile("certificate.jwt", given.token.encode())
    assert "Valid: this site gave" in client.post(CHECK, {"file": file}).content.decode()
    enveloped = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{given.token}"}
    assert "Valid: this site gave" in checked(json.dumps(enveloped))


def test_a_tampered_credential_is_refused(given: Certificate) -> None:
    content = jwt.decode(given.token, options={"verify_signature": False})
    subject = content["credentialSubject"]
    subject["identifier"][0]["identityHash"] = "Somebody Else"
    for text in (
        tampered(given.token, credentialSubject=subject),
        json.dumps({name: value for name, value in content.items() if name not in ("iss", "jti", "sub", "nbf")}),
    ):
        html = checked(text)
        assert "Not valid: it was changed after it was given." in html
        assert "Somebody Else" not in html


def test_another_key_or_no_signature_at_all_is_refused(given: Certificate) -> None:
    payload = jwt.decode(given.token, options={"verify_signature": False})
    other = generate_private_key(public_exponent=65537, key_size=2048)
    assert "Not valid" in checked(jwt.encode(payload, other, algorithm="RS256"))
    assert "Not valid" in checked(jwt.encode(payload, "", algorithm="none"))
    secret = "the public key taken for a shared secret, as old libraries let one do"
    assert "Not valid" in checked(jwt.encode(payload, secret, algorithm="HS256"))
    strange = {**payload, "id": "https://example.org/other.json", "jti": "https://example.org/other.json"}
    assert "did not sign it" in checked(jwt.encode(strange, other, algorithm="RS256"))


def test_claims_that_differ_from_the_credential_are_refused(given: Certificate) -> None:
    payload = jwt.decode(given.token, options={"verify_signature": False})
    forged = jwt.encode({**payload, "jti": "https://example.org/x"}, signing_key().private, algorithm="RS256")
    assert "Not valid" in checked(forged)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "{", "[]", '{"id": 7}', "{" * 40_000, "\x00", "9" * 60_000])
def test_what_is_no_credential_is_said_to_be_none(text: str) -> None:
    html = checked(text)
    assert "not a credential" in html or "Not valid" in html


def test_a_certificate_is_given_once_and_only_for_a_complete_course() -> None:
    client = signed_in(reader())
    client.post(f"{COURSE}certificate/", {"name": "Kim"})
    assert not Certificate.objects.exists()
    take(client)
    client.post(f"{COURSE}certificate/", {"name": "  "})
    assert not Certificate.objects.exists()
    client.post(f"{COURSE}certificate/", {"name": "Kim"})
    client.post(f"{COURSE}certificate/", {"name": "Another"})
    assert Certificate.objects.get().name == "Kim"
    assert Client().post(f"{COURSE}certificate/", {"name": "Kim"}).status_code == 302
    assert Certificate.objects.count() == 1


def test_the_institution_withdraws_and_nobody_else(given: Certificate) -> None:
    path = f"/en/learn/certificates/{given.pk}/"
    why = {"why": "The quiz was answered by another person."}
    assert Client().post(path, why).status_code == 302
    assert signed_in(reader("other@example.org")).post(path, why).status_code == 403
    given.refresh_from_db()
    assert given.withdrawn is None
    client = signed_in(officer().user)
    client.post(path, {"why": " "})
    given.refresh_from_db()
    assert given.withdrawn is None
    client.post(path, why)
    assert "answered by another person" in page(Client(), path)
    assert "Not valid: the certificate was withdrawn." in checked(given.token)
    assert Deed.objects.filter(what="certificate.withdraw", subject=str(given.pk)).count() == 1


def test_the_list_of_withdrawn_ones_sets_their_bit_and_names_nobody(given: Certificate) -> None:
    def bits() -> bytes:
        token = Client().get("/learn/withdrawn.jwt").content.decode()
        content = jwt.decode(token, signing_key().public, algorithms=["RS256"])
        assert str(given.pk) not in json.dumps(content)
        encoded = content["credentialSubject"]["encodedList"].removeprefix("u")
        return gzip.decompress(urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))

    assert len(bits()) * 8 == 131_072
    assert not any(bits())
    signed_in(officer().user).post(f"/en/learn/certificates/{given.pk}/", {"why": "A test."})
    assert bits()[given.place // 8] == 0x80 >> given.place % 8


def test_the_certificate_is_not_for_search_engines(given: Certificate) -> None:
    assert Client().get(f"/en/learn/certificates/{given.pk}/")["X-Robots-Tag"] == "noindex"
    assert Client().get(f"/en/learn/certificates/{given.pk}/").content.decode().count("김 예시") == 1


def test_a_lost_key_leaves_the_register(given: Certificate) -> None:
    """Certificates given before are still told from changed ones, and the next is signed by a new key."""
    (Path(settings.HOME) / NAME).unlink()
    assert "Valid: this site gave" in checked(given.token)
    assert "Valid: this site gave" in checked(Client().get(f"/learn/certificates/{given.pk}.json").content.decode())
    assert "Not valid" in checked(tampered(given.token, name="Another course"))


def test_the_place_in_the_list_says_nothing_of_the_order(given: Certificate) -> None:
    assert 0 <= given.place < LIST_BITS
