"""Add, test, renew, switch on and remove the addresses of programs that are told (webhooks).

Reads and writes: hooks, and a deed for each change. Raises :class:`Forbidden` for whoever lacks the right, and for the
hook of somebody else :class:`NotFound`, so that nobody learns what there is.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions.call_hooks import call_now
from smallplaces_site.actions.tell import put_call
from smallplaces_site.alerts import calling
from smallplaces_site.alerts.models import Call, Hook
from smallplaces_site.people.deeds import record
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import require

_RIGHT = "follow.webhook"
MOST = 20


def add_hook(user: User, url: str) -> Hook:
    """A new address; its secret is in its row, to be shown once. Raises :class:`BadInput` for one not to be called."""
    held = require(user, _RIGHT)
    checked = calling.checked(url)
    if user.hooks.count() >= MOST:
        raise BadInput("You have as many programs told as one account can. Remove one first.")
    with transaction.atomic():
        hook = Hook.objects.create(user=user, url=checked, secret=calling.new_secret())
        record(held, _RIGHT, f"hook {hook.pk}", detail={"did": "add"})
    return hook


def renew_secret(user: User, pk: int) -> Hook:
    """Another secret; the old one is no longer signed with."""
    hook = _changed(user, pk, "renew")
    hook.secret = calling.new_secret()
    hook.save(update_fields=["secret"])
    return hook


def switch_on(user: User, pk: int) -> Hook:
    """Tell a program again that was switched off: also of what came in meanwhile."""
    hook = _changed(user, pk, "on")
    hook.off, hook.why, hook.failures = None, "", 0
    hook.save(update_fields=["off", "why", "failures"])
    hook.calls.filter(state=Call.State.WAITING).update(due=timezone.now(), attempts=0)
    return hook


def remove_hook(user: User, pk: int) -> None:
    """Forget an address, with what it follows and its log."""
    _changed(user, pk, "remove").delete()


def send_test(user: User, pk: int) -> Call:
    """Make a call that says it is a test, at once; the call with its answer."""
    hook = _changed(user, pk, "test")
    now = timezone.now()
    key = f"test/{hook.pk}/{now.timestamp()}"
    put_call(hook, key, "test", {"says": "This is a test from Small Places."}, now)
    return call_now(Call.objects.get(key=key))


def own_hook(user: User, pk: int) -> Hook:
    """Somebody's own hook."""
    require(user, _RIGHT)
    found = user.hooks.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such program that is told.", where=str(pk))
    return found


def _changed(user: User, pk: int, did: str) -> Hook:
    hook = own_hook(user, pk)
    record(require(user, _RIGHT), _RIGHT, f"hook {pk}", detail={"did": did})
    return hook
