"""The context of a target is the rest of its sentence, whatever the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.tone.context import MAX_CONTEXT_CHARACTERS, Target, context_parts, has_words
from analysis.errors import FramingError

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
prose = st.lists(
    st.sampled_from(["Mr. ", "ended. ", "A", "x", ".", "!\u201d ", "\n", " ", "U.S. ", "\u2028", "\u0627"]),
    max_size=12,
).map("".join)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def around(text, name, nth=0):
    """Before and after a name in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    before, after = context_parts(Target(text, start, start + len(name)))
    return "".join(before), "".join(after)


@given(words | prose, names, names, words | prose)
def test_the_context_does_not_depend_on_the_name(before, one, other, after):
    if not before.strip() and not after.strip() and not (one.strip() and other.strip()):
        return
    first, second = (
        context_parts(Target(before + name + after, len(before), len(before) + len(name)))
        for name in (one, other)
    )
    assert first == second
    assert first[0][0] in before
    assert first[1][0] in after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Iran won. It was late.", ("", " won. ")),
        ("He met Mr. Karimi of Iran in Baku. They left.", ("He met Mr. Karimi of ", " in Baku. ")),
        (
            "The U.S. envoy told Iran on Jan. 5 at 3 p.m. local time.",
            ("The U.S. envoy told ", " on Jan. 5 at 3 p.m. local time."),
        ),
        ("A headline\nIran left\nThe end.", ("", " left")),
        ("“Stop!” he said. “Iran must pay.” Nobody did.", ("“", " must pay.” ")),
        ("pre-Iran-backed forces", ("pre-", "-backed forces")),
        ("Iran", ("", "")),
    ],
)
def test_the_sentence_of_the_target_is_read(text, expected):
    assert around(text, "Iran") == expected


def test_a_span_inside_a_word_is_extended_to_the_word():
    assert context_parts(Target("The Iranians left", 4, 8)) == (["The "], [" left"])
    assert context_parts(Target("The Iranians left", 6, 7)) == (["The "], [" left"])


def test_further_mentions_in_the_sentence_are_cut_out():
    text = "Iran said Iran had won. Iran lost."
    others = ((10, 14), (24, 28))
    assert context_parts(Target(text, 0, 4, others)) == ([""], [" said ", " had won. "])
    assert context_parts(Target(text, 10, 14, ((0, 4), (24, 28)))) == (["", " said "], [" had won. "])


def test_the_context_is_limited():
    text = "x " * 5000 + "Iran" + " y" * 5000
    before, after = around(text, "Iran")
    assert len(before) == len(after) == MAX_CONTEXT_CHARACTERS


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("", 0, 0), ("  ", 0, 1), ("Iran won", 3, 3), ("Iran won", -1, 4), ("Iran won", 4, 2), ("Iran", 0, 5)],
)
def test_targets_outside_the_text_are_refused(text, start, end):
    with pytest.raises(FramingError, match=r"target|text is empty"):
        context_parts(Target(text, start, end))


def test_punctuation_and_emoji_are_no_words():
    assert not has_words((["“"], ["” …", "🔥"]))
    assert has_words(([""], ["توافق"]))
