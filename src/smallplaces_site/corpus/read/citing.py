"""What cites a treaty, an article, a document or one of its paragraphs.

Reads: CitationTarget, and the paragraphs and documents they stand in. Writes: nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from smallplaces.errors import BadInput
from smallplaces.model.target import Target, read_target
from smallplaces_site.corpus.models import CitationTarget, Reading, Work
from smallplaces_site.corpus.read import targets
from smallplaces_site.corpus.read.documents import FALLBACK, WorkView, views
from smallplaces_site.corpus.read.excerpts import Span, around
from smallplaces_site.corpus.read.news import remembering

_CHUNK = 900
_COLUMNS = (
    *("citation__start", "citation__end", "target", "citation__paragraph_id", "citation__paragraph__key"),
    *("citation__paragraph__position", "citation__paragraph__edition__lang", "citation__paragraph__edition__work_id"),
)


@dataclass(frozen=True, slots=True)
class CitingRow:
    """One paragraph that cites. ``excerpt`` is a piece of its text, with the citations at ``marks``; ``spans`` are
    these citations in the whole text, ``targets`` what they lead to; without spans it is the heading above that cites
    (``by_heading``). ``langs``: all languages in which the document
    makes the citation there; ``lang`` is the one shown."""

    paragraph: int
    key: str
    number: str
    kind: str
    heading: tuple[str, ...]
    lang: str
    langs: tuple[str, ...]
    work: WorkView
    excerpt: str
    marks: tuple[Span, ...]
    spans: tuple[Span, ...]
    targets: tuple[str, ...]

    @property
    def by_heading(self) -> bool:
        """Whether the heading above cites, and not the text itself."""
        return not self.spans


@dataclass(frozen=True, slots=True)
class CitingPage:
    """A page of what cites a target: newest document first, then in reading order.

    ``total`` counts the paragraphs that match, each once whatever languages it is held in; ``works`` the documents.
    ``kinds``, ``states``, ``bodies``, ``years`` count those that the other filters leave, most first (years: newest).
    """

    target: str
    total: int
    works: int
    rows: tuple[CitingRow, ...]
    kinds: dict[str, int]
    states: dict[str, int]
    bodies: dict[str, int]
    years: dict[int, int]
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size)


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that cites: one paragraph of one document, in the languages it is held in."""

    work: int
    key: str
    position: str
    ids: tuple[tuple[str, int], ...]  # (language, paragraph)
    spans: tuple[tuple[int, Span, str], ...]  # (paragraph, span, target)


@dataclass(frozen=True, slots=True)
class _Facts:
    kind: str
    body: str
    states: tuple[str, ...]
    year: int | None
    day: str


_Answer = tuple[tuple[Cited, ...], dict[int, _Facts]]


def citing(
    target: str,
    *,
    below: bool = True,
    kind: str = "",
    state: str = "",
    body: str = "",
    year: int | None = None,
    lang: str = "en",
    page: int = 1,
    size: int = 50,
) -> CitingPage:
    """What cites ``target``: in its written form, or as people name it ("ICESCR 11", "CRPD/C/GC/5 para 20").

    ``below``: also what cites a place inside it (an article's paragraphs, a document's paragraphs). ``lang``: which
    language version of a citing document is shown, where there are several. What a document says of itself is left
    out. Raises :class:`BadInput` for a page that cannot be.
    """
    if page < 1 or not 1 <= size <= 500:
        raise BadInput("Pages begin at 1 and hold 1 to 500 paragraphs.")
    found, facts = _cited(str(targets.target_of(target)), below)
    asked: dict[str, Callable[[_Facts], bool]] = {
        "kind": lambda of: not kind or of.kind == kind,
        "state": lambda of: not state or state in of.states,
        "body": lambda of: not body or of.body == body,
        "year": lambda of: year is None or of.year == year,
    }

    def left_by(*names: str) -> Iterable[Cited]:
        tests = [asked[name] for name in names]
        return (place for place in found if all(test(facts[place.work]) for test in tests))

    matching = list(left_by(*asked))
    years = Counter(facts[place.work].year for place in left_by("kind", "state", "body"))
    first = (page - 1) * size
    return CitingPage(
        target=str(targets.target_of(target)),
        total=len(matching),
        works=len({place.work for place in matching}),
        rows=_rows(matching[first : first + size], lang),
        kinds=_most(facts[place.work].kind for place in left_by("state", "body", "year")),
        states=_most(code for place in left_by("kind", "body", "year") for code in facts[place.work].states),
        bodies=_most(facts[place.work].body for place in left_by("kind", "state", "year")),
        years={known: years[known] for known in sorted(filter(None, years), reverse=True)},
        page=page,
        size=size,
    )


def citing_counts(wanted: Iterable[str], *, below: bool = True) -> dict[str, int]:
    """How many paragraphs cite each of these targets, as :func:`citing` would count them."""
    return {text: len(_cited(str(targets.target_of(text)), below)[0]) for text in dict.fromkeys(wanted)}


