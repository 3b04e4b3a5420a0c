"""Polarity towards a target, by a network that never sees who the target is.

The target's span is cut out of the text and one reserved piece is put in its place, so that the network's input is
the same for every name: the answer cannot depend on it. Nothing else is hidden; other mentions of the same target
stay as they are, since what is hidden must not depend on the name either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from analysis.annotate.encoder import load_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

LABELS = (-1, 0, 1)
OPEN, HIDDEN, CLOSE = "[unused1]", "[unused2]", "[unused3]"
"""Pieces of the vocabulary that no text contains: around the target, and in its place."""

BEGIN, FINISH = "[CLS]", "[SEP]"
"""Pieces around the whole input."""

CONTEXT = 600
"""Characters: a target with a longer line around it is read in its sentence only."""

SIDE = 96
"""Word pieces read before and after the target, at most."""

MODEL = "tone"

_LINE_END = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|No|Lt|vs))(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|Col))"
    r"[.!?\u2026][\"'\u2019\u201d)\]]*\s+"
)

Item = tuple[str, int, int]


def probabilities(items: Sequence[Item]) -> NDArray[np.float64]:
    """How likely the tone towards each target is negative, neutral and positive.

    Parameters
    ----------
    items : sequence of (text, start, end)
        A sentence (or any text) and the target's span in it: code points, end exclusive. See `context` for how much
        of a longer text is read.

    Returns
    -------
    array of float64, shape (len(items), 3)
        Columns in the order of `LABELS`; rows add up to 1. Calibrated with one temperature (Guo et al. 2017).

    Raises
    ------
    ValueError
        A text is empty, or a target is empty or outside its text.
    FramingError
        The model is not installed.

    Notes
    -----
    Mentions go through the network one by one: its 8-bit arithmetic is scaled by what is computed together, so that
    in a batch a mention's numbers would depend on its neighbours'.
    """
    encoder = load_encoder(MODEL)
    logits = np.zeros((len(items), len(LABELS)))
    for row, (text, start, end) in enumerate(items):
        ids, target = hide(*context(text, start, end), encoder.tokenizer)
        logits[row] = encoder.network(ids=ids, target=target)
    return _softmax(logits / encoder.config["temperature"])


def classify(items: Sequence[Item]) -> list[int]:
    """Polarity towards each target: -1, 0 or 1; parameters and errors as in `probabilities`.

    Where the model abstains (see `abstains`) the polarity is 0.
    """
    found = probabilities(items)
    unsure = abstains(found)
    return [
        0 if doubt else LABELS[column] for column, doubt in zip(found.argmax(axis=1), unsure, strict=True)
    ]


def abstains(found: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the likeliest class of each row of `probabilities` stays below the confidence in the model's card."""
    return found.max(axis=1, initial=0.0) < load_encoder(MODEL).config["confidence"]


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a target, as far as it is read.

    Parameters
    ----------
    text : str
        A sentence, or any text around it.
    start, end : int
        The target: code points, end exclusive. A span that begins or ends inside a word hides just that part.

    Returns
    -------
    before, after : str
        The rest of the target's line; of its sentence, where the line is longer than `CONTEXT`. Neither depends
        on the characters of the target.

    Raises
    ------
    ValueError
        The text is empty, or the target is empty or outside it.
    """
    if not text.strip():
        raise ValueError("the text is empty: there is no tone towards anybody in it")
    if not 0 <= start < end <= len(text):
        raise ValueError(f"target ({start}, {end}) is empty or outside the text of {len(text)} characters")
    before, after = _last(_LINE_END, text[:start]), _first(_LINE_END, text[end:])
    if len(before) + len(after) > CONTEXT:
        before, after = _last(_SENTENCE_END, before), _first(_SENTENCE_END, after)
    return before, after


def hide(before: str, after: str, tokenizer: Tokenizer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The network's input: word pieces without those of the target, and where it stood.

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
    left, right = (tokenizer.encode(part, add_special_tokens=False).ids for part in (before, after))
    left, right = left[-SIDE:], right[:SIDE]
    ids = [first, *left, mark_open, hidden, mark_close, *right, last]
    target = np.zeros(len(ids), dtype=np.int64)
    target[len(left) + 1 : len(left) + 4] = 1
    return np.array(ids, dtype=np.int64), target


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return raised / raised.sum(axis=1, keepdims=True)


def _last(boundary: re.Pattern[str], text: str) -> str:
    ends = [match.end() for match in boundary.finditer(text)]
    return text[ends[-1] :] if ends else text


def _first(boundary: re.Pattern[str], text: str) -> str:
    match = boundary.search(text)
    return text[: match.end()] if match else text


@cache
def _place(tokenizer: Tokenizer, name: str) -> int:
    found: int | None = tokenizer.token_to_id(name)
    if found is None:
        raise ValueError(f"the tokenizer has no piece {name}")
    return found
