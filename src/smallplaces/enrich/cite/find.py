"""Find references in a cleaned text: symbols, articles, comments, goals, resolutions, communications, paragraphs.

Reads clean text (see clean.py) and the grammar of its language; writes references with their spans. Nothing is
looked up here but names that stand beside an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smallplaces.enrich.cite import instruments
from smallplaces.enrich.cite.articles import Item, places, read_list
from smallplaces.enrich.cite.grammar import Grammar
from smallplaces.enrich.cite.names import committee_names
from smallplaces.enrich.cite.reference import Articles, Found, Instrument
from smallplaces.model import symbol as symbols
from smallplaces.model.annotation import CitationKind as Kind
from smallplaces.vocab import resolve_state

_SUFFIX = r"(?:Add|Corr|Rev)\.\s?(?P<first>\d+)(?:-(?P<last>\d+))?"
_MORE_SUFFIX = re.compile(rf"\s?(?:,|and|et|y|и|و|及|和|및)\s?(?P<word>{_SUFFIX})(?!\w)")
_MORE_NUMBER = re.compile(
    r"\s?(?:,|and|et|y|и|و|及|和|및)\s?(?:SR\.\s?)?(?P<number>\d{1,4})(?:-\d{1,4})?(?![\w/.(]|,\d| \w+ \d{4})"
)
_NUMBERED = re.compile(r"(.*(?:/SR\.|/GC/))(\d+)$")
_SLASH = re.compile(r"(?:\s?\((?:19|20)\d\d\))?\s?/\s?")
_MEETINGS = re.compile(r"(.*/SR\.)(\d+)-(\d+)")
_MANY_MEETINGS = 30
_SPOT = re.compile(
    r"(\d{1,3}(?:\.\d{1,3})*(?:\s?\([a-z]{1,4}\))*)(?:\s?(?:-|to|à|au|al?|по|إلى|至|~)\s?(\d{1,3}(?:\.\d{1,3})*))?"
)
_GOAL = re.compile(
    r"(?P<number>\d{1,2})(?:\.(?P<target>\d{1,2}|[a-d])(?!\w)|\s(?P<letter>[a-d])\)?(?=[\s,.;)]))?(?![\d/%])"
)
_GOAL_MORE = re.compile(r"\s?(?:,\s?(?:and|et|y|и)|,|and|et|y|e|и|و|-)\s?(?=\d)")
_ARABIC_TARGET = re.compile(r"(?<=\d)-(?=\d)")  # target 5.1 is printed 5-1
_WITH_LETTER = re.compile(
    r"(?P<number>\d{1,4})(?P<gap> ?)(?P<letter>[A-H])(?P<pins>(?:\s?\(\s?\w{1,3}\s?\))*)(?:/\w)?(?!\w)"
)
_LETTERED = re.compile(r"(?:-[A-Z]|\s?°)(?!\w)")
_SENTENCE = re.compile(
    r"(?<! v)(?<!para)(?<!paras)(?<!No)(?<!Nos)(?<!art)(?<!arts)(?<!núm)(?<!párr)[.?!]\s+(?=[\"“(]?[A-ZА-ЯÉÀ])"
)
_TO_ORGAN = re.compile(
    r"(?: [A-Z])?(?: (?:of|du|de|от) \d{1,2} \w+ (?:19|20)\d\d)?,?\s"
    r"(?:(?:of|by|adopted by|the|de|du|la|le|l'|del|el)\s?)*"
)
_CASE_NUMBER = re.compile(r"\d/(?:19|20)\d\d")
_CASE_NAME = re.compile(
    r"((?:[A-ZÀ-ÝА-Я][\w.'-]*\s+"
    r"(?:(?:and others|et al\.?,?|et autres|y otros|de|del|da|van|von|der|la|bin|al|and|i|y)\s+)*){1,5})$"
)
_CASE_BEFORE = re.compile(r"(?P<case>\d{1,4}/(?:19|20)\d\d)(?:,| ?\()\s*$")
_CASE_AFTER = re.compile(r",? \(?(?:[Cc]ommunication|[Cc]ase)?\s?(?:[Nn]o\.?)?\s?(?P<case>\d{1,4}/(?:19|20)\d\d)")
_OPENING = re.compile(r"(?<!\w)(?:In|See|And|The|With|As|For|Cf\.|Also|Similarly|Contrary)\s(?=[A-Z])")
_NAMED_CASE = re.compile(r"(?P<case>\d{1,4}/(?:19|20)\d\d)(?=,? \([^()]{2,80}? (?:v|c)\. )")
_IN_BRACKETS = re.compile(r"\s?\(([^()]{5,90})\)")
_STATE_NAME = re.compile(r"(?:the )?[A-Z][\w'-]+(?:(?: of| and| the)* [A-Z][\w'-]+)*")


def find_symbols(text: str, rules: Grammar | None) -> Iterator[Found]:
    """Document symbols, with what continues them ("and Corr.1", "12 and 14") and the paragraphs that follow."""
    for begin, stop, symbol in symbols.find(text):
        start, end = begin, stop
        names = [name for s in symbols.expand(symbol) for name in _meetings(s.canonical)]
        while more := _MORE_SUFFIX.match(text, end):
            word = more["word"][:4].rstrip(".")
            last = int(more["last"] or more["first"])
            names += [f"{symbol.canonical}/{word}.{n}" for n in range(int(more["first"]), min(last, 200) + 1)]
            end = more.end()
        if text[end : end + 1] in ("-", "/"):  # a joint document: "CEDAW/C/GC/31-CRC/C/GC/18"
            for joined, close, other in symbols.find(text[end + 1 : end + 80]):
                if joined == 0 and other.body != symbol.body:
                    names.append(other.canonical)
                    end += 1 + close
                break
        numbered = _NUMBERED.fullmatch(symbol.canonical)
        while numbered and (more := _MORE_NUMBER.match(text, end)):
            names.append(numbered[1] + more["number"])
            end = more.end()
        spots, end = _spots(text, end, rules) if len(names) == 1 else ((), end)
        ahead = rules.paragraph_of.search(text, max(0, start - 60), start) if rules and not spots else None
        if ahead and len(names) == 1:
            spots, start = spots_of(ahead["list"]), ahead.start()
        yield Found(start, end, Kind.SYMBOL, tuple(dict.fromkeys(names)), spots)


def _meetings(name: str) -> list[str]:
    """The summary records of several meetings, "CRPD/C/SR.46-48", one by one."""
    match = _MEETINGS.fullmatch(name)
    if match is None or not 0 < int(match[3]) - int(match[2]) < _MANY_MEETINGS:
        return [name]
    return [f"{match[1]}{number}" for number in range(int(match[2]), int(match[3]) + 1)]


def _spots(text: str, end: int, rules: Grammar | None) -> tuple[tuple[str, ...], int]:
    match = rules.paragraph.match(text, end) if rules else None
    if match is None:
        return (), end
    return spots_of(match["list"]), match.end()


def spots_of(words: str) -> tuple[str, ...]:
    """Paragraphs as targets name them: "15 (a), 20 and 30 to 35" gives 15(a), 20, 30-35."""
    return tuple(re.sub(r"\s", "", first) + (f"-{last}" if last else "") for first, last in _SPOT.findall(words))


def find_articles(text: str, rules: Grammar) -> list[Articles]:
    """Lists of articles, each with the instrument it names or shares with the next in its chain."""
    found: list[Articles] = []
    reached = 0
    for match in sorted((*rules.article.finditer(text), *rules.roman.finditer(text)), key=re.Match.start):
        if match.start() < reached:
            continue
        if match.re is rules.roman:
            reference = _roman_articles(text, match, rules)
        else:
            reference = _lettered(text, match, rules) or _listed(text, match, reached, rules)
        if reference is None:
            continue
        reached = reference.end
        found.append(reference)
    _share(text, found, rules)
    return found


def _listed(text: str, match: re.Match[str], reached: int, rules: Grammar) -> Articles | None:
    """A list of articles in figures, with the paragraphs that stand before it and its instrument."""
    end, items = read_list(text, match.end(), rules, many=bool(match["many"]))
    if not items:
        return None
    start = match.start()
    ahead = rules.before.search(text, max(reached, start - 90), start)
    if ahead and len(items) == 1 and not items[0][1]:
        found_places = places(ahead["numbers"])
        start = ahead.start()
        further = rules.before.search(text, max(reached, start - 60), start)
        if further and found_places[0][0].isdigit() and not further["numbers"][0].isdigit():
            letters = places(further["numbers"])  # "subparagraph (b) of paragraph 2 of article 5"
            found_places = [(*found_places[0], *letter) for letter in letters]
            start = further.start()
        items = [(items[0][0], place) for place in found_places] or items
    reference = Articles(start, end, items, instruments.after(text, end, rules))
    if _LETTERED.match(text, end):  # "article 156-A" is no article of a treaty
        reference.instrument = Instrument("law", "", end, end)
    if reference.instrument is None:
        reference.instrument = instruments.before(text, start, rules)
        reference.heading = reference.instrument is None and _is_heading(text, start, end)
        reference.on_subject = text.startswith(" on ", end) or text.startswith(" (", end)
        reference.bracketed = text[:start].endswith("(") and text.startswith(")", end)
        reference.beside_law = reference.instrument is None and instruments.law_in_sentence(text, start, rules)
    elif reference.instrument.sort != "same":
        reference.end = max(end, reference.instrument.end)
    return reference


def _lettered(text: str, match: re.Match[str], rules: Grammar) -> Articles | None:
    """ "article 1A (2) of the Refugee Convention": section A of article 1. Laws number whole articles so ("323A")."""
    lettered = _WITH_LETTER.match(text, match.end())
    if lettered is None or (lettered["gap"] and not rules.after.match(text, lettered.end())):
        return None
    pins = (lettered["letter"], *re.findall(r"\w+", lettered["pins"]))
    instrument = instruments.after(text, lettered.end(), rules) or instruments.before(text, match.start(), rules)
    if instrument is None or instrument.sort not in ("treaty", "foreign"):
        instrument = Instrument("law", "", lettered.end(), instrument.end if instrument else lettered.end())
    end = max(lettered.end(), instrument.end)
    return Articles(match.start(), end, [(lettered["number"], pins)], instrument)


def _roman_articles(text: str, match: re.Match[str], rules: Grammar) -> Articles | None:
    """ "article VI of the Genocide Convention". Without an instrument beside it nothing is claimed: constitutions
    number so ("art. XI, section 4"), and "article I" may be a printed 1 or the word."""
    section = rules.section.match(text, match.end())
    end = section.end() if section else match.end()
    instrument = None if section else instruments.after(text, end, rules)
    if section:
        instrument = Instrument("law", "", end, end)
    elif instrument is None or instrument.sort == "same":
        instrument = instruments.before(text, match.start(), rules)
    if instrument is None:
        return None
    items: list[Item] = [(str(_roman(numeral)), ()) for numeral in re.findall(r"[IVXL]+", match["list"])]
    return Articles(match.start(), max(end, instrument.end), items, instrument)


def _is_heading(text: str, start: int, end: int) -> bool:
    """A heading that ends a paragraph ("Education (art. 24)", "Article 10 Right to life") or begins it."""
    rest, lead = text[end : end + 300].strip(), text[max(0, start - 40) : start]
    if lead.endswith("(") and re.match(r"\) [A-ZА-ЯÉÀÍÓ]", rest):
        return True
    if rest in ("", ")") and lead.rstrip().endswith("("):
        return True
    if start == 0 or (start < 40 and lead.isspace()):  # ("Article 16 Protection from violence" alone, and no sentence)
        alone = text[end:].strip()
        return rest.startswith((":", "-")) or (0 < len(alone) < 100 and alone[0].isupper() and alone[-1] not in ".;:)")
    return len(rest) < 120 and bool(re.match(r"[-:]?\s?[A-ZА-ЯÉÀÍÓ]", rest) or not rest) and not rest.endswith(".")


def _share(text: str, found: list[Articles], rules: Grammar) -> None:
    """In "articles 2 and 3, read in conjunction with article 26 of the Covenant" all belong to the Covenant."""
    for left, right in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if left.instrument is None and right.instrument is not None and right.instrument.sort != "same":
            gap = text[left.end : right.start]
            if len(gap) < 90 and rules.chain.fullmatch(gap) and right.instrument.start > right.start:
                left.instrument, left.shared, left.heading = right.instrument, True, False


def find_comments(text: str, rules: Grammar) -> Iterator[Found]:
    """General comments and recommendations by number: (number, year) as "36" or "36/2018"."""
    reached, beside = 0, ""
    for match in rules.comment.finditer(text):
        if match.start() < reached:
            continue
        joint = beside if reached and _SLASH.fullmatch(text, reached, match.start()) else ""
        beside = match["n"]
        hint, end = _committee(text, match.start(), match.end(), rules)
        recommended = (
            "recommend" in match[0].lower() or "recomend" in match[0].lower() or "рекоменд" in match[0].lower()
        )
        extra = {"word": "recommendation"} if recommended else {}
        if joint:
            extra["joint"] = joint
        spots, end = _spots(text, end, rules)
        start = match.start()
        if not spots and (ahead := rules.paragraph_of.search(text, max(reached, start - 90), start)):
            spots, start = spots_of(ahead["list"]), ahead.start()
        yield Found(start, end, Kind.GENERAL_COMMENT, (_numbered(match),), spots, hint, extra)
        while (match["many"] or match["joint"]) and (more := rules.comment_more.match(text, end)):
            if not more["sign"] and len(more["gap"].strip(" ,")) > 4:
                break
            if re.match(r"\s?(?:%|per cent|years?|days?|of (?:the )?(?:States|\d))", text[more.end() :]):
                break
            begin = more.start("sign") if more["sign"] else more.start("n")
            other, end = _committee(text, begin, more.end(), rules)
            spots, end = _spots(text, end, rules)
            yield Found(begin, end, Kind.GENERAL_COMMENT, (_numbered(more),), spots, other or hint, extra)
        reached = end


def _numbered(match: re.Match[str]) -> str:
    number = match["n"] if match["n"].isdigit() else str(_roman(match["n"]))
    return number + (f"/{match['year']}" if match["year"] else "")


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _committee(text: str, start: int, end: int, rules: Grammar) -> tuple[str, int]:
    """The committee named right after ("of the Committee against Torture") or shortly before in the sentence."""
    names = committee_names(rules.lang)
    tie = rules.committee_of.match(text, end)
    named = names.at(text, tie.end()) if tie else None
    opens_clause = named is not None and tie is not None and tie[0].strip(" the") == ","
    if named and not opens_clause:
        return named[1], named[0]
    stop = max(0, start - 260)
    for boundary in _SENTENCE.finditer(text, stop, start):
        stop = boundary.end()
    before = [code for _, _, code in names.all(text, stop, start)]
    if not before and named:  # "In its general comment No. 13, the Committee against Torture …"
        return named[1], end
    return (before[-1] if before else ""), end


def find_goals(text: str, rules: Grammar, *, recent: bool) -> Iterator[Found]:
    """Sustainable Development Goals and targets. ``recent``: the document is of 2015 or later, so "Goal 3" is one."""
    context = recent or bool(rules.goal_context.search(text))
    other = bool(rules.goal_other.search(text))
    for match in rules.target_of_goal.finditer(text):
        if context and not other:
            parts = re.findall(r"\d+|(?<!\w)[a-d](?!\w)", match["target"])
            yield Found(match.start(), match.end(), Kind.SDG, tuple(f"{match['goal']}.{part}" for part in parts))
    if rules.lang == "ar":
        text = _ARABIC_TARGET.sub(".", text)
    for pattern, needs_target in ((rules.goal, False), (rules.target, True)):
        for match in pattern.finditer(text):
            named = bool(rules.goal_context.search(match[0]))
            if not named and not (recent and needs_target) and (other or not context):
                continue
            end, goals = _goals(text, match.end())
            goals = [g for g in goals if 1 <= int(g.partition(".")[0]) <= 17 and ("." in g or not needs_target)]
            if goals:
                yield Found(match.start(), end, Kind.SDG, tuple(dict.fromkeys(goals)))


def _goals(text: str, position: int) -> tuple[int, list[str]]:
    goals: list[str] = []
    end = position
    while match := _GOAL.match(text, position):
        part = match["target"] or match["letter"]
        goals.append(match["number"] + (f".{part}" if part else ""))
        end = match.end()
        more = _GOAL_MORE.match(text, end)
        if more is None:
            break
        position = more.end()
    return end, goals


def find_resolutions(text: str, rules: Grammar) -> Iterator[Found]:
    """Resolutions by number, with the organ that the text names nearest to each."""
    for match in rules.resolution.finditer(text):
        forms, end = [match["form"]], match.end()
        while more := rules.resolution_more.match(text, end):
            forms.append(more["form"])
            end = more.end()
        hint = _organ(text, match.start(), end, rules)
        year = re.match(r"[^.;]{0,12}?(?:of|du|de|от)\s[^.;]{0,20}?((?:19|20)\d\d)", text[end : end + 45])
        extra = {"year": year[1]} if year else {}
        yield Found(match.start(), end, Kind.RESOLUTION, tuple(forms), (), hint, extra)


def find_council_resolutions(text: str, rules: Grammar) -> Iterator[Found]:
    """ "Security Council resolution 1325": that organ's numbers run on, so that they need no year."""
    for match in rules.security_council.finditer(text):
        yield Found(match.start(), match.end(), Kind.RESOLUTION, (f"S/RES/{match['number']}",), (), "symbol")


