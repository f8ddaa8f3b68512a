"""The tables of briefs and of plain words.

Restatement    one version of a plain sentence for one paragraph, in one language, of one place or of the institution
Brief ─< BriefVersion    a draft that people edit, and what was published of it: written once, never changed

Paragraphs are named by document and key, not by rows, so that what people wrote outlives every re-import.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Restatement(models.Model):
    """A paragraph in plain words, in one version. The words are never edited: other words are another version."""

    class Status(models.TextChoices):
        """Written and waiting for approval; approved, and so shown; taken back."""

        WRITTEN = "written"
        APPROVED = "approved"
        WITHDRAWN = "withdrawn"

    work = models.CharField(max_length=255)  # key of the document
    paragraph = models.CharField(max_length=120)  # its key
    lang = models.CharField(max_length=5)  # of the plain words: en or ko
    place = models.CharField(max_length=60, blank=True)  # code of the place whose words they are; empty: institution
    state = models.CharField(max_length=3)
    version = models.IntegerField()
    text = models.TextField()
    source_lang = models.CharField(max_length=35)  # of the wording it was written from
    digest = models.CharField(max_length=32)  # of that wording: corpus.recognise.digest_of
    status = models.CharField(max_length=10, choices=Status, default=Status.WRITTEN)
    by = models.CharField(max_length=200)  # as it was signed
    at = models.DateTimeField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)  # of taking it back

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "paragraph", "lang", "state", "place", "version"], name="one_restatement_a_version"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["place", "status"], name="restatements_waiting")]

    def __str__(self) -> str:
        return f"{self.work} ¶ {self.paragraph} [{self.lang}] v{self.version}"


class Brief(models.Model):
    """A brief for a place: the draft as it is edited now. What readers see stands in its versions."""

    place = models.CharField(max_length=60, db_index=True)  # code of the place
    state = models.CharField(max_length=3)
    lang = models.CharField(max_length=5)  # en or ko
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=200, blank=True)  # for whom it is
    introduction = models.TextField(blank=True)
    choices = models.JSONField(default=dict)  # by what its lines were chosen
    lines = models.JSONField(default=list)  # [{"work", "paragraph", "department", "note"}, …] in order
    revision = models.IntegerField(default=1)  # of the draft: two people who edit at once do not lose anything
    by = models.CharField(max_length=200)
    made = models.DateTimeField()
    changed = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.place} {self.title}"


class BriefVersion(models.Model):
    """What was published: content, whole and for ever."""

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    content = models.JSONField()  # smallplaces_site.briefs.content.Content
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)  # what is new in it

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brief", "number"], name="one_brief_a_version")]

    def __str__(self) -> str:
        return f"{self.brief_id} v{self.number}"
