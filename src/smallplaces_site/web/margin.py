"""What the rooms have to say of each paragraph of a document, in its margin.

A room adds its function to :data:`ROOMS`. It is asked once for a whole document, reads with a query or two, and says
nothing of paragraphs that it does not know. The page is kept by browsers until the data changes: what people decide
may stand here when every decision writes a line of the change log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView
from smallplaces_site.web.ownership import in_margin

#: Of a document's paragraphs: by id, HTML list items (``<li>``) for the margin.
Room = Callable[[WorkView, EditionView, Sequence[ParagraphView]], Mapping[int, SafeString]]

#: In the order in which they stand in the margin.
ROOMS: list[Room] = [in_margin]


def beside(work: WorkView, edition: EditionView, paragraphs: Sequence[ParagraphView]) -> dict[int, SafeString]:
    """Everything that the rooms have for the margins of an edition, by the id of the paragraph."""
    found: dict[int, list[SafeString]] = {}
    for room in ROOMS:
        for paragraph, item in room(work, edition, paragraphs).items():
            found.setdefault(paragraph, []).append(item)
    return {paragraph: format_html_join("", "{}", ((item,) for item in items)) for paragraph, items in found.items()}
