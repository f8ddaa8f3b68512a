"""From what is asked of a place, or from a draft, to the content of a brief.

Reads: demands, paragraphs in the language of the brief, plain words. Writes: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from smallplaces.enrich.route import verdict_for
from smallplaces.vocab.competence import competence, departments
from smallplaces_site.briefs import restatements
from smallplaces_site.briefs.choice import Choice, fitting
from smallplaces_site.briefs.content import Content, Line, PlainWords
from smallplaces_site.briefs.excerpt import excerpt
from smallplaces_site.briefs.models import Brief
from smallplaces_site.briefs.restatements import RestatementView
from smallplaces_site.corpus.models import Work
from smallplaces_site.corpus.read import documents, places
from smallplaces_site.corpus.read.documents import ParagraphView, WorkView
from smallplaces_site.corpus.read.excerpts import opening
from smallplaces_site.corpus.read.news import data_version
from smallplaces_site.corpus.read.places import PlaceView
from smallplaces_site.corpus.titles import body_name, state_name, title_of
from smallplaces_site.lineage import read as lineage
from smallplaces_site.local.read import asked_of
from smallplaces_site.local.views import Asked

_PIECE = 90  # characters of a part
_LETTER = re.compile(r"\([a-z]{1,2}\)")
_EVERY = ("ours", "shared", "province", "national", "unclear")


@dataclass(frozen=True, slots=True)
class Picked:
    """One line of a draft: which paragraph, under which department (empty: the proposed one), with which note."""

    work: str
    paragraph: str
    department: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """How the line is named: document and paragraph."""
        return f"{self.work}#{self.paragraph}"


def of_choice(place: PlaceView, choice: Choice) -> Content:
    """A brief that nobody keeps, made of a choice alone."""
    found = fitting(place, choice)
    taken = grouped(found[: choice.items])
    return replace(
        _frame(place, choice.lang, choice.told()),
        title=title_for(place, choice),
        lines=lines(place, choice.lang, [(one, Picked(one.work_key, one.key)) for one in taken]),
        more=max(0, len(found) - choice.items),
    )


def of_draft(brief: Brief) -> Content:
    """A draft as it would be published now. Lines whose paragraph is gone are left out: :func:`missing` names them."""
    place = places.get(brief.place)
    found = by_name(place, (Picked(**one) for one in brief.lines))
    chosen = Choice(**brief.choices).told() if brief.choices else {}
    return replace(
        _frame(place, brief.lang, chosen),
        title=brief.title,
        audience=brief.audience,
        introduction=brief.introduction,
        lines=lines(place, brief.lang, found),
        id=brief.pk,
    )


def missing(brief: Brief) -> list[Picked]:
    """Lines of a draft that no paragraph of a demand to the State answers to any more."""
    picked = [Picked(**one) for one in brief.lines]
    held = {one.name for _, one in by_name(places.get(brief.place), picked)}
    return [one for one in picked if one.name not in held]


def by_name(place: PlaceView, picked: Iterable[Picked]) -> list[tuple[Asked, Picked]]:
    """What is asked at these lines, in their order."""
    held = {(one.work_key, one.key): one for one in asked_of(place, verdicts=_EVERY)}
    return [(held[one.work, one.paragraph], one) for one in picked if (one.work, one.paragraph) in held]


def grouped(found: Sequence[Asked]) -> list[Asked]:
    """Demands by department, as the sections of a brief follow one another; what is national at the end."""
    order: dict[str, None] = dict.fromkeys(one.department for one in found if one.department)
    rank = {code: at for at, code in enumerate([*order, ""])}
    return sorted(found, key=lambda one: rank[one.department])


def title_for(place: PlaceView, choice: Choice) -> str:
    """What a brief is called before somebody names it."""
    with override(choice.lang):
        told = {
            "place": place.name(choice.lang),
            "subject": departments().get(choice.department, {}).get(choice.lang, ""),
        }
        if told["subject"]:
            return _("What the United Nations has asked: %(place)s, %(subject)s") % told
        return _("What the United Nations has asked: %(place)s") % told


def lines(place: PlaceView, lang: str, found: Sequence[tuple[Asked, Picked]]) -> tuple[Line, ...]:
    """The lines of a brief in ``lang``, with the paragraphs read again where the document has an edition in it."""
    works = works_of({one.work_key for one, _ in found})
    desk = _Desk(
        place=place,
        lang=lang,
        works=works,
        own=in_language(works, lang, [one for one, _ in found]),
        said=restatements.approved([(one.work_key, one.key) for one, _ in found], lang, place),
    )
    return tuple(desk.line(one, picked) for one, picked in found if one.work_key in works)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies ready for writing lines: documents, paragraphs in the language of the brief, plain words."""

    place: PlaceView
    lang: str
    works: Mapping[str, WorkView]
    own: Mapping[tuple[str, str], ParagraphView]
    said: Mapping[tuple[str, str], RestatementView]

    def line(self, one: Asked, picked: Picked) -> Line:
        lang, place, work = self.lang, self.place, self.works[one.work_key]
        own = self.own.get((one.work_key, one.key))
        text, text_lang = (own.text, lang) if own else (one.text, one.lang)
        quoted, cut = excerpt(text, text_lang, place.level, place.state)
        department = picked.department or one.department
        head = competence(place.state).heads.get(one.head)
        decided = one.competence.decided
        return Line(
            work=one.work_key,
            paragraph=one.key,
            symbol=work.symbol,
            number=one.number,
            document=title_of(work, lang),
            kind=one.kind,
            body=body_name(one.body, lang),
            date=one.date,
            text=quoted,
            lang=text_lang,
            cut=cut,
            original=one.text,
            original_lang=one.lang,
            plain=_plain(self.said.get((one.work_key, one.key))),
            verdict=one.verdict,
            head=head.names[lang] if head else "",
            department=department,
            department_name=departments().get(department, {}).get(lang, department),
            basis=one.basis,
            sentence=one.sentence,
            confidence=one.confidence,
            confirmed=decided.who if decided else "",
            thread=one.thread,
            thread_name=_thread_name(one.thread, lang),
            first_year=one.first_year,
            times=one.times,
            position=one.position,
            parts=_parts(one),
            own_verdict=own_word(one, place)[0],
            own_by=own_word(one, place)[1],
            note=picked.note,
        )


