"""The Sustainable Development Goals and their targets."""

from __future__ import annotations

from dataclasses import dataclass, field

from smallplaces.model.language import Names, in_language


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal ("5") or a target of it ("5.2", "5.a"). Targets are named in English and Korean alone."""

    code: str
    names: Names = field(hash=False)

    @property
    def goal(self) -> str:
        """The number of the goal that it is or belongs to."""
        return self.code.partition(".")[0]

    @property
    def is_target(self) -> bool:
        """Whether it is a target, not a goal."""
        return "." in self.code

    def name(self, lang: str = "en") -> str:
        """The short name in ``lang``, else in English."""
        return in_language(self.names, lang)
