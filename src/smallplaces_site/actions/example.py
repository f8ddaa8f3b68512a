"""The example set: one invented State, so that the first visitor can try everything; gone again by one command.

Reads: the source ``example``. Writes: the store, its change log, citations, deadlines, the index.
"""

from __future__ import annotations

from django.db import transaction

from smallplaces.sources import registry
from smallplaces_site.actions.catch_up import catch_up
from smallplaces_site.actions.import_source import Outcome, import_source, interrupted
from smallplaces_site.actions.lock import writing
from smallplaces_site.corpus.log import Log
from smallplaces_site.corpus.models import Change, Paragraph, PlaceRecord, Reading, Run, StatusAction, Work
from smallplaces_site.doors.models import Event

SOURCE = "example"


def load_example() -> Outcome:
    """Put the example set into the store."""
    with writing("example"):
        list(interrupted())
        outcome = import_source(registry.get(SOURCE), ())
        catch_up()
    return outcome


def remove_example() -> int:
    """Take the example set out of the store and the index; how many documents went."""
    with writing("example"):
        with transaction.atomic():
            works = list(Work.objects.filter(facts__invented=True))
            log = Log(None)
            for work in works:
                ids = list(Paragraph.objects.filter(edition__work=work).values_list("pk", flat=True))
                log.add(Change.What.REMOVED, work=work, detail={"paragraphs": ids})
            log.write()
            for work in works:
                Reading.objects.filter(paragraph__edition__work=work).delete()
                work.delete()
            for model in (StatusAction, PlaceRecord):
                model._default_manager.filter(source=SOURCE).delete()
            invented = {state for work in works for state in work.states}
            Event.objects.filter(state__in=invented).delete()
            Run.objects.filter(source=SOURCE).update(inputs="")  # so that loading it again is not "the same files"
        catch_up()
    return len(works)
