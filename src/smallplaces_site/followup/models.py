"""The tables of follow-up.

Item   a recommendation, a thread or a cluster that is followed, for a place or for the State  ─< Member (of a cluster)
Unit   who is responsible                  Item >─< Unit     Action >─< Item     Indicator >─< Item
Action ─< Due, Evidence                    Indicator ─< Value
Item   ─< Statement (one of three voices)  Item ─< Grade (the committee's own)

Statements, values and grades are appended: a correction is a new row that names the one it replaces. Whatever else
changes leaves a Deed that says from what to what (see :mod:`smallplaces_site.followup.history`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from smallplaces_site.people.models import Organisation, User


class Where(models.Model):
    """Whose it is: a place's, or with an empty place that of the State as a whole."""

    state = models.CharField(max_length=3, db_index=True)  # ISO 3166-1 alpha-3
    place = models.CharField(max_length=60, blank=True, db_index=True)  # whole code of the place

    class Meta:
        abstract = True


class Named(models.Model):
    """What is followed: a paragraph by the key of its document and its own, or a thread by its key. Never by row, so
    that follow-up outlives every re-import."""

    work_key = models.CharField(max_length=255, blank=True)
    paragraph_key = models.CharField(max_length=120, blank=True)
    thread = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


class Unit(Where):
    """An office that is responsible: of a place, or of the State."""

    name_ko = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "place", "name_ko", "name_en"], name="one_unit_a_name"),
            models.CheckConstraint(condition=~models.Q(name_ko="", name_en=""), name="a_unit_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name_en or self.name_ko


class Item(Where, Named):
    """Something that is followed."""

    class Kind(models.TextChoices):
        """What it is."""

        PARAGRAPH = "paragraph"
        THREAD = "thread"
        CLUSTER = "cluster"

    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)  # its words when follow-up began, or the name of a cluster
    lang = models.CharField(max_length=35, blank=True)  # of the title
    sdgs = models.JSONField(default=list)  # goals and targets: "11.1"
    units = models.ManyToManyField(Unit, related_name="items")
    since = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state", "place", "work_key", "paragraph_key"],
                condition=models.Q(kind="paragraph"),
                name="a_paragraph_is_followed_once",
            ),
            models.UniqueConstraint(
                fields=["state", "place", "thread"],
                condition=models.Q(kind="thread"),
                name="a_thread_is_followed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.pk} {self.title[:60]}"


class Member(Named):
    """What a cluster holds."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="members")
    title = models.CharField(max_length=300, blank=True)
    lang = models.CharField(max_length=35, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "work_key", "paragraph_key", "thread"], name="once_in_a_cluster")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.work_key}#{self.paragraph_key}{self.thread}"


class Action(Where):
    """Something that is done. One action serves many items, goals and plans."""

    class Status(models.TextChoices):
        """How far it is: a closed list, in the order of the board's columns."""

        PLANNED = "planned"
        ONGOING = "ongoing"
        DONE = "done"
        PAUSED = "paused"
        STOPPED = "stopped"

    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    budget_line = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    sdgs = models.JSONField(default=list)
    plans = models.JSONField(default=list)  # names of the plans that it stands in
    items = models.ManyToManyField(Item, related_name="actions")
    units = models.ManyToManyField(Unit, related_name="actions")
    since = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"action {self.pk} {self.title[:60]}"


class Due(models.Model):
    """A day by which something of an action has to be done."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="dues")
    on = models.DateField(db_index=True)
    what = models.CharField(max_length=200)
    met = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.on} {self.what}"


class Statement(models.Model):
    """What one of three voices says of an item: appended, never edited."""

    class Voice(models.TextChoices):
        """Who speaks. None can stand in the place of another."""

        REPORT = "report"  # the own one of the place concerned
        ASSESSMENT = "assessment"  # the institution's
        COMMENT = "comment"  # civil society's

    class Progress(models.TextChoices):
        """How far it is: a closed list. That nothing is known is never the same as that nothing was done."""

        NO_INFORMATION = "no-information"
        NOT_STARTED = "not-started"
        UNDER_WAY = "under-way"
        PARTLY = "partly"
        DONE = "done"
        REVERSED = "reversed"

    item = models.ForeignKey(Item, models.PROTECT, related_name="statements")
    voice = models.CharField(max_length=10, choices=Voice)
    progress = models.CharField(max_length=15, choices=Progress, blank=True)  # a comment may leave it open
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=35, blank=True)
    as_of = models.DateField()  # the day of which it speaks
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    by = models.CharField(max_length=200)  # as it was signed
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(voice="comment") | ~models.Q(progress=""), name="report_and_assessment_say_how_far"
            )
        ]

    def __str__(self) -> str:
        return f"{self.voice} on {self.item_id}, {self.as_of}: {self.progress}"


class Grade(models.Model):
    """The grade that a committee itself gave to what was done. See :mod:`smallplaces.vocab.grades`."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="grades")
    scale = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    symbol = models.CharField(max_length=255)  # of the follow-up document in which it stands
    paragraph = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    def __str__(self) -> str:
        return f"{self.scale} {self.code} {self.symbol}"


class Evidence(models.Model):
    """What shows that something was done: an address, or a file in the archive under its SHA-256."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)  # of the file, harmless
    kind = models.CharField(max_length=100, blank=True)  # its media type
    size = models.BigIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(address="") ^ models.Q(sha256=""), name="evidence_is_a_link_or_a_file"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Indicator(Where):
    """A measure of an attribute of a right. It is not a progress status."""

    class Kind(models.TextChoices):
        """What it measures (HRI/MC/2008/3; HR/PUB/12/5)."""

        STRUCTURE = "structure"
        PROCESS = "process"
        OUTCOME = "outcome"

    class Frequency(models.TextChoices):
        """How often a value comes."""

        ONCE = "once"
        MONTHLY = "monthly"
        QUARTERLY = "quarterly"
        YEARLY = "yearly"
        OTHER = "other"

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind)
    right = models.CharField(max_length=120, blank=True)  # "ICESCR/11", or in words
    attribute = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)  # of measure
    source = models.CharField(max_length=300, blank=True)
    disaggregation = models.JSONField(default=list)  # by what: ["sex", "age"]
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.YEARLY)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    target_on = models.DateField(null=True)
    items = models.ManyToManyField(Item, related_name="indicators")
    since = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"indicator {self.pk} {self.title[:60]}"


class Value(models.Model):
    """One value of an indicator: appended, never edited."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    parts = models.JSONField(default=list)  # disaggregated: [["women", "12.5"], …]
    source = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
