"""An article of a treaty: its text in every language held, the reservations to it, and how often each is cited.

Reads: the treaty's editions, StatusAction, CitationTarget. Writes: nothing. What cites it: :mod:`.citing`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from smallplaces.errors import NotFound
from smallplaces.vocab import resolve_treaty, treaties
from smallplaces_site.corpus.models import CitationTarget, Reading, Work
from smallplaces_site.corpus.read import documents, instruments, targets
from smallplaces_site.corpus.read.citing import Cited, CitingRow, citing_works
from smallplaces_site.corpus.read.documents import EditionView, ParagraphView, WorkView, views
from smallplaces_site.corpus.read.news import remembering
from smallplaces_site.corpus.read.states import ActionView

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NUMBER = re.compile(r"(?P<number>\d{1,3}|[IVXL]{1,8})(?P<place>(?:\(\w+\))*)")


#: Kinds of documents in the order in which a reader of an article wants them; others follow.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            *("general-comment", "concluding-observations", "views", "upr-working-group-report", "inquiry"),
            *("special-procedures-report", "follow-up", "list-of-issues-prior-to-reporting", "list-of-issues"),
        )
    )
}
#: Documents named of each kind, paragraphs named of each document.
_MANY_WORKS, _FEW_WORKS, _FEW_PLACES = {"general-comment": 40}, 8, 16


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``work`` is None when the store holds no text of the treaty; then there are no editions either."""

    code: str
    number: str
    work: WorkView | None
    editions: tuple[EditionView, ...]
    before: str = ""
    after: str = ""

    @property
    def target(self) -> str:
        """The article as citations name it: "treaty:ICESCR/11"."""
        return f"treaty:{self.code}/{self.number}"

    def text(self, edition: EditionView) -> list[ParagraphView]:
        """Its paragraphs in one edition; empty when that edition lacks it."""
        return documents.paragraphs(edition.id, keys=_keys(self.number))


def article(name: str, number: str) -> Article:
    """The article of a treaty by any of its names, in figures or Roman numerals, with or without a place inside.

    Raises :class:`NotFound` for a treaty that the catalogue does not have, or an article that the treaty does not.
    """
    treaty = treaties().get(name) or resolve_treaty(name)
    read = _NUMBER.fullmatch(number.strip().upper())
    if treaty is None or read is None:
        raise NotFound("No treaty “%(treaty)s” with an article %(article)s is known here.", treaty=name, article=number)
    plain = read["number"] if read["number"].isdigit() else str(_value(read["number"]))
    plain = str(int(plain))
    work = instruments.text(treaty.code)
    numbers = _numbers(work)
    if plain not in numbers and not (not numbers and 0 < int(plain) <= (treaty.articles or 0)):
        raise NotFound("The treaty %(treaty)s has no article %(article)s.", treaty=treaty.code, article=plain)
    at = numbers.index(plain) if plain in numbers else -1
    return Article(
        code=treaty.code,
        number=plain,
        work=work,
        editions=work.editions if work else (),
        before=numbers[at - 1] if at > 0 else "",
        after=numbers[at + 1] if 0 <= at < len(numbers) - 1 else "",
    )


def number_of(key: str) -> str:
    """The number in figures of the article with this paragraph key ("art.VI" gives "6"); empty for what is none."""
    name = key.removeprefix("art.").partition("~")[0]
    if not key.startswith("art."):
        return ""
    return name if name.isdigit() else str(_value(name)) if re.fullmatch(r"[IVXL]+", name) else ""


def reservations(code: str, number: str) -> list[ActionView]:
    """What States declared or reserved to an article, by State, as the sources tie it to one."""
    return [
        act
        for party in instruments.parties(code)
        for act in party.worded
        if number in {place.partition("(")[0].strip() for place in act.articles}
    ]


@remembering(32)
def counts(code: str) -> dict[str, int]:
    """How many paragraphs cite each article of a treaty: the numbers of :func:`.citing.citing`, in one reading."""
    name = targets.named([f"treaty:{code}"])[f"treaty:{code}"]
    rows = CitationTarget.objects.filter(work__in=name.keys, citation__reading__shown=True)
    places = rows.values_list("whole", "citation__paragraph__edition__work_id", "citation__paragraph__key").distinct()
    found: Counter[str] = Counter()
    seen: set[tuple[str, int, str]] = set()
    for whole, work, key in places.iterator(chunk_size=5000):
        number = whole.rpartition("/")[2]
        if work != name.work and number.isdigit() and (number, work, key) not in seen:
            seen.add((number, work, key))
            found[number] += 1
    return dict(found)


