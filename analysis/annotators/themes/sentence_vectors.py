"""Vectors of sentences, for themes that are given by examples.

A sentence's vector is the weighted mean of fixed vectors of its word pieces (SIF [1]_); no network is run. The
vectors were fitted so that this mean comes close to what a sentence encoder returns (`training/themes`).

References
----------
.. [1] Arora, S., Liang, Y., Ma, T. (2017). A simple but tough-to-beat baseline for sentence embeddings. ICLR.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.errors import FramingError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

FOLDER = MODELS / "themes"
TOKENIZER = MODELS / "quotes" / "tokenizer.json"  # both models come from all-MiniLM-L6-v2
_BATCH = 1024  # sentences that are tokenized together


class PieceVectors(NamedTuple):
    """Vectors of word pieces, their weights, and vectors of sentences of general news (`background`)."""

    tokenizer: Tokenizer
    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    background: NDArray[np.float32]


def sentence_vectors(sentences: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of sentences.

    Parameters
    ----------
    sentences : sequence of str

    Returns
    -------
    array of float32, shape (len(sentences), width)
        Of length 1; zeros for a sentence without word pieces.

    Raises
    ------
    FramingError
        The model's files are missing, cannot be read or do not fit together.
    """
    model = load_vectors()
    found = np.zeros((len(sentences), model.vectors.shape[1]), dtype=np.float32)
    for first in range(0, len(sentences), _BATCH):
        batch = list(sentences[first : first + _BATCH])
        for row, encoding in enumerate(model.tokenizer.encode_batch(batch, add_special_tokens=False), first):
            if encoding.ids:
                found[row] = model.weights[encoding.ids] @ model.vectors[encoding.ids]
    return unit(found)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale vectors to length 1; zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


@cache
def load_vectors() -> PieceVectors:
    """Load the vectors, once per process."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(TOKENIZER.read_text(encoding="utf-8"))
        with np.load(FOLDER / "vectors.npz", allow_pickle=False) as stored:
            vectors = stored["vectors"].astype(np.float32) * stored["scale"].astype(np.float32)
            background = stored["background"].astype(np.float32)
            weights = stored["weights"].astype(np.float32)
    except (OSError, ValueError, KeyError) as error:
        raise FramingError(f"{FOLDER}: the model cannot be read ({error}); reinstall the toolkit") from error
    if len(vectors) != tokenizer.get_vocab_size():
        raise FramingError(
            f"{FOLDER}: {len(vectors):,} vectors do not fit the {tokenizer.get_vocab_size():,} word pieces of "
            f"{TOKENIZER}; reinstall the toolkit"
        )
    return PieceVectors(tokenizer, vectors, weights, unit(background))
