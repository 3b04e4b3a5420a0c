"""Features that an uncased encoder cannot see: quotation marks around a word, capitals, paragraph starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.annotators.parsing.onnx_encoder import PARAGRAPH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analysis.annotators.parsing.onnx_encoder import WordPieces

SIZES = {"quoted": 3, "capitals": 3, "opening": 2}
"""Number of values of each feature, in the order of the columns of `surface_features`."""

# The marks with which the tagger was trained: fewer than `quotation_marks.DOUBLE_MARKS`.
_CLOSED_BY = {"“": '”"', "„": '“”"', "«": "»", "»": "«", '"': '"”'}
_MARKS = frozenset('“”„«»"')


def surface_features(text: str, pieces: WordPieces) -> NDArray[np.int64]:
    """Compute the surface features of every word piece.

    Parameters
    ----------
    text : str
    pieces : WordPieces
        Of the text.

    Returns
    -------
    array of int64, shape (len(pieces), 3)
        quoted: 0 outside, 1 inside double quotation marks or on the opening one, 2 on a closing or unpaired one.
        capitals: 0 none, 1 the word's first letter, 2 the whole word of two letters or more.
        opening: 1 for the first piece of a paragraph.
    """
    features = np.zeros((len(pieces), len(SIZES)), dtype=np.int64)
    if not len(pieces):
        return features
    features[:, 0] = _quoted(text)[pieces.starts]
    first = pieces.first
    last_ends = pieces.ends[np.append(first[1:], len(pieces)) - 1]
    capitals = [
        _capitals(text[a:b]) for a, b in zip(pieces.starts[first].tolist(), last_ends.tolist(), strict=True)
    ]
    features[:, 1] = np.array(capitals, dtype=np.int64)[pieces.words]
    features[:, 2] = np.diff(pieces.paragraphs, prepend=-1) > 0
    return features


def _capitals(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def _quoted(text: str) -> NDArray[np.int8]:
    """Return the feature for every character. A quotation ends with its paragraph at the latest."""
    state = np.zeros(len(text), dtype=np.int8)
    if _MARKS.isdisjoint(text):
        return state
    for match in PARAGRAPH.finditer(text):
        base, line = match.start(), match.group()
        opened = None
        for place in [i for i, character in enumerate(line) if character in _MARKS]:
            if opened is None:
                opened = place if _opens(line, place) else None
            elif line[place] in _CLOSED_BY[line[opened]]:
                state[base + opened : base + place] = 1
                opened = None
            state[base + place] = 2
        if opened is not None:
            state[base + opened + 1 : base + len(line)] = 1
    return state


def _opens(line: str, place: int) -> bool:
    mark = line[place]
    before, after = line[place - 1 : place] or " ", line[place + 1 : place + 2] or " "
    if mark == '"':
        return before.isspace() or not after.isspace()
    if mark == "»":
        return before.isspace() and not after.isspace()
    return mark in _CLOSED_BY
