"""The Universal Human Rights Index: its full JSON export and its Excel export.

Reads: export files, see ``source.yml``. Writes: nothing. A file of 400 MB is read in a few MB: records are
gathered by document and handed over as soon as some hundreds are together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from smallplaces.errors import BadRecord, BadSymbol
from smallplaces.model import symbol
from smallplaces.model.document import Edition, EditionStatus, Origin, Paragraph, Parcel, Work
from smallplaces.sources.base import Complete, Context, File, Item, Refusal, Signal
from smallplaces.sources.describe import describe
from smallplaces.sources.strict import Tally, excerpt
from smallplaces.sources.uhri import sheet, stream
from smallplaces.sources.uhri.decode import Decoded, Decoder, fields
from smallplaces.vocab import resolve_state

_PARCEL = 500  # paragraphs handed over together
_OPEN = 4000  # paragraphs held while documents take turns in the file
_FULL = re.compile(r"export-full-([a-z]{2})\.json(?:\.gz|\.zst)?$", re.IGNORECASE)


def read(files: tuple[File, ...], context: Context) -> Iterator[Item]:
    """Every record of every file. Says :class:`Complete` for the languages whose full export was read whole."""
    whole: dict[str, bool] = {}
    for file in files:
        match = _FULL.search(file.name)
        lang = match[1].lower() if match else str(context.options.get("lang", "en"))
        if context.languages and lang not in context.languages:
            continue
        reading = _Reading(file, lang)
        yield from reading.items(context)
        if match and reading.count < _least():
            yield Signal(file.name, f"{reading.count:,} records are fewer than a full export has; nothing is withdrawn")
        is_full = match is not None and reading.is_whole and reading.count >= _least()
        whole[lang] = whole.get(lang, True) and is_full
    complete = tuple(lang for lang, is_whole in whole.items() if is_whole)
    if complete:
        yield Complete(langs=complete)


@dataclass(slots=True)
class _Draft:
    """A document on the way: what was read of it and not handed over yet."""

    work: Work
    paragraphs: list[Paragraph] = field(default_factory=list)
    entered: date | None = None

    def add(self, decoded: Decoded) -> None:
        self.paragraphs.append(decoded.paragraph)
        if decoded.entered and (self.entered is None or decoded.entered < self.entered):
            self.entered = decoded.entered


class _Reading:
    """One file being read. After :meth:`items`, ``count`` records were found; ``is_whole``: none was lost to damage."""

    def __init__(self, file: File, lang: str) -> None:
        self.is_whole = False
        self.count = 0
        self._file = file
        self._edition = Edition(lang=lang, status=EditionStatus.RECORD)
        self._tally = Tally()
        self._decoder = Decoder(self._tally)
        self._drafts: dict[str, _Draft] = {}
        self._open = 0
        self._states: dict[str, tuple[str, ...]] = {}
        self._ids: set[str | bytes] = set()

    def items(self, context: Context) -> Iterator[Item]:
        """Parcels, refusals and signals of this file."""
        damaged = False
        for found in self._found(context):
            if isinstance(found, Refusal | Signal):
                damaged = damaged or isinstance(found, Refusal)
                yield found
                continue
            number, record = found
            self.count += 1
            where = f"{self._file.name}: record {number}"
            try:
                self._refuse_twin(record.get("AnnotationId"), where)
                decoded = self._decoder.decode(record, where)
            except BadRecord as error:
                yield Refusal(self._place(where, record), error.message, excerpt(record))
                continue
            except (RecursionError, ValueError) as error:  # lists within lists by the thousand, endless numbers
                yield Refusal(where, f"it cannot be read: {error}")
                continue
            yield from self._keep(decoded)
        while self._drafts:
            yield self._hand_over(next(iter(self._drafts)))
        yield from self._tally.signals()
        self.is_whole = not damaged

    def _found(self, context: Context) -> Iterator[stream.Numbered | Signal]:
        if self._file.name.lower().endswith(".xlsx"):
            return sheet.rows(self._file, fields()["columns"])
        return stream.records(self._file, context)

    def _refuse_twin(self, record_id: object, where: str) -> None:
        if not record_id:
            self._tally.add(where, "no AnnotationId")
            return
        text = str(record_id).strip().lower()
        try:
            packed: str | bytes = bytes.fromhex(text.replace("-", ""))  # half the memory of the text
        except ValueError:
            packed = text
        if packed in self._ids:
            raise BadRecord(f"its AnnotationId {text} was in this file before")
        self._ids.add(packed)

    @staticmethod
    def _place(where: str, record: dict[str, object]) -> str:
        return f"{where}, {record['AnnotationId']}" if record.get("AnnotationId") else where

    def _keep(self, decoded: Decoded) -> Iterator[Parcel]:
        work = decoded.work
        draft = self._drafts.get(work.key)
        if draft is None:
            draft = self._drafts[work.key] = _Draft(work)
        known = self._states.get(work.key, ())
        if known != work.states:
            self._states[work.key] = tuple(dict.fromkeys((*known, *work.states)))
        draft.add(decoded)
        self._open += 1
        if len(draft.paragraphs) >= _PARCEL:
            yield self._hand_over(work.key)
        elif self._open > _OPEN:
            yield self._hand_over(next(iter(self._drafts)))

    def _hand_over(self, key: str) -> Parcel:
        draft = self._drafts.pop(key)
        self._open -= len(draft.paragraphs)
        # The State in a symbol is the one reviewed; a record may name others beside it.
        named = self._states.get(key, ())
        states = tuple(state for state in _state_of(draft.work.symbol) if state in named) or named
        return Parcel(
            work=replace(draft.work, states=states, entered=draft.entered),
            edition=self._edition,
            paragraphs=tuple(draft.paragraphs),
            origin=Origin(sha256=self._file.sha256, address=self._file.name),
            whole=False,
        )


@lru_cache(maxsize=4096)
def _state_of(printed: str) -> tuple[str, ...]:
    try:
        state = resolve_state(symbol.parse(printed).state) if printed else None
    except BadSymbol:
        return ()
    return (state.code,) if state else ()


def _least() -> int:
    """Fewer records than this are a test or a part, whatever the file is called."""
    return describe(Path(__file__).parent).expect["records"].minimum or 0
