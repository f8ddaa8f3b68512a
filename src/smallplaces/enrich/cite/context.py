"""What a document makes of "the Covenant", "the Optional Protocol" and a bare "article 6".

Built once per text from the body and symbol of the document and from the names in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property

from smallplaces.enrich.cite.grammar import grammar
from smallplaces.enrich.cite.names import committee_names, treaty_names
from smallplaces.errors import BadSymbol
from smallplaces.model import symbol as symbols
from smallplaces.model.document import Kind
from smallplaces.vocab import resolve_body, treaties

CONVENTIONS = ("ICERD", "CEDAW", "CAT", "CRC", "ICMW", "CRPD", "ICPPED")
COVENANTS = ("ICCPR", "ICESCR")
_BY_STATES = (Kind.STATE_REPORT, Kind.REPLIES, Kind.FOLLOW_UP, Kind.UPR_NATIONAL_REPORT)
_RECENT_SESSION = {"GA": 70, "HRC": 30, "UPR": 23}


@dataclass
class Context:
    """The document around one text. ``bodies`` are codes; a joint document has several."""

    text: str
    lang: str
    bodies: tuple[str, ...] = ()
    symbol: symbols.Symbol | None = None
    used: dict[str, str] = field(default_factory=dict)  # article -> treaty that the text tied it to
    cases: dict[str, tuple[str, ...]] = field(default_factory=dict)  # the name of a case -> what its number leads to
    last: str = ""  # treaty or "law" that governed the last article
    last_end: int = 0  # where it was cited

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Codes of the main treaties of the document's bodies."""
        if self.symbol is not None and "/OPAC/" in self.symbol.canonical:
            return ("OP-CRC-AC",)
        if self.symbol is not None and "/OPSC/" in self.symbol.canonical:
            return ("OP-CRC-SC",)
        return tuple(code for body in self.bodies for code in _monitored(body)[:1])

    @cached_property
    def is_views(self) -> bool:
        """Whether the document decides on communications of individuals."""
        return self.symbol is not None and self.symbol.kind is Kind.VIEWS

    @cached_property
    def last_council_session(self) -> int:
        """The last session of the Human Rights Council that the document can have known."""
        if self.symbol is None:
            return 999
        session = int(self.symbol.session) if self.symbol.session.isdigit() else 0
        if self.symbol.body == "HRC" and session:
            return session
        year = self.symbol.year or (session + 1945 if self.symbol.body == "GA" and session else 0)
        return max(0, (year - 2005) * 3) if year else 999

    @cached_property
    def is_by_state(self) -> bool:
        """Whether a State speaks, who cites its own laws more than the treaty."""
        return self.symbol is not None and self.symbol.kind in _BY_STATES

    @cached_property
    def is_recent(self) -> bool:
        """Whether its symbol shows the document to be of 2015 or later."""
        if self.symbol is None:
            return False
        session = self.symbol.session
        after = _RECENT_SESSION.get(self.symbol.body, 999)
        return (self.symbol.year or 0) >= 2015 or (session.isdigit() and int(session) >= after)

    def role(self, role: str, position: int) -> tuple[tuple[str, ...], str]:
        """(codes, reason) of what a role name means at a place: one code when it is clear, several when not."""
        if role.startswith("protocol to "):  # "the Optional Protocol to the Covenant"
            parents, reason = self.role(role.removeprefix("protocol to "), position)
            children = tuple(code for code in _PROTOCOLS if treaties()[code].parent in parents)
            if len(parents) == 1 and len(children) == 1:
                return children, reason
        if role.endswith("protocol") or role.startswith("protocol"):
            return self._protocol(second=role.startswith("second"), position=position)
        families = {"covenant": COVENANTS, "convention": CONVENTIONS}
        family = families.get(role, COVENANTS + CONVENTIONS)  # Chinese has one word for both
        fitting = tuple(code for code in self.own if code in family)
        if len(fitting) == 1:
            return fitting, f"{fitting[0]} is the treaty of the document's body"
        named = [code for code in self.named_before(position) if code in (fitting or family)]
        if named:
            return (named[-1],), "named earlier in the text"
        court = self._court(position) if role == "convention" and not fitting else ""
        monitored = {code for body in self.committees for code in _monitored(body)[:1]}
        theirs = (court,) if court else tuple(code for code in family if code in monitored)
        if not fitting and len(theirs) == 1:
            return theirs, f"the treaty of the {'court' if court else 'committee'} that the text names"
        return fitting or family, f"the {role} is not named"

    def _court(self, position: int) -> str:
        if self.lang in ("ko", "zh"):
            return ""
        courts = list(grammar(self.lang).courts.finditer(self.text, 0, position))
        return (courts[-1].lastgroup or "") if courts else ""

    def _protocol(self, *, second: bool, position: int) -> tuple[tuple[str, ...], str]:
        protocols = tuple(code for body in self.bodies for code in _monitored(body)[1:])
        if second:
            return tuple(code for code in protocols if code.endswith("2")) or ("ICCPR-OP2",), "the second protocol"
        if len(self.own) == 1 and self.own[0].startswith("OP-CRC"):
            return self.own, "the document's own protocol"
        named = [code for code in self.named_before(position) if code in (protocols or _PROTOCOLS)]
        if named:
            return (named[-1],), "named earlier in the text"
        completed = [code for code in self.named_before(position) if code not in _PROTOCOLS]
        children = tuple(code for code in _PROTOCOLS if completed and treaties()[code].parent == completed[-1])
        if not protocols and len(children) == 1:
            return children, f"the protocol to {completed[-1]}, named before"
        if "OP-CRC-IC" in protocols and (self.is_views or "communication" in self.text):
            return ("OP-CRC-IC",), "the protocol on communications, in a text about one"
        protocols = tuple(code for code in protocols if code != "ICCPR-OP2")
        return (
            protocols or _PROTOCOLS,
            f"{', '.join(protocols)} of the document's body" if protocols else "protocol not named",
        )

    def mentioned_before(self, position: int) -> tuple[str, ...]:
        """What "thereof" and "the same" mean at a place: what governed the last article, else the treaty just named."""
        if self.last:
            return (self.last,)
        named = [(start, code) for start, _, code in self.names if start < position]
        roles = list(grammar(self.lang).roles.finditer(self.text, 0, position)) if self.lang not in ("ko", "zh") else []
        if roles and (not named or roles[-1].start() > named[-1][0]):
            return self.role(roles[-1].lastgroup or "", roles[-1].start())[0]
        return (named[-1][1],) if named else ()

    @cached_property
    def committees(self) -> tuple[str, ...]:
        """The treaty bodies that the text names."""
        return tuple(dict.fromkeys(code for _, _, code in committee_names(self.lang).all(self.text)))

    @cached_property
    def speaks_of_treaties(self) -> bool:
        """Whether the text names a treaty, by its name or as "the Convention"."""
        return bool(self.names) or (self.lang not in ("ko", "zh") and bool(grammar(self.lang).roles.search(self.text)))

    def named_before(self, position: int) -> list[str]:
        """Codes of the treaties that the text names before a place, in order."""
        return [code for start, _, code in self.names if start < position]

    def named_in_sentence(self, position: int) -> str:
        """The treaty that the sentence names last before a place, with nothing but the instrument between; else ""."""
        begin = max(self.text.rfind(". ", 0, position), 0)
        named = [code for start, _, code in self.names if begin <= start < position]
        return named[-1] if len(set(named)) == 1 else ""

    @cached_property
    def review_reports(self) -> tuple[str, ...]:
        """The reports of a review whose recommendations the text may count: its own document's, else those it names."""
        own = (self.symbol,) if self.symbol is not None else ()
        for found in (own, tuple(symbol for _, _, symbol in symbols.find(self.text))):
            reports = (_REVIEW.fullmatch(symbol.canonical) for symbol in found)
            if kept := tuple(dict.fromkeys(match[1] for match in reports if match)):
                return kept
        return ()

    @cached_property
    def names(self) -> list[tuple[int, int, str]]:
        """Every treaty name in the text."""
        return list(treaty_names(self.lang).all(self.text))


