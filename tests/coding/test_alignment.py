"""Offsets follow the letters and digits."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.coding.alignment import aligned, letters_and_places


@given(st.lists(st.sampled_from(["a", "b1", "🚂", ", "]), max_size=12), st.sampled_from(["\n", "\r\n", "  "]))
def test_words_stay_words_however_white_space_changes(parts, blank):
    document, original = " ".join(parts), blank.join(parts)
    letters, places = letters_and_places(document)
    move = aligned(places, original)
    assert letters == letters_and_places(original)[0]
    assert "".join(original[move(offset)] for offset in places) == letters
    moved = [move(offset) for offset in range(len(document) + 1)]
    assert moved == sorted(moved) and all(0 <= offset <= len(original) for offset in moved)
