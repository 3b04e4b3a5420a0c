"""Paragraphs are lines, except in hard-wrapped texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.parsing.paragraphs import paragraphs


@pytest.mark.parametrize(
    "text, expected",
    [
        ("One line.\nAnother line.", ["One line.", "Another line."]),
        ("A line that is\nwrapped here.", ["A line that is\nwrapped here."]),
        ("A line that is\r\nwrapped here.", ["A line that is\r\nwrapped here."]),
        ("It ends.\nlower case begins", ["It ends.", "lower case begins"]),
        ("A blank line\n\nalways separates", ["A blank line", "always separates"]),
        ("\n \n", []),
    ],
)
def test_lines_are_joined_only_within_a_sentence(text, expected):
    assert [text[span.start : span.end] for span in paragraphs(text)] == expected


@given(st.text(alphabet="aB. \r\n\u2028", max_size=40))
def test_paragraphs_cover_all_words_in_order(text):
    found = [text[span.start : span.end] for span in paragraphs(text)]
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(paragraph.strip() for paragraph in found)
