"""Rates, shares and tone."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.compare._core.intervals import wilson
from analysis.compare.measures import rates
from analysis.errors import FramingError
from analysis.tables import Tables
from tests.compare.made_up import one, spread, tables

FUNCTIONS = [
    rates.theme_rates,
    rates.theme_prevalence,
    rates.voice_shares,
    rates.quoted_shares,
    rates.tone_means,
]
NUMBERS = ["numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method", "note"]


@pytest.fixture(scope="module")
def corpus():
    return spread(outlets=2, per_outlet=24)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_every_row_says_what_it_was_made_of(function, corpus):
    table = function(corpus, by=["outlet", "quarter"])
    assert list(table.columns[:2]) == ["outlet", "quarter"]
    assert [c for c in table.columns if c in NUMBERS] == NUMBERS
    assert (table["note"].eq("") | table["ci95_low"].isna() | table["note"].str.startswith("only")).all()
    known = table.dropna(subset=["ci95_low"])
    assert (known["ci95_low"] <= known["estimate"]).all() and (known["estimate"] <= known["ci95_high"]).all()


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_no_articles_no_rows_same_columns(function, corpus):
    empty = Tables.from_rows({}, articles=corpus.articles.iloc[:0])
    assert function(empty).empty
    assert list(function(empty).columns) == list(function(corpus).columns)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_order_and_names_of_outlets_do_not_matter(function, corpus):
    shuffled = {
        name: getattr(corpus, name).sample(frac=1, random_state=3, ignore_index=True)
        for name in ("articles", "tones", "themes", "mentions")
    }
    pd.testing.assert_frame_equal(function(dataclasses.replace(corpus, **shuffled)), function(corpus))
    renamed = corpus.articles.assign(outlet=corpus.articles["outlet"].replace("Outlet 0", "Zed"))
    other = function(dataclasses.replace(corpus, articles=renamed))
    pd.testing.assert_frame_equal(
        other[other["outlet"] == "Zed"].drop(columns="outlet").reset_index(drop=True),
        function(corpus).query("outlet == 'Outlet 0'").drop(columns="outlet").reset_index(drop=True),
    )


def test_rates_are_per_1000_words_of_the_same_voice():
    made = tables(
        [{"article_id": "a"}, {"article_id": "b"}],
        tones=[
            {"article_id": "a", "voice": "outlet", "n_words": 300},
            {"article_id": "a", "voice": "iran", "n_words": 100},
            {"article_id": "b", "voice": "outlet", "n_words": 200},
        ],
        themes=[
            {"article_id": "a", "theme": "trade", "voice": "outlet"},
            {"article_id": "a", "theme": "trade", "voice": "iran"},
            {"article_id": "a", "theme": "trade", "voice": "iran", "negated": True},
            {"article_id": "b", "theme": "war", "voice": "outlet"},
        ],
    )
    whole = one(rates.theme_rates(made), theme="trade")
    assert (whole["numerator"], whole["denominator"], whole["n"], whole["estimate"]) == (3, 600, 2, 5.0)
    split = rates.theme_rates(made, voice="split")
    own, quoted = (one(split, theme="trade", voice=voice) for voice in ("outlet", "quoted"))
    assert (own["numerator"], own["denominator"], own["n"], own["estimate"]) == (1, 500, 2, 2.0)
    assert (quoted["numerator"], quoted["denominator"], quoted["n"], quoted["estimate"]) == (2, 100, 1, 20.0)
    affirmed = rates.theme_rates(made, voice="iran", include_negated=False)
    assert one(affirmed, theme="trade")["estimate"] == 10.0
    assert set(rates.theme_rates(made, voice="sides")["voice"]) == {"outlet", "iran"}


def test_themes_asked_for_are_reported_without_a_hit(corpus):
    row = one(rates.theme_rates(corpus, by=[], themes=["fisheries"]))
    assert (row["numerator"], row["estimate"]) == (0, 0)
    assert np.isnan(row["ci95_low"]) and row["note"].startswith(
        "no interval: the count is 0 in all 48 articles"
    )


def test_no_interval_below_five_articles_and_a_warning_below_twenty():
    few = rates.theme_rates(spread(per_outlet=4))
    assert few["ci95_low"].isna().all()
    assert few["note"].iloc[0] == "no interval: 4 articles, at least 5 needed"
    some = one(rates.theme_rates(spread(per_outlet=6)), theme="trade", outlet="Outlet 0")
    assert some["note"].startswith("only 6 articles") and some["ci95_low"] < some["estimate"]


def test_one_article_is_one_and_few_that_differ_are_a_caution():
    alone = spread(per_outlet=1)
    assert rates.theme_rates(alone)["note"].iloc[0] == "no interval: 1 article, at least 5 needed"
    many = spread(outlets=4, per_outlet=6)
    ids = many.articles["article_id"].tolist()
    for hits_in, told in ((1, "1 article"), (4, "4 articles"), (5, "")):
        hits = pd.concat([many.themes.iloc[[0]].assign(article_id=a) for a in ids[:hits_in]])
        row = one(rates.theme_rates(dataclasses.replace(many, themes=hits), by=[]))
        assert row["note"] == (
            f"the value is the same in all but {told}: the interval is too narrow" if told else ""
        )
        assert row["ci95_low"] <= row["estimate"] < row["ci95_high"]


def test_reprints_resampled_as_one_widen_the_interval(corpus):
    twice = corpus.articles.assign(
        family_id=[f"{a[0]} {int(a[2:]) // 4}" for a in corpus.articles["article_id"]]
    )
    # within a family all articles are alike
    hits = pd.concat(
        [
            corpus.themes.iloc[[0]].assign(article_id=a)
            for a in twice["article_id"]
            if int(a.split("-")[1]) < 4
        ]
    )
    made = dataclasses.replace(corpus, articles=twice, themes=hits)
    alone, clustered = (one(rates.theme_rates(made, by=[], cluster=c)) for c in ("article_id", "family_id"))
    assert alone["estimate"] == clustered["estimate"]
    assert "12 families" in clustered["method"]
    assert clustered["ci95_high"] - clustered["ci95_low"] > 1.5 * (alone["ci95_high"] - alone["ci95_low"])


def test_prevalence_counts_articles(corpus):
    row = one(rates.theme_prevalence(corpus, by=[]), theme="war")
    assert (row["numerator"], row["denominator"], row["n"]) == (16, 48, 48)
    assert (row["ci95_low"], row["ci95_high"]) == wilson(16, 48)
    assert one(rates.theme_prevalence(corpus, by=[], minimum_hits=3), theme="trade")["numerator"] == 18
    assert "bootstrap" in rates.theme_prevalence(corpus, by=[], cluster="family_id")["method"].iloc[0]
    with pytest.raises(FramingError, match="minimum_hits"):
        rates.theme_prevalence(corpus, minimum_hits=0)


def test_shares_of_words_add_up_to_one(corpus):
    for table in (rates.voice_shares(corpus), rates.quoted_shares(corpus)):
        assert table.groupby("outlet")["estimate"].sum().to_numpy() == pytest.approx(1)
    assert one(rates.quoted_shares(corpus, by=[]), side="russia")["estimate"] == pytest.approx(0.6)
    assert one(rates.voice_shares(corpus, by=[]), voice="russia")["estimate"] == pytest.approx(0.3)


def test_shares_alike_in_all_articles_have_no_interval(corpus):
    assert rates.quoted_shares(corpus)["note"].str.contains("the same in all 24 articles").all()


def test_articles_without_quotes_are_no_n():
    made = tables(
        [{"article_id": a} for a in "ab"],
        tones=[
            {"article_id": "a", "voice": "outlet", "n_words": 10},
            {"article_id": "a", "voice": "iran", "n_words": 30},
            {"article_id": "a", "voice": "unattributed", "n_words": 10},
            {"article_id": "b", "voice": "outlet", "n_words": 70},
        ],
    )
    row = one(rates.quoted_shares(made), side="iran")
    assert (row["numerator"], row["denominator"], row["n"], row["estimate"]) == (30, 40, 1, 0.75)


def test_an_outlet_that_quotes_nobody_keeps_its_row():
    made = tables(
        [{"article_id": "a", "outlet": "A"}, {"article_id": "b", "outlet": "B"}],
        tones=[
            {"article_id": "a", "voice": "iran", "n_words": 30},
            {"article_id": "b", "voice": "outlet", "n_words": 70},
        ],
    )
    row = one(rates.quoted_shares(made), outlet="B")
    assert np.isnan(row["estimate"]) and row["note"] == "no attributed words"


def test_tone_is_weighted_by_words():
    made = tables(
        [{"article_id": a} for a in "ab"],
        tones=[
            {"article_id": "a", "voice": "outlet", "n_words": 30, "vader_compound": 0.5},
            {"article_id": "b", "voice": "outlet", "n_words": 10, "vader_compound": -0.5},
            {"article_id": "b", "voice": "iran", "n_words": 10, "vader_compound": -1.0},
        ],
    )
    assert one(rates.tone_means(made), voice="outlet")["estimate"] == 0.25
    assert one(rates.tone_means(made), voice="quoted")["estimate"] == -1
    assert one(rates.tone_means(made, voice=None))["estimate"] == pytest.approx(0)


def test_a_voice_nobody_has_is_an_error(corpus):
    with pytest.raises(FramingError, match=r"'martian'.*split.*russia"):
        rates.theme_rates(corpus, voice="martian")
