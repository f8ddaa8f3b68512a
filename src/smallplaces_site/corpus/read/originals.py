"""The paragraph numbers of a document's original, against which a translation is held."""

from __future__ import annotations

from smallplaces.model.document import EditionStatus, ParagraphKind
from smallplaces_site.corpus.models import Edition, Reading

#: Footnotes, tables and individual opinions count by themselves and are no paragraphs of the body.
_BODY = (ParagraphKind.PARAGRAPH, ParagraphKind.ARTICLE, ParagraphKind.RECOMMENDATION, ParagraphKind.ANNEX)


def original_numbers(key: str) -> list[str] | None:
    """The printed numbers of the official edition of the Work that answers to ``key``, in reading order.

    English where there is one, else the first language; None when the store holds no official edition.
    """
    editions = Edition.objects.filter(work__keys__key=key, status=EditionStatus.OFFICIAL).order_by("lang")
    edition = editions.filter(lang="en").first() or editions.first()
    if edition is None:
        return None
    shown = Reading.objects.filter(paragraph__edition=edition, shown=True, kind__in=_BODY).exclude(number="")
    return list(dict.fromkeys(shown.order_by("paragraph__position").values_list("number", flat=True)))
