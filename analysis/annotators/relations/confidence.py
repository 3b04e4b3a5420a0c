"""The probability that a reading is right, from a logistic regression on its evidence.

The weights were fitted to rows of news articles that readers judged (`training/relations`). A reading is right if
source, target, direction and status are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import tanh
from typing import NamedTuple

from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.errors import FramingError
from analysis.integrity import check_files

FILE = MODELS / "acts" / "weights.json"


class Weights(NamedTuple):
    """A logistic regression.

    Attributes
    ----------
    intercept : float
    weights : mapping of str to float
        By feature.
    """

    intercept: float
    weights: Mapping[str, float]


def probability(features: Mapping[str, float], model: Weights | None = None) -> float:
    """Return the probability that a reading is right.

    Parameters
    ----------
    features : mapping of str to float
        As `analysis.annotators.relations.evidence.evidence` returns them. Unknown features are ignored.
    model : Weights, optional
        The shipped weights if omitted.

    Returns
    -------
    float

    Raises
    ------
    FramingError
        The model's file is missing or cannot be read.

    Examples
    --------
    >>> probability({"passive": 1.0}, Weights(0.5, {"passive": -0.5}))
    0.5
    """
    model = model or load_weights()
    odds = model.intercept + sum(model.weights.get(name, 0.0) * value for name, value in features.items())
    return (1 + tanh(odds / 2)) / 2


@cache
def load_weights() -> Weights:
    """Load the shipped weights, once per process."""
    check_files()
    try:
        return Weights(**json.loads(FILE.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise FramingError(f"{FILE}: the model cannot be read ({error}); reinstall the toolkit") from error
