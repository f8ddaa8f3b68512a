"""What a machine claims of demands to a State, and what people decided of that.

Claim (made by a machine, made anew when texts or methods change)
LabelDecision, CompetenceDecision (a person's word: appended, never edited; named by document, paragraph and words, not
by rows, so that it outlives every re-running, re-import and retraining)
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smallplaces_site.corpus.models import Paragraph, Work


class Claim(models.Model):
    """What is claimed of one paragraph of a document, whatever languages it stands in: read once, in the first of
    English, French, Spanish… that has it (``paragraph``).

    ``labels``: [[facet, scheme, label, confidence, [words], method, version], …], only in facets in which no source
    speaks. ``level`` is empty for what asks nothing, else whose it is for every place of the State: see
    :class:`smallplaces.enrich.route.Route`; the verdict for one place follows from it. ``reasons``:
    [[whose, sentence, [words], action, matter, head, department, [basis]], …].
    """

    work = models.ForeignKey(Work, models.CASCADE, related_name="claims")
    key = models.CharField(max_length=120)
    paragraph = models.OneToOneField(Paragraph, models.CASCADE, related_name="claim")
    state = models.CharField(max_length=3, blank=True)  # whose law was asked; empty: that of no State in particular
    kind = models.CharField(max_length=20, blank=True)
    sure = models.FloatField()  # of the kind
    labels = models.JSONField(default=list)
    level = models.CharField(max_length=12, blank=True)
    head = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=40, blank=True)
    basis = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    confidence = models.FloatField(default=0)
    method = models.CharField(max_length=20, blank=True)
    version = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "key"], name="one_claim_a_paragraph")]

    def __str__(self) -> str:
        return f"{self.work_id} ¶ {self.key} {self.level}"


class Verdict(models.TextChoices):
    """The claim is right; it is wrong; something else holds in its place; what was decided before holds no more."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Decision(models.Model):
    """What every decision carries. Of several on the same thing the last holds."""

    work = models.CharField(max_length=255)  # any key of the document
    lang = models.CharField(max_length=35)  # in which it was read
    paragraph = models.CharField(max_length=120)  # its key
    text = models.TextField()  # its words then
    verdict = models.CharField(max_length=10, choices=Verdict)
    claimed = models.JSONField(default=dict)  # what the machine said then
    who = models.CharField(max_length=200)  # person and organisation
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class LabelDecision(Decision):
    """A person's word on one label. ``instead``: the label that holds in its place, of the same scheme."""

    facet = models.CharField(max_length=20)
    scheme = models.CharField(max_length=20)
    label = models.CharField(max_length=255)
    instead = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["work", "paragraph"], name="labels_decided_here")]

    def __str__(self) -> str:
        return f"{self.work} ¶ {self.paragraph} {self.facet}/{self.scheme}/{self.label} {self.verdict}"


class CompetenceDecision(Decision):
    """A person's word on whose a demand is. With a ``place`` it is what that local government says of itself: shown
    there, and over no other. Empty: the institution's, which holds for the State."""

    state = models.CharField(max_length=3, db_index=True)
    place = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=12, blank=True)
    head = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["work", "paragraph"], name="competence_decided_here")]

    def __str__(self) -> str:
        return f"{self.work} ¶ {self.paragraph} {self.level} {self.verdict}"
