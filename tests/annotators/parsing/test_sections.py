"""Headline, lead and body divide every text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.parsing.document import Span, VoiceSegment
from analysis.annotators.parsing.sections import article_parts, part_at, words_by_voice_and_part
from analysis.corpus import count_words

LEAD = "The two sides met in the port on Tuesday and agreed on very little."


def pieces(text, title, sentences=()):
    return [(span.part, text[span.start : span.end]) for span in article_parts(text, title, sentences)]


def test_headline_lead_and_body():
    text = f"Envoys  meet\n\n{LEAD}\n\nNobody smiled."
    assert pieces(text, "Envoys meet") == [
        ("headline", "Envoys  meet\n\n"),
        ("lead", f"{LEAD}\n\n"),
        ("body", "Nobody smiled."),
    ]


def test_a_byline_is_no_lead():
    text = f"By Una Ray, Baku\n{LEAD}\nNobody smiled."
    assert [part for part, _ in pieces(text, "Envoys meet")] == ["body", "lead", "body"]


def test_a_sentence_that_begins_like_the_headline_is_no_headline():
    text = f"Envoys meet in the port, and the whole town talks of it.\n\n{LEAD}"
    assert [part for part, _ in pieces(text, "Envoys meet")] == ["lead", "body"]


def test_one_paragraph_has_its_first_sentence_as_lead():
    text = f"{LEAD} Nobody smiled."
    assert pieces(text, "", [Span(0, len(LEAD))]) == [("lead", f"{LEAD} "), ("body", "Nobody smiled.")]
    assert pieces(text, "") == [("body", text)]


def test_places_outside_the_text():
    parts = article_parts(LEAD, "")
    with pytest.raises(IndexError):
        part_at(parts, len(LEAD))
    assert article_parts("", "title") == []


@given(
    st.lists(st.sampled_from(["A b c", LEAD, "\n", "\n\n", " \n \n", " ", "Envoys meet", "é😀"]), max_size=9),
    st.sampled_from(["Envoys meet", "", "(*", "A b c"]),
    st.data(),
)
def test_parts_divide_the_text_and_its_words(chunks, title, data):
    text = "".join(chunks)
    edges = sorted({0, len(text), *data.draw(st.lists(st.integers(0, len(text)), max_size=4))})
    sentences = [Span(a, b) for a, b in pairwise(edges)]
    parts = article_parts(text, title, sentences)
    assert "".join(text[span.start : span.end] for span in parts) == text
    assert all(span.start < span.end for span in parts)
    assert sum(span.part == "lead" for span in parts) <= 1
    assert all(part_at(parts, n) == span.part for span in parts for n in range(span.start, span.end))
    segments = [VoiceSegment(*span, f"side{n}", n) for n, span in enumerate(sentences)]
    words = words_by_voice_and_part(text, segments, parts)
    assert sum(words.values()) == count_words(text)
