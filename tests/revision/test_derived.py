"""Voices and VADER's scores follow from the sides of quotes."""

from dataclasses import replace

import pandas as pd

from analysis.revision.derived import with_derived_voices, with_voices


def test_hits_have_the_voice_of_the_quote_around_them(bundled):
    for name in ("mentions", "themes", "relations"):
        hits = getattr(bundled, name)
        pd.testing.assert_frame_equal(with_voices(hits.assign(voice="?"), bundled.quotes), hits)


def test_a_side_moves_words_from_voice_to_voice(bundled):
    article_id = bundled.quotes.query("side == 'iran'")["article_id"].iloc[0]
    few = bundled.select([article_id])
    moved = few.quotes.assign(side=few.quotes["side"].where(few.quotes["side"] != "iran", "syria"))
    derived = with_derived_voices(replace(few, quotes=moved), {article_id})
    words, before = (tables.tones.set_index("voice")["n_words"] for tables in (derived, few))
    assert "iran" not in words
    assert words["syria"] == before["iran"] + before.get("syria", 0)
    assert words.sum() == before.sum()
    assert with_derived_voices(few, {article_id}).tones.equals(few.tones)
