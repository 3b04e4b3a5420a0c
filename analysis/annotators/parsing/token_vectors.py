"""Token vectors of spaCy's models, with the same results in less time.

A model embeds each token by its form (norm, prefix, suffix, shape, a space after it) and then mixes the vectors of
neighbours. Tokens of the same form have the same embedding, so here each form of a batch is embedded once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MIXERS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(1, 17)], dtype=np.uint64)


def token_vectors(model: Any, docs: Sequence[Any]) -> list[NDArray[np.float32]]:
    """Return the vectors of the tokens of each document, as `model.predict(docs)` does.

    Parameters
    ----------
    model : thinc.api.Model
        `spacy.Tok2Vec.v2`: embeds the forms of tokens, then encodes them in context.
    docs : sequence of spacy.tokens.Doc

    Returns
    -------
    list of array of float32, shape (tokens, width)
    """
    embed, encode = model.layers
    forms = embed.layers[0].predict(docs)
    distinct, places = _distinct(np.concatenate(forms))
    embedded: Any = [distinct]
    for layer in embed.layers[1:]:
        embedded = layer.predict(embedded)
    ends = np.cumsum([len(of_doc) for of_doc in forms])[:-1]
    vectors: list[NDArray[np.float32]] = encode.predict(np.split(embedded[0][places], ends))
    return vectors


def _distinct(forms: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """Return the distinct rows, and the number of each row among them."""
    keys = (forms * _MIXERS[: forms.shape[1]]).sum(axis=1, dtype=np.uint64)
    _, first, places = np.unique(keys, return_index=True, return_inverse=True)
    distinct = forms[first]
    if (distinct[places] == forms).all():
        return distinct, places
    return forms, np.arange(len(forms))  # two forms have the same key