def under(rows: tuple[CitingRow, ...]) -> dict[int, list[tuple[str, str]]]:
    """(key, number) of the paragraphs that stand under each of these rows that is a heading: "Article 19" above them
    says what they are about. By the row's paragraph."""
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        if row.kind != "heading":
            continue
        edition = row.work.edition(row.lang)
        words = Reading.objects.filter(paragraph_id=row.paragraph, shown=True).values_list("text", flat=True).first()
        if edition is None or not words:
            continue
        below = Reading.objects.filter(paragraph__edition_id=edition.id, shown=True).exclude(number="")
        listed = below.order_by("paragraph__position").values_list("paragraph__key", "number", "heading")
        found[row.paragraph] = [(key, number) for key, number, heading in listed if words in heading]
    return found


@dataclass(frozen=True, slots=True)
class Speaking:
    """One document that cites an article, and where: ``places`` are (key, printed number) of its first paragraphs that
    do, ``more`` how many others."""

    work: WorkView
    lang: str
    places: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Kind:
    """The documents of one kind that cite an article: how many, in how many paragraphs, and the newest."""

    kind: str
    works: int
    paragraphs: int
    newest: tuple[Speaking, ...]


def overview(target: str, *, lang: str = "en") -> list[Kind]:
    """What speaks of an article, kind by kind, in the order in which a reader wants them."""
    by_kind = citing_works(target)
    shown = {kind: list(works)[: _MANY_WORKS.get(kind, _FEW_WORKS)] for kind, works in by_kind.items()}
    ids = [work for works in shown.values() for work in works]
    known = {view.id: view for view in views(list(Work.objects.filter(pk__in=ids)))}
    firsts = [place for kind, works in shown.items() for work in works for place in by_kind[kind][work][:_FEW_PLACES]]
    numbers = _printed([_first(place, lang)[1] for place in firsts])
    result = [
        Kind(
            kind=kind,
            works=len(by_kind[kind]),
            paragraphs=sum(map(len, by_kind[kind].values())),
            newest=tuple(_speaking(known[work], by_kind[kind][work], numbers, lang) for work in works if work in known),
        )
        for kind, works in shown.items()
    ]
    return sorted(result, key=lambda one: _RANK.get(one.kind, len(_RANK)))


def _speaking(work: WorkView, places: list[Cited], numbers: dict[int, tuple[str, str]], lang: str) -> Speaking:
    tongue = _first(places[0], lang)[0]
    first = [(place.key, *numbers.get(_first(place, lang)[1], ("", ""))) for place in places[:_FEW_PLACES]]
    told = [(key, number) for key, number, kind in first if kind != "heading"] or [(key, no) for key, no, _ in first]
    return Speaking(work, tongue, tuple(told), max(0, len(places) - _FEW_PLACES))


def _first(place: Cited, lang: str) -> tuple[str, int]:
    order = {code: index for index, code in enumerate((lang, *documents.FALLBACK))}
    return min(place.ids, key=lambda one: (order.get(one[0], len(order)), one))


def _printed(ids: list[int]) -> dict[int, tuple[str, str]]:
    """Paragraph -> its printed number and kind."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), 900):
        rows = Reading.objects.filter(paragraph_id__in=ids[start : start + 900], shown=True)
        found.update({pk: (number, kind) for pk, number, kind in rows.values_list("paragraph_id", "number", "kind")})
    return found


@remembering(64)
def _numbers_of(work: int, edition: int) -> tuple[str, ...]:
    keys = (paragraph.key for paragraph in documents.paragraphs(edition) if paragraph.kind == "article")
    return tuple(dict.fromkeys(number for key in keys if (number := number_of(key))))


def _numbers(work: WorkView | None) -> tuple[str, ...]:
    """The numbers of a treaty's articles, in order, by the edition that has most of them told plainly: the English."""
    edition = work.best_edition("en") if work else None
    return _numbers_of(work.id, edition.id) if work and edition else ()


def _keys(number: str) -> list[str]:
    return [f"art.{number}", f"art.{_roman(int(number))}"]


def _roman(value: int) -> str:
    numeral = ""
    for worth, letters in _ROMAN:
        numeral += letters * (value // worth)
        value %= worth
    return numeral


def _value(numeral: str) -> int:
    return next((n for n in range(1, 90) if _roman(n) == numeral), 0)
