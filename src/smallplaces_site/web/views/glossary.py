"""The words of the field and the plain guide: what the makers of the site explain in their own words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from smallplaces import guide
from smallplaces.guide import SubjectGuide, SubjectKind, Term
from smallplaces.vocab.fold import fold
from smallplaces_site.corpus.titles import collation_key
from smallplaces_site.web.guided import subject_name
from smallplaces_site.web.names import ui
from smallplaces_site.web.views.pages import page

_SUBJECTS: tuple[SubjectKind, ...] = ("procedure", "kind", "body")


@page
def glossary(request: HttpRequest) -> HttpResponseBase:
    """Every term in the language of the page, sorted as its readers expect; ``?q=`` keeps those that say so."""
    lang = ui()
    asked = request.GET.get("q", "").strip()[:80]
    everything = guide.glossary()
    terms = sorted(
        (term for term in everything.values() if fold(asked) in _searched(term, lang)),
        key=lambda term: collation_key(term.name[lang], lang),
    )
    rows = [(term, [everything[code] for code in term.see]) for term in terms]
    return render(request, "web/glossary.html", {"rows": rows, "asked": asked, "total": len(everything)})


def _searched(term: Term, lang: str) -> str:
    """What a filter looks in: the term's names in every language, and its forms and definition in the page's."""
    return fold("\n".join((*term.name.values(), *term.spellings(lang), term.definition[lang])))


@page
def subjects(request: HttpRequest) -> HttpResponseBase:
    """What each procedure, kind of document and body is, what a local government can do with it, how to read it."""
    groups = [(kind, _named(kind)) for kind in _SUBJECTS]
    return render(request, "web/guide.html", {"groups": groups})


def _named(kind: SubjectKind) -> list[tuple[str, SubjectGuide]]:
    return [(subject_name(kind, code), one) for code, one in guide.subjects(kind).items()]
