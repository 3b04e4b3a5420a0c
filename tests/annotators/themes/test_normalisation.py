"""Folded texts keep the offset of every word."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.themes.normalisation import fold


@given(st.text(max_size=50))
def test_folding_keeps_the_place_of_every_word(text):
    folded, offsets = fold(text)
    assert len(offsets) == len(folded) - 1
    assert folded.startswith(" ") and folded.endswith(" ") and "  " not in folded
    for number, character in enumerate(folded[1:-1]):
        original = text[offsets[number]]
        assert (character == " ") == (not (original.isalnum() or original == "_"))
        if character != " " and original.isascii():
            assert character == original.lower()


def test_folding_of_nothing_and_of_lone_surrogates():
    assert fold("").text == " "
    assert fold("a \ud800 b").text == " a b "
