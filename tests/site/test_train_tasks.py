"""Which models are trained of what the store holds. Every text here is invented."""

from __future__ import annotations

from smallplaces.enrich.classify import Example
from smallplaces.enrich.classify.classify import FACETS
from smallplaces_site.actions.train import TASKS, _borrowed


def test_each_task_is_one_that_classification_asks_for() -> None:
    assert {facet for facet, _ in TASKS} <= set(FACETS)
    assert ("sdg", "sdg") in TASKS


def test_issues_under_the_name_of_themes_are_told_from_themes() -> None:
    issues = [Example("Bring water", ("Right to water",), "Onetown")]
    themes = [Example("Bring water", ("Drinking water & sanitation",), "Onetown")]
    assert _borrowed({("theme", "upr-info"): issues, ("theme", "uhri"): issues})
    assert not _borrowed({("theme", "upr-info"): issues, ("theme", "uhri"): themes})
    assert not _borrowed({("theme", "upr-info"): issues})