_REVIEW = re.compile(r"(A/HRC/\d+/\d+)(?:/Add\.\d+)?")
_PROTOCOLS = ("ICCPR-OP1", "OP-ICESCR", "OP-CEDAW", "OPCAT", "OP-CRC-AC", "OP-CRC-SC", "OP-CRC-IC", "OP-CRPD")


@cache
def _monitored(body: str) -> tuple[str, ...]:
    known = resolve_body(body)
    return known.monitors if known else ()


@cache
def articles_of(code: str) -> int:
    """How many articles a treaty has; a large number when the catalogue does not say."""
    treaty = treaties().get(code)
    return (treaty.articles if treaty else None) or 400


def context(text: str, *, lang: str, body: str, symbol: str) -> Context:
    """The context of a text. ``body`` may name several ("CRC, CMW"); an unknown body or symbol says nothing."""
    known = None
    if symbol:
        try:
            known = symbols.parse_all(symbol)[0]
        except BadSymbol:
            canonical = symbols.normalise(symbol)
            known = symbols.parse(canonical) if canonical else None
    named = [resolve_body(part) for part in body.replace(";", ",").split(",") if part.strip()]
    if not any(named) and known is not None:
        named = [resolve_body(known.body)]
    codes = tuple(dict.fromkeys(found.code for found in named if found and found.monitors))
    return Context(text, lang, codes, known)
