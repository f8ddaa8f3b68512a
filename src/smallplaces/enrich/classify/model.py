"""A trained model: weights of n-grams for each label, in a file that holds numbers and text and no code.

The file is a zip of numpy arrays, read with ``allow_pickle=False``: opening a strange one can run nothing. It names the
version of scikit-learn that made its n-grams, since another may cut texts otherwise: :func:`load` refuses it then.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
import sklearn
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from smallplaces.enrich.classify.claim import Label
from smallplaces.errors import BadFile

METHOD: Final = "n-grams"
VERSION: Final = "2"
_WORD = re.compile(r"\w[\w'’-]*\w|\w")
_OPENING: Final = 5
_EVIDENCE: Final = 3
#: How texts are cut: name -> settings of scikit-learn's TfidfVectorizer.
_VIEWS: Final[dict[str, dict[str, Any]]] = {
    "words": {"ngram_range": (1, 2), "min_df": 2, "sublinear_tf": True, "token_pattern": r"(?u)\b\w+\b"},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3, "sublinear_tf": True},
    "opening": {"ngram_range": (1, 3), "min_df": 2, "token_pattern": r"(?u)\b\w+\b"},
}


@dataclass(frozen=True, slots=True)
class About:
    """What a model is for and where it comes from. ``single``: exactly one label a text. ``data``: digest of what it
    was trained on; ``metrics``: what it reached on folds it had not seen."""

    facet: str
    scheme: str
    single: bool
    langs: tuple[str, ...]
    labels: tuple[str, ...]
    examples: int
    data: str
    metrics: dict[str, float] = field(hash=False)
    version: str = VERSION
    sklearn: str = sklearn.__version__

    @property
    def name(self) -> str:
        """Name of its file, without ending."""
        return f"{self.facet}-{self.scheme}"


class Views:
    """The n-grams of texts: of words, of letters, and of the words with which a text opens."""

    def __init__(self) -> None:
        self._by_name = {name: TfidfVectorizer(**settings) for name, settings in _VIEWS.items()}

    def fit(self, texts: Sequence[str]) -> Views:
        """Learn which n-grams there are. Raises ValueError when there are none."""
        for name, view in self._by_name.items():
            view.fit([_seen(name, text) for text in texts])
        return self

    def read(self, texts: Sequence[str]) -> sp.csr_matrix:
        """One row a text."""
        parts = [view.transform([_seen(name, text) for text in texts]) for name, view in self._by_name.items()]
        return sp.hstack(parts).tocsr()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What must be kept of them."""
        kept: dict[str, NDArray[Any]] = {}
        for name, view in self._by_name.items():
            words = "\n".join(view.get_feature_names_out()).encode()
            kept |= {f"{name}_ngrams": np.frombuffer(words, np.uint8), f"{name}_idf": view.idf_.astype(np.float32)}
        return kept

    @classmethod
    def of(cls, arrays: Any) -> Views:
        """The same views again."""
        views = cls()
        for name, settings in _VIEWS.items():
            ngrams = arrays[f"{name}_ngrams"].tobytes().decode().split("\n")
            free = {key: value for key, value in settings.items() if key != "min_df"}
            view = TfidfVectorizer(vocabulary=ngrams, **free)
            view.idf_ = arrays[f"{name}_idf"].astype(np.float64)
            views._by_name[name] = view
        return views


def _seen(view: str, text: str) -> str:
    plain = text.replace("’", "'")
    return " ".join(plain.split()[:_OPENING]) if view == "opening" else plain


@dataclass(frozen=True, slots=True)
class Model:
    """``weights``: n-grams x labels. ``slope`` and ``shift`` turn a score into a probability, ``threshold`` is the
    score from which a label is given."""

    about: About
    views: Views
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    threshold: NDArray[np.float32]
    slope: NDArray[np.float32]
    shift: NDArray[np.float32]

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Texts x labels."""
        found: NDArray[np.float64] = np.asarray(self.views.read(texts) @ self.weights, np.float64) + self.bias
        return found

    def given(self, scores: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which labels are given for these scores."""
        if not self.about.single:
            return np.asarray(scores >= self.threshold, np.bool_)
        return np.asarray(scores == scores.max(axis=1, keepdims=True), np.bool_)

    def sure(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability that each label is right, by scores of folds that were not trained on."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * scores + self.shift))), np.float64)

    def labels(self, text: str) -> tuple[Label, ...]:
        """The labels of a text, the surest first."""
        scores = self.scores([text])
        chosen = np.flatnonzero(self.given(scores)[0])
        sure = self.sure(scores)[0]
        words = self._weighed(text, chosen)
        found = [
            Label(self.about.labels[k], self.about.scheme, float(sure[k]), words[at], METHOD, self._version())
            for at, k in enumerate(chosen)
        ]
        return tuple(sorted(found, key=lambda one: -one.confidence))

    def _version(self) -> str:
        return f"{self.about.version}/{self.about.data[:8]}"

    def _weighed(self, text: str, chosen: NDArray[np.intp]) -> list[tuple[str, ...]]:
        """For each chosen label the words of the text that weigh most for it: their own n-grams, without neighbours."""
        words = list(dict.fromkeys(_WORD.findall(text)))
        if not words or not len(chosen):
            return [()] * len(chosen)
        weight = np.asarray(self.views.read(words) @ self.weights[:, chosen])
        best = np.argsort(-weight, axis=0)[:_EVIDENCE]
        return [tuple(words[i] for i in best[:, at] if weight[i, at] > 0) for at in range(len(chosen))]

    def save(self, folder: Path) -> Path:
        """Write it below ``folder``, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        path, part = folder / f"{self.about.name}.npz", folder / f"{self.about.name}.part"
        about = np.frombuffer(json.dumps(asdict(self.about), ensure_ascii=False).encode(), np.uint8)
        numbers = {name: getattr(self, name) for name in ("bias", "threshold", "slope", "shift")}
        with part.open("wb") as file:
            arrays: dict[str, Any] = {"about": about, "weights": self.weights.astype(np.float16), **numbers}
            arrays |= self.views.arrays()
            np.savez_compressed(file, **arrays)
        return part.replace(path)


def load(path: Path) -> Model:
    """A model from its file. Raises :class:`BadFile` when it is damaged, holds anything but numbers, or was made by
    another version of scikit-learn."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            kept = json.loads(arrays["about"].tobytes())
            about = About(**{**kept, "langs": tuple(kept["langs"]), "labels": tuple(kept["labels"])})
            if about.sklearn != sklearn.__version__:
                raise BadFile(
                    f"was made with scikit-learn {about.sklearn}, here is {sklearn.__version__}: train again",
                    where=str(path),
                )
            model = Model(
                about,
                Views.of(arrays),
                arrays["weights"].astype(np.float32),
                *(arrays[name] for name in ("bias", "threshold", "slope", "shift")),
            )
            model.scores(["invented words"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise BadFile(f"is not a model: {error}", where=str(path)) from error
    return model


def load_all(folder: Path) -> tuple[Model, ...]:
    """Every model of a folder; none when it does not exist. Raises as :func:`load` does."""
    return tuple(load(path) for path in sorted(folder.glob("*.npz")))


def digest(rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Digest of texts with their labels, in whatever order they come."""
    lines = sorted(json.dumps([text, sorted(labels)], ensure_ascii=False) for text, labels in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