def own_word(one: Asked, place: PlaceView) -> tuple[str, str]:
    """What the place says of itself, as a verdict, and who said so; both empty where it did not speak. It stands beside
    what holds: the institution's word, else the machine's."""
    opinion = next((said for said in one.competence.opinions if said.place in {place.code, place.short}), None)
    if opinion is None:
        return "", ""
    level = one.competence.claimed if opinion.verdict == "confirmed" else opinion.level or "unclear"
    return verdict_for(level, place.level), opinion.who


def _parts(one: Asked) -> tuple[tuple[str, str], ...]:
    """What of a paragraph is whose, where that differs: the letter of an item, else the beginning of its words."""
    reasons = one.competence.reasons
    if len({why.whose for why in reasons}) < 2 or one.competence.decided:
        return ()
    found: dict[tuple[str, str], None] = {}
    letter = ""
    for why in reasons:
        if opens := _LETTER.match(why.sentence):
            letter = opens[0]
        found[why.whose, letter or opening(why.sentence, _PIECE)] = None
    return tuple((whose, piece) for whose, piece in found if whose != "shared")


def _plain(said: RestatementView | None) -> PlainWords | None:
    if said is None:
        return None
    day = said.approved_at or said.at
    return PlainWords(
        text=said.text,
        lang=said.lang,
        by=said.by,
        at=day.date().isoformat(),
        approved_by=said.approved_by,
        version=said.version,
        stale=said.stale,
    )


def _thread_name(key: str, lang: str) -> str:
    """The name of a known demand; a thread without a name in ``lang`` is not named after another text."""
    if not key:
        return ""
    view = lineage.thread(key)
    return view.name(lang) if view.family else ""


def works_of(keys: Iterable[str]) -> dict[str, WorkView]:
    """Documents by their keys."""
    return {view.key: view for view in documents.views(list(Work.objects.filter(key__in=list(keys))))}


def in_language(
    works: Mapping[str, WorkView], lang: str, found: Sequence[Asked]
) -> dict[tuple[str, str], ParagraphView]:
    """Paragraphs in ``lang`` by document and key, where what is asked is held in another language."""
    shown = {}
    for key, work in works.items():
        edition = work.edition(lang)
        wanted = [one.key for one in found if one.work_key == key and one.lang != lang]
        if edition is not None and wanted:
            for paragraph in documents.paragraphs(edition.id, keys=wanted):
                shown[key, paragraph.key] = paragraph
    return shown


def _frame(place: PlaceView, lang: str, chosen: Mapping[str, str]) -> Content:
    return Content(
        place=place.code,
        short=place.short,
        place_name=places.written(place, lang if place.name_lang(lang) == lang else ""),
        state=place.state,
        state_name=state_name(place.state, lang),
        lang=lang,
        title="",
        audience="",
        introduction="",
        lines=(),
        chosen=chosen,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        data_version=str(data_version()),
    )
