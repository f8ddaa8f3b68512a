"""How the Korean analyser reads the Korean terms of the term base, kept beside the code.

Reading them anew needs Kiwi, which takes seconds and 500 MB: too much for a question in English that merely looks in
Korean texts too. ``python -m smallplaces.search.korean_terms`` writes the file again after terms were changed; a term
that is not in it is read by the analyser.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from smallplaces.text.analysis import analyser
from smallplaces.text.normalise import composed
from smallplaces.vocab.terms import terms

PATH = Path(__file__).with_name("korean_terms.json")

Places = tuple[tuple[str, ...], ...]


@cache
def kept() -> Mapping[str, Places]:
    """Term -> for each place the terms of the index that may stand there."""
    read = json.loads(PATH.read_text(encoding="utf-8"))
    return {form: tuple((term,) for term in found.split()) for form, found in read.items()}


def read_again() -> dict[str, str]:
    """What the file should hold: term -> terms of the index, in order."""
    forms = sorted({form for term in terms().values() for form in term.said("ko")})
    return {form: " ".join(place[0] for place in analyser("ko").read(composed(form)).places) for form in forms}


def main() -> None:
    """Write the file."""
    PATH.write_text(json.dumps(read_again(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
