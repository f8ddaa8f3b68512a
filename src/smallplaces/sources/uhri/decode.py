"""One record of the index -> the Work it belongs to and one Paragraph.

Reads: records in the shape of the JSON export. Writes: nothing. Lists and dates repeat by the hundred
thousand, so whatever is made from one is kept and given again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

from smallplaces import vocab
from smallplaces.errors import BadRecord, BadSymbol
from smallplaces.model import symbol as symbols
from smallplaces.model.document import Kind, Label, Paragraph, ParagraphKind, Work
from smallplaces.sources import upr
from smallplaces.sources.describe import read_yaml
from smallplaces.sources.strict import Tally
from smallplaces.sources.uhri.wording import Wording, corrections, plain, read_paragraph, read_review

_LABELLED = (("Themes", "theme"), ("AffectedPersons", "group"))
_ROOM = 10_000  # entries of a memory before it starts anew

T = TypeVar("T")


@cache
def fields() -> dict[str, Any]:
    """``fields.yml``."""
    return read_yaml(Path(__file__).with_name("fields.yml"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one record says. ``entered`` is the day on which this record, not its document, was published."""

    work: Work
    paragraph: Paragraph
    entered: date | None


class Decoder:
    """Decodes the records of one file. Oddities are counted in ``tally``."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._known = frozenset(fields()["used"]) | frozenset(fields()["ignored"])
        self._recommendations = frozenset(fields()["recommendations"])
        self._made: dict[tuple[str, Any], Any] = {}
        self._works: dict[tuple[Any, ...], Work] = {}
        self._owners: dict[str, str] = {}  # DocumentId -> key of the Work that it is another name of
        self._dates: dict[str, date | None] = {}
        self._where = ""

    def decode(self, record: dict[str, Any], where: str) -> Decoded:
        """Decode one record. Raises :class:`BadRecord` when it says nothing or belongs nowhere."""
        self._where = where
        for name in record.keys() - self._known:
            self._tally.add(where, f"unknown field {name!r}")
        body = self._once("Body", record.get("Body"), self._body)
        is_review = body == upr.BODY
        wording = self._wording(record, is_review)
        work = self._work(record, body)
        states = self._once("UprRecommendingCountry", record.get("UprRecommendingCountry"), self._states)
        paragraph = self._paragraph(record, wording, states, is_review)
        return Decoded(work, paragraph, self._date(record.get("PublicationDateOnUhri")))

    # -- the paragraph ------------------------------------------------------------------------------------------------

    def _wording(self, record: dict[str, Any], is_review: bool) -> Wording:
        raw = record.get("Text")
        wording = (read_review if is_review else read_paragraph)(raw) if isinstance(raw, str) else Wording("")
        if not any(map(str.isalnum, wording.text)):
            raise BadRecord("it has no text", where=self._where)
        return wording

    def _paragraph(
        self, record: dict[str, Any], wording: Wording, states: tuple[str, ...], is_review: bool
    ) -> Paragraph:
        kinds = self._once("AnnotationType", record.get("AnnotationType"), partial(_plain_labels, "annotation-type"))
        labels = kinds + self._once("Sdgs", record.get("Sdgs"), self._sdgs)
        for name, facet in _LABELLED:
            labels += self._once(name, record.get(name), partial(_plain_labels, facet))
        facts: dict[str, Any] = {}
        key = ""
        if is_review:
            position, facts = self._once("UprPositions", record.get("UprPositions"), self._positions)
            states = states or upr.in_brackets(wording.text)
            labels += position + self._once("recommending", states, _recommending) + self._round(record)
            key = "" if wording.number else upr.recommendation_key(wording.text, states)
        is_recommendation = is_review or any(label.value.casefold() in self._recommendations for label in kinds)
        return Paragraph(
            text=wording.text,
            number=wording.number,
            key=key,
            kind=ParagraphKind.RECOMMENDATION if is_recommendation else ParagraphKind.PARAGRAPH,
            heading=wording.heading,
            labels=labels,
            record=str(record.get("AnnotationId") or "").strip(),
            facts=facts,
        )

    def _sdgs(self, values: tuple[str, ...]) -> tuple[Label, ...]:
        """A goal by its number; a target as it is spelled, after its goal."""
        goals, targets = [], []
        for value in values:
            code = value.partition(" ")[0].rstrip(".")
            goal, dot, _ = code.partition(".")
            if not goal.isdigit() or not 1 <= int(goal) <= 17:
                self._tally.add(self._where, f"unknown goal {value[:60]!r}")
                continue
            goals.append(_label("sdg", "sdg", str(int(goal))))
            if dot:
                targets.append(_label("sdg-target", "sdg", value))
        return tuple(dict.fromkeys(goals)) + tuple(dict.fromkeys(targets))

    def _positions(self, values: tuple[str, ...]) -> tuple[tuple[Label, ...], dict[str, Any]]:
        """The position as a label, and the source's own words where they are others."""
        labels, facts = [], {}
        for value in values:
            found = upr.position(value)
            if found is None:
                self._tally.add(self._where, f"unknown position {value[:60]!r}")
            else:
                labels.append(Label("position", "upr", found))
            if found != value.casefold():
                facts["position"] = value
        return tuple(dict.fromkeys(labels)), facts

    def _round(self, record: dict[str, Any]) -> tuple[Label, ...]:
        session = self._once("UprSession", record.get("UprSession"), self._number)
        return upr.round_labels(session, self._once("UprCycle", record.get("UprCycle"), self._number))

    def _number(self, values: tuple[str, ...]) -> int | None:
        """The number in "27", "27th session" or "Session 27"."""
        digits = "".join(c if c.isdecimal() else " " for c in values[0]).split() if values else []
        if values and (len(values) > 1 or len(digits) != 1 or len(digits[0]) > 3):
            self._tally.add(self._where, f"unclear session or cycle {', '.join(values)[:60]!r}")
            return None
        return int(digits[0]) if digits else None

    # -- the Work -----------------------------------------------------------------------------------------------------

    def _work(self, record: dict[str, Any], body: str) -> Work:
        states = self._once("Countries", record.get("Countries"), self._states)
        session = self._once("UprSession", record.get("UprSession"), self._number) if body == upr.BODY else None
        document = str(record.get("DocumentId") or "").strip()
        printed = " ".join(str(record.get("Symbol") or "").split())
        published = record.get("PublicationDate")
        known = (document, printed, body, states, session, published)
        try:
            work = self._works.get(known)
        except TypeError as error:
            raise BadRecord("its PublicationDate is a list or an object", where=self._where) from error
        if work is None:
            work = replace(self._identify(document, printed, body, states, session), distributed=self._date(published))
            if len(self._works) >= _ROOM:
                self._works.clear()
            self._works[known] = work
        return work

    def _identify(self, document: str, printed: str, body: str, states: tuple[str, ...], session: int | None) -> Work:
        """The Work by its symbol, else by the State reviewed and the session, else by the index's own id."""
        symbol = self._symbol(printed)
        review = upr.review(states[0], session) if session and len(states) == 1 else None
        own = f"uhri:{document}" if document else ""
        if symbol is not None:
            key = symbol.canonical
            aliases: tuple[str, ...] = (review.key,) if review and not symbol.suffixes else ()
            if own and self._owners.setdefault(own, key) == key:
                aliases += (own,)
        elif review is not None:
            return review
        elif own:
            key, aliases = own, ()
            if self._owners.setdefault(own, key) != key:
                self._tally.add(self._where, "a document has a symbol in some of its records only")
        else:
            raise BadRecord("it names neither a symbol, a review nor a document", where=self._where)
        return Work(
            key=key,
            kind=_kind(symbol, body),
            title=review.title if review else {},
            symbol=printed,
            aliases=aliases,
            body=body,
            states=states,
            session=str(session or ""),
        )

    def _symbol(self, printed: str) -> symbols.Symbol | None:
        if not printed:
            return None
        try:
            canonical = symbols.normalise(printed)
            if canonical:
                return symbols.parse(canonical)
        except BadSymbol:
            pass
        self._tally.add(self._where, f"not a symbol: {printed[:60]!r}")
        return None

    def _body(self, values: tuple[str, ...]) -> str:
        """The code of the body or special procedure; the name as it is written when the catalogue has neither."""
        if not values:
            self._tally.add(self._where, "no body")
            return ""
        name = corrections()["bodies"].get(values[0], values[0])
        found = vocab.resolve_body(name) or vocab.resolve_mandate(name)
        if found is None:
            self._tally.add(self._where, f"unknown body {name[:60]!r}")
        return found.code if found else name

    def _states(self, values: tuple[str, ...]) -> tuple[str, ...]:
        rules = corrections()
        codes = []
        for value in values:
            if value in rules["nobody"]:
                continue
            state = vocab.resolve_state(value)
            code = rules["states"].get(value) or (state.code if state else "")
            if code:
                codes.append(code)
            else:
                self._tally.add(self._where, f"unknown State {value[:60]!r}")
        return tuple(dict.fromkeys(codes))

    # -- values -------------------------------------------------------------------------------------------------------

    def _once(self, name: str, raw: Any, make: Callable[[tuple[str, ...]], T]) -> T:
        """What ``make`` makes of a field's values, made once for equal values while there is room."""
        known = (name, tuple(raw) if isinstance(raw, list | tuple) else raw)
        try:
            if known not in self._made:
                odd = self._tally.total
                result = make(_values(raw))
                if self._tally.total > odd:  # not kept, so that the next one counts too
                    return result
                if len(self._made) >= _ROOM:
                    self._made.clear()
                self._made[known] = result
            return cast(T, self._made[known])
        except TypeError:  # a list within a list: odd, rare and not worth keeping
            return make(_values(raw))

    def _date(self, value: Any) -> date | None:
        """The day of "2025-02-12T00:00:00"; signals what is no date."""
        if not value:
            return None
        text = str(value)[:10]
        if text not in self._dates:
            try:
                self._dates[text] = date.fromisoformat(text)
            except ValueError:
                self._tally.add(self._where, f"not a date: {str(value)[:40]!r}")
                self._dates[text] = None
        return self._dates[text]


