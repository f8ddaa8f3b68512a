"""What a reference leads to: targets when it is clear, candidates when it is not.

Reads references (find.py, cjk.py) and the context of the text; writes claims with their reason and confidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallplaces.enrich.cite.articles import Item
from smallplaces.enrich.cite.context import Context, articles_of
from smallplaces.enrich.cite.reference import Articles, Found
from smallplaces.model.annotation import CitationKind as Kind
from smallplaces.model.instrument import GeneralComment
from smallplaces.model.symbol import normalise
from smallplaces.vocab.general_comment import general_comments, resolve_general_comment

_COMMENT_BODIES = ("CCPR", "CESCR", "CERD", "CEDAW", "CAT", "CRC", "CMW", "CRPD", "CED")
_ONLY_CCPR = 1300  # no other committee has registered so many communications
_FEW, _FEW_UNTIL = 350, 2008
_RECOMMENDING = ("CERD", "CEDAW")
_REGIONAL = frozenset(
    {"ECHR", "ACHR", "ACHPR", "BELEM-DO-PARA", "MAPUTO-PROTOCOL", "ISTANBUL-CONVENTION", "LANZAROTE-CONVENTION"}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The resolver's answer for one reference."""

    start: int
    end: int
    kind: Kind
    targets: tuple[str, ...]
    candidates: tuple[str, ...]
    confidence: float
    evidence: str


def resolve_articles(found: list[Articles], context: Context) -> list[Claim]:
    """Claims for the articles of one text, in order: each may lean on those before it."""
    for reference in found:  # what the text says plainly anywhere helps its bare references
        if reference.instrument is not None and reference.instrument.sort in ("treaty", "role"):
            codes, _ = _named(reference, context)
            if len(codes) == 1:
                for number, _ in reference.items if _fits(reference.items, codes[0]) else ():
                    context.used.setdefault(number, codes[0])
    return [_resolve_one(reference, context) for reference in found]


def _named(reference: Articles, context: Context) -> tuple[tuple[str, ...], str]:
    instrument = reference.instrument
    if instrument is None:
        return (), ""
    if instrument.sort == "treaty":
        return (instrument.code,), "named beside it" if not reference.shared else "named with the next reference"
    if instrument.sort == "role":
        return context.role(instrument.code, instrument.start)
    if instrument.sort == "same":
        return context.mentioned_before(instrument.start), "the instrument cited before"
    return (), ""


def _resolve_one(reference: Articles, context: Context) -> Claim:
    instrument = reference.instrument
    if instrument is not None and instrument.sort in ("law", "foreign"):
        context.last = "law"
        kind = Kind.LAW if instrument.sort == "law" else Kind.ARTICLE
        reason = "an article of a law" if kind is Kind.LAW else "an instrument outside the catalogue"
        return Claim(reference.start, reference.end, kind, (), (), 0.9, reason)
    codes, reason = _named(reference, context)
    sure = 0.99 if instrument is not None and instrument.sort == "treaty" else 0.97
    if instrument is None or (reference.shared and not all(_fits(reference.items, code) for code in codes)):
        codes, reason, sure = _bare(reference, context)
    unsure = "" in codes
    codes = tuple(code for code in codes if code not in ("law", "") and _fits(reference.items, code))
    if instrument is not None and len(codes) == 1:
        context.last, context.last_end = codes[0], reference.end
        context.used.update((number, codes[0]) for number, _ in reference.items)
    if len(codes) == 1 and not unsure:
        targets = tuple(dict.fromkeys(_target(codes[0], item) for item in reference.items))
        return Claim(reference.start, reference.end, Kind.ARTICLE, targets, (), sure, reason)
    kind = Kind.LAW if reason == _OF_THE_LAW else Kind.ARTICLE
    candidates = tuple(_target(code, item) for code in codes for item in reference.items)
    return Claim(reference.start, reference.end, kind, (), candidates, 0.5, reason or "no treaty is named")


_OF_THE_LAW = "of the law cited before"


