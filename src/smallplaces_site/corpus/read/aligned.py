"""Language versions of one document side by side: which paragraph answers to which, and where they do not agree.

The first language is the one that the others are held against. Nothing is left out: a paragraph without a counterpart
is a row of its own, and every disagreement has its sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from smallplaces.errors import NotFound
from smallplaces.model.document import Paragraph, ParagraphKind
from smallplaces.text.align import Pair, align
from smallplaces.text.joined import Joined, by_number, joined, settle
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.documents import FALLBACK, ParagraphView, WorkView

SAME, CONTENT = "same-number", "by-content"


@dataclass(slots=True)
class Row:
    """Paragraphs that answer to one another, by language. ``status``: same-number, by-content, only-<lang>, or (of more
    than two languages) missing-<lang>,…; ``confidence`` from 0 to 1; ``notes`` say what does not agree;
    ``differs``: in figures or length; ``joined``: two paragraphs of one language are one in the other."""

    paragraphs: dict[str, ParagraphView]
    status: str = SAME
    confidence: float = 1.0
    notes: list[str] = field(default_factory=list)
    differs: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Aligned:
    """A document in several languages, row by row in the order of the first."""

    work: WorkView
    langs: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have which status."""
        return dict(Counter(row.status for row in self.rows))

    @property
    def mismatches(self) -> tuple[Row, ...]:
        """The rows that a person should look at."""
        return tuple(row for row in self.rows if row.notes)


def aligned(name: str, langs: Sequence[str] = ()) -> Aligned:
    """The document of that name in these languages (none given: those of the site that the store holds).

    Raises :class:`NotFound` when there is no such document, or fewer than two languages of it.
    """
    work = documents.work(name)
    here = [edition.lang for edition in work.editions]
    wanted = list(dict.fromkeys(langs)) or [lang for lang in FALLBACK if lang in here]
    absent = [lang for lang in wanted if lang not in here]
    if absent or len(wanted) < 2:
        raise _refusal(work, here, absent)
    texts = {lang: _paragraphs(work, lang) for lang in wanted}
    first = wanted[0]
    base = [Row({first: paragraph}) for paragraph in texts[first]]
    extra: dict[int, list[Row]] = {}
    for lang in wanted[1:]:
        _join(base, extra, texts[first], texts[lang], (first, lang))
    rows = list(extra.get(-1, []))
    for place, row in enumerate(base):
        rows += [row, *extra.get(place, [])]
    for row in rows:
        _judge(row, wanted)
    return Aligned(work, tuple(wanted), tuple(rows))


def _refusal(work: documents.WorkView, here: Sequence[str], absent: Sequence[str]) -> NotFound:
    """Why these languages cannot be put side by side."""
    name, held = work.symbol or work.key, tuple(here[:20])
    if not held:
        return NotFound("The document %(where)s has no text here.", where=name)
    if absent:
        return NotFound(
            "The document %(where)s is here in %(held)s, and not in %(absent)s.",
            where=name,
            held=held,
            absent=tuple(absent),
        )
    return NotFound("The document %(where)s is here in %(held)s: two languages are needed.", where=name, held=held)


def _paragraphs(work: WorkView, lang: str) -> list[ParagraphView]:
    edition = work.edition(lang)
    return documents.paragraphs(edition.id) if edition is not None else []


def _plain(views: Sequence[ParagraphView]) -> list[Paragraph]:
    return [Paragraph(view.text, view.number, view.key, ParagraphKind(view.kind)) for view in views]


def _join(
    base: list[Row],
    extra: dict[int, list[Row]],
    one: list[ParagraphView],
    two: list[ParagraphView],
    langs: tuple[str, str],
) -> None:
    """Lay one more language beside the first. What it alone has goes after the row that stands before it."""
    lang = langs[1]
    left, right = _plain(one), _plain(two)
    by_content = align(left, right, numbered=False)
    alignment = by_number(left, right, settle(align(left, right), by_content))
    place = -1
    homes: dict[int, Row] = {}
    for pair in alignment.pairs:
        if pair.one is not None:
            place = pair.one
            row = base[place]
        else:
            row = Row({})
            extra.setdefault(place, []).append(row)
        if pair.two is None:
            continue
        homes[pair.two] = row
        row.paragraphs[lang] = two[pair.two]
        if pair.one is not None:
            _compare(row, pair, one[pair.one], two[pair.two], langs)
    for each in joined(left, right, alignment):
        rows = [base[place] if each.left else homes.get(place) for place in each.apart]
        apart, whole = (one, two) if each.left else (two, one)
        note = _joined_note(each, apart, whole[each.together], langs)
        for row in filter(None, rows):
            row.notes.append(note)
            row.joined = True


def _compare(row: Row, pair: Pair, one: ParagraphView, two: ParagraphView, langs: tuple[str, str]) -> None:
    """Status, confidence and notes of two paragraphs that were laid side by side."""
    first, lang = langs
    if (one.number and one.number == two.number) or one.key == two.key:
        confidence = 0.9 + (0.1 if pair.score > 0 else 0.6) * pair.score
    else:
        row.status = CONTENT
        confidence = 0.5 + 0.45 * pair.score
        if one.number or two.number:
            row.notes.append(f"{one.number or 'no number'} in {first} is {two.number or 'no number'} in {lang}")
    row.confidence = round(min(row.confidence, max(0.05, min(0.99, confidence))), 2)
    if pair.score < -0.6 and one.number == two.number:
        row.differs = True
        row.notes.append(f"{one.number or one.key} in {lang} differs much from {first}, in its figures or its length")


def _joined_note(each: Joined, apart: list[ParagraphView], whole: ParagraphView, langs: tuple[str, str]) -> str:
    """A sentence on paragraphs that one language keeps apart and the other joins."""
    where, other = langs if each.left else langs[::-1]
    former, latter = (apart[place].number or apart[place].key for place in each.apart)
    return f"{former} and {latter} in {where} are one paragraph, {whole.number or whole.key}, in {other}"


def _judge(row: Row, langs: Sequence[str]) -> None:
    """The status of a row that some language is missing from."""
    missing = [lang for lang in langs if lang not in row.paragraphs]
    if not missing:
        return
    held = [lang for lang in langs if lang in row.paragraphs]
    row.status = f"only-{held[0]}" if len(held) == 1 else f"missing-{','.join(missing)}"
    paragraph = row.paragraphs[held[0]]
    named = f"{paragraph.kind} {paragraph.number}".strip()
    row.notes.append(f"{named} stands in {', '.join(held)} and not in {', '.join(missing)}")
    row.confidence = min(row.confidence, 0.5) if len(held) > 1 else 0.0
