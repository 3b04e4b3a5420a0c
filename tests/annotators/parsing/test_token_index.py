"""Tokens by the character at which they begin."""

import pytest

from analysis.annotators.parsing.document import Document, Span, Token
from analysis.annotators.parsing.token_index import token_index

TEXT = "Old towns sleep"
TOKENS = (
    Token(0, 3, "old", "ADJ", "JJ", "amod", 1),
    Token(4, 9, "town", "NOUN", "NNS", "nsubj", 2),
    Token(10, 15, "sleep", "VERB", "VBP", "ROOT", 2),
)


@pytest.fixture
def index():
    return token_index(Document(TEXT, (Span(0, len(TEXT)),), tokens=TOKENS))


def test_at_needs_the_first_character(index):
    assert index.at(4) == TOKENS[1]
    assert index.at(5) is None and index.at(99) is None


def test_last_is_the_head_of_a_name(index):
    assert index.last(0, 9) == 1
    assert index.last(0, 4) == 0
    assert index.last(5, 9) is None


def test_inside_counts_tokens_that_begin_there(index):
    assert index.inside(2, 11) == [1, 2]
    assert index.inside(5, 9) == []


def test_head(index):
    assert index.head(TOKENS[0]) == TOKENS[1]
    assert index.head(TOKENS[2]) == TOKENS[2]
