"""The tables of submissions.

Draft ─< DraftVersion    what is written now, and everything it was; the signed version is one of them
Draft >─< Organisation   co-authors        Draft ─< Attachment    evidence that goes with it
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smallplaces_site.people.models import Organisation


class Draft(models.Model):
    """A submission for one step of a procedure. ``sections``: [{"heading": …, "text": …}], in order."""

    step = models.CharField(max_length=80)  # id of the step; see smallplaces.vocab.steps
    state = models.CharField(max_length=3)  # the State it speaks of
    place = models.CharField(max_length=60, blank=True)  # of the owner, when it is a local government
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="drafts")
    coauthors = models.ManyToManyField(Organisation, related_name="shared_drafts")
    title = models.CharField(max_length=200)
    lang = models.CharField(max_length=5)
    due = models.DateField(null=True)  # the day of the deadline, in the zone of the step
    due_source = models.CharField(max_length=300, blank=True)
    sections = models.JSONField(default=list)
    revision = models.IntegerField(default=1)
    by = models.CharField(max_length=200)  # who wrote last, as it was signed
    changed = models.DateTimeField()
    signed = models.IntegerField(default=0)  # the version that was signed; 0 while none is
    signed_by = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)
    late = models.TextField(blank=True)  # why it was signed after the deadline

    def __str__(self) -> str:
        return f"{self.pk} {self.step} {self.title}"


class DraftVersion(models.Model):
    """What a submission said at one time: written once, never changed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    version = models.IntegerField()
    title = models.CharField(max_length=200)
    sections = models.JSONField()
    words = models.IntegerField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "version"], name="one_draft_a_version")]

    def __str__(self) -> str:
        return f"{self.draft_id} v{self.version}"


class Attachment(models.Model):
    """Evidence that goes with a submission: a link or a file of the archive. Withdrawn, never deleted."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="attachments")
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(default=0)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.title}"
