"""Every character and every word has exactly one voice."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.parsing.document import Document, Span, Speaker, VoiceSegment
from analysis.annotators.quotes.extract import QuoteRecord
from analysis.annotators.voice import partition, voice_at, words_by_voice
from analysis.corpus import count_words
from analysis.schemas import OUTLET, UNATTRIBUTED

TEXT = "The envoy said: “We agree, as the miller told us, ‘bread is dear’ and so on.” He left."


def record(content, source=(), cue=()):
    spans = (tuple(content), tuple(source), tuple(cue))
    every = [span for role in spans for span in role]
    return QuoteRecord(
        kind="direct",
        act="speech",
        content="",
        source=None,
        cue=None,
        cue_lemma=None,
        cue_class=None,
        spans=spans,
        start=min(span.start for span in every),
        end=max(span.end for span in every),
        score=1.0,
        sentence=0,
    )


def document(text):
    return Document(text, (Span(0, len(text)),) if text.strip() else ())


def speaker(side):
    return Speaker(None, None, side)


def at(words, text=TEXT):
    return Span(text.index(words), text.index(words) + len(words))


def test_no_quotes_no_other_voice():
    assert partition(document(TEXT), [], []) == [VoiceSegment(0, len(TEXT), OUTLET, None)]
    assert partition(document(""), [], []) == []


def test_the_innermost_attribution_counts():
    outer = record([at("We agree, as the miller told us, ‘bread is dear’ and so on.")], cue=[at("said")])
    nested = record([at("bread is dear")], source=[at("the miller")], cue=[at("told")])
    segments = partition(document(TEXT), [outer, nested], [speaker("north"), speaker("south")])
    assert [(TEXT[s.start : s.end], s.voice, s.quote) for s in segments] == [
        ("The envoy said: “", OUTLET, None),
        ("We agree, as the miller told us, ‘", "north", 0),
        ("bread is dear", "south", 1),
        ("’ and so on.", "north", 0),
        ("” He left.", OUTLET, None),
    ]
    reverse = partition(document(TEXT), [nested, outer], [speaker("south"), speaker("north")])
    assert [s.voice for s in reverse] == [s.voice for s in segments]


def test_cue_and_source_in_the_midst_of_a_content_are_the_outlets():
    text = "We agree, the envoy said, on bread."
    quote = record([Span(0, len(text))], source=[at("the envoy", text)], cue=[at("said", text)])
    segments = partition(document(text), [quote], [speaker("north")])
    assert [(text[s.start : s.end], s.voice) for s in segments] == [
        ("We agree, ", "north"),
        ("the envoy", OUTLET),
        (" ", "north"),
        ("said", OUTLET),
        (", on bread.", "north"),
    ]


def test_a_speaker_without_side_is_unattributed():
    segments = partition(document(TEXT), [record([Span(0, 3)])], [speaker(UNATTRIBUTED)])
    assert voice_at(segments, 2).voice == UNATTRIBUTED
    assert partition(document(TEXT), [record([Span(0, 3)])], [speaker("")])[0].voice == UNATTRIBUTED


def test_every_quote_has_a_speaker():
    with pytest.raises(ValueError):
        partition(document(TEXT), [record([Span(0, 3)])], [])


def test_voice_at_the_edges():
    segments = partition(document("abcdef"), [record([Span(2, 4)])], [speaker("north")])
    assert [voice_at(segments, offset).voice for offset in range(6)] == [
        OUTLET, OUTLET, "north", "north", OUTLET, OUTLET,
    ]  # fmt: skip
    for offset in (-1, 6):
        with pytest.raises(IndexError):
            voice_at(segments, offset)


def test_a_word_belongs_to_the_voice_of_its_first_character():
    segments = partition(document("one three five"), [record([Span(6, 11)])], [speaker("north")])
    assert words_by_voice("one three five", segments) == {OUTLET: 2, "north": 1}


@st.composite
def annotated(draw):
    text = draw(st.text(alphabet="ab'’ \n😀\u200f.“”", max_size=80))
    offsets = st.integers(0, len(text))
    span = (
        st.tuples(offsets, offsets).map(sorted).filter(lambda pair: pair[0] < pair[1]).map(lambda p: Span(*p))
    )
    spans = st.lists(span, max_size=3)
    number = draw(st.integers(0, 6)) if text else 0
    records = [record(draw(spans.filter(bool)), draw(spans), draw(spans)) for _ in range(number)]
    sides = st.sampled_from(["north", "south", UNATTRIBUTED, ""])
    return text, records, [speaker(draw(sides)) for _ in records]


@given(annotated())
def test_voices_divide_the_text(case):
    text, records, speakers = case
    segments = partition(document(text), records, speakers)
    assert "".join(text[s.start : s.end] for s in segments) == text
    assert [s.start for s in segments] == [0, *(s.end for s in segments)][: len(segments)]
    assert all(s.start < s.end for s in segments)
    assert all((a.voice, a.quote) != (b.voice, b.quote) for a, b in pairwise(segments))
    for segment in segments:
        assert (segment.voice == OUTLET) == (segment.quote is None)
        if segment.quote is not None:
            content, source, cue = records[segment.quote].spans
            assert set(range(segment.start, segment.end)) <= {n for s in content for n in range(*s)}
            assert not any(s.start < segment.end and segment.start < s.end for s in (*source, *cue))
    assert sum(words_by_voice(text, segments).values()) == count_words(text)
