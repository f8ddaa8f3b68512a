"""Everything a query finds, in full, as JSON lines, CSV, XLSX or JSON.

Reads: the index for which paragraphs, the store for what they say. Writes: bytes as they go.
"""

from __future__ import annotations

FORMS = ("jsonl", "csv", "xlsx", "json")
