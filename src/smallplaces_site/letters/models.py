"""The tables of letters to places.

Dispatch ─< Arrival (one place) ─< Opening    who there has seen it while signed in

What is sent is named by document and paragraph keys, not by rows: a letter outlives every re-import.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smallplaces_site.people.models import Organisation, User


class Dispatch(models.Model):
    """One letter of an institution to places: a document, some of its paragraphs or a brief, with a cover note."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=200)  # as it was signed
    state = models.CharField(max_length=3)
    title = models.CharField(max_length=200)
    note = models.TextField()
    lang = models.CharField(max_length=5)  # of title and note
    work = models.CharField(max_length=255, blank=True)  # key of the document
    paragraphs = models.JSONField(default=list)  # keys; none: the document as a whole
    brief = models.BigIntegerField(null=True)  # a published brief instead
    at = models.DateTimeField()
    once = models.CharField(max_length=40, unique=True)  # of the form that sent it: pressing twice sends once

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"


class Arrival(models.Model):
    """The letter at one place, and whether that place has acknowledged it."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="arrivals")
    place = models.CharField(max_length=60, db_index=True)  # its code
    acknowledged = models.DateTimeField(null=True)
    by = models.CharField(max_length=200, blank=True)  # as it was signed
    answer = models.TextField(blank=True)
    reminded = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispatch", "place"], name="one_arrival_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.place}"


class Opening(models.Model):
    """Somebody who acts for the place has seen the letter, signed in. Kept once, the first time."""

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    by = models.CharField(max_length=200)  # as they sign
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["arrival", "user"], name="opened_first"),
        ]

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.by}"
