"""Any document of the field -> numbered, quotable paragraphs.

    bytes -> lines (a reader per format) -> furniture out -> footnotes out -> blocks -> paragraphs

:func:`parse_file` does it in this process; :func:`smallplaces.parse.safely.parse_safely` in a child that can be killed.
"""

from smallplaces.parse.base import Cover, Limits, ParsedDocument
from smallplaces.parse.document import parse_file

__all__ = ["Cover", "Limits", "ParsedDocument", "parse_file"]
