"""A query in one language, asked in the others too: what it names in the term base is looked for by its terms there.

Only plain words that stand side by side are widened, and a quoted phrase that is a term as a whole. What else the query
asks (a field, a beginning of a word, an exclusion, a word that no concept has) must hold as before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from smallplaces.model.language import CODES
from smallplaces.search import plan as p
from smallplaces.search import query as ask
from smallplaces.search.concepts import Named, is_wide, may_be_in, named, says_nothing, sought_in
from smallplaces.search.hit import Added
from smallplaces.search.stopwords import STOPWORDS
from smallplaces.text.normalise import folded, words


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a query is asked: ``langs`` are the languages to look in, ``prefer`` the one that the reader reads, and
    ``without`` the concepts that the reader has taken back."""

    langs: Collection[str] = CODES
    prefer: str = ""
    without: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Wide:
    """The query as it is asked in other languages, and the concepts that were added."""

    node: p.Node
    added: tuple[Added, ...]


def widened(tree: ask.Ask, plan: Callable[[ask.Ask], p.Node | None], scope: Scope) -> Wide | None:
    """The tree of a query asked across languages; None when it names no concept. ``plan`` gives the node of a part
    that stays as it is."""
    widener = _Widener(plan, scope)
    node = widener.wide(tree)
    return Wide(node, tuple(widener.added.values())) if node is not None and widener.added else None


@dataclass(slots=True)
class _Widener:
    plan: Callable[[ask.Ask], p.Node | None]
    scope: Scope
    added: dict[str, Added] = field(default_factory=dict)

    def wide(self, tree: ask.Ask) -> p.Node | None:
        """A part of the tree as it is asked across languages."""
        match tree:
            case ask.Word() | ask.Phrase():
                return self._all((tree,))
            case ask.And(items):
                return self._all(items)
            case ask.Or(items):
                return _joined(p.Any, [node for item in items if (node := self.wide(item)) is not None])
            case _:
                return self.plan(tree)

    def _all(self, items: Sequence[ask.Ask]) -> p.Node | None:
        found: list[p.Node] = []
        alone = sum(not isinstance(item, ask.Field | ask.Not) for item in items) == 1
        for run in _runs(items):
            if isinstance(run, list):
                found.extend(self._words([word.text for word in run], alone=alone or len(run) == len(items)))
            elif isinstance(run, ask.Phrase):
                found.extend(self._phrase(run, alone=alone))
            elif (node := self.wide(run)) is not None:
                found.append(node)
        return _joined(p.All, found)

    def _phrase(self, phrase: ask.Phrase, *, alone: bool) -> Iterator[p.Node]:
        run = words(phrase.text)
        lang, found = self._best(run)
        whole = len(found) == 1 and (found[0].first, found[0].last) == (0, len(run)) and len(found[0].concepts) == 1
        concept = self._concept(found[0].concepts[0], phrase.text, lang, alone=alone) if whole else None
        if (node := concept or self.plan(phrase)) is not None:
            yield node

    def _words(self, run: list[str], *, alone: bool) -> Iterator[p.Node]:
        """A node for every concept in the words, and for every other word that says something."""
        lang, found = self._best(run)
        telling = [word for at, word in enumerate(run) if not _in(at, found) and not _empty(word, found, lang)]
        alone = alone and not telling and len(found) == 1 and len(found[0].concepts) == 1
        for place in found:
            text = " ".join(run[place.first : place.last])
            for codes in place.concepts:
                if (node := self._concept(codes, text, lang, alone=alone)) is not None:
                    yield node
        for word in telling:
            if (node := self.plan(ask.Word(word))) is not None:
                yield node

    def _concept(self, codes: Sequence[str], text: str, lang: str, *, alone: bool) -> p.Node | None:
        """The terms of concepts in the other languages; with what was typed, when more must hold than this. Of a
        wide word (주거, of the right to housing) they are looked for in its own language too: texts are narrower."""
        choices: list[p.Node] = [] if alone else list(filter(None, [self.plan(ask.Phrase(text))]))
        for code in codes:
            if code in self.scope.without:
                continue
            others = [
                other for other in CODES if other in self.scope.langs and (other != lang or is_wide(code, text, lang))
            ]
            added = {other: sought_in(code, other) for other in others}
            if not any(added.values()):
                continue
            choices.append(p.Called(tuple(match for matches in added.values() for match in matches)))
            said = {other: tuple(match.word for match in matches) for other, matches in added.items()}
            self.added.setdefault(code, Added(code, text, lang, said))
        return _joined(p.Any, choices)

    def _best(self, run: Sequence[str]) -> tuple[str, tuple[Named, ...]]:
        """The language in which most of the words are named, with what they name: of several the reader's."""
        order = dict.fromkeys((self.scope.prefer, *CODES)) if self.scope.prefer in CODES else CODES
        best: tuple[int, int, str, tuple[Named, ...]] = (0, 0, "", ())
        for lang in order:
            found = self._kept(named(run, lang)) if may_be_in(run, lang) else ()
            covered = bool(found) and sum(_in(at, found) or _empty(word, found, lang) for at, word in enumerate(run))
            if (covered, -len(found)) > best[:2]:
                best = (covered, -len(found), lang, found)
        return best[2], best[3]

    def _kept(self, found: tuple[Named, ...]) -> tuple[Named, ...]:
        """Without the places where the reader has taken back all that they mean."""
        return tuple(
            place for place in found if all(set(codes).difference(self.scope.without) for codes in place.concepts)
        )


def _runs(items: Sequence[ask.Ask]) -> Iterator[list[ask.Word] | ask.Ask]:
    """Words that stand side by side together, everything else alone."""
    run: list[ask.Word] = []
    for item in items:
        if isinstance(item, ask.Word):
            run.append(item)
            continue
        if run:
            yield run
            run = []
        yield item
    if run:
        yield run


def _in(at: int, found: Sequence[Named]) -> bool:
    return any(place.first <= at < place.last for place in found)


def _empty(word: str, found: Sequence[Named], lang: str) -> bool:
    """Whether a word says nothing: alone, or, as "rights" does, beside a concept."""
    return folded(word) in STOPWORDS or (bool(found) and says_nothing(word, lang))


def _joined(kind: type[p.All] | type[p.Any], nodes: list[p.Node]) -> p.Node | None:
    if len(nodes) > 1:
        return kind(tuple(nodes))
    return nodes[0] if nodes else None
