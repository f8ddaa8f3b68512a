"""What our plain guide says of a question, in the language of the page where the guide has it, else in English; what
its subjects are called, and what they name to be read next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from smallplaces.guide import SubjectGuide, SubjectKind
from smallplaces.search.plain_guide import find_in_guide
from smallplaces.vocab import procedures
from smallplaces.vocab.kinds import kind_name
from smallplaces_site.corpus.read.citations import resolved
from smallplaces_site.corpus.titles import body_name
from smallplaces_site.web import cited, names

_KINDS: dict[str, SubjectKind] = {"body": "body", "procedure": "procedure", "kind": "kind"}


@dataclass(frozen=True, slots=True)
class Guided:
    """An article of the guide, in one language."""

    instrument: str
    number: str
    lang: str
    title: str
    protects: str


def guided(text: str) -> list[Guided]:
    """The articles of the guide that speak of ``text``; none for an empty question."""
    lang = "ko" if names.ui() == "ko" else "en"
    found = find_in_guide(text, names.ui()) if text else ()
    return [Guided(one.instrument, one.number, lang, one.title[lang], one.protects[lang]) for one in found]


def subject_name(kind: SubjectKind, code: str) -> str:
    """What a body, a procedure or a kind of document is called, in the language of the page."""
    if kind == "body":
        return body_name(code, names.ui())
    return procedures()[code].name(names.ui()) if kind == "procedure" else kind_name(code, names.ui())


def read_next(subject: SubjectGuide) -> list[tuple[str, str]]:
    """(address, name) of what a subject names to be read next; the address is empty where there is nothing to open."""
    documents = resolved((one for one in subject.more if one.partition(":")[0] not in _KINDS), lang=names.ui())
    found = []
    for one in subject.more:
        if one in documents:
            found.append((cited.address(documents[one]), cited.label(documents[one])))
            continue
        kind, _colon, code = one.partition(":")
        address = reverse("body", args=[code]) if kind == "body" else f"{reverse('guide')}#{kind}-{code}"
        found.append((address, subject_name(_KINDS[kind], code)))
    return found