def _bare(reference: Articles, context: Context) -> tuple[tuple[str, ...], str, float]:
    """(codes, reason, confidence) of articles that name no instrument."""
    own = tuple(code for code in context.own if _fits(reference.items, code))
    if reference.heading and len(own) == 1:
        return own, "a heading of the document", 0.97
    if reference.beside_law and context.is_by_state and context.last in ("", "law"):
        return ("law",), _OF_THE_LAW, 0.6
    return _by_text(reference, context) or (
        _by_document(reference, own, context) if context.own else _by_names(reference, context)
    )


def _by_text(reference: Articles, context: Context) -> tuple[tuple[str, ...], str, float] | None:
    """What the words around say: the sentence, the same article elsewhere in the text, the article before."""
    if reference.bracketed and not context.own and (named := context.named_in_sentence(reference.start)):
        return (named,), "the treaty named before it in the sentence", 0.9
    tied = {context.used.get(number, "") for number, _ in reference.items}
    if len(tied) == 1 and (code := tied.pop()) and context.last != "law":
        return (code,), "the same article is tied to it in the text", 0.96
    if context.last == "law":
        return ("law",), _OF_THE_LAW, 0.6
    if context.last and not _is_protocol(context.last) and _fits(reference.items, context.last):
        return None if _in_passing(reference, context) else ((context.last,), "the instrument cited before", 0.93)
    return None


def _in_passing(reference: Articles, context: Context) -> bool:
    """Whether the instrument cited before was a region's, cited in an earlier sentence of a document about a treaty of
    the United Nations: what follows is of the document's own again."""
    if not context.own or context.last not in _REGIONAL:
        return False
    return bool(_FULL_STOP.search(context.text, context.last_end, reference.start))


_FULL_STOP = re.compile(r"[^\W\d_]{3,}[.;]\s|\d{3,}[.;]\s")


def _by_document(reference: Articles, own: tuple[str, ...], context: Context) -> tuple[tuple[str, ...], str, float]:
    if not own:
        return ("law",), "the document's treaty has no such article", 0.6
    if context.is_by_state and not (reference.on_subject or context.speaks_of_treaties):
        return (*own, ""), "a State may mean its own law", 0.5
    if len(own) == 1:
        return own, f"{own[0]} is the treaty of the document's body", 0.95
    return own, "the document has several treaties", 0.5


def _by_names(reference: Articles, context: Context) -> tuple[tuple[str, ...], str, float]:
    named = tuple(dict.fromkeys(context.named_before(reference.start)))
    if len(named) == 1:
        return named, "the only treaty that the text names", 0.75
    return named, "no treaty is named with it", 0.5


def _is_protocol(code: str) -> bool:
    return code.startswith("OP-") or code in ("ICCPR-OP1", "ICCPR-OP2", "OPCAT")


def _fits(items: list[Item], code: str) -> bool:
    limit = articles_of(code)
    return all(number.isdigit() and 0 < int(number) <= limit for number, _ in items)


def _target(code: str, item: Item) -> str:
    return f"treaty:{code}/{item[0]}" + "".join(f"({_LETTERS.get(pin, pin)})" for pin in item[1])


# The letters by which other alphabets number subparagraphs, as the treaties' own texts do.
_LETTERS = {
    letter: latin
    for alphabet in ("абвгджзи", "أبجدهوزح", "子丑寅卯辰巳午未", "甲乙丙丁戊己庚辛", "가나다라마바사아")
    for letter, latin in zip(alphabet, "abcdefgh", strict=True)
}


def resolve_found(found: Found, context: Context) -> Claim:
    """The claim of any reference that is not an article."""
    return _RESOLVERS[found.kind](found, context)


def _symbol(found: Found, context: Context) -> Claim:
    own = context.symbol is not None and found.names == (context.symbol.canonical,)
    targets = tuple(f"{found.names[0]}#p{place}" for place in found.places) or found.names
    return _claim(found, targets, 0.99, "the document's own symbol" if own else "its symbol")


def _own_paragraph(found: Found, context: Context) -> Claim:
    if found.hint == "review":
        return _review(found, context)
    if context.symbol is None:
        return _claim(found, (), 0.5, "a paragraph of this document, whose symbol is not known")
    return _claim(found, tuple(f"{context.symbol.canonical}#p{p}" for p in found.places), 0.97, "of this document")


