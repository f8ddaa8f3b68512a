"""The cover: symbol, dates, body, State, session and title, read from the lines before the text begins.

Reads: furniture and the lines before the first numbered paragraph or heading. Writes: a :class:`Cover` and
the lines that are the cover's form. The distribution date is the one beside "Distr."; the date of adoption
is only taken from words that say so.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from smallplaces.errors import BadSymbol
from smallplaces.model import symbol as symbols
from smallplaces.parse.base import Cover, Line
from smallplaces.parse.blocks import Block
from smallplaces.parse.dates import find_dates
from smallplaces.parse.layout import closed, is_contents
from smallplaces.parse.ordinals import in_figures
from smallplaces.vocab import resolve_state

_FORM = re.compile(
    r"""^(?:united\s*nations(?:\s+[AES])?|united|nations(?:\s+[AES])?(?:\s+united)?|nations\s*unies|naciones\s*unidas|организация\s*объединенных\s*наций|الأمم\s*المتحدة|联\s*合\s*国
    |distr\b.*|general|générale|limited|restricted|original\b.*|advance\b.*|unedited\b.*|english|french|spanish|arabic|russian|chinese
    |[A-Z]{3,9}\s+ONLY|english\s+only|a|e|distr\.?:?\s*general.*|.*\bdistr\.?:?\s*g[eé]n[eé]ral.*
    |оригинал.*|язык.*|общее|الأصل.*|عام)$""",
    re.IGNORECASE | re.VERBOSE,
)
_ORGAN = re.compile(
    r"""^(?:general\s+assembly|human\s+rights\s+council|economic\s+and\s+social\s+council|committee\b|committee\s+(?:on|against)|the\s+committee|comit[ée]\b
    |assemblée\s+générale|conseil\s+(?:des\s+droits|économique)|consejo\s+(?:de\s+derechos|económico)|asamblea\s+general|комитет\b|совет\s+по|генеральная\s+ассамблея
    |international\s+(?:covenant|convention)|convention\b|convenci[oó]n\b|pacte\b|pacto\b|конвенция\b|международный\s+пакт|اللجنة\s+المعنية|لجنة|اتفاقية|الجمعية|مجلس\s+حقوق
    |and\s+other\s+cruel|degrading\s+treatment|.*\bsession$|.*\bs[eé]ance\b|.*\bper[ií]odo\s+de\s+sesiones|.*\bсессия\b|الدورة.*
    |(?:provisional\s+)?agenda\s+item.*|item\s+\d+.*|point\s+\d+.*|tema\s+\d+.*|пункт\s+\d+.*|البند.*|geneva,.*|genève,.*|ginebra,.*|женева.*|new\s+york,.*|working\s+group\s+on\s+the\s+universal.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_ORIGINAL = re.compile(r"(?:original|оригинал|الأصل)\s*:?\s*(\S+)", re.IGNORECASE)
_SESSION = re.compile(
    r"((?:[\w-]+\s)?[\w-]*(?:\dst|\dnd|\drd|\dth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|teenth|tieth))"
    r"\s+session\b"
    r"|((?:\d+[eoº°]?|\w*(?:ésimo|écimo|primer|segundo|tercer|cuarto|quinto|sexto|séptimo|octavo|noveno)\w*)\s+per[ií]odo\s+de\s+sesiones)"
    r"|((?:\w+\s)?\w*(?:ième|mière|conde)\s+session)\b|(\S+\s+сесси[ия])\b",
    re.IGNORECASE,
)
_ADOPTED = (
    re.compile(
        r"\b(?:adopted|adopt[ée]|a adopté|aprob[óo]|aprobó|adopted by the committee)\b[^.]{0,240}", re.IGNORECASE
    ),
    re.compile(r"\b(?:принял|приняты|принято|утвердил)\w*[^.]{0,240}", re.IGNORECASE),
    re.compile(r"(?:واعتمدت|اعتمدت)[^.]{0,240}"),
    re.compile(r"通过[^。]{0,120}|[^。]{0,120}通过"),
)
_SAYS_KIND = re.compile(r"(?i)report|observations|views|issues|comment|observaciones|informe|rapport|доклад|замечан")
OPENING = re.compile(r"(?:introduc|введение|مقدمة|导言|서론|서문)", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:table\s+of\s+)?contents|table\s+des\s+mati[eè]res|sommaire|[íi]ndice|содержание|оглавление|المحتويات|目录|차례|목차",
    re.I,
)


def symbol_of(first: list[Line], everything: list[str]) -> symbols.Symbol | None:
    """The document's own symbol: the one on its first page and most often at the heads of its pages."""
    votes: Counter[str] = Counter()
    for line in first:
        for _, _, found in symbols.find(line.text):
            votes[found.canonical] += 3 if len(line.text) < 60 and not line.text.lstrip().startswith(("*", "1")) else 1
    for text in everything:
        if len(text) < 60:
            for _, _, found in symbols.find(text):
                votes[found.canonical] += 2
    if not votes:
        return None
    try:
        return symbols.parse(votes.most_common(1)[0][0])
    except BadSymbol:
        return None


