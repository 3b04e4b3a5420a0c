"""Spans of attributions end between words and respect quotation marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.quotation_marks import quoted_regions
from analysis.annotators.quotes.span_cleanup import SpanCleaner
from analysis.corpus import WORD
from tests.annotators.quotes.attributed import attribution, spans_of


def cleaned(text, found):
    """Content, source and cue as words, after cleaning."""
    clean = SpanCleaner(text, quoted_regions(text)).clean(found)
    return tuple([text[slice(*span)] for span in spans] for spans in (clean.content, clean.source, clean.cue))


@pytest.mark.parametrize(
    "content, expected",
    [
        ("“We go,”", ["We go,"]),  # marks around a whole part are left out
        ("it “a long way home", ["it “a long way home”"]),  # marks within a part are completed
        (", calling it", ["calling it"]),
        ("“", []),
    ],
)
def test_contents(content, expected):
    text = "“We go,” Weber said, calling it “a long way home”."
    assert cleaned(text, attribution(text, content))[0] == expected


def test_a_part_over_two_paragraphs_of_a_quotation_is_split():
    text = "“We go.\n\n“We stay,” she said."
    assert cleaned(text, attribution(text, text[: text.index(" she")]))[0] == ["We go.", "We stay,"]


def test_parts_that_only_a_quotation_mark_separates_are_joined():
    text = "She called it “a gift” to all."
    assert cleaned(text, attribution(text, "a gift", "to all"))[0] == ["“a gift” to all"]


@pytest.mark.parametrize(
    "source, cue, expected",
    [
        ("Trump’", "s “publicly saying”", (["Trump’s"], ["publicly saying"])),
        ("You'", "ll ", (["You'll"], [])),
    ],
)
def test_sources_and_cues_end_between_words(source, cue, expected):
    text = "Trump’s “publicly saying”, and You'll see it."
    found = Attribution(spans_of(text, "see it"), spans_of(text, source), spans_of(text, cue))
    assert cleaned(text, found)[1:] == expected


@pytest.mark.parametrize(
    "content, kind",
    [("We go,", "direct"), ("calling it", "indirect"), ("it “a long way", "mixed")],
)
def test_kinds(content, kind):
    text = "“We go,” Weber said, calling it “a long way home”."
    assert SpanCleaner(text, quoted_regions(text)).kind(spans_of(text, content)) == kind


@given(st.text(alphabet="ab, .\n“”\"'said", max_size=60), st.data())
def test_any_attribution_becomes_clean(text, data):
    offsets = st.integers(0, len(text))
    spans = st.lists(st.tuples(offsets, offsets).map(lambda p: Span(min(p), max(p))), max_size=3).map(tuple)
    found = data.draw(st.builds(Attribution, spans, spans, spans))
    clean = SpanCleaner(text, quoted_regions(text)).clean(found)
    for span in (*clean.content, *clean.source, *clean.cue):
        assert 0 <= span.start < span.end <= len(text)
    assert all(WORD.search(text[span.start : span.end]) for span in clean.content)
    assert all(one.end <= other.start for one, other in pairwise(clean.content))
