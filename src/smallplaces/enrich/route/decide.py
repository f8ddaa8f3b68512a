"""From words to a verdict: the action decides first, then the matter, by the rules of the State's file."""

from __future__ import annotations

import re
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
VERSION: Final = "2"
_LOCAL_LEVELS: Final = ("province", "municipality", "education")
#: The share of all 480 judged recommendations (tests/golden/route, bench/route.py) with that kind of answer whose level
#: was right. Few were judged local alone: they count half.
_MET: Final = {"national": 0.89, "shared": 0.88, "local": 0.5}
_MET_MIXED: Final = 0.55
#: An act named within so many characters is what a piece asks.
_OPENING: Final = 40
_INCLUDING: Final = re.compile(r", including\b|\bincluding (?:by|through|with)\b", re.IGNORECASE)
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
    whose = _together([why for why in reasons if not _weak(why)] or reasons)
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
    local = [cue for cue in acts if actions()[cue.code].whose in {"local", "shared"}]
    if national and _about(local, national) and lang == "en":
        national = []
    if national:
        # Sentences of other languages were not cut: they may ask both. "Including by legislation" asks more than that.
        asked = bool(local) if lang != "en" else bool(_INCLUDING.search(piece[: national[0].start + 1]))
        both = asked and bool(ours)
        return _because("shared", piece, acts, ours) if both else _because("national", piece, national, theirs)
    what = [(cue, head) for cue, head in ours if not _aside(cue)]
    if theirs and {cue.code for cue in local} == {"train"}:
        what = [(cue, head) for cue, head in ours if matters()[cue.code].staff]
    elif local and any(actions()[cue.code].whose == "local" for cue in local):
        what = ours
    if theirs and (not what or any(matters()[cue.code].within for cue, _ in theirs)):
        return _because("national", piece, local, theirs)
    if ours and theirs:
        return _because("shared", piece, local, [*ours, *theirs])
    if ours:
        both = not _alone(local) and any(head.has_part("national") for _, head in what or ours)
        return _because("shared" if both else "local", piece, local, ours)
    return _by_act(piece, local, head_of) if local else None


def _by_act(piece: str, local: Sequence[Cue], head_of: _HeadOf) -> Reason:
    """Whose a piece is that names no matter: it trains, informs and builds by its own organisation."""
    if _alone(local):
        return _because("local", piece, local, (), head_of("public-service"))
    return _because("shared", piece, local, (), head_of("human-rights-promotion"))


def _about(local: Sequence[Cue], national: Sequence[Cue]) -> bool:
    """Whether a piece informs of what the State does: a campaign on punishments punishes nobody."""
    if not local or actions()[local[0].code].whose != "shared":
        return False
    return local[0].start < min(_OPENING, national[0].start)


def _alone(acts: Sequence[Cue]) -> bool:
    """Whether an act is named that a local government does by itself; to inform is the State's, too."""
    return any(actions()[cue.code].whose == "local" for cue in acts)


def _aside(cue: Cue) -> bool:
    """Whether a matter says of whom or how, rather than what."""
    return matters()[cue.code].persons or matters()[cue.code].manner


def _because(
    whose: str, piece: str, acts: Sequence[Cue], heads: Sequence[tuple[Cue, Head]], otherwise: Head | None = None
) -> Reason:
    what = [cue.code for cue, _ in heads if not _aside(cue)]
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


def _weak(why: Reason) -> bool:
    """Whether a piece says only of whom or how something is asked: beside pieces that say more it decides nothing."""
    return not why.action and bool(why.matter) and (matters()[why.matter].persons or matters()[why.matter].manner)


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
