"""VADER scores of each voice, and of the clause around a target."""

import pytest

from analysis.annotators.parsing.document import Document, Span, VoiceSegment
from analysis.annotators.tone.vader import clause_polarity, voice_tones

TEXT = "A wonderful success. “A horrible disaster,” he said."


def document():
    return Document(TEXT, (Span(0, 20), Span(21, len(TEXT))))


def segments():
    start, end = TEXT.index("A horrible"), TEXT.index(",”")
    return [
        VoiceSegment(0, start, "outlet", None),
        VoiceSegment(start, end, "iran", 0),
        VoiceSegment(end, len(TEXT), "outlet", None),
    ]


def test_each_voice_has_its_own_tone():
    iran, outlet = voice_tones(document(), segments(), TEXT)
    assert (iran.voice, iran.n_words, iran.positive, iran.negative) == ("iran", 3, 0, 2)
    assert (outlet.voice, outlet.n_words, outlet.positive, outlet.negative) == ("outlet", 5, 2, 0)
    assert iran.vader_compound < -0.5 < 0.2 < outlet.vader_compound


def test_scores_are_those_of_the_vader_package():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    from analysis.annotators.tone.vader import compound

    theirs = SentimentIntensityAnalyzer()
    for text in ("A wonderful success.", "Not a good deal", "sanctions hurt the economy badly", ""):
        assert compound(text) == pytest.approx(theirs.polarity_scores(text)["compound"], abs=1e-4)


def test_only_the_punctuation_of_the_text_is_needed():
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    from analysis.annotators.tone.vader import _analyzer, compound

    text = "“GREAT”!!! (not) a 'success'?! It was... good, or: bad;"
    found = compound(text)
    analyzer = _analyzer()
    analyzer.constants.PUNC_LIST = VaderConstants.PUNC_LIST
    assert SentimentIntensityAnalyzer.polarity_scores(analyzer, text)["compound"] == found != 0


def test_the_clause_of_the_target_counts():
    text = "Iran praised the excellent deal, but Russia condemned the brutal attack"
    russia = text.index("Russia")
    assert clause_polarity(text, 0, 4) == 1
    assert clause_polarity(text, russia, russia + 6) == -1
    assert clause_polarity("Nothing to see here", 0, 7) == 0
