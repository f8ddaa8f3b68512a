"""One decision as a parcel: the Work with its names and facts, the paragraphs with their notes.

Reads: the lines of one document. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from smallplaces.errors import BadRecord
from smallplaces.model.document import Edition, Kind, Label, Origin, Paragraph, ParagraphKind, Parcel, Work
from smallplaces.sources.annotated import Lines, groups, text_of
from smallplaces.sources.base import File, Item, Signal
from smallplaces.sources.jurisprudence.cases import Case
from smallplaces.sources.jurisprudence.naming import Name
from smallplaces.sources.strict import Record
from smallplaces.vocab import resolve_state

#: "OP2-U8.": the eighth, unnumbered, paragraph of the second opinion; "A1-6.": paragraph 6 of the first annex;
#: "G17.": a paragraph of the body without a number.
_PLACE = re.compile(r"(?:(OP|A)(\d+)-)?([UG])?(\d+(?:\.\d+)*)")
_LEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+(?=\S)|(\d{1,2})\.\s+(?=\S)")
_NOTE = re.compile(r"\[\[fn:(\d+)\]\]")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SESSION = re.compile(rf"({_MONTH}\b.{{0,40}}?\d{{4}})[ .]*")
_KINDS = {"OP": (ParagraphKind.OPINION, "opinion"), "A": (ParagraphKind.ANNEX, "annex")}


@dataclass(frozen=True, slots=True)
class Decision:
    """The line of metadata of one decision, and what the others say of it.

    ``declared`` counts its paragraphs as the metadata do. ``ids`` are all its ids in the set; ``borne`` says which
    names one document alone may bear, of this and all other decisions.
    """

    record: Record
    name: Name
    lang: str
    declared: int
    case: Case = field(default_factory=Case)
    ids: tuple[str, ...] = ()
    borne: Mapping[str, Name] = field(default_factory=dict)


def parcel(decision: Decision, lines: Lines, file: File) -> Iterator[Item]:
    """The decision as a whole edition, then whatever was odd.

    Raises :class:`BadRecord` when no paragraph can be used.
    """
    record = decision.record
    work, odd = _work(decision)
    dates = _session_dates(lines.records[0])
    if dates:
        year = work.year or int(dates[-4:])
        work = replace(work, year=year, facts={**work.facts, "session_dates": dates})
    found: list[Paragraph] = []
    refused = 0
    confidence = None
    for line in lines.records[1 if dates else 0 :]:
        line.ignore("doc_id", "seq")
        confidence = line.get("ocr_mean_conf", confidence)
        try:
            found.extend(list(_paragraphs(line)))
        except BadRecord as error:
            refused += 1
            yield line.refuse(error.message)
        yield from line.unused()
    if dates and len(lines.records) == 1:
        yield Signal(record.where, "has no text beyond the dates of its session")
        return
    if not found:
        raise BadRecord("has no text", where=record.where)
    record.ignore("doc_id", "treaty_body", "year", "chars", "lang")  # in the symbol, or of no use
    whole = decision.declared == len(lines.records) - refused
    if not whole:
        odd.append(f"declares {decision.declared} paragraphs and has {len(lines.records) - refused}")
    labels = _labels(record, decision.case)
    found[0] = replace(found[0], labels=(*found[0].labels, *labels))
    edition = Edition(decision.lang, work.title.get(decision.lang, ""), facts=_edition_facts(record, confidence))
    yield Parcel(work, edition, tuple(found), Origin(file.sha256, file.name, lines.document), whole)
    yield from (Signal(record.where, what) for what in odd)
    yield from record.unused()


def _session_dates(line: Record) -> str:
    """The dates of the session, where the first line is their heading taken for a paragraph: "14." "March to 1 April
    2011"."""
    match = _SESSION.fullmatch(line.text("text"))
    return f"{line.text('para_id').rstrip('. ')} {match[1]}" if match and line.text("para_id") else ""


def _work(decision: Decision) -> tuple[Work, list[str]]:
    name, record, case, borne = decision.name, decision.record, decision.case, decision.borne
    states, odd = _states(record, case, name)
    key = case.symbol or name.key
    bearers = {claim: borne[claim] for claim in (name.key, *name.claims) if claim in borne}
    mine = [claim for claim, bearer in bearers.items() if bearer.document == name.document]
    aliases = dict.fromkeys((*mine, *(f"views:{document}" for document in decision.ids)))
    communications = case.communications or name.communications
    is_report = not name.series and name.certain
    facts: dict[str, Any] = dict(case.facts)
    if communications:
        facts["communications"] = list(communications)
    revisions = {bearer.key for bearer in bearers.values() if bearer.suffix > name.suffix}
    if revisions:
        facts["replaced_by"] = max(revisions)  # revisions often redact the names of persons
    if case.articles:
        facts["articles"] = list(case.articles)
    if case.issues:
        facts["issues"] = list(case.issues)
    if record.text("outcome"):
        facts["outcome"] = record.text("outcome")
    if len(states) != 1 and record.text("country"):
        facts["countries_named"] = record.text("country")
    title = case.name or _title(name, communications, record.text("country") if len(states) == 1 else "")
    return Work(
        key=key,
        kind=Kind.FOLLOW_UP if is_report else Kind.VIEWS,
        title={"en": title},
        symbol=key if not key.startswith("views:") else "",
        aliases=tuple(alias for alias in aliases if alias != key),
        body=name.body,
        states=states if len(states) == 1 or is_report else (),
        adopted=case.adopted,
        year=case.adopted.year if case.adopted else None,
        session=name.session,
        facts=facts,
    ), odd


