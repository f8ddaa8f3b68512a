"""The outbox: a letter is put there in the transaction of the change that causes it, and sent afterwards.

So a letter exists exactly when its cause does. Nothing is sent from here:
:mod:`smallplaces_site.actions.send_mail` does that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from smallplaces.errors import BadInput
from smallplaces_site.alerts.models import Letter

_LONGEST_KEY = 200


def put(  # noqa: PLR0917 (what stands on a letter, in its order)
    key: str,
    address: str,
    lang: str,
    subject: str,
    text: str,
    html: str = "",
    *,
    headers: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> bool:
    """Put a letter into the outbox; False when one of this ``key`` was put before, sent or not.

    Call it inside the transaction of the change. ``key`` names the occasion and the recipient, best by their ids
    ("reminder/17/user/4"): it is what keeps a letter from being sent twice. Raises :class:`BadInput` for what is no
    address and for an empty letter.
    """
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadInput("not an e-mail address", where=address[:100]) from error
    if not key or not subject.strip() or not text.strip():
        raise BadInput("a letter needs a key, a subject and a text", where=key)
    moment = now or timezone.now()
    _, made = Letter.objects.get_or_create(
        key=short(key),
        defaults={
            "address": address,
            "lang": lang,
            "subject": " ".join(subject.split()),
            "text": text,
            "html": html,
            "headers": dict(headers or {}),
            "put": moment,
            "due": moment,
        },
    )
    return made


def short(key: str) -> str:
    """The key as it is kept: a long one by its digest."""
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[:120]}/{hashlib.sha256(key.encode()).hexdigest()}"


def message_id(key: str) -> str:
    """The Message-ID of the letter of this key: always the same, so that a letter that is sent again after a crash can
    be told from another one."""
    domain = str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ") or "localhost"
    return f"<{hashlib.sha256(short(key).encode()).hexdigest()[:40]}@{domain}>"