def contents(blocks: list[Block]) -> set[int]:
    """The blocks of a table of contents: its heading and its entries."""
    taken: set[int] = set()
    inside = False
    for position, block in enumerate(blocks[:400]):
        text = block.text.strip()
        if _CONTENTS.fullmatch(text.split("\n")[0]) or (_CONTENTS.match(text) and len(text) < 40):
            inside = True
            taken.add(position)
        elif block.kind == "contents" or any(is_contents(line) for line in block.lines):
            taken.add(position)
            inside = True
        elif inside:
            column = re.fullmatch(
                r"(?:paragraphs?|page|pages|paragraphes|p[áa]rrafos|p[áa]gina|пункты|стр\.?|الفقرات|الصفحة|\s)+",
                text,
                re.I,
            )
            entry = re.search(r"\s\d{1,3}(?:\s?[-–]\s?\d{1,3})?(?:\s+\d{1,3})?$", text) and not block.marker
            if column or entry or (len(text) < 160 and not block.marker and _entry_ahead(blocks, position)):
                taken.add(position)
            else:
                inside = False
    return taken


def _entry_ahead(blocks: list[Block], position: int) -> bool:
    """Whether an entry with leading dots follows close by, so that this line is part of the contents too."""
    ahead = blocks[position + 1 : position + 8]
    stop = next((i for i, block in enumerate(ahead) if block.marker), len(ahead))
    return any(is_contents(line) for block in ahead[:stop] for line in block.lines)


def form_and_title(front: list[Block]) -> tuple[set[int], list[int]]:
    """Positions of the blocks that are the cover's form, and of those that are the title."""
    form: set[int] = set()
    title: list[int] = []
    for position, block in enumerate(front):
        text = re.sub(r"\s+", " ", block.text).strip(" *")
        if is_form(text) or (symbols.find(text) and len(text) < 60 and not title):
            form.add(position)
        elif _ORGAN.match(text) and len(text) < 170 and not (title and _SAYS_KIND.search(text)):
            form.add(position)
            form.update(title)  # what stood above the organ's name was the rest of another name
            title.clear()
        elif (block.bold or block.kind == "heading") and (not title or title[-1] >= position - 2) and len(text) < 400:
            title.append(position)
    return form, title or _plain_title(front, form)


def _plain_title(front: list[Block], form: set[int]) -> list[int]:
    """The title where nothing is set in a type of its own (plain text, old files): what follows the form, up to the
    first sentence or the first word of the text."""
    if not form or any(block.bold or block.kind == "heading" for block in front):
        return []
    title: list[int] = []
    for position in range(max(form) + 1, min(len(front), max(form) + 8)):
        text = front[position].text.strip()
        if len(text) > 300 or closed(text) or OPENING.match(text) or front[position].marker:
            break
        title.append(position)
    return title


def is_form(text: str) -> bool:
    """Whether a line belongs to the printed form of the cover: the organization's name, symbol, dates, languages."""
    if len(text) < 160 and re.search(r"(?i)\b(?:distr\.|original\s*:|оригинал\s*:)", text):
        return True
    rest = text
    for start, end, _ in reversed(symbols.find(text)):
        rest = rest[:start] + " " + rest[end:]
    rest = re.sub(r"\s+", " ", rest).strip(" *")
    if not re.sub(r"[\W\d_]+", "", rest) or _FORM.match(rest):
        return True
    if re.match(r"\d{1,2}(?:\s+\w+)?\s?[–-]\s?\d{1,2}\s+\w+\s+(?:19|20)\d\d\b", text) and len(text) < 120:
        return True  # the days of a session
    return bool(find_dates(text)) and len(text) < 48


def read(symbol: symbols.Symbol | None, front: list[str], notes: list[str], opening: list[str], title: str) -> Cover:
    """The cover's facts. ``front`` are the lines before the text, ``opening`` the first paragraphs of the text."""
    state = ""
    if symbol and symbol.state:
        found = resolve_state(symbol.state.split("-")[-1])
        state = found.code if found else symbol.state
    if not state:
        state = _state_in(title)
    return Cover(
        symbol=symbol.canonical if symbol else "",
        title=title,
        body=symbol.body if symbol else "",
        state=state,
        session=_session(front, notes),
        original=_original(front),
        adopted=_adopted(opening + notes),
        distributed=_distributed(front),
    )


def _state_in(title: str) -> str:
    """The State a title ends with or names after "of"/"by" ("… on the initial report of Andorra")."""
    words = re.sub(r"[*†]+", "", title).strip()
    pieces = re.split(r"\s[–—:]\s|\n", words)
    for piece in reversed(pieces):
        whole = resolve_state(piece) or resolve_state(re.sub(r"\s*\(including.*", "", piece))
        if whole:
            return whole.code
        tail = piece.split()
        for start in range(len(tail)):
            found = resolve_state(" ".join(tail[start:]))
            if found:
                return found.code
    return ""


def _session(front: list[str], notes: list[str]) -> str:
    for text in [*front, *notes]:
        match = _SESSION.search(text)
        if match:
            found = re.sub(r"\s+", " ", next(group for group in match.groups() if group)).strip()
            return in_figures(re.sub(r"^(?:at|its|the|of|sa|la|su)\s+", "", found))
    return ""


def _original(front: list[str]) -> str:
    for text in front:
        match = _ORIGINAL.search(text)
        if match:
            return match[1].strip(".,").capitalize()
    return ""


def _distributed(front: list[str]) -> date | None:
    """The date that follows "Distr."; else the first date of the form that is no span of a session."""
    start = next((i for i, text in enumerate(front) if re.search(r"(?i)distr", text)), 0)
    for text in front[start : start + 14]:
        if re.search(r"\d\s?[–-]\s?\d", text) and "/" not in text:
            continue
        dates = find_dates(text)
        if dates:
            return dates[0]
    return None


def _adopted(texts: list[str]) -> date | None:
    for text in texts:
        for pattern in _ADOPTED:
            for match in pattern.finditer(text):
                words = re.sub(r"\([^)]*[–-][^)]*\)?", " ", match.group())
                dates = find_dates(words)
                if dates:
                    return dates[-1]
    return None
