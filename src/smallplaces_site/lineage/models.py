"""Threads of demands that ask one State the same. Made by a machine, and made anew when paragraphs change; what people
decided stands apart and is heard each time.

Thread ─< Member (why it is there, how sure)      Decision (join or split; appended, never edited)
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smallplaces_site.corpus.models import Paragraph


class Thread(models.Model):
    """One demand to one State. ``key`` is its public name and stays with it through every re-running; keys of threads
    that it took in are ``former``."""

    key = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=3)
    family = models.CharField(max_length=60, blank=True)  # key of a known demand; see smallplaces.enrich.lineage
    wording = models.TextField()  # what its most typical member asks
    lang = models.CharField(max_length=35)
    former = models.JSONField(default=list)
    first = models.CharField(max_length=10, blank=True)  # dates, ISO 8601 in the precision that is known
    last = models.CharField(max_length=10, blank=True)
    asked = models.IntegerField()  # members
    occasions = models.IntegerField()  # documents and reviews in which it was asked

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-occasions", "-asked"], name="longest_threads")]

    def __str__(self) -> str:
        return f"{self.key} {self.family or self.wording[:40]}"


class Member(models.Model):
    """A demand in a thread, and why. See :class:`smallplaces.enrich.lineage.demand.Member`."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="members")
    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="threads")
    place = models.IntegerField()  # its place in the thread, oldest first
    name = models.CharField(max_length=400)  # work key # paragraph key / item: what decisions name
    item = models.CharField(max_length=4, blank=True)  # the letter it stands under
    text = models.TextField()  # the part of the paragraph that asks this
    date = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=20)
    evidence = models.JSONField(default=list)
    beside = models.CharField(max_length=400, blank=True)  # the name of the member it was found by
    confidence = models.FloatField()
    method = models.CharField(max_length=20)
    version = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["thread", "paragraph"], name="once_a_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.name}"


class Decision(models.Model):
    """A person's word: these demands belong together, or those of ``left`` not with those of ``right``. Appended, never
    edited; of several the last holds. Named by document and paragraph, so that it outlives every re-running."""

    class Verdict(models.TextChoices):
        """The two things a person can decide."""

        JOIN = "join"
        SPLIT = "split"

    state = models.CharField(max_length=3, db_index=True)
    verdict = models.CharField(max_length=5, choices=Verdict)
    left = models.JSONField()  # names of members
    right = models.JSONField()
    who = models.TextField()
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.state} {self.verdict} by {self.who}"
