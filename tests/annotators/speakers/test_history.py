"""Sources that refer back to an earlier speaker."""

import pytest

from analysis.annotators.parsing.document import Span, Speaker
from analysis.annotators.speakers.history import NOBODY, QuoteHistory

TURK = Speaker(None, "a senior Turkish official", "turkey")
IRANIAN = Speaker(None, "an Iranian official in Rasht", "iran")
REPORT = Speaker(None, "a report of the bank", "other")
MINISTRY = Speaker("ministry", "French Foreign Ministry", "france")
DUPONT = Speaker("dupont", "Marie Dupont", "france")


def history(*speakers, size=10):
    """Quotes one after the other, each with a source and ten characters of content."""
    made = QuoteHistory()
    for number, speaker in enumerate(speakers):
        start = number * 20
        made.add(((Span(start + 5, start + 5 + size),), (Span(start, start + 4),), ()), speaker)
    return made


def test_a_quote_encloses_its_spans():
    made = QuoteHistory()
    made.add(((Span(20, 30), Span(40, 50)), (Span(5, 9),), (Span(10, 14),)), DUPONT)
    made.add(((Span(60, 70),), (), ()), DUPONT)
    first, second = made.quotes
    assert (first.start, first.end, first.cue_end, first.source) == (5, 50, 14, Span(5, 9))
    assert (second.cue_end, second.source) == (70, None)  # without a cue, the content ends the attribution


def test_the_first_person_is_the_speaker_of_the_words_around():
    made = history(DUPONT, TURK)
    assert made.speaker_around(Span(6, 7)) == DUPONT
    assert made.speaker_around(Span(26, 27)) == TURK
    assert made.speaker_around(Span(16, 17)) == NOBODY  # the author's own words


def test_of_nested_quotes_the_inner_speaker_counts():
    made = QuoteHistory()
    made.add(((Span(0, 100),), (), ()), DUPONT)
    made.add(((Span(40, 60),), (), ()), TURK)
    assert made.speaker_around(Span(50, 51)) == TURK
    assert made.speaker_around(Span(70, 71)) == DUPONT


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        ((MINISTRY,), MINISTRY),
        ((MINISTRY, DUPONT), MINISTRY),
        ((MINISTRY, DUPONT, TURK), NOBODY),  # too long ago
        ((DUPONT,), NOBODY),
        ((), NOBODY),
    ],
)
def test_it_is_the_organisation_that_spoke_last(speakers, expected, two_states):
    assert history(*speakers).last_organisation(two_states) == expected


@pytest.mark.parametrize(
    ("speakers", "phrase", "expected"),
    [
        ((TURK,), "the official", TURK),
        ((TURK,), "the Turkish official", TURK),
        ((TURK, IRANIAN), "the official", IRANIAN),
        ((TURK, IRANIAN), "the Turkish official", None),  # another official spoke since
        ((TURK,), "the diplomat", None),
        ((DUPONT,), "the Dupont", None),  # somebody with a name
        ((TURK,), "the", None),
    ],
)
def test_a_definite_description(speakers, phrase, expected):
    assert history(*speakers).described_before(phrase) == expected


def test_the_text_quoted_last():
    assert history(REPORT, TURK).last_text() == REPORT
    assert history(TURK, NOBODY).last_text() is None
    assert history().last_text() is None
