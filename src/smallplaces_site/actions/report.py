"""The report of one run: what was refused and why, what was odd, as a file of JSON lines beside the store.

Writes: ``<home>/reports/<run>-<source>.jsonl``. Every refusal is a line; of each kind of signal the first few are, and
the rest are counted, so that one unknown field in 200,000 records does not hide the one refusal that matters.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TextIO

from smallplaces.sources.base import Refusal, Signal

_SIGNALS_SHOWN = 20


class Report:
    """Collects refusals and signals while a run goes on. The file is made at the first line."""

    def __init__(self, home: Path, run_id: int, source: str) -> None:
        safe = re.sub(r"[^\w.-]+", "-", source)
        self.name = f"reports/{run_id:06d}-{safe}.jsonl"
        self._path = home / self.name
        self._stream: TextIO | None = None
        self.refused = 0
        self.reasons: Counter[str] = Counter()
        self.signals: Counter[str] = Counter()

    def refuse(self, refusal: Refusal) -> None:
        """Note one record that was not taken in."""
        self.refused += 1
        self.reasons[refusal.reason[:200]] += 1
        self._line(
            {"refused": True, "where": refusal.where, "reason": refusal.reason, "excerpt": refusal.excerpt[:300]}
        )

    def signal(self, signal: Signal) -> None:
        """Note something odd that did not stop the record."""
        self.signals[signal.what] += 1
        if self.signals[signal.what] <= _SIGNALS_SHOWN:
            self._line({"refused": False, "where": signal.where, "what": signal.what})

    def _line(self, record: dict[str, object]) -> None:
        with contextlib.suppress(OSError):  # a full disk must not hide why the disk is full
            if self._stream is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._stream = self._path.open("w", encoding="utf-8", errors="replace")
            self._stream.write(json.dumps(record, ensure_ascii=False) + "\n")

    def __enter__(self) -> Report:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for what, count in self.signals.items():
            if count > _SIGNALS_SHOWN:
                self._line({"refused": False, "what": what, "count": count})
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()

    @property
    def written(self) -> str:
        """The report's name below the home folder; empty when there was nothing to report."""
        return self.name if self._stream is not None else ""
