"""Polarity towards a target, by a network that never sees who the target is.

The target is cut out of its sentence and a reserved piece put in its place, so that the network's input is the same
for every name: the answer cannot depend on it. Where the caller knows of further mentions of the same target (the
pipeline does), those are hidden as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.annotators.parsing.onnx_encoder import load_encoder
from analysis.annotators.tone.context import Target, context_parts, has_words
from analysis.schemas import LOW_CONFIDENCE, NO_CONTEXT

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

LABELS = (-1, 0, 1)
OPEN, HIDDEN, CLOSE = "[unused1]", "[unused2]", "[unused3]"
"""WordPieces of the vocabulary that no text contains: around the target, and in its place."""

BEGIN, FINISH = "[CLS]", "[SEP]"
"""WordPieces around the whole input."""

SIDE = 96
"""Word pieces read before and after the target, at most."""

MODEL = "tone"
_REMEMBERED = 4096  # answers kept per process, about 2 MB: reprints and repeated headlines cost nothing

Item = Target | tuple[str, int, int]


class Judgement(NamedTuple):
    """Tone towards one target.

    Attributes
    ----------
    polarity : int
        -1, 0 or 1; 0 where the model abstains.
    p_negative, p_neutral, p_positive : float
        Calibrated probabilities, which add up to 1; all NaN where there was nothing to read.
    abstained : str or None
        Why there is no class: 'low confidence' or 'no context'.
    """

    polarity: int
    p_negative: float
    p_neutral: float
    p_positive: float
    abstained: str | None


def judge(items: Sequence[Item]) -> list[Judgement]:
    """Tone towards each target, with the reason where there is none; parameters and errors as in `probabilities`.

    The model abstains where its likeliest class stays below the confidence that its card states, and where no word
    stands around the target in its sentence ("no context": a name alone in a line).
    """
    threshold = load_encoder(MODEL).config["confidence"]
    found = probabilities(items)
    return [_judgement(row, threshold) for row in found.tolist()]


def classify(items: Sequence[Item]) -> list[int]:
    """Polarity towards each target: -1, 0 or 1, and 0 where the model abstains; see `judge`.

    Examples
    --------
    >>> classify([("Oman was praised for its calm.", 0, 4)])
    [1]
    """
    return [judgement.polarity for judgement in judge(items)]


def probabilities(items: Sequence[Item]) -> NDArray[np.float64]:
    """How likely the tone towards each target is negative, neutral and positive.

    Parameters
    ----------
    items : sequence of Target or (text, start, end)
        A sentence (or any text) and the target's span in it: code points, end exclusive. Of a longer text the
        target's sentence is read; `analysis.annotators.tone.context` has the rules.

    Returns
    -------
    array of float64, shape (len(items), 3)
        Columns in the order of `LABELS`; rows add up to 1, or are NaN where no word stands around the target.
        Calibrated with one temperature (Guo et al. 2017).

    Raises
    ------
    FramingError
        A text is empty, a target is empty or outside its text, or the model is not installed.

    Notes
    -----
    Mentions go through the network one by one: its 8-bit arithmetic is scaled by what is computed together, so that
    in a batch a mention's numbers would depend on its neighbours'. The same input is computed once.
    """
    encoder = load_encoder(MODEL)
    logits = np.full((len(items), len(LABELS)), np.nan)
    for row, item in enumerate(items):
        parts = context_parts(Target(*item))
        if has_words(parts):
            logits[row] = _logits(hide(*parts, encoder.tokenizer)[0].tobytes())
    return _softmax(logits / encoder.config["temperature"])


def hide(
    before: Sequence[str], after: Sequence[str], tokenizer: Tokenizer
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The network's input: word pieces without those of the target, and where it stood.

    Parameters
    ----------
    before, after : sequence of str
        What stands on either side of the target, as `target_context.context_parts` gives it: between two parts
        stands a further mention of the target, which is hidden, too.
    tokenizer : tokenizers.Tokenizer

    Returns
    -------
    ids : array of int64, shape (n,)
        Places in the vocabulary, with the pieces that mark a text's begin and end.
    target : array of int64, shape (n,)
        1 for the three pieces in the target's place, else 0.
    """
    first, mark_open, hidden, mark_close, last = (
        _place(tokenizer, name) for name in (BEGIN, OPEN, HIDDEN, CLOSE, FINISH)
    )
    left, right = (list(_pieces(parts, tokenizer, hidden)) for parts in (before, after))
    ids = [first, *left[-SIDE:], mark_open, hidden, mark_close, *right[:SIDE], last]
    return np.array(ids, dtype=np.int64), _target(ids, mark_open)


def forget() -> None:
    """Drop the answers that are kept, so that the next call computes them: for measuring speed."""
    _logits.cache_clear()


def _judgement(row: list[float], threshold: float) -> Judgement:
    negative, neutral, positive = row
    if negative != negative:
        return Judgement(0, negative, neutral, positive, NO_CONTEXT)
    best = max(row)
    if best < threshold:
        return Judgement(0, negative, neutral, positive, LOW_CONFIDENCE)
    return Judgement(LABELS[row.index(best)], negative, neutral, positive, None)


@lru_cache(maxsize=_REMEMBERED)
def _logits(ids: bytes) -> NDArray[np.float32]:
    """What the network says of one input."""
    encoder = load_encoder(MODEL)
    pieces = np.frombuffer(ids, dtype=np.int64)
    return encoder.run_window(ids=pieces, target=_target(pieces.tolist(), _place(encoder.tokenizer, OPEN)))


def _pieces(parts: Sequence[str], tokenizer: Tokenizer, hidden: int) -> Iterator[int]:
    for number, part in enumerate(parts):
        if number:
            yield hidden
        yield from tokenizer.encode(part, add_special_tokens=False).ids


def _target(ids: list[int], mark_open: int) -> NDArray[np.int64]:
    target = np.zeros(len(ids), dtype=np.int64)
    place = ids.index(mark_open)
    target[place : place + 3] = 1
    return target


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return raised / raised.sum(axis=1, keepdims=True)


@cache
def _place(tokenizer: Tokenizer, name: str) -> int:
    found: int | None = tokenizer.token_to_id(name)
    if found is None:
        raise ValueError(f"the tokenizer has no piece {name}")
    return found
