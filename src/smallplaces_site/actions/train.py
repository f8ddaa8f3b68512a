"""Train models from the labels in the store.

Reads: shown readings with labels that sources gave, and what people decided of labels, which stands above them.
Writes: ``<home>/models``, a file a facet and scheme. Nothing of the store changes, so that the write lock is not held.
The weights come from texts of others: where a licence forbids passing these on, do not pass on the model either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.conf import settings

from smallplaces.enrich.classify import Example, Model, train
from smallplaces.errors import BadInput
from smallplaces_site.corpus.models import Reading, Work
from smallplaces_site.local.decided import Spot, last_on_labels
from smallplaces_site.local.models import LabelDecision, Verdict

#: Facet and scheme that models learn -> whether each text has exactly one such label.
TASKS = {
    ("theme", "upr-info"): False,
    ("theme", "uhri"): False,
    ("action", "upr-info"): True,
    ("group", "lszoszk"): False,
    ("sdg", "sdg"): False,
}
_FIELDS = ("text", "labels", "paragraph__edition__lang", "paragraph__key", "paragraph__edition__work_id",
           "paragraph__edition__work__key", "paragraph__edition__work__states")  # fmt: skip

_INDEX, _ISSUES = ("theme", "uhri"), ("theme", "upr-info")

#: Facet and scheme.
Task = tuple[str, str]

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
        if task == _INDEX and _borrowed(gathered):
            told(f"{'/'.join(task)}: its labels are all UPR Info's: no themes of the Index to learn")
            continue
        try:
            model = train(gathered[task], facet=task[0], scheme=task[1], single=single)
        except BadInput as error:
            told(f"{'/'.join(task)}: {error}")
            continue
        model.save(models_folder())
        made.append(model)
    return made


def _borrowed(gathered: Mapping[Task, Sequence[Example]]) -> bool:
    """Whether what stands as themes of the Index are UPR Info's issues under another name, as in reshaped exports: a
    model of them would give labels of one vocabulary the name of another."""
    index, issues = ({label for one in gathered.get(task, ()) for label in one.labels} for task in (_INDEX, _ISSUES))
    return bool(index) and index <= issues


def _examples() -> Iterator[tuple[Task, Example]]:
    """Texts with the labels that sources gave, as people corrected them; and those that only people labelled, with the
    labels that people gave."""
    decided = last_on_labels(LabelDecision.objects.all())
    left = {(spot, (row.facet, row.scheme)) for spot, rows in decided.items() for row in rows}
    held = Reading.objects.filter(current=True, shown=True).exclude(labels=[]).values_list(*_FIELDS)
    for text, labels, lang, key, work_id, work, states in held.iterator(chunk_size=5000):
        given: dict[Task, list[str]] = defaultdict(list)
        for facet, scheme, value in labels:
            given[facet, scheme].append(value)
        for task in TASKS.keys() & given.keys():
            left.discard(((work_id, key), task))
            values = corrected(given[task], task, decided.get((work_id, key), ()))
            if values or not TASKS[task]:
                yield task, Example(text, values, _unit(work, states), lang)
    yield from _by_people_alone(decided, left)


def _by_people_alone(
    decided: Mapping[Spot, Sequence[LabelDecision]], left: Collection[tuple[Spot, Task]]
) -> Iterator[tuple[Task, Example]]:
    """What people said of texts in which no source speaks; the words are those that they saw."""
    works = {pk: (key, states) for pk, key, states in Work.objects.values_list("pk", "key", "states")} if left else {}
    for spot, task in sorted(left):
        values = corrected((), task, decided[spot])
        if task in TASKS and values and spot[0] in works:
            row = next(row for row in decided[spot] if (row.facet, row.scheme) == task)
            yield task, Example(row.text, values, _unit(*works[spot[0]]), row.lang)


def corrected(given: Iterable[str], task: Task, decided: Iterable[LabelDecision]) -> tuple[str, ...]:
    """The labels of one task with what people said of them: rejected ones go, confirmed and added ones come."""
    values = dict.fromkeys(given)
    for row in decided:
        if (row.facet, row.scheme) != task:
            continue
        if row.verdict == Verdict.CONFIRMED:
            values[row.label] = None
        else:
            values.pop(row.label, None)
        if row.verdict == Verdict.CORRECTED:
            values[row.instead] = None
    return tuple(values)


def _unit(work: str, states: Sequence[str]) -> str:
    return states[0] if len(states) == 1 else work
