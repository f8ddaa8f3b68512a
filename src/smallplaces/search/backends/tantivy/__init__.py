"""The embedded engine."""

from __future__ import annotations

from smallplaces.search.backends.tantivy.backend import TantivyBackend

__all__ = ["TantivyBackend"]
