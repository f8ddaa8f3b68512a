"""The grammar of United Nations document symbols: patterns and tables, read by :mod:`smallplaces.model.symbol`.

Sources: the Dag Hammarskjöld Library's guide to symbols, the working methods of the treaty bodies, and the
symbols of the documents themselves.
"""

from __future__ import annotations

import re

from smallplaces.model.document import Kind

TREATY_BODIES = ("CCPR", "CEDAW", "CERD", "CRPD", "CAT", "CED", "CMW", "CRC")
"""First parts of the symbols of treaty bodies (CESCR is E/C.12)."""

SPELLING = {w.upper(): w for w in ("Add", "Rev", "Corr", "Amend", "Summary", "Sub", "Misc", "Vol")}
SUFFIXES = ("Add.", "Rev.", "Corr.", "Amend.", "Summary")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-") | dict.fromkeys(map(ord, "∕⁄／"), "/")
DASH = "[-‐‑‒–—−]"

# One part. Numbers may be a range (cycles 2-3) or the joined communications of one decision (1152&1190).
STATE = rf"(?:[A-Z]{{3}}(?:{DASH}[A-Z]{{3}})?|EU)"
NUMBER = rf"\d+(?:{DASH}\d+)?"
SUFFIX = r"(?:(?:Add|ADD|Rev|REV|rev|add|Corr|CORR|Amend|AMEND)\.? ?\d+|Summary|SUMMARY)"
JOINED = r"\d+(?:(?:[&,/]|-(?=\d))\d+)*/\d{4}(?!\d)"
COMMUNICATION = rf"DR?/(?:R/)?{JOINED}|D/JC?/?\d+"
PART = (
    rf"(?:{SUFFIX}|(?:[A-Z][A-Za-z]{{0,4}}\. ?{NUMBER})|[A-Z]{{1,2}}-\d+"
    rf"|{STATE}(?![A-Za-z])|[A-Z][A-Z0-9]{{0,8}}(?![A-Za-z])|{NUMBER})"
)
ROMAN = r"[IVXLC]+"
FIRST = (
    rf"(?:{'|'.join(TREATY_BODIES)}|(?i:ccpr))/(?:C\d?|CO|OP|SP|GC|PSWG|\d{{4}})"
    r"|HRI/(?:GEN|CORE|MC|ICM|NONE)"
    rf"|A/RES/\d+(?:/\d+[A-Z]?| ?[A-Z]? ?\({ROMAN}\))|S/RES/\d+(?: ?\(\d{{4}}\))?"
    rf"|A/(?:HRC|CONF\.\d+|C\.\d|AC\.\d+|CN\.\d+|INF|DEC|BUR|SPC|{ROMAN}|ES-\d+|S-\d+|\d{{1,2}}(?=/)|\d{{4,5}})"
    r"|E/(?:C\.\d+|CN\.\d+|AC\.\d+|RES|DEC|CONF\.\d+|INCB|ESCAP|ECE|ECA|CEPAL|\d{4})"
    r"|S/(?:PRST|PV\.\d+|AC\.\d+|\d{4,5})"
    r"|ST/(?:SGB|AI|LEG|ESA|HR|CTC)|TD/B|FCCC/[A-Z]+|CBD/[A-Z]+|DP/\d{4}|T/PET|HR/PUB"
)
TAIL = rf"(?:/ ?(?!{'|'.join(f'{b}/C/' for b in TREATY_BODIES)}|E/C[./])(?:{COMMUNICATION}|{PART}))*"
# After a hyphen only in double symbols of one document: "E/1989/22-E/C.12/1989/5".
SYMBOL = re.compile(
    r"(?<![A-Za-z0-9À-ɏ_/.=%@&#?])(?:(?<!-)|(?<=\d-)(?=E/C\.))"  # no part of a word or an address
    rf"((?:{FIRST}){TAIL})(?:/ ?({SUFFIX}))?(?![A-Za-z0-9]|/[A-Za-z0-9])"
)
LOCATOR = re.compile(r"[\s,;]*((?:\(?(?:vol|p|pp|chap|sect|annex|para|paras|part)\b).*)$", re.IGNORECASE)

