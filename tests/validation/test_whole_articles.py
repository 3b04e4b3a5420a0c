"""Estimates corrected with articles that readers coded as a whole."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.measures.units import presence, quoted_units, theme_units
from analysis.errors import FramingError, ReadError
from analysis.exports.standoff import standoff_tables
from analysis.validation import ArticleCoding, article_units, corrected_means, load_coding
from tests.compare.made_up import tables

TEXT = "We say one two three. They say four five."  # the words of Iran begin at 7, inside them those of Russia at 11
N = 40


@pytest.fixture(scope="module")
def measured():
    """Every second article was measured to have the theme, and ten of a hundred words of Iran."""
    articles = [
        {"article_id": f"a{i:02}", "outlet": "Big" if i < 30 else "Small", "text": TEXT, "extra_set": "core"}
        for i in range(N)
    ]
    hits = [{"article_id": f"a{i:02}", "theme": "trade"} for i in range(0, N, 2)]
    voices = [
        {"article_id": f"a{i:02}", "voice": voice, "n_words": words}
        for i in range(N)
        for voice, words in (("outlet", 80), ("iran", 10), ("russia", 10))
    ]
    return tables(articles, themes=hits, tones=voices)


def coding(n=N, **changes):
    ids = [f"a{i:02}" for i in range(n)]
    spans = [(i, quote, "content", *span) for i in ids for quote, span in ((1, (7, 20)), (2, (11, 14)))]
    whole = {
        "articles": pd.DataFrame(
            {"article_id": ids, "frames": ["threat;partnership", None] * (n // 2), "tone_iran": -1.0}
        ),
        "themes": pd.DataFrame({"article_id": ids, "trade": [0, 2] * (n // 2)}),
        "quotes": pd.DataFrame(
            [(i, q, side) for i in ids for q, side in ((1, "iran"), (2, "russia"))],
            columns=["article_id", "quote", "side"],
        ),
        "quote_spans": pd.DataFrame(spans, columns=["article_id", "quote", "role", "start", "end"]),
        "acts": pd.DataFrame(
            {"article_id": ["a00", "a00", "a01"], "direction": ["cooperation", "conflict", "neutral"]}
        ),
    }
    return ArticleCoding(**(whole | changes))


def dsl(units):
    rows = corrected_means(units, size="size", cluster="family_id").set_index("estimator")
    return rows.loc["naive", "estimate"], rows.loc["dsl", "estimate"]


def test_what_readers_saw_replaces_what_was_measured(measured):
    """The toolkit finds the theme in the wrong half; all articles were coded."""
    codes = ArticleCoding(**{**vars(coding()), "themes": coding().themes.assign(trade=[1, 0, 0, 0] * 10)})
    units = article_units(
        measured, presence(theme_units(measured, "trade")), codes.theme_units("trade"), strata="outlet"
    )
    assert dsl(units) == (0.5, 0.25)


def test_the_innermost_speaker_has_a_word(measured):
    codes = coding()
    own = codes.quoted_units(measured, "iran").iloc[0]
    assert (own["numerator"], own["denominator"]) == (
        2,
        3,
    )  # 'two' and 'three' without 'one', which is Russia's
    assert codes.attributed_units(measured).iloc[0][["numerator", "denominator"]].tolist() == [3, 9]
    assert dsl(
        article_units(
            measured, quoted_units(measured, "iran"), codes.quoted_units(measured, "iran"), strata="outlet"
        )
    ) == (
        0.5,
        pytest.approx(2 / 3),
    )


def test_another_coding_of_the_same_tables_has_its_own_words(measured):
    codes = coding()
    changed = coding(quotes=codes.quotes.assign(side="iran"))
    found = [one.quoted_units(measured, "iran")["numerator"].iloc[0] for one in (codes, changed, codes)]
    assert found == [2, 3, 2]


def test_outlines_have_the_same_words(bundled):
    some = bundled.select(bundled.metadata["article_id"].head(4))
    ids = some.metadata["article_id"].tolist()
    codes = ArticleCoding(
        **{
            **vars(coding()),
            "articles": pd.DataFrame({"article_id": ids}),
            "quotes": pd.DataFrame({"article_id": ids, "quote": 1, "side": "iran"}),
            "quote_spans": pd.DataFrame(
                {"article_id": ids, "quote": 1, "role": "content", "start": 10, "end": 300}
            ),
        }
    )
    assert codes.quoted_units(some, "iran").equals(codes.quoted_units(standoff_tables(some), "iran"))


def test_one_outlet_one_vote(measured):
    """All of Big and none of Small: three quarters of the articles, half of the outlets."""
    ids = measured.metadata["article_id"]
    half = pd.DataFrame({"article_id": ids, "numerator": (ids < "a30").astype(float), "denominator": 1.0})
    by_outlet, by_article = (
        article_units(measured, half, half, strata="outlet", weight=w) for w in ("outlet", "word")
    )
    assert dsl(by_outlet)[0] == 0.5 and dsl(by_article)[0] == 0.75


def test_coded_articles_stand_for_their_stratum(measured):
    part = coding(20)
    units = article_units(
        measured, presence(theme_units(measured, "trade")), part.theme_units("trade"), strata="outlet"
    )
    assert units.groupby("outlet")["probability"].first()["Big"] == pytest.approx(20 / 30)
    assert np.isnan(units.loc[units["article_id"] == "a39", "probability"].item())


def test_frames_tone_and_acts_are_read_from_the_coding():
    codes = coding(4)
    assert codes.frame_units("threat")["numerator"].tolist() == [1, 0, 1, 0]
    assert codes.tone_units("iran")["numerator"].tolist() == [-1] * 4
    assert codes.act_units()[["numerator", "denominator"]].iloc[0].tolist() == [0, 2]


def test_errors_name_the_file_or_the_remedy(measured, tmp_path):
    with pytest.raises(ReadError, match=r"articles\.csv"):
        load_coding(tmp_path)
    none = coding(2).theme_units("trade").assign(article_id=["x", "y"])
    with pytest.raises(FramingError, match="none of the measured articles was coded"):
        article_units(measured, presence(theme_units(measured, "trade")), none, strata="outlet")
