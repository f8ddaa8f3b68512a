"""Classification: what a paragraph does, what and whom it speaks of, what it asks.

``rules`` work in seven languages without a model; ``train`` makes a ``model`` of what people labelled. Reads:
data/*.yml, the term base, model files. Writes: model files, where it is told.
"""

from smallplaces.enrich.classify.claim import Classification, Label
from smallplaces.enrich.classify.classify import FACETS, classify
from smallplaces.enrich.classify.model import Model, load, load_all
from smallplaces.enrich.classify.train import Example, train

__all__ = ["FACETS", "Classification", "Example", "Label", "Model", "classify", "load", "load_all", "train"]