def _review(found: Found, context: Context) -> Claim:
    """A review's recommendation: of the report that the document is, answers or alone names."""
    reports = context.review_reports
    if len(reports) != 1:
        several = tuple(f"{report}#p{place}" for report in reports for place in found.places)
        return _claim(found, (), 0.5, "a review's recommendation, whose report is not named", several)
    return _claim(found, tuple(f"{reports[0]}#p{place}" for place in found.places), 0.95, "of the review's report")


def _goal(found: Found, context: Context) -> Claim:
    return _claim(found, tuple(f"sdg:{name}" for name in found.names), 0.97, "by number")


def _comment(found: Found, context: Context) -> Claim:
    number, _, year = found.names[0].partition("/")
    if "joint" in found.extra and (partner := _joint(number, found.extra["joint"])):
        key = _comment_key(partner.body, partner.number)
        targets = tuple(f"{key}#p{place}" for place in found.places) or (key,)
        return _claim(found, targets, 0.97, "issued jointly with the one named before it")
    issued = int(year) if year else None
    bodies: tuple[str, ...]
    if found.hint:
        bodies, reason = (found.hint,), "of the committee named beside it"
    elif context.bodies:
        bodies, reason = context.bodies, "of the document's committee"
    elif len(named := context.committees) == 1:
        bodies, reason = named, "of the only committee that the text names"
    else:
        bodies, reason = _COMMENT_BODIES, "no committee is named"
    matching = [(b, c) for b in bodies if (c := resolve_general_comment(b, number, issued)) is not None]
    if not matching and issued and not _of_year(number, issued):
        keys = tuple(_comment_key(b, int(number)) for b in bodies if resolve_general_comment(b, number))
        return _claim(found, (), 0.3, "no comment of that number is of that year", keys)
    if not matching:
        matching = [(b, c) for b in _COMMENT_BODIES if (c := resolve_general_comment(b, number, issued)) is not None]
        reason = "the only one of that number and year"
    if len(matching) > 1:
        word = found.extra.get("word")
        alike = [m for m in matching if (m[0] in _RECOMMENDING) == (word == "recommendation")]
        exact = [m for m in alike if m[1].year == issued]
        matching = exact or alike or matching
    keys = tuple(dict.fromkeys(_comment_key(body, int(number)) for body, _ in matching))
    if len(keys) == 1:
        targets = tuple(f"{keys[0]}#p{place}" for place in found.places) or keys
        return _claim(found, targets, 0.97 if found.hint or context.bodies else 0.9, reason)
    return _claim(found, (), 0.5, reason, keys)


def _joint(number: str, beside: str) -> GeneralComment | None:
    """The comment of that number that was issued jointly with one of the number ``beside``."""
    known = general_comments()
    joint = [
        comment
        for comment in known.values()
        if str(comment.number) == number and any(str(known[code].number) == beside for code in comment.joint)
    ]
    return joint[0] if len(joint) == 1 else None


def _of_year(number: str, year: int) -> bool:
    return any(resolve_general_comment(body, number, year) for body in _COMMENT_BODIES)


def _comment_key(body: str, number: int) -> str:
    """The comment's own symbol, else "gc:BODY/N", to which every comment answers."""
    comment = general_comments().get(f"{body}-GC-{number}")
    if comment is not None and comment.own_symbol:
        return normalise(comment.symbol) or comment.symbol
    return f"gc:{body}/{number}"


def _resolution(found: Found, context: Context) -> Claim:
    if found.hint == "symbol":
        return _claim(found, found.names, 0.97, "by organ and number")
    if not found.hint and context.is_by_state:
        return _claim(found, (), 0.3, "no organ is named, and States number their own resolutions")
    targets: list[str] = []
    candidates: list[str] = []
    for form in found.names:
        keys = _resolution_keys(form.replace(" ", ""), found.hint, found.extra.get("year", ""), context)
        (targets if len(keys) == 1 else candidates).extend(keys)
    if candidates or not targets:
        return _claim(found, (), 0.5, "the organ is not named", tuple(targets + candidates))
    return _claim(
        found, tuple(targets), 0.97 if found.hint else 0.85, "by organ and number" if found.hint else "by its form"
    )


