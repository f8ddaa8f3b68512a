"""The tables of practices.

Submission ─< PracticeVersion    a practice as its place edits it now, and what was published of it: never changed

The practices that come with the house stand in the catalogue (:mod:`smallplaces.vocab.practices`), not here.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """A practice that a place (or the institution) describes. ``content``: the fields of the catalogue's reader."""

    class Status(models.TextChoices):
        """Where it stands between those who write it and the officer who reviews it."""

        DRAFT = "draft"
        SUBMITTED = "submitted"  # waits for an officer
        RETURNED = "returned"  # with what is to be mended
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    key = models.CharField(max_length=80, unique=True)  # its public name, which stays
    state = models.CharField(max_length=3)
    place = models.CharField(max_length=60, blank=True, db_index=True)  # code of the place; empty: the institution's
    content = models.JSONField(default=dict)
    revision = models.IntegerField(default=1)  # so that two who edit at once notice
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    said = models.TextField(blank=True)  # by the officer: what is to be mended, or why it was withdrawn
    by = models.CharField(max_length=200)  # who wrote last, as it was signed
    changed = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.status}"


class PracticeVersion(models.Model):
    """What was published, as it was then."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="versions")
    version = models.IntegerField()
    content = models.JSONField()
    by = models.CharField(max_length=200)  # who wrote it
    reviewed_by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "version"], name="one_practice_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.version}"
