"""The tables of being told. Of a person they hold an address and what it is told of, nothing else.

Follower ─< Follow >─ Search (once, however many follow it) ─< SearchKey        Concept    what "@…" keys stand for
Follow ─< Tiding        one paragraph that came in for one follow, until it is told
User ─< Hook ─< Call    an address of a program, and what it is told
Letter                  one e-mail to one address: put within the change that causes it, sent later
"""

from __future__ import annotations

from secrets import token_urlsafe
from typing import ClassVar

from django.db import models

from smallplaces_site.corpus.models import Paragraph
from smallplaces_site.people.models import User


def secret() -> str:
    """A name that cannot be guessed: whoever has the address may change what it stands for."""
    return token_urlsafe(18)


class Letter(models.Model):
    """One e-mail in the outbox. ``key`` names the occasion and the recipient: the same is never put twice.

    When it was sent its words and its address are blanked after a while; the key stays, so that it stays sent.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"  # also while somebody sends it: ``claimed`` says until when
        SENT = "sent"
        FAILED = "failed"  # given up; a person can have it tried again

    key = models.CharField(max_length=200, unique=True)
    address = models.EmailField(blank=True)
    lang = models.CharField(max_length=5)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    put = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due = models.DateTimeField()  # not to be tried before
    claimed = models.DateTimeField(null=True)  # until then it is somebody's to send, by ``claim``
    claim = models.CharField(max_length=32, blank=True)
    attempts = models.IntegerField(default=0)
    sent = models.DateTimeField(null=True)
    error = models.TextField(blank=True)  # why the last attempt failed

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due", "id"], condition=models.Q(state="waiting"), name="letters_to_send"),
            models.Index(fields=["state", "id"], name="letters_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class Follower(models.Model):
    """An address that is told of something. It was confirmed: by a link sent to it, or as that of an account."""

    email = models.EmailField(unique=True)  # lower case
    lang = models.CharField(max_length=5)
    key = models.CharField(max_length=40, unique=True, default=secret)
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.email


class Search(models.Model):
    """A saved search, with what answers to it hold. See :class:`smallplaces.search.percolate.Needed`."""

    digest = models.CharField(max_length=64, unique=True)  # of all that was asked
    text = models.TextField()
    filters = models.JSONField(default=dict)  # facet -> values
    across = models.BooleanField(default=True)
    without = models.JSONField(default=list)
    formula = models.JSONField()
    exact = models.BooleanField()
    version = models.CharField(max_length=60)  # of the method and the vocabulary that made the formula

    def __str__(self) -> str:
        return self.text or self.digest


class SearchKey(models.Model):
    """A key under which a search is filed: what answers to it holds one of its keys."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=200, db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.search_id}"


class Concept(models.Model):
    """What a key "@…" of formulas stands for: the terms of a concept in several languages."""

    name = models.CharField(max_length=40, unique=True)
    formula = models.JSONField()

    def __str__(self) -> str:
        return self.name


class Hook(models.Model):
    """An address of a program that is told by signed calls. See :mod:`smallplaces_site.actions.call_hooks`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="hooks")
    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=80)
    made = models.DateTimeField(auto_now_add=True)
    failures = models.IntegerField(default=0)  # calls given up in a row
    off = models.DateTimeField(null=True)  # since when it is switched off
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.url


class Follow(models.Model):
    """One thing that one follower is told of. Told is what came in after line ``change`` of the change log."""

    class What(models.TextChoices):
        """What is followed. All but a place are asked as searches."""

        PLACE = "place"
        STATE = "state"
        BODY = "body"
        THEME = "theme"
        ARTICLE = "article"
        DOCUMENT = "document"
        SEARCH = "search"

    class How(models.TextChoices):
        """How it is told."""

        ONCE = "once"  # at once, by e-mail
        DAILY = "daily"
        WEEKLY = "weekly"
        HOOK = "hook"

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="follows")
    what = models.CharField(max_length=10, choices=What)
    name = models.CharField(max_length=500)  # its code; of a search the address that asks it
    search = models.ForeignKey(Search, models.PROTECT, null=True, related_name="follows")
    how = models.CharField(max_length=10, choices=How)
    hook = models.ForeignKey(Hook, models.CASCADE, null=True, related_name="follows")
    key = models.CharField(max_length=40, unique=True, default=secret)
    change = models.BigIntegerField()
    since = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["follower", "what", "name"],
                condition=models.Q(hook=None),
                name="followed_once_by_letter",
            ),
            models.UniqueConstraint(
                fields=["hook", "what", "name"], condition=~models.Q(hook=None), name="followed_once_by_hook"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["what", "name"], name="followed")]

    def __str__(self) -> str:
        return f"{self.follower_id} {self.what} {self.name}"


class Tiding(models.Model):
    """A paragraph that came in, or changed, for one follow: written with the reader's mark, told once."""

    follow = models.ForeignKey(Follow, models.CASCADE, related_name="tidings")
    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="+")
    change = models.BigIntegerField()
    new = models.BooleanField()  # else its wording or labels changed
    at = models.DateTimeField()
    told = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follow", "paragraph", "change"], name="one_tiding_a_change")
        ]
        indexes: ClassVar = [
            models.Index(fields=["follow", "id"], condition=models.Q(told=None), name="tidings_to_tell")
        ]

    def __str__(self) -> str:
        return f"{self.follow_id} ¶ {self.paragraph_id}"


class Call(models.Model):
    """One signed call to a hook. ``key`` names its occasion: the same is never put twice."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="calls")
    key = models.CharField(max_length=80, unique=True)
    body = models.TextField()
    put = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due = models.DateTimeField()
    claimed = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    attempts = models.IntegerField(default=0)
    done = models.DateTimeField(null=True)
    status = models.IntegerField(null=True)  # of the last answer
    error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due", "id"], condition=models.Q(state="waiting"), name="calls_to_make"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
