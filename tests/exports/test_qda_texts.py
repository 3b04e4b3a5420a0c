"""Texts and names of documents that every program reads in the same way."""

import pytest

from analysis.exports.qda_texts import LONGEST_NAME, document_name, is_wide, plain


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "\ufeffab", "a\x00b", "plain"])
def test_positions_stay_valid(text):
    clean = plain(text)
    assert len(clean) == len(text)
    assert not set(clean) & set("\r\ufeff\x00")


def test_characters_that_take_two_utf16_units():
    assert is_wide("peace \U0001f54a") and not is_wide("“peace”")


def test_names_of_documents():
    assert document_name("2022-06-29", "A/B", "x" * 90).startswith("2022-06-29 - A B - xxx")
    assert len(document_name("x" * 200)) == LONGEST_NAME
    assert document_name("..", "\n", "\u202e") == ""
