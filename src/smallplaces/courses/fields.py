"""The front matter of a course's files, read with the line of every field, so that a fault can say where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import yaml

from smallplaces.courses.model import Fault

_FENCE: Final = "---"
_NULL: Final = "tag:yaml.org,2002:null"


@dataclass(slots=True)
class Faults:
    """What was found wrong so far. ``file`` is the one being read."""

    file: str = ""
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a fault of the file being read; ``line`` counts from 1."""
        self.found.append(Fault(self.file, line, message))


class Fields:
    """The fields of one entry. Each method takes one away and notes what is wrong with it; :meth:`close` the rest."""

    def __init__(self, node: yaml.Node | None, faults: Faults, line: int = 1) -> None:
        self.faults = faults
        self.line = node.start_mark.line + 2 if node is not None else line
        self._nodes: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            faults.add(self.line, "expected fields, each with a name and a colon")
            return
        for key, value in node.value:
            name = str(key.value)
            if name in self._nodes:
                faults.add(key.start_mark.line + 2, f"the field {name!r} is given twice")
            self._nodes[name] = value

    def has(self, name: str) -> bool:
        """Whether the field is there and has not been taken."""
        return name in self._nodes

    def line_of(self, name: str) -> int:
        """The line of a field that has not been taken, else of the entry."""
        return self._nodes[name].start_mark.line + 2 if name in self._nodes else self.line

    def text(self, name: str, *, needed: bool = True) -> str:
        """A text, trimmed; "" when it is missing (which is a fault when ``needed``)."""
        line, node = self.line_of(name), self._nodes.pop(name, None)
        if node is None or node.tag == _NULL:
            if needed:
                self.faults.add(line, f"the field {name!r} is missing")
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.faults.add(line, f"the field {name!r} must be a text (in quotes if it has a colon or a bracket)")
            return ""
        text = str(node.value).strip()
        if not text and needed:
            self.faults.add(line, f"the field {name!r} is empty")
        return text

    def one_of(self, name: str, known: Iterable[str]) -> str:
        """One of the words known."""
        line, value = self.line_of(name), self.text(name)
        if value and value not in (words := tuple(known)):
            self.faults.add(line, f"the field {name!r} must be one of: {', '.join(words)}; not {value!r}")
        return value

    def number(self, name: str) -> int:
        """A whole number above nought; 0 for a fault."""
        line, value = self.line_of(name), self.text(name)
        if value.isdecimal() and int(value) > 0:
            return int(value)
        if value:
            self.faults.add(line, f"the field {name!r} must be a whole number above nought; not {value!r}")
        return 0

    def day(self, name: str) -> date:
        """A day, as 2026-11-24."""
        line, value = self.line_of(name), self.text(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            if value:
                self.faults.add(line, f"the field {name!r} must be a day like 2026-11-24; not {value!r}")
            return date.min

    def flag(self, name: str) -> bool:
        """Whether the field says true; absent is false."""
        line, value = self.line_of(name), self.text(name, needed=False).lower()
        if value not in ("", "true", "false"):
            self.faults.add(line, f"the field {name!r} must be true or false; not {value!r}")
        return value == "true"

    def texts(self, name: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for _, text in self.lined_texts(name, needed=needed))

    def lined_texts(self, name: str, *, needed: bool = True) -> tuple[tuple[int, str], ...]:
        """A list of texts, each with its line."""
        found = []
        for node in self._items(name, needed=needed):
            line = node.start_mark.line + 2
            if isinstance(node, yaml.ScalarNode) and str(node.value).strip():
                found.append((line, str(node.value).strip()))
            else:
                self.faults.add(line, f"{name!r} must list texts")
        return tuple(found)

    def groups(self, name: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts; a text alone is a list of one."""
        found = []
        for node in self._items(name):
            words = node.value if isinstance(node, yaml.SequenceNode) else [node]
            texts = tuple(str(word.value).strip() for word in words if isinstance(word, yaml.ScalarNode) and word.value)
            if not texts or len(texts) != len(words):
                self.faults.add(node.start_mark.line + 2, f"each group of {name!r} must list words")
            found.append(texts)
        return tuple(found)

    def entries(self, name: str, *, needed: bool = True) -> list[Fields]:
        """A list of entries with fields of their own."""
        return [Fields(node, self.faults) for node in self._items(name, needed=needed)]

    def close(self) -> None:
        """Note every field that nobody asked for."""
        for name, node in self._nodes.items():
            self.faults.add(node.start_mark.line + 2, f"unknown field {name!r}")

    def _items(self, name: str, *, needed: bool = True) -> list[Any]:
        line, node = self.line_of(name), self._nodes.pop(name, None)
        if node is None or node.tag == _NULL or (isinstance(node, yaml.SequenceNode) and not node.value):
            if needed:
                self.faults.add(line, f"the field {name!r} must list at least one entry")
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.faults.add(line, f"the field {name!r} must be a list")
            return []
        return list(node.value)


@dataclass(frozen=True, slots=True)
class Page:
    """A file taken apart: the fields at its head, the Markdown below, and the line on which that begins."""

    fields: Fields
    body: str
    line: int


def open_page(text: str, faults: Faults) -> Page | None:
    """Take the front matter off a file's text; None, with the fault noted, when it has none that can be read."""
    lines = text.removeprefix("\ufeff").splitlines()
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(ends) < 2 or ends[0] != 0:
        faults.add(1, "the file must begin with --- and its fields, and a second --- before the text")
        return None
    end = ends[1]
    try:
        node = yaml.compose("\n".join(lines[1:end]), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(mark.line + 2 if mark else 1, f"cannot be read as YAML: {error.problem or error.context}")
        return None
    except yaml.YAMLError as error:
        faults.add(1, f"cannot be read as YAML: {error}")
        return None
    body = "\n".join(lines[end + 1 :])
    return Page(Fields(node, faults), body.strip("\n"), end + 2 + len(body) - len(body.lstrip("\n")))
