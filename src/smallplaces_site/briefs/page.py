"""A brief as one file of HTML that needs nothing else: to be sent, kept, printed.

Reads: a printed brief and the stylesheet of briefs. Writes: text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from smallplaces_site.briefs.printed import Printed

_STYLE = Path(__file__).resolve().parent / "static" / "briefs" / "brief.css"


def to_html(brief: Printed) -> str:
    """The file."""
    style = mark_safe(_style())  # noqa: S308  # our own stylesheet
    return render_to_string("briefs/alone.html", {"brief": brief, "style": style})


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