def citing_works(target: str, *, below: bool = True) -> dict[str, dict[int, list[Cited]]]:
    """Every place that cites ``target``, by kind of document and document, newest first, then in reading order."""
    found, facts = _cited(str(targets.target_of(target)), below)
    result: dict[str, dict[int, list[Cited]]] = {}
    for place in found:
        result.setdefault(facts[place.work].kind, {}).setdefault(place.work, []).append(place)
    return result


@dataclass(frozen=True, slots=True)
class CitedIn:
    """How many paragraphs cite a document, ``everywhere``, and of these each of its ``paragraphs``, by key."""

    everywhere: int
    paragraphs: dict[str, int]


@remembering(64)
def cited_in(work: str) -> CitedIn:
    """How often a document and each of its paragraphs are cited by others; a range of paragraphs counts for each."""
    found, _ = _cited(work, below=True)
    counts: Counter[str] = Counter()
    for place in found:
        cited = {target for _, _, target in place.spans}
        counts.update({level.partition("#p")[2] for target in cited for level in read_target(target).levels} - {""})
    return CitedIn(len(found), dict(counts))


def _most(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(value for value in values if value).most_common())


@remembering(24)
def _cited(text: str, below: bool) -> _Answer:
    """Every place that cites a target, newest document first, with the facts of the documents."""
    target = read_target(text)
    name = targets.named([target.work])[target.work]
    same = [Target(key, target.mark, target.place) for key in name.keys]
    rows = CitationTarget.objects.filter(_asked(same, below), citation__reading__shown=True)
    places: dict[tuple[int, str], list[tuple[str, int, str, int, int, str]]] = {}
    for start, end, cited, pk, key, position, lang, work in rows.values_list(*_COLUMNS).iterator(chunk_size=5000):
        if work == name.work or (target.place and not _answers(cited, same, below)):
            continue
        places.setdefault((work, key), []).append((lang, pk, position, start, end, cited))
    facts = _facts({work for work, _ in places})
    found = [
        Cited(
            work=work,
            key=key,
            position=some[0][2],
            ids=tuple(dict.fromkeys((lang, pk) for lang, pk, *_ in some)),
            spans=tuple((pk, (start, end), cited) for _, pk, _, start, end, cited in sorted(some)),
        )
        for (work, key), some in places.items()
    ]
    found.sort(key=lambda place: place.position)
    found.sort(key=lambda place: (facts[place.work].day, place.work), reverse=True)
    return tuple(found), facts


def _asked(same: list[Target], below: bool) -> Q:
    """The rows that may cite one of these; which of them do, :func:`_answers` says."""
    if not same[0].place:
        return Q(work__in=[one.work for one in same]) if below else Q(target__in=[str(one) for one in same])
    if same[0].mark == "#p":  # a range may hold it
        return Q(work__in=[one.work for one in same])
    return Q(whole__in=[one.whole for one in same])


def _answers(cited: str, same: list[Target], below: bool) -> bool:
    wanted = {str(one) for one in same}
    if cited in wanted:
        return True
    return below and not wanted.isdisjoint(read_target(cited).levels)


def _facts(works: set[int]) -> dict[int, _Facts]:
    found: dict[int, _Facts] = {}
    ids = sorted(works)
    for start in range(0, len(ids), _CHUNK):
        rows = Work.objects.filter(pk__in=ids[start : start + _CHUNK])
        for pk, kind, body, states, year, adopted, distributed in rows.values_list(
            "pk", "kind", "body", "states", "year", "adopted", "distributed"
        ):
            day: date | None = adopted or distributed
            when = day.isoformat() if day else f"{year or 0:04d}"
            found[pk] = _Facts(kind, body, tuple(states), year or (day.year if day else None), when)
    return found


def _rows(places: list[Cited], lang: str) -> tuple[CitingRow, ...]:
    order = {code: index for index, code in enumerate(dict.fromkeys((lang, *FALLBACK)))}
    chosen = [min(place.ids, key=lambda one: (order.get(one[0], len(order)), one)) for place in places]
    readings = {
        row.paragraph_id: row for row in Reading.objects.filter(paragraph_id__in=[pk for _, pk in chosen], shown=True)
    }
    works = {view.id: view for view in views(list(Work.objects.filter(pk__in={place.work for place in places})))}
    rows = []
    for place, (code, pk) in zip(places, chosen, strict=True):
        reading = readings.get(pk)
        if reading is None:  # withdrawn since
            continue
        mine = [(span, cited) for of, span, cited in place.spans if of == pk]
        spans = tuple(sorted({span for span, _ in mine if span[1]}))
        excerpt, marks = around(reading.text, spans)
        rows.append(
            CitingRow(
                paragraph=pk,
                key=place.key,
                number=reading.number,
                kind=reading.kind,
                heading=tuple(reading.heading),
                lang=code,
                langs=tuple(sorted({tongue for tongue, _ in place.ids})),
                work=works[place.work],
                excerpt=excerpt,
                marks=marks,
                spans=spans,
                targets=tuple(dict.fromkeys(cited for _, cited in mine)),
            )
        )
    return tuple(rows)
