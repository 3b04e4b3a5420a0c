"""Alignment of an outline with a copy of its text."""

import random

from hypothesis import given
from hypothesis import strategies as st

from analysis.standoff import align, anchors, outline

NAMES = [
    "a",
    "of",
    "the",
    "iran",
    "trade",
    "talks",
    "railway",
    "sanctions",
    "corridor",
    "yesterday",
    "officials",
]


def text_of(seed, n_words=300):
    choose = random.Random(seed)
    return " ".join(f"{choose.choice(NAMES)}{choose.randrange(90)}" for _ in range(n_words))


def aligned(text, copy):
    return align(outline(text), anchors(text), copy)


@given(st.integers(0, 200), st.integers(0, 1500), st.integers(1, 200))
def test_a_span_of_the_same_text_stays(seed, start, length):
    text = text_of(seed)
    start = min(start, len(text) - 2)
    found = aligned(text, text).span(start, min(len(text), start + length))
    assert found in (None, (start, min(len(text), start + length)))
    assert found or not text[start : start + length].strip()


@given(st.integers(0, 50), st.integers(20, 280), st.sampled_from(["insert", "delete", "lines"]))
def test_spans_find_their_words_in_a_changed_copy(seed, place, change):
    text = text_of(seed)
    words = text.split()
    if change == "insert":
        copy = " ".join([*words[:place], "an", "editor's", "note", *words[place:]])
    elif change == "delete":
        copy = " ".join(words[:place] + words[place + 5 :])
    else:
        copy = "\n".join(words)
    alignment = aligned(text, copy)
    found = lost = wrong = 0
    for first in range(0, len(words) - 3):
        start = len(" ".join(words[:first])) + bool(first)
        end = start + len(" ".join(words[first : first + 3]))
        span = alignment.span(start, end)
        if span is None:
            lost += 1
        else:
            found += 1
            wrong += copy[slice(*span)].split() != words[first : first + 3]
    assert found > 0.85 * (found + lost)
    assert wrong <= 4  # words of the same length beside the change


def test_nothing_is_found_in_another_text():
    text, other = text_of(1), "one two three"
    assert aligned(text, other).share == 0
    assert aligned(text, other).span(0, 20) is None


def test_a_span_without_a_word_has_no_counterpart():
    assert aligned("one - two", "one - two").span(4, 5) is None
