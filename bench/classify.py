"""Classification: micro and macro F1 on labels that people gave, beside plain TF-IDF with a linear SVM in the same run.

    SMALLPLACES_CORPUS=folder python bench/classify.py [--folds N] [--task issues|action|groups] [--rules] [--json]

Reviews are split by the State under review, general comments by document: nothing of a State or a document is on both
sides. Of five folds --folds are measured (default 1) and their figures averaged. Peer: scikit-learn's TfidfVectorizer
and LinearSVC as they come. Published: HURIDOCS on UPR Info's recommendations, issues about 78 %, action about 88 %, on
another split and measure: a bearing, no comparison. --rules adds the rules, which learn nothing. It prints, too,
how often a label of ours was right that was given with a confidence of so much (the last fold measured).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from smallplaces import config
from smallplaces.enrich.classify import Example, classify, train
from smallplaces.enrich.classify.train import folds

FOLDS = 5
TASKS = {"issues": ("theme", "upr-info"), "action": ("action", "upr-info"), "groups": ("group", "lszoszk")}
PUBLISHED = {"issues": "HURIDOCS about 78 %", "action": "HURIDOCS about 88 %", "groups": "none known"}


def examples(corpus: Path, task: str) -> list[Example]:
    """Every example of a task that people have labelled."""
    return list(_groups(corpus) if task == "groups" else _reviews(corpus, task))


def _reviews(corpus: Path, task: str) -> Iterator[Example]:
    with gzip.open(corpus / "upr/upr_info_sessions_1-20.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Issue"] and row["Action"]:
                named = row["Issue"].split(",") if task == "issues" else [row["Action"]]
                yield Example(row["Text"], tuple(name.strip() for name in named), row["To"])


def _groups(corpus: Path) -> Iterator[Example]:
    with gzip.open(corpus / "general-comments/paragraphs.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["labels"] is not None:
                yield Example(row["text"], tuple(row["labels"]), row["doc_file"])


def splits(found: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """Known and held-back examples; no unit is in both."""
    for known, held in folds(found, FOLDS):
        yield [found[i] for i in known], [found[i] for i in held]


Given = list[set[str]]
#: Task -> (confidence, right) of every label that ours gave on the last fold measured.
SURE: dict[str, list[tuple[float, bool]]] = {}
_BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def ours(known: list[Example], held: list[Example], task: str) -> Given:
    facet, scheme = TASKS[task]
    model = train(known, facet=facet, scheme=scheme, single=task == "action")
    scores = model.scores([one.text for one in held])
    rows, sure = model.given(scores), model.sure(scores)
    SURE[task] = [(float(sure[at, k]), model.about.labels[k] in held[at].labels) for at, k in np.argwhere(rows)]
    return [{model.about.labels[k] for k in np.flatnonzero(row)} for row in rows]


def peer(known: list[Example], held: list[Example], task: str) -> Given:
    view = TfidfVectorizer()
    rows, asked = view.fit_transform([one.text for one in known]), view.transform([one.text for one in held])
    if task == "action":
        return [{str(name)} for name in LinearSVC().fit(rows, [one.labels[0] for one in known]).predict(asked)]
    given: Given = [set() for _ in held]
    for name in sorted({label for one in known for label in one.labels}):
        for at in np.flatnonzero(LinearSVC().fit(rows, [name in one.labels for one in known]).predict(asked)):
            given[at].add(name)
    return given


def reliability(task: str) -> list[tuple[float, int, float, float]]:
    """From which confidence, how many labels, their mean confidence and the share that was right."""
    found = []
    for low, high in pairwise(_BANDS):
        band = [(sure, right) for sure, right in SURE.get(task, ()) if low <= sure < high]
        if band:
            found.append((low, len(band), mean(sure for sure, _ in band), mean(right for _, right in band)))
    return found


def by_rules(known: list[Example], held: list[Example], task: str) -> Given:
    facet = {"issues": "themes", "action": "actions", "groups": "groups"}[task]
    scheme = TASKS[task][1]
    return [
        {
            label.label
            for label in getattr(classify(one.text, "en", upr=task != "groups"), facet)
            if label.scheme == scheme
        }
        for one in held
    ]


def f1(held: list[Example], given: Given, names: list[str]) -> dict[str, float]:
    """Micro and macro F1 over ``names``, whether or not they occur in this fold."""
    truth = np.array([[name in one.labels for name in names] for one in held])
    said = np.array([[name in labels for name in names] for labels in given])
    present = truth.any(0)
    return {
        "micro": float(f1_score(truth, said, average="micro")),
        "macro": float(f1_score(truth[:, present], said[:, present], average="macro", zero_division=0)),
    }


def measured(corpus: Path, task: str, most: int, methods: dict[str, Callable[..., Given]]) -> dict[str, Any]:
    found = examples(corpus, task)
    names = sorted({label for one in found for label in one.labels})
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in methods}
    for number, (known, held) in enumerate(splits(found)):
        if number == most:
            break
        for name, method in methods.items():
            begun = time.perf_counter()
            rows[name].append(f1(held, method(known, held, task), names))
            print(f"{task} fold {number + 1} {name} {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    means = {
        name: {key: float(np.mean([one[key] for one in each])) for key in ("micro", "macro")}
        for name, each in rows.items()
    }
    about = {"examples": len(found), "labels": len(names), "folds": most, "published": PUBLISHED[task]}
    return {**about, "f1": means, "reliability": reliability(task)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=1, choices=range(1, FOLDS + 1))
    parser.add_argument("--task", choices=TASKS)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    corpus = config.load()["SMALLPLACES_CORPUS"]
    if not corpus:
        sys.exit("set SMALLPLACES_CORPUS to the folder of the corpus")
    methods: dict[str, Callable[..., Given]] = {"ours": ours, "TF-IDF, linear SVM": peer}
    if chosen.rules:
        methods["rules alone"] = by_rules
    tables = {
        task: measured(Path(corpus), task, chosen.folds, methods) for task in ([chosen.task] if chosen.task else TASKS)
    }
    if chosen.json:
        print(json.dumps(tables))
        return
    for task, result in tables.items():
        print(f"{task}: {result['examples']:,} examples, {result['labels']} labels, {result['folds']} of {FOLDS} folds")
        for name, row in result["f1"].items():
            print(f"  {name:22}{row['micro']:8.3f}{row['macro']:8.3f}")
        print(f"  published: {result['published']}")
        for low, count, sure, right in result["reliability"]:
            print(f"  confidence from {low:.2f}: {count:6} labels, mean {sure:.3f}, right {right:.3f}")


if __name__ == "__main__":
    main()
