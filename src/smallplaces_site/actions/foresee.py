"""Foresee deadlines: bring the events of the States whose documents changed up to the change log.

Reads: the change log past its own mark; concluding observations, reports of reviews; the calendar of the review.
Writes: events and their versions. A day that a text names is announced, one that a rule gives is expected. What a
person said of an event stays. Each State is saved whole or not at all; doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from smallplaces.enrich.deadlines import VERSION as TEXTS
from smallplaces.enrich.deadlines import Due, FollowsFrom, day_of, read_deadlines
from smallplaces.model.document import Kind
from smallplaces.vocab import states as known_states
from smallplaces.vocab.reviews import Day, mid_term, place_of, report_deadline, session, sessions, stakeholder_deadline
from smallplaces.vocab.steps import steps
from smallplaces_site.corpus.models import Change, Mark, Reading, Work, WorkState
from smallplaces_site.corpus.touched import last_change
from smallplaces_site.doors.models import EventVersion
from smallplaces_site.doors.store import PERSON, Said, keep

#: Changes with the rules, so that every State is gone through again.
VERSION = f"doors-1 {TEXTS}"[:20]
_NAME = "doors"
_KINDS = (Kind.CONCLUDING_OBSERVATIONS, Kind.UPR_REPORT)
_MONTHS_BEFORE_LIST = 12  # a list of issues prior to reporting comes at least a year before the report is due
_UPR = "Calendar of the Universal Periodic Review"

Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class Foreseen:
    """The States gone through, and how many versions of events are new."""

    states: int = 0
    new: int = 0
    changed: list[str] = field(default_factory=list)


def foresee_changes(progress: Progress = lambda done, total: None, *, again: bool = False) -> Foreseen:
    """Bring all events up to the change log; ``again``: of every State. The caller holds the write lock."""
    last = last_change()
    mark, _ = Mark.objects.get_or_create(name=_NAME)
    wanted = _every() if again or mark.version != VERSION else _changed_since(mark.change)
    done = foresee_states(wanted, progress)
    mark.change, mark.version = last, VERSION
    mark.save()
    return done


def foresee_states(wanted: Iterable[str], progress: Progress = lambda done, total: None) -> Foreseen:
    """Foresee the events of these States. The caller holds the write lock."""
    done = Foreseen()
    codes = sorted(set(wanted))
    for code in codes:
        progress(done.states, len(codes))
        with transaction.atomic():
            said = [*_of_review(code), *_of_committees(code)]
            new = sum(keep(one) is not None for one in said)
            new += _call_off({one.key for one in said}, code)
        done.new += new
        done.states += 1
        if new:
            done.changed.append(code)
    return done


def _every() -> set[str]:
    members = {code for code, state in known_states().items() if state.standing == "member"}
    return members | set(WorkState.objects.filter(work__kind__in=_KINDS).values_list("state", flat=True))


def _changed_since(change: int) -> set[str]:
    lines = Change.objects.filter(pk__gt=change, work__isnull=False)
    works = Work.objects.filter(pk__in=lines.values("work_id"), kind__in=_KINDS)
    return set(WorkState.objects.filter(work__in=works).values_list("state", flat=True))


def _call_off(said: set[str], state: str) -> int:
    """Call off what a machine said and says no more, as another version; what persons said stays."""
    held = EventVersion.objects.filter(event__state=state, current=True).exclude(method=PERSON)
    lost = [one for one in held.select_related("event") if one.event.key not in said]
    off = EventVersion.Standing.CANCELLED
    return sum(
        keep(
            Said(
                state=state,
                step=one.event.step,
                occasion=one.event.occasion,
                first=one.first,
                last=one.last,
                standing=off,
                source=one.source,
                address=one.address,
                rule="no text says so any more",
                confidence=one.confidence,
                method=VERSION,
            )
        )
        is not None
        for one in lost
        if one.standing != off
    )


def _of_review(state: str) -> Iterator[Said]:
    """The review of the cycle that is under way, and the next."""
    held = _reviewed(state)
    now = max(session(number).cycle for number in sessions())
    for cycle in (now, now + 1):
        placed = place_of(cycle, held, state)
        if placed is None:
            continue
        number, known = placed.session, placed.known
        one = session(number)
        review = Day(one.start, not known or one.expected, placed.rule, placed.confidence)
        days = {
            "upr.stakeholder-input": stakeholder_deadline(number),
            "upr.national-report": report_deadline(number),
            "upr.working-group": review,
            "upr.mid-term-report": mid_term(number),
        }
        for step, day in days.items():
            last = one.end if step == "upr.working-group" else day.date
            expected = day.expected or not known
            yield Said(
                state=state,
                step=step,
                occasion=f"cycle-{cycle}",
                first=day.date,
                last=last,
                standing=EventVersion.Standing.EXPECTED if expected else EventVersion.Standing.ANNOUNCED,
                source=day.source.title if day.source else _UPR,
                address=day.source.address if day.source else "",
                rule="; ".join(dict.fromkeys((placed.rule, day.rule))),
                confidence=round(min(day.confidence, placed.confidence), 2),
                margin=day.margin,
                method=VERSION,
                evidence={"session": number, "cycle": cycle},
            )


def _reviewed(state: str) -> dict[int, int]:
    """Cycle -> session of the reviews whose reports the store holds."""
    rows = Work.objects.filter(kind=Kind.UPR_REPORT, concerned__state=state).values_list("session", flat=True)
    numbers = {int(row) for row in rows if row.isdecimal() and int(row) > 0}
    return {session(number).cycle: number for number in numbers}


def _of_committees(state: str) -> Iterator[Said]:
    works = Work.objects.filter(kind=Kind.CONCLUDING_OBSERVATIONS, concerned__state=state)
    for work in works.order_by("key"):
        seen: set[str] = set()
        for lang, paragraph, due in _told_by(work):
            for one in _events_of(state, work, due, lang, paragraph):
                if one.step in steps() and one.key not in seen:
                    seen.add(one.key)
                    yield one


def _told_by(work: Work) -> Iterator[tuple[str, str, Due]]:
    """Deadlines of a document, by the edition in English first, else by the others."""
    rows = Reading.objects.filter(paragraph__edition__work=work, shown=True).order_by("paragraph__position")
    told = rows.values_list("paragraph__edition__lang", "paragraph__key", "text")
    for lang, paragraph, text in sorted(told, key=lambda row: row[0] != "en"):
        for due in read_deadlines(text, lang):
            yield lang, paragraph, due


def _events_of(state: str, work: Work, due: Due, lang: str, paragraph: str) -> Iterator[Said]:
    day = day_of(due, work.adopted or work.distributed)
    if not day:
        return
    body = work.body

    def said(step: str, when: str, standing: str, rule: str, confidence: float) -> Said:
        return Said(
            state=state,
            step=f"{step}.{body}",
            occasion=work.key,
            first=when,
            last=when,
            standing=standing,
            source=work.symbol or work.key,
            rule=rule,
            confidence=round(confidence, 2),
            method=VERSION,
            evidence={"work": work.key, "paragraph": paragraph, "lang": lang, "quote": due.quote}
            | ({"paragraphs": list(due.paragraphs)} if due.paragraphs else {}),
        )

    announced, expected = EventVersion.Standing.ANNOUNCED, EventVersion.Standing.EXPECTED
    if due.kind is FollowsFrom.FOLLOW_UP:
        counted = f"{due.months} months after adoption" if due.months else "named in the text"
        sure = due.confidence if work.adopted or not due.months else due.confidence - 0.2
        yield said("follow-up.report", day, announced if not due.months or work.adopted else expected, counted, sure)
        yield said("follow-up.input", day, expected, "with the State's report, as committees ask", 0.5)
    elif due.kind is FollowsFrom.NEXT_REPORT:
        step = "simplified-reporting" if due.simplified else "reporting"
        yield said(f"{step}.state-report", day, announced, "named in the text", due.confidence)
        if due.simplified:
            before = _months_before(day, _MONTHS_BEFORE_LIST)
            rule = f"at the latest {_MONTHS_BEFORE_LIST} months before the report is due"
            yield said("simplified-reporting.list-prior", before, expected, rule, 0.6)
            rule = f"before the list, which comes {_MONTHS_BEFORE_LIST} months or more before the report"
            yield said("simplified-reporting.loipr-input", _months_before(before, 2), expected, rule, 0.4)
    elif due.kind is FollowsFrom.LIST:
        yield said("simplified-reporting.list-prior", day, expected, "named in the text", due.confidence)
    else:
        yield said("reporting.dialogue", day, expected, "named in the text", due.confidence)


def _months_before(day: str, months: int) -> str:
    """The month (ISO 8601) that lies so many months before a day or month; of a year the same year before."""
    if len(day) == len("2026"):
        return str(int(day) - months // 12)
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 - months, 12)
    return date(year, month + 1, 1).isoformat()[:7]
