"""Events of procedures. An event never changes: it gets another version, with its source, and the earlier ones stay.

Event ─< EventVersion (when, how sure, who says so); of several the current one holds
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One deadline, meeting or window of one State. ``step`` is an id of :mod:`smallplaces.vocab.steps`.

    ``key`` is its public name and stays when it moves: State, step and occasion ("KOR:upr.stakeholder-input:56").
    """

    key = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=3, db_index=True)
    step = models.CharField(max_length=80)
    occasion = models.CharField(max_length=120)  # a session, or the document that sets the day

    def __str__(self) -> str:
        return self.key


class EventVersion(models.Model):
    """When an event is, as somebody or some text says. Appended, never edited.

    ``first`` and ``last`` are ISO 8601 to the day or the month; of a deadline they are the same.
    """

    class Standing(models.TextChoices):
        """Expected by a rule; announced by a text or a person; called off."""

        EXPECTED = "expected"
        ANNOUNCED = "announced"
        CANCELLED = "cancelled"

    event = models.ForeignKey(Event, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    current = models.BooleanField(default=True)
    first = models.CharField(max_length=10, db_index=True)
    last = models.CharField(max_length=10, db_index=True)
    standing = models.CharField(max_length=9, choices=Standing)
    note = models.TextField(blank=True)  # a title or remark of a person's own
    source = models.TextField()
    address = models.TextField(blank=True)
    rule = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)  # document, paragraph and words that say it
    confidence = models.FloatField()
    margin = models.IntegerField(default=0)  # days by which known cases missed the rule
    method = models.CharField(max_length=20)  # the version of a machine's method, or "person"
    by = models.CharField(max_length=200, blank=True)  # as it was signed
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["event"], condition=models.Q(current=True), name="one_current_version"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} v{self.number} {self.first} {self.standing}"
