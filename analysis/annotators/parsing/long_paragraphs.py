"""Long paragraphs, split after sentences for a network that reads a limited window.

Some collections lose the line breaks of an article, so that it is one paragraph of a thousand words. Windows cut at a
fixed number of pieces then begin in the middle of a sentence, and words are linked across windows although the scores
of two windows cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analysis.annotators.parsing.onnx_encoder import WordPieces

# Three small letters before the stop exclude "Mr.", "Sen." and "U.S."
_SENTENCE_END = re.compile(r"(?<=[a-z0-9]{3}[.!?])[\"”’)]{0,2}\s+(?=[\"“‘(]?[A-Z])")


def split_long_paragraphs(pieces: WordPieces, text: str, size: int) -> WordPieces:
    """Divide paragraphs of more than `size` pieces into paragraphs that end with a sentence.

    Parameters
    ----------
    pieces : WordPieces
    text : str
        The text of the pieces.
    size : int
        Maximum number of pieces in a paragraph, usually the size of the network's window.

    Returns
    -------
    WordPieces
        With new numbers of paragraphs. Each new paragraph is as long as possible and, where possible, does not end
        within quotation marks. Sentences longer than `size` stay whole.
    """
    edges = np.flatnonzero(np.diff(pieces.paragraphs, prepend=-1, append=-1)).tolist()
    cuts = [
        cut
        for begin, end in pairwise(edges)
        if end - begin > size
        for cut in _cuts(pieces, text, begin, end, size)
    ]
    starts_anew = np.zeros(len(pieces), dtype=np.int64)
    starts_anew[cuts] = 1
    return replace(pieces, paragraphs=pieces.paragraphs + np.cumsum(starts_anew))


def _cuts(pieces: WordPieces, text: str, begin: int, end: int, size: int) -> Iterator[int]:
    """Yield the pieces that begin a new paragraph between pieces `begin` and `end`."""
    offsets = [
        match.end() for match in _SENTENCE_END.finditer(text, pieces.starts[begin], pieces.ends[end - 1])
    ]
    sentences = np.searchsorted(pieces.starts, offsets).tolist()
    while end - begin > size:
        within = [piece for piece in sentences if begin < piece <= begin + size]
        if within:
            start = pieces.starts[begin]
            balanced = [piece for piece in within if _is_balanced(text[start : pieces.starts[piece]])]
            begin = (balanced or within)[-1]
            yield begin
        else:
            begin = next((piece for piece in sentences if piece > begin), end)
            if begin < end:
                yield begin


def _is_balanced(text: str) -> bool:
    """Whether all quotation marks in a text are closed."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0
