"""How fast, and in how much memory, each source is imported, beside the limit: reading and decoding the same bytes.

    SMALLPLACES_CORPUS=folder python bench/import.py [--source uhri …] [--json FILE]

Each import runs in a process of its own, into a home folder of its own that is thrown away. The peer of a source is a
process that opens the same files, unpacks and decodes them (JSON by ijson or json, CSV by csv, PDF by pdfium) and does
nothing with what it gets: no import can be faster. Both run on the same machine, one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from smallplaces.sources import registry

_DECODE = Path(__file__).with_name("decode_only.py")


def main() -> None:
    """Run and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--source", nargs="*", default=[], help="only these sources")
    arguments.add_argument("--json", type=Path, help="also write the figures here")
    given = arguments.parse_args()
    corpus = Path(os.environ["SMALLPLACES_CORPUS"])
    rows = [
        row
        for source, files in registry.match(corpus)
        if not given.source or source.description.name in given.source
        for row in [_measure(corpus, source.description.name, [path for path, _ in files])]
    ]
    _print(rows)
    if given.json:
        given.json.write_text(json.dumps({"rows": rows}, indent=2) + "\n")


def _measure(corpus: Path, name: str, files: list[Path]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "SMALLPLACES_HOME": home}
        command = [sys.executable, "-m", "smallplaces_site.cli"]
        _run([*command, "init"], environment)
        stored = _run([*command, "import", str(corpus), "--source", name, "--no-index", "--json"], environment)
        index = _run([*command, "rebuild", "--json"], environment)
    outcome = json.loads(stored["output"])["outcomes"][0]
    decoded = _run([sys.executable, str(_DECODE), *map(str, files)], dict(os.environ))
    written = json.loads(index["output"])["written"]
    return {
        "source": name,
        "records": outcome["read"],
        "refused": outcome["refused"],
        "seconds": outcome["seconds"],
        "records_per_second": round(outcome["read"] / max(outcome["seconds"], 0.01)),
        "peak_mb": stored["peak_mb"],
        "decode_seconds": float(json.loads(decoded["output"])["seconds"]),
        "decode_peak_mb": decoded["peak_mb"],
        "indexed": written,
        "index_seconds": round(index["seconds"], 2),
        "indexed_per_second": round(written / max(index["seconds"], 0.01)),
        "index_peak_mb": index["peak_mb"],
    }


def _run(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    """Run a command; its output, wall seconds, and the largest resident size of the process itself."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if process.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        output.seek(0)
        text = output.read().decode()
    return {"output": text, "seconds": seconds, "peak_mb": round(usage.ru_maxrss / 1024)}


def _print(rows: list[dict[str, Any]]) -> None:
    heads = ("source", "records", "seconds", "rec/s", "MB", "decode s", "x decode", "indexed", "idx/s", "idx MB")
    print("".join(head.rjust(19 if index == 0 else 10) for index, head in enumerate(heads)))
    for row in rows:
        ratio = row["seconds"] / max(row["decode_seconds"], 0.001)
        cells = (
            row["records"],
            f"{row['seconds']:.1f}",
            row["records_per_second"],
            row["peak_mb"],
            f"{row['decode_seconds']:.2f}",
            f"{ratio:.1f}",
            row["indexed"],
            row["indexed_per_second"],
            row["index_peak_mb"],
        )
        print(row["source"].rjust(19) + "".join(str(cell).rjust(10) for cell in cells))


if __name__ == "__main__":
    main()
