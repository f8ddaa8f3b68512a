"""What follow-up calls things, in the language of the page: how far, which status, who speaks, what was done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROGRESS = {
    "no-information": _("No information"),
    "not-started": _("Not started"),
    "under-way": _("Under way"),
    "partly": _("Partly done"),
    "done": pgettext_lazy("how far a recommendation is", "Done"),
    "reversed": _("Moved backwards"),
}
STATUS = {
    "planned": _("Planned"),
    "ongoing": pgettext_lazy("status of an action", "Under way"),
    "done": pgettext_lazy("status of an action", "Done"),
    "paused": _("Paused"),
    "stopped": _("Stopped"),
}
VOICES = {
    "report": _("The place’s own report"),
    "assessment": _("The institution’s assessment"),
    "comment": _("Civil society’s comment"),
}
SAY = {
    "report": _("Report progress"),
    "assessment": _("Assess progress"),
    "comment": _("Comment"),
}
KINDS = {"structure": _("Structure"), "process": _("Process"), "outcome": pgettext_lazy("kind of indicator", "Outcome")}
FREQUENCIES = {
    "once": pgettext_lazy("how often", "Once"),
    "monthly": _("Every month"),
    "quarterly": _("Every quarter"),
    "yearly": _("Every year"),
    "other": _("At other times"),
}
ITEMS = {
    "paragraph": _("Recommendation"),
    "thread": _("Asked again and again"),
    "cluster": _("Group of recommendations"),
}
DID = {
    "started": _("began to follow this"),
    "taken up again": _("took this up again"),
    "ended": _("ended following this"),
    "gathered": _("put more into this group"),
    "changed": pgettext_lazy("history", "changed"),
    "planned": _("planned an action"),
    "moved": _("moved an action"),
    "due set": _("set a due date"),
    "due met": _("met a due date"),
    "action added": _("added an action"),
    "action taken away": _("took an action away"),
    "evidence added": _("added evidence"),
    "evidence taken back": _("took evidence back"),
    "written": _("wrote an indicator"),
    "value added": _("added a value"),
    "value corrected": _("corrected a value"),
    "report": _("reported progress"),
    "report corrected": _("corrected a report"),
    "assessment": _("assessed progress"),
    "assessment corrected": _("corrected an assessment"),
    "comment": _("commented"),
    "comment corrected": _("corrected a comment"),
    "grade": _("entered a committee’s grade"),
    "grade corrected": _("corrected a committee’s grade"),
}
FIELDS = {
    "title": _("Title"),
    "description": _("Description"),
    "start": _("Begins on"),
    "end": _("Ends on"),
    "status": _("Status"),
    "progress": _("How far it is"),
    "budget_line": _("Budget line"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "units": _("Responsible"),
    "items": _("What it serves"),
    "sdgs": _("Goals and targets"),
    "plans": _("Plans"),
    "evidence": _("Evidence"),
    "action": _("Action"),
    "symbol": _("Follow-up document"),
    "members": _("Recommendations in it"),
    "why": _("Reason"),
    "kind": _("Kind of indicator"),
    "right": _("Right"),
    "attribute": _("Attribute of the right"),
    "unit": _("Unit of measure"),
    "source": _("Source"),
    "disaggregation": _("Told apart by"),
    "frequency": _("How often"),
    "baseline": _("Baseline"),
    "baseline_on": _("Day of the baseline"),
    "target": pgettext_lazy("of an indicator", "Target"),
    "target_on": _("Day of the target"),
}


def value_of(field: str, value: str) -> str:
    """A value of the history in words, where it is a code."""
    codes = {"status": STATUS, "progress": PROGRESS, "kind": KINDS, "frequency": FREQUENCIES}.get(field, {})
    return str(codes.get(value, value))
