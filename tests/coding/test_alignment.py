"""Offsets follow the letters and digits."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.coding.alignment import aligned, letters_of


@given(
    st.lists(st.sampled_from(["a", "b1", "🚂", "“c", "d.”", ", "]), max_size=12),
    st.sampled_from(["\n", "\r\n", "  "]),
)
def test_words_stay_words_however_white_space_changes(parts, blank):
    document, original = " ".join(parts), blank.join(parts)
    move = aligned(document, original)
    assert letters_of(document) == letters_of(original)
    moved = [move(offset) for offset in range(len(document) + 1)]
    assert moved == sorted(moved) and all(0 <= offset <= len(original) for offset in moved)
    start = 0
    for part in parts:
        if any(map(str.isalnum, part)):
            assert original[move(start) : move(start + len(part))] == part
        start += len(part) + 1
