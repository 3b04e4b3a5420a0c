"""Long paragraphs are split after sentences, outside quotation marks, and short ones stay as they are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from analysis.annotators.parsing.long_paragraphs import split_long_paragraphs
from analysis.annotators.parsing.onnx_encoder import tokenize


@pytest.fixture(scope="module")
def words() -> Tokenizer:
    """One piece per word or mark."""
    made = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def parts(text: str, words: Tokenizer, size: int) -> list[str]:
    pieces = split_long_paragraphs(tokenize(text, words), text, size)
    edges = np.flatnonzero(np.diff(pieces.paragraphs, prepend=-1, append=-1))
    return [text[pieces.starts[a] : pieces.ends[b - 1]] for a, b in pairwise(edges)]


def test_a_long_paragraph_ends_with_a_sentence(words):
    text = "The port closed early. The mayor agreed. A storm came. Then Mr. Weber left."
    assert parts(text, words, 10) == [
        "The port closed early. The mayor agreed.",
        "A storm came. Then Mr. Weber left.",
    ]


def test_a_quotation_is_not_divided_where_possible(words):
    text = "Ships waited outside. “We closed it early. We had no choice,” she said. Others agreed."
    assert parts(text, words, 13)[0] == "Ships waited outside."


def test_short_paragraphs_and_empty_texts_stay_as_they_are(words):
    text = "The port closed early.\nThe mayor said so."
    assert parts(text, words, 10) == text.split("\n")
    assert len(split_long_paragraphs(tokenize("", words), "", 10)) == 0


def test_a_sentence_longer_than_the_window_stays_whole(words):
    long = "The port " + "and the harbour " * 10 + "closed early."
    assert parts(f"{long} The mayor said so.", words, 10) == [long, "The mayor said so."]