def _resolution_keys(form: str, organ: str, year: str, context: Context) -> tuple[str, ...]:
    """What a resolution's number may mean: one key when it is clear."""
    if match := re.fullmatch(r"(\d+)\((\d{4})\)", form):
        return (f"S/RES/{match[1]}",)
    if match := re.fullmatch(r"(\d+)/?([A-Z]?)\(([IVXLS-]+)\)([A-Z]?)", form):
        root = {"ECOSOC": "E/RES", "CHR": "E/CN.4/RES"}.get(organ, "A/RES")
        return (f"{root}/{match[1]}({match[3]}){match[2] or match[4]}",)
    match = re.match(r"(S-\d+|\d+)[/-](\d+)", form)
    if match is None:
        return ()
    session, number = match[1], match[2]
    if re.fullmatch(r"(?:19|20)\d\d", session):
        root = {"ECOSOC": "E/RES", "SUBCOM": "E/CN.4/Sub.2/RES"}.get(organ, "E/CN.4/RES")
        return (f"{root}/{session}/{number}",)
    roots = _by_session(session, organ, year, context)
    return tuple(f"{root}/{session}/{number}" for root in roots)


_GENERAL, _COUNCIL = ("A/RES",), ("A/HRC/RES",)


def _by_session(session: str, organ: str, year: str, context: Context) -> tuple[str, ...]:
    """Which organ numbers a resolution by this session. The Assembly has done so since its thirty-first, of 1976."""
    if organ in ("GA", "HRC"):
        return _GENERAL if organ == "GA" else _COUNCIL
    if session.startswith("S-"):
        return ("E/CN.4/RES",) if organ == "CHR" else _GENERAL + _COUNCIL
    if organ:  # an organ whose sessions are not numbered so
        return _GENERAL + _COUNCIL
    if int(session) < 31:
        return _COUNCIL
    too_early_for_council = bool(year) and int(year) < 2015
    if too_early_for_council or int(session) > min(context.last_council_session, 62):
        return _GENERAL
    return _GENERAL + _COUNCIL


def _communication(found: Found, context: Context) -> Claim:
    if not found.names and not found.places and (known := context.cases.get(found.extra.get("name", ""))):
        return _claim(found, known, 0.9, "the case that the text names with its number")
    if not found.names:
        sure, reason = (0.95, "the case whose symbol follows") if found.places else (0.6, "a case by its name")
        return _claim(found, found.places, sure, reason)
    cases = [f"{int(number)}/{year}" for number, _, year in (case.partition("/") for case in found.names)]
    bodies = (found.hint,) if found.hint else context.bodies
    if (not found.hint or found.hint in context.bodies) and all(map(_only_before_ccpr, cases)):
        bodies = ("CCPR",)  # whatever the document's own committee
    if len(bodies) != 1:
        keys = tuple(f"communication:{body}/{case}" for body in bodies for case in cases)
        return _claim(found, (), 0.5, "the committee is not named", keys)
    return _claim(found, tuple(f"communication:{bodies[0]}/{case}" for case in cases), 0.95, "by number")


def _only_before_ccpr(case: str) -> bool:
    """Whether only the Human Rights Committee can have registered this number: the others have few, and CAT, which has
    most of them, came to its 350th in 2008."""
    number, _, year = case.partition("/")
    return int(number) > _ONLY_CCPR or (int(number) > _FEW and int(year) < _FEW_UNTIL)


def _claim(found: Found, targets: tuple[str, ...], sure: float, reason: str, candidates: tuple[str, ...] = ()) -> Claim:
    return Claim(found.start, found.end, found.kind, targets, candidates, sure, reason)


_RESOLVERS = {
    Kind.SYMBOL: _symbol,
    Kind.PARAGRAPH: _own_paragraph,
    Kind.SDG: _goal,
    Kind.GENERAL_COMMENT: _comment,
    Kind.RESOLUTION: _resolution,
    Kind.COMMUNICATION: _communication,
}
