"""Any document of the field -> numbered, quotable paragraphs.

    bytes -> lines (a reader per format) -> furniture out -> footnotes out -> blocks -> paragraphs

:func:`parse_file` does it in this process; :func:`smallplaces.parse.safely.parse_safely` in a child that can be killed.
"""

from smallplaces.parse.base import Cover, Limits, ParsedDocument
from smallplaces.parse.document import parse_file
from smallplaces.parse.safely import Outcome, parse_many, parse_safely

__all__ = ["Cover", "Limits", "Outcome", "ParsedDocument", "parse_file", "parse_many", "parse_safely"]