def _title(name: Name, communications: tuple[str, ...], country: str) -> str:
    if not communications:
        return f"Report on follow-up, {name.key}" if not name.series else name.key
    number = "No." if len(communications) == 1 else "Nos."
    return f"Communication {number} {', '.join(communications)}" + (f" v. {country}" if country else "")


def _states(record: Record, case: Case, name: Name) -> tuple[tuple[str, ...], list[str]]:
    """The States that OHCHR names, else those of the set. Several in the set are States that the text mentions."""
    named = case.countries or tuple(part.strip() for part in record.text("country").split(",") if part.strip())
    record.text("country")
    states: dict[str, None] = {}
    odd = []
    for country in named:
        state = resolve_state(country)
        if state is None:
            odd.append(f"unknown State {country!r}")
        else:
            states[state.code] = None
    if len(states) > 1 and name.series:
        odd.append(f"several States named for one case: {', '.join(named)}")
    return tuple(states), odd


def _labels(record: Record, case: Case) -> tuple[Label, ...]:
    """What is said of the decision as a whole; it stands on its first paragraph, so that it counts once."""
    labels = [Label("issue", "ohchr", issue) for issue in case.issues]
    whole_articles = dict.fromkeys(article.partition("(")[0] for article in case.articles)
    labels += [Label("article", "treaty", article) for article in whole_articles]
    if record.text("outcome"):
        labels.append(Label("outcome", "lszoszk", record.text("outcome")))
    return tuple(labels)


def _edition_facts(record: Record, confidence: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"source_format": record.text("source_format")} if record.text("source_format") else {}
    if record.get("ocr"):
        facts["ocr"] = True
    if confidence is not None:
        facts["ocr_mean_confidence"] = confidence
    return facts


def _paragraphs(line: Record) -> Iterator[Paragraph]:
    """The paragraph, then its footnotes."""
    labels, facts = groups(line)
    text, marks = _unmarked(text_of(line))
    kind, key, number, text = _place(line, text)
    if marks:
        facts["notes"] = marks  # numbers of the footnotes, in the order of their marks
    section, _ = _unmarked(line.text("section"))
    heading = (re.sub(r"\s+", " ", section).strip(),) if section.strip() else ()
    yield Paragraph(text, number, key, kind, heading, labels=labels, facts=facts)
    notes = line.get("footnotes", [])
    if not isinstance(notes, list):
        raise BadRecord("footnotes must be a list", where=line.where)
    for note in notes:
        if not isinstance(note, dict) or not str(note.get("text") or "").strip():
            raise BadRecord("a footnote has no text", where=line.where)
        yield Paragraph(str(note["text"]).strip(), str(note.get("n") or ""), kind=ParagraphKind.FOOTNOTE)


def _unmarked(text: str) -> tuple[str, list[str]]:
    """The text without the marks of footnotes, and their numbers."""
    if "[[fn:" not in text:
        return text, []
    return _NOTE.sub("", text), _NOTE.findall(text)


def _place(line: Record, text: str) -> tuple[ParagraphKind, str, str, str]:
    """(kind, key, printed number, text) from the paragraph's id; a number left in the text is taken out of it."""
    printed = line.text("para_id").rstrip(". ")
    match = _PLACE.fullmatch(printed)
    if printed and match is None:
        raise BadRecord(f"para_id not understood: {printed!r}", where=line.where)
    part, of, sort, number = match.groups() if match else (None, None, "G", "")
    if part:
        kind, prefix = _KINDS[part]
        own = f"{prefix}.{of}.{(sort or '').lower()}{number}"
        return kind, own, "" if sort else number, text
    if not sort:
        return ParagraphKind.PARAGRAPH, "", number, text
    inside = _LEADING.match(text)
    if inside:
        return ParagraphKind.PARAGRAPH, "", inside[1] or inside[2], text[inside.end() :]
    return ParagraphKind.PARAGRAPH, "", "", text
