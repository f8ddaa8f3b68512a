"""One signed call to a program: what is sent, how it is signed, and where it may go.

Signed as the Standard Webhooks specification has it: an HMAC with SHA-256 over id, time and body, in the header
``webhook-signature``. A call goes to an address of the public network that was looked at before, follows no redirect,
and waits for no body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from contextlib import suppress
from secrets import token_bytes

import httpx
from django.conf import settings

from smallplaces.errors import BadInput, Unreachable
from smallplaces.sources.addresses import resolve
from smallplaces.sources.http import user_agent

_PREFIX = "whsec_"
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_LONGEST = 500


def new_secret() -> str:
    """A secret to sign with, as the specification writes it."""
    return _PREFIX + base64.b64encode(token_bytes(32)).decode()


def checked(url: str) -> str:
    """An address that may be called. Raises :class:`BadInput`: only https, and only into the public network, unless the
    site allows more (SMALLPLACES_HOOKS_INSIDE)."""
    try:
        parts = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise BadInput("This is no address of a program.", field="url") from error
    schemes = {"https", "http"} if _inside() else {"https"}
    if parts.scheme not in schemes or not parts.host or parts.userinfo or len(str(parts)) > _LONGEST:
        raise BadInput("The address must begin with https:// and hold no password.", field="url")
    with suppress(Unreachable):
        return _reachable(parts)
    raise BadInput("This address leads nowhere, or into a private network.", field="url")


def _reachable(parts: httpx.URL) -> str:
    resolve(parts.host, _port(parts), private=_inside())
    return str(parts)


def headers(secret: str, name: str, at: int, body: str) -> dict[str, str]:
    """The headers of a call. ``name``: its id, the same at every attempt; ``at``: seconds since 1970."""
    return {
        "content-type": "application/json; charset=utf-8",
        "user-agent": user_agent(),
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(secret, name, at, body),
    }


def signature(secret: str, name: str, at: int, body: str) -> str:
    """What stands in the header ``webhook-signature``."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    digest = hmac.new(key, f"{name}.{at}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def post(url: str, body: str, sent: dict[str, str]) -> int:
    """Send a call; the status of the answer. Raises :class:`Unreachable` when none comes."""
    target = httpx.URL(url)
    if target.scheme != "https" and not _inside():
        raise Unreachable("only https is called", where=target.host)
    address = resolve(target.host, _port(target), private=_inside())[0]
    host = target.netloc.decode("ascii")
    try:
        with httpx.Client(timeout=_TIMEOUT, trust_env=False, follow_redirects=False) as client:
            request = client.build_request(
                "POST",
                target.copy_with(host=address),
                content=body.encode(),
                headers={**sent, "Host": host},
                extensions={"sni_hostname": target.raw_host.decode("ascii")},
            )
            response = client.send(request, stream=True)
            response.close()
            return response.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(f"{type(error).__name__}: {error}", where=target.host) from error


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _inside() -> bool:
    return bool(settings.SETTINGS["SMALLPLACES_HOOKS_INSIDE"])
