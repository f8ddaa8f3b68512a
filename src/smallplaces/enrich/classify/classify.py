"""Classify a paragraph: a trained model speaks where there is one for the facet and the language, rules elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from smallplaces.enrich.classify import rules
from smallplaces.enrich.classify.claim import Classification, Label
from smallplaces.enrich.classify.model import Model
from smallplaces.errors import BadInput
from smallplaces.model.language import CODES
from smallplaces.text.language import detect, group_of

#: What labels are about, beside the kind of paragraph.
FACETS: Final = ("theme", "group", "sdg", "action")


def classify(
    text: str,
    lang: str = "",
    *,
    upr: bool = False,
    models: Sequence[Model] | None = None,
    facets: Collection[str] = FACETS,
    heading: str = "",
) -> Classification:
    """What ``text`` is and speaks of. ``lang``: a code, else as it looks. ``upr``: it is known to be a recommendation
    of a Universal Periodic Review. ``facets``: those of :data:`FACETS` that are wanted. ``heading``: what stands above
    it in its document. Raises :class:`BadInput` for a text without words or in a language
    without rules."""
    if not any(map(str.isalnum, text)):
        raise BadInput("the text has no words")
    code = group_of(lang or detect(text, "en"))
    if code not in CODES:
        raise BadInput(f"no rules for the language {lang or code!r}; there are: {', '.join(CODES)}")
    plain = " ".join(text.split())
    wanted = frozenset(facets)
    by_rule = rules.subjects(plain, code) if wanted - {"action"} else rules.NO_SUBJECTS
    able = {(one.about.facet, one.about.scheme): one for one in models or () if code in one.about.langs}

    def said(facet: str, scheme: str, otherwise: tuple[Label, ...]) -> tuple[Label, ...]:
        if facet not in wanted:
            return ()
        model = able.get((facet, scheme))
        return model.labels(plain) if model else otherwise

    kind = rules.kind_of(plain, code, upr=upr, heading=heading)
    themes = said("theme", "upr-info", by_rule["upr-info"]) + said("theme", "uhri", by_rule["uhri"])
    asking = "action" in wanted and kind.label in ("recommendation", "request")
    asks = rules.actions(plain, code) if asking else ()
    if asking and code == "en" and kind.label == "recommendation":
        asks += said("action", "upr-info", (rules.upr_action(plain),))
    return Classification(
        kind=kind,
        themes=_surest(themes),
        groups=_surest(said("group", "lszoszk", by_rule["groups"])),
        sdgs=_surest(_with_targets(said("sdg", "sdg", by_rule["sdgs"]), by_rule["sdgs"])),
        actions=_surest(asks),
    )


def _with_targets(goals: tuple[Label, ...], by_rule: tuple[Label, ...]) -> tuple[Label, ...]:
    """Goals with the targets below them that the rules find: models know goals alone."""
    given = {one.label for one in goals}
    return goals + tuple(one for one in by_rule if one.label not in given and one.label.partition(".")[0] in given)


def _surest(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    return tuple(sorted(labels, key=lambda one: -one.confidence))
