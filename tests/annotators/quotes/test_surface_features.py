"""Surface features: quotation marks, capitals, starts of paragraphs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.parsing.onnx_encoder import WordPieces
from analysis.annotators.quotes.surface_features import SIZES, surface_features


def by_character(text: str) -> WordPieces:
    """One piece and word per character that is not white space."""
    places = np.array([i for i, character in enumerate(text) if not character.isspace()], dtype=np.int64)
    lines = np.array([text.count("\n", 0, i) for i in places], dtype=np.int64)
    paragraphs = np.cumsum(np.diff(lines, prepend=lines[:1]) > 0)
    return WordPieces(places, places, places + 1, np.arange(len(places)), paragraphs)


def quoted(text: str) -> str:
    column = surface_features(text, by_character(text))[:, 0]
    return "".join(map(str, column))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a “bc” d", "011120"),
        ('a "bc" d', "011120"),
        ("a «bc» d", "011120"),
        ("a »bc« d", "011120"),
        ("a „bc“ d", "011120"),
        ("a „bc” d", "011120"),
        ("a “bc\nd e", "021100"),  # no closing mark: to the end of the paragraph
        ("a” bc", "0200"),  # a stray closing mark opens nothing
        ("“a “b” c", "111120"),
        ("", ""),
    ],
)
def test_inside_quotation_marks(text: str, expected: str) -> None:
    assert quoted(text) == expected


def test_capitals_are_those_of_the_word() -> None:
    text = "Iran NATO usa A 9"
    starts = np.array([0, 2, 5, 7, 10, 14, 16])
    ends = np.array([2, 4, 7, 9, 13, 15, 17])
    pieces = WordPieces(starts, starts, ends, np.array([0, 0, 1, 1, 2, 3, 4]), np.zeros(7, dtype=np.int64))
    assert surface_features(text, pieces)[:, 1].tolist() == [1, 1, 2, 2, 0, 1, 0]


def test_opening_pieces_of_paragraphs() -> None:
    text = "ab\ncd"
    assert surface_features(text, by_character(text))[:, 2].tolist() == [1, 0, 1, 0]


@given(text=st.text(alphabet='ab “”„«»"\n'))
def test_features_are_in_range(text: str) -> None:
    pieces = by_character(text)
    features = surface_features(text, pieces)
    assert features.shape == (len(pieces), len(SIZES))
    assert (features >= 0).all() and (features < np.array(list(SIZES.values()))).all()
