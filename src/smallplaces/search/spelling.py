"""When nothing matches: another spelling to suggest, and a looser query that says it is one."""

from __future__ import annotations

import re

from smallplaces.search import plan as p
from smallplaces.search.backends.base import Backend
from smallplaces.text.analysis import GAP, Reading, analyser
from smallplaces.text.language import groups_for, script_of
from smallplaces.text.normalise import WORD, folded

_CHOICES = 3
_MOST_WORDS = 5
_FAR_RARER = 50
#: What a page says above hits whose words are only near those asked for.
NEAR = "Nothing matches exactly; these hits have words that are spelt almost so."
_FEWER = "No paragraph holds all of these words; these hits hold some of them."


class Spelling:
    """Second tries on one backend."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def suggest(self, query: str, node: p.Node) -> str | None:
        """The query with every unknown word replaced by the nearest known one; None when there is none."""
        better = query
        for match in p.sought(node):
            if not isinstance(match, p.Match) or match.year or self._backend.known(match):
                continue
            for word in WORD.findall(match.word):
                alone = p.word_match(word)
                if alone is None or self._backend.known(alone):
                    continue
                found = self._near(word)
                if found:
                    better = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", found[0], better, count=1)
        return better if better != query else self._likelier(query, node)

    def _likelier(self, query: str, node: p.Node) -> str | None:
        """All words are known and never meet: a frequent word in place of one like it, if they then do."""
        words = [item for item in p.sought(node) if isinstance(item, p.Match) and not item.year]
        if not isinstance(node, p.All) or len(words) > _MOST_WORDS:
            return None
        best: tuple[int, str] | None = None
        for word in words:
            for near in self._near(word.word)[:1]:
                other = p.word_match(near)
                items = tuple(other if item is word and other is not None else item for item in node.items)
                total = self._backend.search(p.Plan(p.All(items), limit=0)).total
                spelled = re.sub(rf"(?<!\w){re.escape(word.word)}(?!\w)", near, query, count=1)
                if total and spelled != query and (best is None or total > best[0]):
                    best = (total, spelled)
        return best[1] if best else None

    def loosened(self, node: p.Node) -> tuple[p.Node, str] | None:
        """A node that matches more, and the sentence that says so."""
        near = self._respelt(node)
        if near is not None and near != node and self._backend.known(near):
            return near, NEAR
        base = near if near is not None else node
        if isinstance(base, p.All):
            wanted = tuple(item for item in base.items if not isinstance(item, p.Without))
            unwanted = tuple(item for item in base.items if isinstance(item, p.Without))
            words = tuple(item for item in wanted if isinstance(item, p.Match | p.Begins) and self._backend.known(item))
            rest = tuple(item for item in wanted if not isinstance(item, p.Match | p.Begins))
            if words:
                return p.All((p.Any(words, max(1, len(words) // 2)), *rest, *unwanted)), _FEWER
        if isinstance(base, p.Match) and (places := _apart(base)) and self._backend.known(places):
            return places, _FEWER
        return None

    def _respelt(self, node: p.Node) -> p.Node | None:
        """The node with unknown words read as their nearest known ones."""
        match node:
            case p.Match():
                if self._backend.known(node):
                    return node
                choices = [m for word in self._near(node.word) if (m := p.word_match(word)) is not None]
                return p.Any(tuple(choices)) if choices else node
            case p.All(items):
                return p.All(tuple(self._respelt(item) or item for item in items))
            case p.Any(items, least):
                return p.Any(tuple(self._respelt(item) or item for item in items), least)
            case _:
                return node

    def _near(self, word: str) -> list[str]:
        analysis = analyser("ko").analyse(word) if script_of(word) == "hangul" else None
        inside = [] if analysis is None else [term for term in analysis.extra if term != GAP]
        known = [term for term in inside if (m := p.word_match(term)) is not None and self._backend.known(m)]
        if known:
            return known  # 주거권 is not here, but 주거 is
        near = self._backend.near(folded(word), groups_for(word), _CHOICES)
        return [found for found, count in near if count * _FAR_RARER >= near[0][1]]


def _apart(match: p.Match) -> p.Node | None:
    """A phrase whose words need not stand side by side."""
    readings = [(group, Reading(reading.places, False)) for group, reading in match.readings if len(reading.places) > 1]
    return p.Match(match.word, tuple(readings), match.scope) if readings else None
