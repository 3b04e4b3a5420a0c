"""Offsets into a text with plain newlines are mapped to the same characters of the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.parsing.newlines import PlainNewlines


@pytest.mark.parametrize("original, text", [("a\r\nb", "a\nb"), ("a\nb\rc", "a\nb\rc"), ("", "")])
def test_only_windows_newlines_change(original, text):
    assert PlainNewlines(original).text == text


@given(st.text(alphabet="a\r\n“", max_size=40))
def test_offsets_are_mapped_to_the_same_characters(original):
    newlines = PlainNewlines(original)
    for offset, character in enumerate(newlines.text):
        found = original[newlines.original_offset(offset)]
        assert found == character or (character == "\n" and found == "\r")
        assert newlines.plain_offset(newlines.original_offset(offset)) == offset
    assert newlines.original_offset(len(newlines.text)) == len(original)
