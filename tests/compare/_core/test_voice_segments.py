"""The voice of every character, reconstructed from the tables, is that of the annotation."""

import pandas as pd

from analysis.annotators.voice import voice_at
from analysis.compare._core.voice_segments import voice_segments, words_by_quote


def test_segments_give_hits_the_voice_that_the_run_gave_them(bundled):
    segments = voice_segments(bundled)
    for row in bundled.themes.head(300).itertuples():
        assert voice_at(segments[row.article_id], row.start).voice == row.voice


def test_segments_cover_the_text(bundled):
    first = bundled.articles["article_id"].iloc[0]
    segments = voice_segments(bundled, {first})
    assert list(segments) == [first]
    ends = [0, *(segment.end for segment in segments[first])]
    assert ends[:-1] == [segment.start for segment in segments[first]]
    assert ends[-1] == len(bundled.articles["text"].iloc[0])


def test_words_of_quotes_add_up_to_the_attributed_words(bundled):
    """Words of a quote inside another one count once, for the inner quote."""
    quotes = bundled.quotes.set_index("quote_id")
    words = pd.Series(words_by_quote(bundled))
    by_side = words.groupby(quotes["side"].reindex(words.index)).sum()
    spoken = bundled.tones[bundled.tones["voice"] != "outlet"].groupby("voice")["n_words"].sum()
    pd.testing.assert_series_equal(by_side, spoken, check_names=False, check_dtype=False)
