"""Train models from the labels in the store.

Reads: shown readings with labels that people gave. Writes: ``<home>/models``, a file a facet and scheme. Nothing of the
store changes, so that the write lock is not held. The weights come from texts of others: where a licence forbids
passing these on, do not pass on the model either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from smallplaces.enrich.classify import Example, Model, train
from smallplaces.errors import BadInput
from smallplaces_site.corpus.models import Reading

#: Facet and scheme that models learn -> whether each text has exactly one such label.
TASKS = {
    ("theme", "upr-info"): False,
    ("theme", "uhri"): False,
    ("action", "upr-info"): True,
    ("group", "lszoszk"): False,
    ("sdg", "uhri"): False,
}
_FIELDS = ("text", "labels", "paragraph__edition__lang", "paragraph__edition__work__key",
           "paragraph__edition__work__states")  # fmt: skip

Told = Callable[[str], None]


def models_folder() -> Path:
    """Where models stand."""
    return Path(settings.HOME) / "models"


def train_models(told: Told = lambda line: None) -> list[Model]:
    """Train and save every model for which labels suffice; what could not be trained is told and left out."""
    gathered: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for task, example in _examples():
        gathered[task].append(example)
    made = []
    for task, single in TASKS.items():
        try:
            model = train(gathered[task], facet=task[0], scheme=task[1], single=single)
        except BadInput as error:
            told(f"{'/'.join(task)}: {error}")
            continue
        model.save(models_folder())
        made.append(model)
    return made


def _examples() -> Iterator[tuple[tuple[str, str], Example]]:
    rows = Reading.objects.filter(current=True, shown=True).exclude(labels=[]).values_list(*_FIELDS)
    for text, labels, lang, work, states in rows.iterator(chunk_size=5000):
        unit = states[0] if len(states) == 1 else work
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for facet, scheme, value in labels:
            if (facet, scheme) in TASKS:
                found[facet, scheme].append(value)
        for task, values in found.items():
            yield task, Example(text, tuple(values), unit, lang)