ORGANS = (
    ("A/HRC/WG.6/", "UPR"),
    ("A/HRC/", "HRC"),
    ("A/HRC", "HRC"),
    ("E/CN.4/Sub.2/", "SUBCOM"),
    ("E/CN.4/", "CHR"),
    ("E/CN.6/", "CSW"),
    ("E/C.12/", "CESCR"),
    ("CAT/OP/", "SPT"),
    ("HRI/", "HRI"),
    ("A/", "GA"),
    ("E/", "ECOSOC"),
    ("S/", "SC"),
)
KINDS = {
    "CO": Kind.CONCLUDING_OBSERVATIONS,
    "CR": Kind.CONCLUDING_OBSERVATIONS,  # CAT/C/CR/…, 2002-2004
    "GC": Kind.GENERAL_COMMENT,
    "Q": Kind.LIST_OF_ISSUES,
    "QPR": Kind.LIST_OF_ISSUES_PRIOR,
    "RQ": Kind.REPLIES,
    "RESP": Kind.REPLIES,
    "FCO": Kind.FOLLOW_UP,
    "D": Kind.VIEWS,
    "DR": Kind.VIEWS,
    "RES": Kind.RESOLUTION,
}
UPR_KINDS = {"1": Kind.UPR_NATIONAL_REPORT, "2": Kind.UPR_COMPILATION, "3": Kind.UPR_STAKEHOLDERS}
# Series in which every addendum is a document about another State or subject.
SERIES = re.compile(r"(?:[A-Z]+/C/\d+|E/C\.12/\d|E/\d{4}/\d{1,2}|HRI/CORE/\d|CCPR/C/21/Rev\.\d)$")
SERIES_KINDS = (
    (re.compile(r"(?:CCPR/C/79|CRC/C/15|E/C\.12/1|CERD/C/304)/Add\.\d+"), Kind.CONCLUDING_OBSERVATIONS),
    (re.compile(r"CCPR/C/21/Rev\.\d/Add\.\d+"), Kind.GENERAL_COMMENT),
    (re.compile(r"HRI/CORE/"), Kind.STATE_REPORT),
)


NOT_STATES = frozenset(
    {"QPR", "FCO", "RES", "DEC", "NGO", "CRP", "INF", "WGAD", "GEN", "HRC", "SGB", "CPR", "MSP", "ICM"}
)

BODY_WORD = rf"(?:{'|'.join(TREATY_BODIES)})"
DOTTED = frozenset(
    {"CN", "WG", "ADD", "REV", "CORR", "AMEND", "SUB", "SR", "CRP", "AC", "CONF", "PV", "WP", "MISC", "L"}
)
GLUED = re.compile(rf"({BODY_WORD}|EC\.?12)(C?)([A-Z]{{3}})?(CO|QPR|RQ|FCO|Q|GC)?(\d+(?:-\d+)?)")

PARAGRAPH = re.compile(
    r"(?:[\s,;:]*(?:\b(?:paragraphs?|paras?|para|pár+s?|párrafos?|parrafos?|paragraphes?|пункт|пп?|§)\b\.?|[¶§#]+|فقرة|الفقرة|第|제)\s*)"
    r"(\d{1,3}(?:\.\d{1,3})*(?:\s*\([a-z]+\))*)\s*(?:항|문단|호|段|款)?[\s.]*$",
    re.IGNORECASE,
)

# What names an organ or a year's series, not a document.
SERIES_ONLY = re.compile(
    r"(?:A/HRC(?:/\d+|/WG\.\d+)?|E/CN?\.\d+|A/(?:C|AC|CN|CONF)\.\d+|E/(?:19[4-9]|20[0-4])\d|[A-Z]+/\d{4})$"
)

# Where one symbol ends and the next begins in a field that names several.
BOUNDARY = re.compile(rf"\s*[,;&/-]?\s*(?=(?<=[\s,;&/-])(?:{BODY_WORD}/C/|E/C[./]1))")
