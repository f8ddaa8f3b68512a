"""Routing: how often the machine says rightly whose a recommendation is, beside two plain peers.

    SMALLPLACES_HOME=folder python bench/route.py [--held-back | --fresh] [--errors] [--json]

The home must hold the corpus, imported. tests/golden/route names paragraphs and the level that one reader found by
reading, without texts (the first 330 characters of long paragraphs). ``second``: the same reader's level on reading 60
again in another order the same day, remembering what a reader remembers: it says how steady the reader is, not how
another would judge. Half is held back: it is measured with --held-back alone, and nobody mends words by its errors.
--fresh: tests/golden/route/fresh.json, 160 drawn by lot (80 to the Republic of Korea, two to each of 40 other States)
and judged before the machine said anything of them; only its first measuring was blind (see bench/README.md).

"Local or not": local, education and shared against national. "Level": national, shared, local (education among it).
Shares are of what was decided; "unclear" is counted apart, and once more as wrong ("of all").
Peers: the majority class, and six words that mean the State (ratify, law, code, penalty, court, treaty).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from smallplaces.enrich.route import route
from smallplaces_site.cli.main import prepare

GOLDEN = Path(__file__).parent.parent / "tests/golden/route"
_STATE_WORDS = re.compile(r"\b(?:ratif\w*|laws?|legislat\w*|code|penalty|courts?|treat(?:y|ies))\b", re.IGNORECASE)
_NATIONAL, _UNCLEAR = "national", "unclear"


def judged(part: str) -> list[dict[str, Any]]:
    """The judgements of one part: open, held back or fresh."""
    if part == "fresh":
        return list(json.loads((GOLDEN / "fresh.json").read_text(encoding="utf-8")))
    rows = json.loads((GOLDEN / "judged.json").read_text(encoding="utf-8"))
    return [row for row in rows if row["held_back"] == (part == "held back")]


def read(part: str) -> list[dict[str, Any]]:
    """The judged recommendations with their texts and what ours and the keyword peer say."""
    from smallplaces_site.lineage.demands import demands_of  # noqa: PLC0415 - needs Django, prepared

    by_state: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in judged(part):
        by_state[row["state"]].append(row)
    found = []
    for state, rows in by_state.items():
        texts = {held.demand.id: held.demand for held in demands_of(state)}
        for row in rows:
            if demand := texts.get(row["id"]):
                ours = route(demand.text, demand.lang, "province", state)
                words = _NATIONAL if _STATE_WORDS.search(demand.text) else "shared"
                row |= {"text": demand.text, "ours": ours.level, "confidence": ours.confidence, "words": words}
                row["why"] = [(why.whose, why.evidence) for why in ours.reasons]
                found.append(row)
    if lost := sum(map(len, by_state.values())) - len(found):
        print(f"{lost} judged recommendations are not in this store", file=sys.stderr)
    return found


def coarse(level: str) -> str:
    """National, shared, local or unclear."""
    return level if level in {_NATIONAL, "shared", _UNCLEAR} else "local"


def shares(rows: Sequence[dict[str, Any]], said: Sequence[str]) -> dict[str, float]:
    """What share is right, of what was decided and of all."""
    truth = [coarse(row["level"]) for row in rows]
    decided = [(true, coarse(one)) for true, one in zip(truth, said, strict=True) if one != _UNCLEAR]
    local = sum((true == _NATIONAL) == (one == _NATIONAL) for true, one in decided)
    level = sum(true == one for true, one in decided)
    return {
        "local or not": local / max(1, len(decided)),
        "level": level / max(1, len(decided)),
        "local or not, of all": local / max(1, len(rows)),
        "level, of all": level / max(1, len(rows)),
        "unclear": float(len(rows) - len(decided)),
    }


def agreement(part: str, *, level: bool) -> tuple[float, float, int]:
    """Share of agreement of the two readings, Cohen's kappa, and how many were read twice."""
    parts = ("fresh",) if part == "fresh" else ("open", "held back")
    rows = [row for name in parts for row in judged(name) if "second" in row]
    pairs = [(coarse(row["level"]), coarse(row["second"])) for row in rows]
    if not level:
        pairs = [(str(one == _NATIONAL), str(two == _NATIONAL)) for one, two in pairs]
    if not pairs:
        return 0.0, 0.0, 0
    same = sum(one == two for one, two in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    chance = sum(first[name] * second[name] for name in first) / len(pairs) ** 2
    return same, (same - chance) / max(1e-9, 1 - chance), len(pairs)


def report(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    most = Counter(coarse(row["level"]) for row in rows).most_common(1)[0][0]
    return {
        "ours": shares(rows, [row["ours"] for row in rows]),
        f"always {most}": shares(rows, [most] * len(rows)),
        "keywords": shares(rows, [row["words"] for row in rows]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--held-back", dest="part", action="store_const", const="held back", default="open")
    which.add_argument("--fresh", dest="part", action="store_const", const="fresh")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    prepare()
    rows = read(asked.part)
    groups = {
        "all": rows,
        "Republic of Korea": [row for row in rows if row["state"] == "KOR"],
        "other States": [row for row in rows if row["state"] != "KOR"],
    }
    results = {name: report(group) for name, group in groups.items() if group}
    if asked.json:
        print(json.dumps(results))
        return
    for name, result in results.items():
        print(f"{name}: {len(groups[name])}")
        for who, figures in result.items():
            print(f"  {who:18}", "  ".join(f"{what} {value:.3g}" for what, value in figures.items()))
    for low, high in ((0.0, 0.6), (0.6, 1.0)):
        band = [row for row in rows if low <= row["confidence"] < high and row["ours"] != _UNCLEAR]
        if band:
            figures = shares(band, [row["ours"] for row in band])
            print(f"confidence {low}-{high}: {len(band)}, level {figures['level']:.3g}")
    for title, fine in (("local or not", False), ("level", True)):
        same, kappa, read_twice = agreement(asked.part, level=fine)
        print(f"read twice, {title}: {read_twice}, agreement {same:.3g}, kappa {kappa:.2f}")
    if asked.errors and asked.part != "held back":
        for row in rows:
            if coarse(row["level"]) != coarse(row["ours"]):
                print(f"{row['level']} not {row['ours']}: {row['id']} {row['text'][:300]}\n    {row['why'][:6]}")


if __name__ == "__main__":
    main()
