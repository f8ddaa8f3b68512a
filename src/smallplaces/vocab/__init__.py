"""The catalogue: what the human rights system is made of, as facts in seven languages.

Nothing is read at import. Each file of ``data/`` is read once, when first asked for. Names resolve exactly after
folding (case, accents, punctuation, spaces), never by likeness.
"""

from smallplaces.vocab.body import bodies, body_of_symbol, resolve_body, treaty_bodies
from smallplaces.vocab.fold import fold
from smallplaces.vocab.general_comment import (
    general_comment_title,
    general_comments,
    read_general_comment,
    resolve_general_comment,
)
from smallplaces.vocab.labels import label_name, labels, resolve_label
from smallplaces.vocab.mandate import mandates, resolve_mandate
from smallplaces.vocab.procedure import procedures, resolve_procedure
from smallplaces.vocab.region import groups, regions, resolve_group, resolve_region
from smallplaces.vocab.sdg import resolve_sdg, sdgs
from smallplaces.vocab.state import members, resolve_state, state_candidates, states
from smallplaces.vocab.treaty import core_treaties, not_a_treaty, not_treaties, resolve_treaty, treaties

__all__ = [
    "bodies",
    "body_of_symbol",
    "core_treaties",
    "fold",
    "general_comment_title",
    "general_comments",
    "groups",
    "label_name",
    "labels",
    "mandates",
    "members",
    "not_a_treaty",
    "not_treaties",
    "procedures",
    "read_general_comment",
    "regions",
    "resolve_body",
    "resolve_general_comment",
    "resolve_group",
    "resolve_label",
    "resolve_mandate",
    "resolve_procedure",
    "resolve_region",
    "resolve_sdg",
    "resolve_state",
    "resolve_treaty",
    "sdgs",
    "state_candidates",
    "states",
    "treaties",
    "treaty_bodies",
]
