"""From words to a verdict: the action decides first, then the matter, by the rules of the State's file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from smallplaces.enrich.route.clauses import clauses
from smallplaces.enrich.route.cues import Cue, actions_in, matters_in
from smallplaces.enrich.route.verdict import Reason, Route
from smallplaces.model.language import primary
from smallplaces.vocab.competence import Competence, Head, actions, competence, matters

METHOD: Final = "rules"
VERSION: Final = "1"
_LOCAL_LEVELS: Final = ("province", "municipality", "education")
#: Measured on the open half of tests/golden/route by bench/route.py. Few were judged local alone: they count half.
_MET: Final = {"national": 0.9, "shared": 0.9, "local": 0.5}
_MET_MIXED: Final = 0.55
_HeadOf = Callable[[str], Head | None]


def route(text: str, lang: str, place_level: str, state: str, labels: Sequence[str] = (), *, day: str = "") -> Route:
    """Whose a recommendation is, said to a place of ``place_level`` (province, municipality, submunicipality or
    authority, as :data:`smallplaces.model.place.LEVELS` has them) in ``state`` (alpha-3). ``labels``: names of themes
    or groups that somebody gave the text; they are read when its own words lead nowhere. ``day``: the law of that ISO
    date."""
    law = competence(state)
    lang = primary(lang)
    head_of = partial(law.of_matter, day=day)
    reasons = [why for piece in clauses(text, lang) if (why := _reason(piece, lang, head_of))]
    if not any(why.matter for why in reasons):
        told = (why for label in labels if (why := _reason(label, "en", head_of)) and why.matter)
        reasons.extend(told)
    if not reasons:
        return Route("unclear", "unclear", "", "", (), (), 0.0, METHOD, VERSION)
    whose = _together(reasons)
    level = _level(whose, reasons, law)
    main = _main(whose, reasons)
    return Route(
        verdict=verdict_for(level, place_level),
        level=level,
        head=main.head,
        department=main.department if whose != "national" else "",
        basis=main.basis,
        reasons=tuple(reasons),
        confidence=_confidence(whose, reasons),
        method=METHOD,
        version=VERSION,
    )


def _reason(piece: str, lang: str, head_of: _HeadOf) -> Reason | None:
    """Why one piece is whose it is; None when its words say nothing."""
    acts, subjects = actions_in(piece, lang), matters_in(piece, lang)
    heads = [(cue, head) for cue in subjects if (head := head_of(cue.code))]
    ours = [(cue, head) for cue, head in heads if _local(head)]
    theirs = [(cue, head) for cue, head in heads if not _local(head)]
    national = [cue for cue in acts if actions()[cue.code].whose == "national"]
    local = [cue for cue in acts if actions()[cue.code].whose == "local"]
    if national:
        # Sentences of other languages were not cut: they may ask both. "Including by legislation" asks more than that.
        asked = bool(local) if lang != "en" else "including" in piece[: national[0].start].lower()
        both = asked and bool(ours)
        return _because("shared", piece, acts, ours) if both else _because("national", piece, national, theirs)
    what = [(cue, head) for cue, head in ours if not matters()[cue.code].persons]
    if theirs and {cue.code for cue in local} == {"train"}:
        what = [(cue, head) for cue, head in ours if matters()[cue.code].staff]
    elif local:
        what = ours
    if theirs and not what:
        return _because("national", piece, local, theirs)
    if ours and theirs:
        return _because("shared", piece, local, [*ours, *theirs])
    if ours:
        both = (not local) and any(head.has_part("national") for _, head in what or ours)
        return _because("shared" if both else "local", piece, local, ours)
    if local:
        # It trains, informs and builds by its own organisation.
        return _because("local", piece, local, (), head_of("public-service"))
    return None


def _because(
    whose: str, piece: str, acts: Sequence[Cue], heads: Sequence[tuple[Cue, Head]], otherwise: Head | None = None
) -> Reason:
    what = [cue.code for cue, _ in heads if not matters()[cue.code].persons]
    most = Counter(what or [cue.code for cue, _ in heads]).most_common(1)
    matter = most[0][0] if most else ""
    head = next((head for cue, head in heads if cue.code == matter), otherwise)
    return Reason(
        whose=whose,
        sentence=piece,
        evidence=tuple(dict.fromkeys(cue.words for cue in (*acts, *(cue for cue, _ in heads)))),
        action=acts[0].code if acts else "",
        matter=matter,
        head=head.code if head else "",
        department=matters()[matter].department if matter else (actions()[acts[0].code].department if acts else ""),
        basis=head.basis if head else (),
    )


def _local(head: Head) -> bool:
    return any(head.has_part(level) for level in _LOCAL_LEVELS)


def _together(reasons: Sequence[Reason]) -> str:
    said = {why.whose for why in reasons}
    return said.pop() if len(said) == 1 else "shared"


def _level(whose: str, reasons: Sequence[Reason], law: Competence) -> str:
    """Who acts. A local matter is one level's when no other has a part in any head of it."""
    if whose != "local":
        return whose
    heads = [law.heads[why.head] for why in reasons if why.head]
    having = [level for level in _LOCAL_LEVELS if any(head.has_part(level) for head in heads)]
    return having[0] if len(having) == 1 else "local"


def _main(whose: str, reasons: Sequence[Reason]) -> Reason:
    """The reason that weighs most for a local government: the first that gives it something to do."""
    wanted = ("national",) if whose == "national" else ("local", "shared")
    return next(why for why in sorted(reasons, key=lambda why: not why.matter) if why.whose in wanted)


def verdict_for(level: str, place_level: str) -> str:
    """The level of a :class:`Route`, said to a place of ``place_level``. The office of education acts for its
    province."""
    if level in {"national", "shared", "unclear"}:
        return level
    if level in {"local", place_level}:
        return "ours" if place_level != "authority" else "province"
    if level == "education":
        return "ours" if place_level in {"province", "authority"} else "province"
    if level == "province":
        return "province"
    return "ours" if place_level in {"province", "submunicipality"} else "province"


def _confidence(whose: str, reasons: Sequence[Reason]) -> float:
    """The share of judged recommendations with this kind of answer whose level was right."""
    agree = all(why.whose == whose for why in reasons)
    return _MET[whose] if agree else _MET_MIXED