def _organ(text: str, start: int, end: int, rules: Grammar) -> str:
    before = list(rules.organ.finditer(text, max(0, start - 200), start))
    near = before[-1] if before else None
    if near is not None and start - near.end() < 25:
        return near.lastgroup or ""
    following = rules.organ.search(text, end, min(len(text), end + 60))
    if following is not None and _TO_ORGAN.fullmatch(text, end, following.start()):
        return following.lastgroup or ""
    return (near.lastgroup or "") if near is not None else ""


def find_communications(text: str, rules: Grammar) -> Iterator[Found]:
    """Individual communications by number: "Nos. 690/1996 and 691/1996"."""
    if not _CASE_NUMBER.search(text):
        return
    for match in rules.communication.finditer(text):
        cases = tuple(re.findall(r"\d{1,4}/\d{4}", match["list"]))
        hint, _ = _committee(text, match.start(), match.end(), rules)
        yield Found(match.start(), match.end(), Kind.COMMUNICATION, cases, (), hint)
    for match in _NAMED_CASE.finditer(text):
        yield Found(match.start(), match.end(), Kind.COMMUNICATION, (match["case"],))


def find_cases(text: str, rules: Grammar) -> Iterator[Found]:
    """Individual communications by name: "Kang v. Republic of Korea", with the symbol or number beside it."""
    for match in rules.versus.finditer(text):
        begin = max(0, match.start() - 80)
        author = _CASE_NAME.search(_OPENING.sub(lambda m: " " * len(m[0]), text[begin : match.start() + 1]))
        end = _state_at(text, match.end())
        if not author or not end:
            continue
        start = begin + author.start()
        follows = _IN_BRACKETS.match(text, end)
        targets = [s.canonical for _, _, s in symbols.find(follows[1])] if follows else []
        beside = _CASE_BEFORE.search(text, max(0, start - 24), start) or _CASE_AFTER.match(text, end)
        cases = (beside["case"],) if beside and not targets else ()
        hint = _committee(text, start, end, rules)[0] if cases else ""
        yield Found(start, end, Kind.COMMUNICATION, cases, tuple(targets[:1]), hint, {"name": text[start:end]})


def _state_at(text: str, start: int) -> int:
    """Where the State named at ``start`` ends; 0 when the words name none ("v. Attorney General")."""
    match = _STATE_NAME.match(text, start)
    words = match[0] if match else ""
    while words:
        if resolve_state(words.removeprefix("the ")):
            return start + len(words)
        words = words.rpartition(" ")[0]
    return 0


def find_review_recommendations(text: str, rules: Grammar) -> Iterator[Found]:
    """Recommendations of a review by number: "recommendations 137.197 and 137.198"."""
    for match in rules.recommendation.finditer(text):
        yield Found(match.start(), match.end(), Kind.PARAGRAPH, (), spots_of(match["list"]), "review")


def find_own_paragraphs(text: str, rules: Grammar) -> Iterator[Found]:
    """Paragraphs of the same document: "see paragraphs 12 to 15 above", "(see paras. 3.4 and 5.12)"."""
    for match in (*rules.own_paragraph.finditer(text), *rules.see_paragraph.finditer(text)):
        yield Found(match.start(), match.end(), Kind.PARAGRAPH, (), spots_of(match["list"]))
