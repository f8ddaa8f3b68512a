"""The tables of being told.

Letter    one e-mail to one address: put within the change that causes it, sent later
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


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
