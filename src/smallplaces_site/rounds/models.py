"""The tables of input rounds.

Round ─< Question                what is asked; frozen once the round is sent
Round ─< Notice                  what was said afterwards: a clarification, or another day with its reason
Round ─< Invitation (one place) ── Reply (as it is written) and ─< HandedIn (signed, a version each, never changed)
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smallplaces_site.people.models import Organisation


class Round(models.Model):
    """Questions of an institution to places. It is a draft until sent, open until closed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=3)
    step = models.CharField(max_length=80, blank=True)  # id of the step that it feeds; see smallplaces.vocab.steps
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    lang = models.CharField(max_length=5)  # of everything that the round says
    about = models.JSONField(default=list)  # recommendations that it concerns, as they are cited: "A/1 ¶ 3"
    due = models.DateField()
    by = models.CharField(max_length=200)  # who wrote it last, as it was signed
    changed = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    shared = models.DateTimeField(null=True)  # since when its places may read what all of them said

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"


class Question(models.Model):
    """One question. ``choices``: what can be chosen; ``added``: whether the numbers of places may be added up."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text"
        NUMBER = "number"
        YES_NO = "yes-no"  # yes, partly, no
        CHOICE = "choice"
        FILE = "file"  # evidence: a file, or what was recorded in follow-up

    round = models.ForeignKey(Round, models.CASCADE, related_name="questions")
    number = models.IntegerField()  # from 1
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=500)
    help = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    choices = models.JSONField(default=list)
    added = models.BooleanField(default=False)
    required = models.BooleanField(default=False)
    link = models.CharField(max_length=255, blank=True)  # a recommendation or an article, as it is cited

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "number"], name="one_question_a_number")]

    def __str__(self) -> str:
        return f"{self.round_id}.{self.number} {self.text[:60]}"


class Notice(models.Model):
    """Something said to all places after the round was sent. ``due``: the day that it moved the round to."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="notices")
    text = models.TextField()
    due = models.DateField(null=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.round_id} {self.text[:60]}"


class Invitation(models.Model):
    """The round at one place."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    place = models.CharField(max_length=60, db_index=True)  # its whole code
    opened = models.DateTimeField(null=True)  # when somebody who acts for the place first saw it
    opened_by = models.CharField(max_length=200, blank=True)
    reminded = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "place"], name="one_invitation_a_place")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.place}"


class Reply(models.Model):
    """What a place is writing. ``answers``: number of the question to its answer (see :mod:`.answers`)."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="reply")
    answers = models.JSONField(default=dict)
    revision = models.IntegerField(default=1)
    by = models.CharField(max_length=200)
    changed = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.invitation_id} r{self.revision}"


class HandedIn(models.Model):
    """What a place said, signed: written once, never changed. A later version stands beside the earlier ones."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="handed")
    version = models.IntegerField()
    answers = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "version"], name="one_answer_a_version")]

    def __str__(self) -> str:
        return f"{self.invitation_id} v{self.version}"
