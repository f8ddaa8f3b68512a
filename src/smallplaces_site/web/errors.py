"""What an error says to whoever reads a page: in their language, its values kept apart from the sentence.

Errors are raised in English, as a template with its values (:class:`~smallplaces.errors.UserError`): so the command
line, the API and the logs say them. Here, and nowhere else, they are translated; their texts stand in ``errors.po``.
"""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import get_language_bidi, gettext

from smallplaces.errors import Sentence, UserError, beside, fill
from smallplaces_site.web.names import comma

#: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: a symbol or a name must not pull an Arabic sentence about. They are
#: characters and no element, for a message is also kept in a session and shown as an attribute.
_ISOLATE: Final = "\u2068%s\u2069"


def told(said: UserError | str) -> str:
    """What an error says, or a sentence of ours, in the language of the page. What has no template stays in English."""
    sentence, where = (said.message, said.told_apart) if isinstance(said, UserError) else (said, "")
    if not isinstance(sentence, Sentence):
        return sentence
    values = {name: _shown(value) for name, value in sentence.values.items()}
    return beside(fill(gettext(sentence.template), values), _isolated(where))


def add_to(form: forms.BaseForm, error: UserError) -> None:
    """Show ``error`` in a form: at the field that it names, else above all fields."""
    field = error.field if error.field in form.fields and not form[error.field].is_hidden else None
    form.add_error(field, told(error))


def _shown(value: object) -> str:
    """A value is data and stays as it is: what somebody typed, a name, the words that a file or an address may hold."""
    return comma().join(_isolated(str(one)) for one in value) if isinstance(value, tuple) else _isolated(str(value))


def _isolated(text: str) -> str:
    return _ISOLATE % text if text and get_language_bidi() else text
