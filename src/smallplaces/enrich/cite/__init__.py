"""Citations: clean the text, find references, resolve what they lead to, annotate."""

from smallplaces.enrich.cite.annotate import METHOD, VERSION, annotate, annotate_headings

__all__ = ["METHOD", "VERSION", "annotate", "annotate_headings"]
