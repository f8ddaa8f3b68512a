"""Training: texts that people labelled -> a :class:`~smallplaces.enrich.classify.model.Model`.

One linear support vector machine a label. Thresholds and probabilities are learnt on folds that the machine had not
seen; a fold never shares a unit (a State under review, a document) with what was trained on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from smallplaces.enrich.classify.model import About, Model, Views, digest
from smallplaces.errors import BadInput

#: A label with fewer examples is not learnt.
FEWEST: Final = 10
_FOLDS: Final = 3
_STEPS: Final = np.linspace(-0.9, 0.5, 71)
#: How closely machines follow their examples. The second is tried on unseen folds where examples are few enough.
_STRENGTHS: Final = (0.3, 1.0)
_MANY: Final = 12_000
#: So many examples weigh a label's own best threshold as much as the common one.
_TRUST: Final = 150


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its labels. ``unit``: the State or document that must not stand on both sides of a split."""

    text: str
    labels: tuple[str, ...]
    unit: str
    lang: str = "en"


def train(examples: Sequence[Example], *, facet: str, scheme: str, single: bool = False, fewest: int = FEWEST) -> Model:
    """Train on ``examples``. Raises :class:`BadInput` when fewer than two labels or units have examples enough."""
    counts = Counter(label for one in examples for label in set(one.labels))
    names = tuple(sorted(label for label, count in counts.items() if count >= fewest))
    units = {one.unit for one in examples}
    if len(names) < 2 or len(units) < 2:
        raise BadInput(f"too few examples to learn from: {len(names)} labels, {len(units)} units", where=scheme)
    texts = [one.text for one in examples]
    truth = np.array([[name in one.labels for name in names] for one in examples])
    views = Views().fit(texts)
    rows = views.read(texts)
    parts = list(folds(examples, min(_FOLDS, len(units))))
    tried = [_unseen(rows, truth, parts, one) for one in (_STRENGTHS if len(texts) < _MANY else _STRENGTHS[:1])]
    at = int(np.argmax([_reached(scores, truth, single=single) for scores in tried]))
    unseen = tried[at]
    weights, bias = _fit(rows, truth, _STRENGTHS[at])
    threshold = _thresholds(unseen, truth)
    slope, shift = _calibrated(unseen, truth)
    given = unseen == unseen.max(axis=1, keepdims=True) if single else unseen >= threshold
    metrics = {name: float(f1_score(truth, given, average=name, zero_division=0)) for name in ("micro", "macro")}
    kept = [(one.text, one.labels) for one in examples]
    langs = tuple(sorted({one.lang for one in examples}))
    about = About(facet, scheme, single, langs, names, len(examples), digest(kept), metrics)
    numbers = (np.asarray(one, np.float32) for one in (bias, threshold, slope, shift))
    return Model(about, views, np.asarray(weights, np.float32), *numbers)


def folds(examples: Sequence[Example], number: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Places of known and of held-back examples, ``number`` times; no unit is in both."""
    yield from GroupKFold(number).split(examples, groups=[one.unit for one in examples])


def _unseen(
    rows: sp.csr_matrix,
    truth: NDArray[np.bool_],
    parts: Sequence[tuple[NDArray[np.intp], NDArray[np.intp]]],
    strength: float,
) -> NDArray[np.float64]:
    """The score of every text by a machine that had not seen its unit."""
    scores = np.zeros(truth.shape)
    for known, held in parts:
        weights, bias = _fit(rows[known], truth[known], strength)
        scores[held] = rows[held] @ weights + bias
    return scores


def _reached(scores: NDArray[Any], truth: NDArray[np.bool_], *, single: bool) -> float:
    """Micro and macro F1 together, as these scores would reach them."""
    given = scores == scores.max(axis=1, keepdims=True) if single else scores >= _thresholds(scores, truth)
    return float(sum(f1_score(truth, given, average=name, zero_division=0) for name in ("micro", "macro")))


def _fit(rows: sp.csr_matrix, truth: NDArray[np.bool_], strength: float) -> tuple[NDArray[Any], NDArray[Any]]:
    fitted = [_one(rows, column, strength) for column in truth.T]
    return np.stack([weights for weights, _ in fitted], 1), np.array([bias for _, bias in fitted])


def _one(rows: sp.csr_matrix, wanted: NDArray[np.bool_], strength: float) -> tuple[NDArray[Any], float]:
    if wanted.all() or not wanted.any():
        return np.zeros(rows.shape[1]), 1.0 if wanted.all() else -1.0
    machine = LinearSVC(C=strength, random_state=0).fit(rows, wanted)
    return machine.coef_[0], float(machine.intercept_[0])


def _thresholds(scores: NDArray[Any], truth: NDArray[np.bool_]) -> NDArray[Any]:
    """Each label's best threshold, drawn towards the best common one the more, the fewer examples it has."""
    common = _best(scores, truth)
    own = np.array([_best(column, wanted) for column, wanted in zip(scores.T, truth.T, strict=True)])
    trust = truth.sum(0) / (truth.sum(0) + _TRUST) / 2
    return np.asarray(trust * own + (1 - trust) * common)


def _best(scores: NDArray[Any], truth: NDArray[np.bool_]) -> float:
    """The threshold with the best F1; of many that are as good the one in the middle."""
    reached = np.array([_f1(scores >= at, truth) for at in _STEPS])
    return float(np.median(_STEPS[reached == reached.max()]))


def _f1(given: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    right = float((given & truth).sum())
    return 2 * right / max(1.0, float(given.sum() + truth.sum()))


def _calibrated(scores: NDArray[Any], truth: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Slope and shift of a logistic curve for each label, from scores of unseen folds."""
    fitted = []
    for column, wanted in zip(scores.T, truth.T, strict=True):
        curve = LogisticRegression().fit(column[:, None], wanted) if 0 < wanted.sum() < len(wanted) else None
        fitted.append((curve.coef_[0, 0], curve.intercept_[0]) if curve else (1.0, 0.0))
    slope, shift = zip(*fitted, strict=True)
    return np.array(slope), np.array(shift)
