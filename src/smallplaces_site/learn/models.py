"""The tables of learning. What courses say is no table: it stands in folders, read by :mod:`smallplaces.courses`.

Progress (one person, one course)    Certificate (signed, kept, may be withdrawn)    Cohort ─< Seat (one address)
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from smallplaces_site.people.models import Organisation


class Progress(models.Model):
    """How far somebody is in a course. ``done``: see :mod:`smallplaces_site.learn.progress`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="courses")
    course = models.CharField(max_length=80)
    done = models.JSONField(default=dict)
    started = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    completed = models.DateTimeField(null=True)  # the first time that everything was done

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "course"], name="one_progress_a_course")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course}"


class Certificate(models.Model):
    """A credential that was given. Only whoever has its address, which nobody can guess, sees the name in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    place = models.PositiveIntegerField(unique=True)  # its bit in the list of withdrawn ones
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates")
    course = models.CharField(max_length=80)
    version = models.DateField()  # of the course
    lang = models.CharField(max_length=5)
    title = models.CharField(max_length=200)  # of the course, as it was then
    name = models.CharField(max_length=120)  # as the learner typed it
    issuer = models.CharField(max_length=200)
    issued = models.DateTimeField()
    right = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    token = models.TextField()  # the signed credential, as it was given
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "course", "version", "lang"],
                condition=models.Q(withdrawn=None),
                name="one_certificate_a_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.course}"


class Cohort(models.Model):
    """A group of people whom an officer asks to take some courses."""

    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cohorts")
    courses = models.JSONField(default=list)  # ids
    due = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    made_by = models.CharField(max_length=200)
    made = models.DateTimeField(auto_now_add=True)
    closed = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Somebody in a cohort, by address. What the officer sees of their progress begins with ``agreed``."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="seats")
    email = models.EmailField()
    invited = models.DateTimeField(auto_now_add=True)
    agreed = models.DateTimeField(null=True)
    declined = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["cohort", "email"], name="one_seat_an_address")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.email}"
