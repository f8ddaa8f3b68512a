"""What a round is about: recommendations and articles, named as in submissions: "CRPD/C/KOR/CO/2-3 ¶ 42", "CRPD 19".

Reads: documents. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from smallplaces.model.target import Target
from smallplaces.text.manuscript import Cited, blocks
from smallplaces_site.corpus.read.citations import TargetView, resolved
from smallplaces_site.corpus.read.targets import target_of


def linked(typed: Iterable[str], lang: str) -> dict[str, TargetView]:
    """What each of these leads to, whether this copy holds it or not, with titles and previews in ``lang``."""
    wanted = {one: str(_target(one)) for one in typed if one.strip()}
    known = resolved(set(wanted.values()), lang=lang)
    return {one: known[target] for one, target in wanted.items()}


def there(target: TargetView) -> bool:
    """Whether this copy holds it, the paragraph too where one is named."""
    return target.held and (not target.place or bool(target.paragraph))


def _target(typed: str) -> Target:
    found = [piece for block in blocks(f"[[{typed}]]") for piece in block.pieces if isinstance(piece, Cited)]
    if len(found) == 1 and found[0].number:
        return Target(target_of(found[0].work).work, "#p", found[0].number)
    return target_of(typed)
