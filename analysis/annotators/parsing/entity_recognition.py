"""Named entities by spaCy's recognizer, with the same results in less time.

The recognizer decides token by token: outside, a unit, or the beginning, inside or last token of an entity. spaCy
checks for each token which of its 74 decisions are possible. Here the scores of all tokens are computed at once as if
no entity had begun before, which holds for most of them, and only tokens within an entity are scored one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.annotators.parsing.token_vectors import token_vectors
from analysis.annotators.parsing.transition_parsing import TransitionScores

if TYPE_CHECKING:
    from numpy.typing import NDArray


class TokenSpan(NamedTuple):
    """Tokens `start` to `stop`, excluded, and their label."""

    start: int
    stop: int
    label: str


def find_entities(component: Any, docs: Sequence[Any]) -> Iterator[list[TokenSpan]]:
    """Yield the entities of each document, as `component` finds them.

    Parameters
    ----------
    component : spacy.pipeline.ner.EntityRecognizer
        Decodes greedily and has token vectors of its own.
    docs : sequence of spacy.tokens.Doc
        With sentence boundaries, which entities do not cross, and without entities.
    """
    if not any(len(doc) for doc in docs):
        yield from ([] for _ in docs)
        return
    scores = TransitionScores(component, token_vectors(component.model.layers[0].layers[0], docs))
    moves = [component.moves.get_class_name(number) for number in range(component.moves.n_moves)]
    first = 0
    for doc in docs:
        contributions = scores.contributions[first : first + len(doc) + 1]
        yield list(_Decoder(doc, contributions, scores, moves).spans()) if len(doc) else []
        first += len(doc)


class _Decoder:
    """Decodes the entities of one document; `contributions` has one row more than the document has tokens."""

    def __init__(
        self, doc: Any, contributions: NDArray[np.float32], scores: TransitionScores, moves: Sequence[str]
    ) -> None:
        self._contributions, self._scores, self._moves = contributions, scores, moves
        starts, self._is_space = (doc.to_array([name]) == 1 for name in ("SENT_START", "IS_SPACE"))
        self._ends_sentence = np.append(starts[1:], True)[: len(doc)]

    def spans(self) -> Iterator[TokenSpan]:
        """Yield the entities in order."""
        numbers = {move: number for number, move in enumerate(self._moves)}
        decisions = self._outside_of_entities()
        stop = 0
        for start in np.flatnonzero(decisions != numbers["O"]).tolist():
            if start >= stop:
                kind, _, label = self._moves[decisions[start]].partition("-")
                stop = start + 1
                if kind == "B":
                    stop = self._stop(start, numbers[f"I-{label}"], numbers[f"L-{label}"])
                yield TokenSpan(start, stop, label)

    def _outside_of_entities(self) -> NDArray[np.intp]:
        """Return the best decision for each token if it is not within an entity that began before."""
        kinds = np.array([move[0] if move != "U-" else "" for move in self._moves])
        empty = self._scores.contributions[0]
        sums = self._contributions[1:, 0] + empty[1] + empty[2]
        found = self._scores.of_sums(sums)
        found[:, np.isin(kinds, ["B", "U", "O"], invert=True)] = -np.inf
        found[np.ix_(self._ends_sentence, kinds == "B")] = -np.inf
        found[np.ix_(self._is_space, kinds != "O")] = -np.inf
        decisions: NDArray[np.intp] = found.argmax(axis=1)
        return decisions

    def _stop(self, start: int, inside: int, last: int) -> int:
        """Return where the entity that begins at a token ends."""
        rows = self._contributions  # row i + 1 is for token i
        for token in range(start + 1, len(self._ends_sentence)):
            if self._ends_sentence[token]:
                return token + 1
            sums = rows[token + 1, 0] + rows[start + 1, 1] + rows[token, 2]
            found = self._scores.of_sums(sums[None])[0]
            if found[last] > found[inside]:
                return token + 1
        raise AssertionError("the last token ends a sentence")
