"""Target-dependent sentiment classification with masked targets.

A reserved word piece replaces the target, so the input of the network is the same for every name and the result
cannot depend on it. If the caller gives further mentions of the same target, as the pipeline does, they are masked
as well.
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
OPEN, MASK, CLOSE = "[unused1]", "[unused2]", "[unused3]"
"""Reserved word pieces: around the target, and in its place."""

BEGIN, FINISH = "[CLS]", "[SEP]"
"""Word pieces at both ends of the input."""

MAX_CONTEXT_PIECES = 96
"""Maximum number of word pieces read on either side of the target."""

MODEL = "tone"
_CACHE_SIZE = 4096  # results per process, about 1 MB: wire copy and repeated headlines are computed once

Item = Target | tuple[str, int, int]


class TargetSentiment(NamedTuple):
    """Sentiment towards one target.

    Attributes
    ----------
    polarity : int
        -1, 0 or 1; 0 where the model abstains.
    p_negative, p_neutral, p_positive : float
        Calibrated probabilities, which add up to 1; all NaN if there was no context.
    abstained : str or None
        Why the model abstained, "low confidence" or "no context"; None if it did not.
    """

    polarity: int
    p_negative: float
    p_neutral: float
    p_positive: float
    abstained: str | None


def classify_targets(items: Sequence[Item]) -> list[TargetSentiment]:
    """Classify the sentiment towards each target.

    The model abstains if the probability of the best class is below the threshold in its card ("low confidence"),
    or if the sentence has no other word than the target ("no context"). Parameters and errors are those of
    `probabilities`.
    """
    return classified(probabilities(items))


def classified(probabilities: NDArray[np.float64]) -> list[TargetSentiment]:
    """Classes from probabilities, shape (n, 3), with the threshold of the model; see `classify_targets`."""
    threshold = load_encoder(MODEL).config["confidence"]
    return [_classified(row, threshold) for row in probabilities.tolist()]


def classify(items: Sequence[Item]) -> list[int]:
    """Polarity towards each target: -1, 0 or 1, and 0 if the model abstains; see `classify_targets`.

    Examples
    --------
    >>> classify([("Oman was praised for its calm.", 0, 4)])
    [1]
    """
    return [found.polarity for found in classify_targets(items)]


def probabilities(items: Sequence[Item]) -> NDArray[np.float64]:
    """Probabilities of negative, neutral and positive sentiment towards each target.

    Parameters
    ----------
    items : sequence of Target or (text, start, end)
        A text and the span of the target in it, in code points, end exclusive. Only the target's sentence is read;
        see `analysis.annotators.tone.context`.

    Returns
    -------
    array of float64, shape (len(items), 3)
        Columns in the order of `LABELS`. Rows add up to 1, or are NaN if there is no context. Calibrated with
        temperature scaling (Guo et al. 2017).

    Raises
    ------
    FramingError
        If a text is empty, a target is empty or outside its text, or the model is not installed.

    Notes
    -----
    The network reads one target at a time. It quantizes activations per batch, so in a larger batch the result for
    one target would depend on the others. Results are cached by input.
    """
    return softmax(scaled(network_logits(items)))


def network_logits(items: Sequence[Item]) -> NDArray[np.float64]:
    """Run the network on each target.

    Parameters
    ----------
    items : sequence of Target or (text, start, end)
        As in `probabilities`.

    Returns
    -------
    array of float64, shape (len(items), 3)
        In the order of `LABELS`, before temperature scaling. NaN in the rows of targets without context.
    """
    encoder = load_encoder(MODEL)
    found = np.full((len(items), len(LABELS)), np.nan)
    for row, item in enumerate(items):
        parts = context_parts(Target(*item))
        if has_words(parts):
            found[row] = _logits(mask_target(*parts, encoder.tokenizer)[0].tobytes())
    return found


def scaled(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logits after temperature scaling."""
    return logits / float(load_encoder(MODEL).config["temperature"])


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities from logits, shape (n, 3)."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return raised / raised.sum(axis=1, keepdims=True)


def mask_target(
    before: Sequence[str], after: Sequence[str], tokenizer: Tokenizer
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Input of the network: word pieces in which a reserved piece replaces the target, and the target's position.

    Parameters
    ----------
    before, after : sequence of str
        The text on either side of the target, as `context.context_parts` returns it. A further mention of the
        target stands between two parts and is masked as well.
    tokenizer : tokenizers.Tokenizer

    Returns
    -------
    ids : array of int64, shape (n,)
        Ids of the word pieces, with the pieces that mark both ends of the input.
    target : array of int64, shape (n,)
        1 for the three pieces in place of the target, else 0.
    """
    first, mark_open, mask, mark_close, last = (
        piece_id(tokenizer, name) for name in (BEGIN, OPEN, MASK, CLOSE, FINISH)
    )
    left, right = (list(_pieces(parts, tokenizer, mask)) for parts in (before, after))
    ids = [first, *left[-MAX_CONTEXT_PIECES:], mark_open, mask, mark_close, *right[:MAX_CONTEXT_PIECES], last]
    return np.array(ids, dtype=np.int64), _target(ids, mark_open)


def clear_cache() -> None:
    """Clear the cache of results, so that the next call computes them again. For measuring speed."""
    _logits.cache_clear()


def _classified(row: list[float], threshold: float) -> TargetSentiment:
    negative, neutral, positive = row
    if negative != negative:
        return TargetSentiment(0, negative, neutral, positive, NO_CONTEXT)
    best = max(row)
    if best < threshold:
        return TargetSentiment(0, negative, neutral, positive, LOW_CONFIDENCE)
    return TargetSentiment(LABELS[row.index(best)], negative, neutral, positive, None)


@lru_cache(maxsize=_CACHE_SIZE)
def _logits(ids: bytes) -> NDArray[np.float32]:
    """Logits for one input."""
    encoder = load_encoder(MODEL)
    pieces = np.frombuffer(ids, dtype=np.int64)
    target = _target(pieces.tolist(), piece_id(encoder.tokenizer, OPEN))
    return encoder.run_window(ids=pieces, target=target)


def _pieces(parts: Sequence[str], tokenizer: Tokenizer, mask: int) -> Iterator[int]:
    for number, part in enumerate(parts):
        if number:
            yield mask
        yield from tokenizer.encode(part, add_special_tokens=False).ids


def _target(ids: list[int], mark_open: int) -> NDArray[np.int64]:
    target = np.zeros(len(ids), dtype=np.int64)
    place = ids.index(mark_open)
    target[place : place + 3] = 1
    return target


@cache
def piece_id(tokenizer: Tokenizer, name: str) -> int:
    """Id of a reserved word piece."""
    found: int | None = tokenizer.token_to_id(name)
    if found is None:
        raise ValueError(f"the tokenizer has no word piece {name}")
    return found