def _values(raw: Any) -> tuple[str, ...]:
    """The values of a field, whether it holds a list, one text, lines with dashes or nothing."""
    if raw is None:
        return ()
    items = raw if isinstance(raw, list | tuple) else str(raw).splitlines()
    cleaned = (_value(str(item)) for item in items if item is not None)
    return tuple(dict.fromkeys(value for value in cleaned if value))


@lru_cache(maxsize=4096)
def _label(facet: str, scheme: str, value: str) -> Label:
    """One object for equal labels: a full export holds more than a million."""
    return Label(facet, scheme, value)


@lru_cache(maxsize=8192)
def _value(item: str) -> str:
    return plain(item).removeprefix("- ").strip(" -")


def _plain_labels(facet: str, values: tuple[str, ...]) -> tuple[Label, ...]:
    names = corrections()["labels"]
    return tuple(_label(facet, "uhri", names.get(value, value)) for value in values)


def _recommending(codes: tuple[str, ...]) -> tuple[Label, ...]:
    return tuple(_label("recommending", "iso3", code) for code in codes)


def _kind(symbol: symbols.Symbol | None, body: str) -> Kind:
    if body == upr.BODY:
        return Kind.UPR_REPORT
    if symbol is not None and symbol.kind is not None:
        return symbol.kind
    if body in fields()["kinds"]:
        return Kind(fields()["kinds"][body])
    if vocab.resolve_body(body) is not None:
        return Kind.CONCLUDING_OBSERVATIONS
    return Kind.SPECIAL_PROCEDURE if body else Kind.OTHER
