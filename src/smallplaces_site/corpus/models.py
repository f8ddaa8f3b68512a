"""The tables. They hold and relate; they know nothing of importing, indexing or showing.

RawFile   bytes in the archive          Run       one import of one source
Work ─< WorkKey (every name it has)     Work ─< WorkState
Work ─< Edition (one language) ─< Paragraph ─< Reading (one source's wording, one version)
Reading ─< Citation ─< CitationTarget   CitationDecision    what a person said of a citation
StatusAction, PlaceRecord               Change    the one log that index, alerts, feeds and mirrors read
Mark      how far a reader of the log has come
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RawFile(models.Model):
    """One file as it came: its bytes are in the archive under ``sha256``."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.TextField()  # its path inside the imported folder
    address = models.TextField(blank=True)  # where it was fetched from, or the folder it was read from
    size = models.BigIntegerField()
    received = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"


class Run(models.Model):
    """One import of one source: kept for ever, failed or not."""

    class Outcome(models.TextChoices):
        """How a run ended. A run still RUNNING whose process is gone was interrupted."""

        RUNNING = "running"
        DONE = "done"
        REFUSED_SOME = "refused-some"
        FAILED = "failed"
        INTERRUPTED = "interrupted"

    source = models.CharField(max_length=100, db_index=True)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.RUNNING)
    inputs = models.CharField(max_length=64, blank=True)  # digest of what was read, and with which code
    counts = models.JSONField(default=dict)  # read, new, changed, unchanged, refused, withdrawn
    message = models.TextField(blank=True)
    report = models.TextField(blank=True)  # path of the report file, below the home folder
    description = models.JSONField(default=dict)  # title, publisher, address, licence of the source, as of this run
    files = models.ManyToManyField(RawFile)

    def __str__(self) -> str:
        return f"{self.source} {self.started:%Y-%m-%d %H:%M} {self.outcome}"


class Work(models.Model):
    """A document independent of language. See :class:`smallplaces.model.document.Work`."""

    key = models.CharField(max_length=255, unique=True)
    symbol = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=40, db_index=True)
    title = models.JSONField(default=dict)  # language -> title, as sources give it
    body = models.CharField(max_length=40, blank=True, db_index=True)
    states = models.JSONField(default=list)  # ISO alpha-3; WorkState holds the same for look-ups
    adopted = models.DateField(null=True)
    distributed = models.DateField(null=True)
    entered = models.DateField(null=True)
    year = models.IntegerField(null=True, db_index=True)
    session = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    ranks = models.JSONField(default=dict)  # field -> rank of the source that gave it

    def __str__(self) -> str:
        return self.symbol or self.key


class WorkKey(models.Model):
    """Every name a Work answers to, its own key among them."""

    key = models.CharField(max_length=255, unique=True)
    work = models.ForeignKey(Work, models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return self.key


class WorkState(models.Model):
    """A State that a Work concerns."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="concerned")
    state = models.CharField(max_length=3, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "state"], name="one_state_a_work")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.state}"


class Edition(models.Model):
    """A Work in one language."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="editions")
    lang = models.CharField(max_length=35)
    title = models.TextField(blank=True)
    status = models.CharField(max_length=30)
    by = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    rank = models.IntegerField(default=0)  # of the source whose title and status these are
    whole = models.CharField(max_length=100, blank=True)  # the source that delivered all of it, if one did

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "lang"], name="one_edition_a_language")]

    def __str__(self) -> str:
        return f"{self.work_id} [{self.lang}]"


