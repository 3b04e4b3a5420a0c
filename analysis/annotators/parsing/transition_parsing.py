"""Run spaCy's dependency parser on several documents side by side, with the same results in less time.

spaCy parses without holding Python's lock, but its compiled code takes the lock to look for errors after many small
functions for each token. In spaCy 3.8 this takes about as long as the parsing itself. Here the lock is held
throughout, which makes these checks cheap, and each step is computed for all documents of a batch at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class TransitionScores:
    """Scores of the transitions of a greedy parser or entity recognizer of spaCy for some documents.

    A state of the parser is scored by the sum of what certain tokens contribute in certain places ("first word of the
    buffer").

    Parameters
    ----------
    component : spacy.pipeline.transition_parser.Parser
        Decodes greedily.
    vectors : sequence of array of float32, shape (tokens, k)
        Of the tokens of each document, as `token_vectors` returns them. There is at least one token.

    Attributes
    ----------
    contributions : array of float32, shape (tokens + 1, places, k)
        Row 0 is for empty places; the tokens of all documents follow.
    """

    def __init__(self, component: Any, vectors: Sequence[NDArray[np.float32]]) -> None:
        chain, lower, upper = component.model.layers
        found: Any = vectors
        for layer in (*chain.layers[1:], lower):  # the first layer gives the vectors
            found = layer.predict(found)
        self.contributions: NDArray[np.float32] = found.reshape(*found.shape[:2], -1)
        self._bias = lower.get_param("b").reshape(-1)
        self._pieces = lower.get_dim("nP")
        self._weights, self._upper_bias = upper.get_param("W"), upper.get_param("b")
        self._multiply = upper.ops.gemm  # its results for a state do not depend on the other states

    def of_sums(self, sums: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scores, shape (states, transitions), of states whose contributions have been added up."""
        pieces = (sums + self._bias).reshape(len(sums), -1, self._pieces)
        hidden = pieces[:, :, 0]
        for number in range(
            1, self._pieces
        ):  # several times faster than the maximum along an axis of length 2
            hidden = np.maximum(hidden, pieces[:, :, number])
        scores: NDArray[np.float32] = self._multiply(hidden, self._weights, trans2=True)
        scores += self._upper_bias
        return scores


def predict_states(component: Any, docs: Sequence[Any], vectors: Sequence[NDArray[np.float32]]) -> list[Any]:
    """Return the final parser state of each document, as `component.predict(docs)` does.

    Parameters
    ----------
    component : spacy.pipeline.dep_parser.DependencyParser
        Decodes greedily.
    docs : sequence of spacy.tokens.Doc
        Documents of similar length take fewer steps in all.
    vectors : sequence of array of float32, shape (tokens, k)
        Of the tokens of each document, by the model's component "tok2vec".

    Returns
    -------
    list of spacy.pipeline._parser_internals.stateclass.StateClass
        For `component.set_annotations`.
    """
    from spacy.ml.parser_model import ParserStepModel

    states: list[Any] = component.moves.init_batch(docs)
    unfinished = [state for state in states if not state.is_final()]
    if not unfinished:
        return states
    scores = TransitionScores(component, vectors)
    _, n_places, width = scores.contributions.shape
    rows = scores.contributions.reshape(-1, width)
    places = (
        np.arange(n_places, dtype=np.int64) + n_places
    )  # the first row is for empty places, whose id is -1
    reader = SimpleNamespace(state2vec=SimpleNamespace(nF=n_places))
    while unfinished:
        tokens = ParserStepModel.get_token_ids(reader, unfinished)
        sums = np.add.reduce(rows.take(tokens * n_places + places, axis=0), axis=1)
        unfinished = component.transition_states(unfinished, scores.of_sums(sums))
    return states
