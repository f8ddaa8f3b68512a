"""Citations: clean the text, find references, resolve what they lead to, annotate."""

from smallplaces.enrich.cite.annotate import METHOD, VERSION, annotate

__all__ = ["METHOD", "VERSION", "annotate"]
