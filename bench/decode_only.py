"""The limit an import is held against: open files, unpack them, decode what they hold, and do nothing with it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import time
from pathlib import Path
from typing import BinaryIO

import ijson
import pypdfium2
import zstandard


def main() -> None:
    """Decode the files named on the command line and print how long it took."""
    start = time.perf_counter()
    items = sum(_decode(Path(name)) for name in sys.argv[1:])
    print(json.dumps({"items": items, "seconds": round(time.perf_counter() - start, 3)}))


def _decode(path: Path) -> int:
    if path.suffix == ".pdf":
        return _pdf(path)
    with path.open("rb") as raw:
        stream: BinaryIO = raw
        name = path.name
        if name.endswith(".gz"):
            stream, name = gzip.GzipFile(fileobj=raw), name[:-3]  # type: ignore[assignment]
        elif name.endswith(".zst"):
            stream, name = zstandard.ZstdDecompressor().stream_reader(raw), name[:-4]  # type: ignore[assignment]
        if name.endswith(".jsonl"):
            return sum(1 for line in io.TextIOWrapper(stream, "utf-8") if json.loads(line) is not None)
        if name.endswith(".json"):
            return sum(1 for _ in ijson.items(stream, "item"))
        if name.endswith(".csv"):
            return sum(1 for _ in csv.reader(io.TextIOWrapper(stream, "utf-8-sig", newline="")))
        return len(stream.read())


def _pdf(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    pages = len(document)
    for index in range(pages):
        document[index].get_textpage().get_text_range()
    document.close()
    return pages


if __name__ == "__main__":
    main()
