"""The change log, for mirrors and feeds."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from smallplaces_site.api import schemas
from smallplaces_site.api.params import ChangesAsked
from smallplaces_site.corpus.read import changes

router = Router(tags=["Changes"])


@router.get("/changes", response=schemas.Changes, summary="Changes since a cursor")
def list_changes(request: HttpRequest, asked: Query[ChangesAsked]) -> schemas.Changes:
    """What changed after a cursor, oldest first. Keep the cursor of the answer and ask again with it."""
    page = changes.since(asked.since, asked.limit, work=asked.work)
    items = [schemas.Change.model_validate(change) for change in page.changes]
    return schemas.Changes(items=items, cursor=page.cursor, more=page.more)
