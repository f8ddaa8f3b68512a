"""The catalogue: what the human rights system is made of, as facts in seven languages.

Nothing is read at import. Each file of ``data/`` is read once, when first asked for.
"""

from smallplaces.vocab.fold import fold
from smallplaces.vocab.states import members, resolve_state, state_candidates, states

__all__ = ["fold", "members", "resolve_state", "state_candidates", "states"]
