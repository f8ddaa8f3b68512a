"""Whether the questions to a place are shown (to those who act for it), and what steps are called."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from smallplaces.errors import NotFound
from smallplaces.vocab.steps import Step
from smallplaces_site.actions.allowed import held
from smallplaces_site.corpus.read import places
from smallplaces_site.people.models import User
from smallplaces_site.web import names

register = template.Library()


@register.simple_tag(takes_context=True)
def answers_for(context: dict[str, Any], code: str) -> bool:
    """Whether the reader answers for a place. Nobody who is not signed in does: their page is not asked who they are,
    so that it can be kept."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
        return False
    try:
        place = places.get(code)
    except NotFound:
        return False
    return held(request.user, "round.answer", place.state, place.code) is not None


@register.filter
def step_name(step: Step) -> str:
    """What a step is called in the language of the page."""
    return step.name(names.ui())