class Paragraph(models.Model):
    """A place in an edition that people quote. Its wording is in its readings."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="paragraphs")
    key = models.CharField(max_length=120)
    position = models.CharField(max_length=60)  # sorts paragraphs in reading order
    bare = models.CharField(max_length=12, blank=True)  # fingerprint of a recommendation's bare words

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="one_paragraph_a_key")]
        indexes: ClassVar = [models.Index(fields=["edition", "bare"], condition=~models.Q(bare=""), name="bare_words")]

    def __str__(self) -> str:
        return f"{self.edition_id} ¶ {self.key}"


class Reading(models.Model):
    """One source's wording of one paragraph, in one version. Never edited, only succeeded.

    ``current``: the source's latest. ``shown``: the current reading of the highest-ranked source; at most one a
    paragraph, none when every source has withdrawn it.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="readings")
    source = models.CharField(max_length=100)
    record = models.CharField(max_length=120, blank=True)
    version = models.IntegerField(default=1)
    rank = models.IntegerField()
    digest = models.CharField(max_length=32)
    current = models.BooleanField(default=True)
    shown = models.BooleanField(default=False)
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    heading = models.JSONField(default=list)
    text = models.TextField()
    page = models.IntegerField(null=True)
    labels = models.JSONField(default=list)  # [[facet, scheme, value], …]
    facts = models.JSONField(default=dict)
    raw = models.ForeignKey(RawFile, models.PROTECT, null=True)
    run = models.ForeignKey(Run, models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paragraph"], condition=models.Q(shown=True), name="one_reading_shown"),
            models.UniqueConstraint(
                fields=["paragraph", "source"], condition=models.Q(current=True), name="one_current_reading_a_source"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["source", "record"], condition=models.Q(current=True) & ~models.Q(record=""), name="record_now"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} {self.source} v{self.version}"


class Citation(models.Model):
    """A reference found in a shown reading. See :class:`smallplaces.model.annotation.Citation`.

    Made by a machine and made anew whenever the reading or the method changes; what persons said of it is applied
    when it is made. ``claimed`` are the machine's targets; what readers follow stands in :class:`CitationTarget`.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="citations")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="citations")
    start = models.IntegerField()  # characters of the reading's text, end excluded; both 0: the heading above says it
    end = models.IntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=20)  # smallplaces.model.annotation.CitationKind
    confidence = models.FloatField()
    evidence = models.TextField()
    method = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    claimed = models.JSONField(default=list)
    candidates = models.JSONField(default=list)  # what it may mean, when that is not clear
    verdict = models.CharField(max_length=10, blank=True)  # of the person who decided, if one did

    def __str__(self) -> str:
        return f"{self.paragraph_id} {self.start}-{self.end} {self.kind}"


class CitationTarget(models.Model):
    """One thing that a citation leads to: the machine's claim, or a person's word in its place.

    ``whole`` is the target without what lies inside its article or paragraph, ``work`` the document alone. See
    :mod:`smallplaces.model.target`.
    """

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="targets")
    target = models.CharField(max_length=255)
    whole = models.CharField(max_length=255)
    work = models.CharField(max_length=255)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["target"], name="cited_exactly"),
            models.Index(fields=["whole"], name="cited_article"),
            models.Index(fields=["work"], name="cited_work"),
        ]

    def __str__(self) -> str:
        return f"{self.citation_id} → {self.target}"


class CitationDecision(models.Model):
    """What a person decided of a citation: appended, never edited; of several the last holds.

    Named by where it stands and what it says, not by rows, so that it outlives every re-running and every re-import.
    """

    class Verdict(models.TextChoices):
        """The claim is right; it is none; it leads elsewhere."""

        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        REPLACED = "replaced"

    work = models.CharField(max_length=255)  # any key of the citing document
    lang = models.CharField(max_length=35)
    paragraph = models.CharField(max_length=120)  # its key
    text = models.TextField()  # the cited words
    kind = models.CharField(max_length=20)
    verdict = models.CharField(max_length=10, choices=Verdict)
    targets = models.JSONField(default=list)  # where it leads, when confirmed or replaced
    claimed = models.JSONField(default=list)  # what the machine said when this was decided
    who = models.TextField()
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["work", "lang", "paragraph"], name="decided_here")]

    def __str__(self) -> str:
        return f"{self.work} ¶ {self.paragraph} {self.text!r} {self.verdict}"


class Mark(models.Model):
    """How far a reader of the change log has come, committed with what it wrote.

    ``version`` is that of its method. While a new one goes through everything, ``underway`` names it and ``reached``
    is the last paragraph it has done.
    """

    name = models.CharField(max_length=40, unique=True)
    change = models.BigIntegerField(default=0)
    version = models.CharField(max_length=20, blank=True)
    underway = models.CharField(max_length=20, blank=True)
    reached = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.change}"


class StatusAction(models.Model):
    """One dated act of a State towards a treaty. See :class:`smallplaces.model.status.TreatyAction`."""

    source = models.CharField(max_length=100)
    identity = models.CharField(max_length=32, db_index=True)
    digest = models.CharField(max_length=32)
    version = models.IntegerField(default=1)
    current = models.BooleanField(default=True)
    treaty = models.CharField(max_length=40)
    state = models.CharField(max_length=3)
    kind = models.CharField(max_length=30)
    date = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    articles = models.JSONField(default=list)
    as_of = models.CharField(max_length=10, blank=True)
    run = models.ForeignKey(Run, models.PROTECT)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "treaty"], condition=models.Q(current=True), name="status_by_state"),
            models.Index(fields=["treaty", "state"], condition=models.Q(current=True), name="status_by_treaty"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.treaty} {self.kind} {self.date}"


class PlaceRecord(models.Model):
    """A place below the State. See :class:`smallplaces.model.place.Place`."""

    source = models.CharField(max_length=100)
    code = models.CharField(max_length=60, db_index=True)
    digest = models.CharField(max_length=32)
    version = models.IntegerField(default=1)
    current = models.BooleanField(default=True)
    state = models.CharField(max_length=3, db_index=True)
    level = models.CharField(max_length=30)
    kind = models.CharField(max_length=60, blank=True)
    names = models.JSONField(default=dict)
    parent = models.CharField(max_length=60, blank=True, db_index=True)
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    run = models.ForeignKey(Run, models.PROTECT)

    def __str__(self) -> str:
        return self.code


class Change(models.Model):
    """One line of the log: what changed in one edition (or table) in one batch. Appended, never edited.

    ``id`` is the cursor of every reader. ``paragraphs`` are ids: {"added": […], "changed": […], "withdrawn": […]}.
    """

    class What(models.TextChoices):
        """What happened."""

        EDITION = "edition"  # paragraphs of an edition
        WORK = "work"  # title, dates, States… of a Work
        MERGED = "merged"  # two Works were found to be one
        REMOVED = "removed"  # a Work was taken out (the example set)
        STATUS = "status"  # treaty status of a State
        PLACES = "places"
        CITES = "cites"  # what paragraphs cite was found anew, or decided by a person
        THREADS = "threads"  # the threads of a State were found anew, or decided by a person
        CLAIMS = "claims"  # what a machine claims of demands was found anew
        DECIDED = "decided"  # a person decided of a label or a competence

    at = models.DateTimeField()
    what = models.CharField(max_length=10, choices=What)
    run = models.ForeignKey(Run, models.PROTECT, null=True)
    work_key = models.CharField(max_length=255, blank=True, db_index=True)
    work = models.ForeignKey(Work, models.SET_NULL, null=True)
    edition = models.ForeignKey(Edition, models.SET_NULL, null=True)
    lang = models.CharField(max_length=35, blank=True)
    paragraphs = models.JSONField(default=dict)
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.id} {self.what} {self.work_key} {self.lang}"
