"""Names of the invented States, which no catalogue holds: the example set brings them along. Reads: Work."""

from __future__ import annotations

from collections.abc import Mapping

from smallplaces_site.corpus.models import Work
from smallplaces_site.corpus.read.news import by_version


@by_version
def state_names() -> Mapping[str, Mapping[str, str]]:
    """Code -> language -> name, of every State that an invented document names."""
    found: dict[str, dict[str, str]] = {}
    for facts in Work.objects.filter(facts__invented=True).values_list("facts", flat=True):
        found.update(facts.get("state_names", {}))
    return found
