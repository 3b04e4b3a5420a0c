"""Tone towards actors: by article with sentences resampled, by group with articles resampled."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.tone.vader import compound
from analysis.compare._core.intervals import MINIMUM_CLUSTERS, ratio_intervals
from analysis.compare.measures.tone import (
    AGREEMENTS,
    COUNTS,
    article_index,
    calibration,
    model_and_vader,
    polarity_index,
)
from analysis.errors import FramingError
from analysis.tables import Tables
from tests.compare.made_up import one, spread, tables

TEXT = "The brilliant Iran won. A terrible war began near Iran. Iran exists."
SPANS = [(0, 23), (24, 55), (56, 68)]


@pytest.fixture(scope="module")
def corpus():
    return spread(outlets=2, per_outlet=24)


def mention(sentence, p_positive, *, article="a", actor="iran", voice="outlet", abstained=None):
    return {
        "article_id": article,
        "sentence": sentence,
        "actor_id": actor,
        "side": "east" if actor == "iran" else "west",
        "voice": voice,
        "polarity": 0 if abstained else int(np.sign(round(2 * p_positive - 1, 9))),
        "p_negative": 1 - p_positive,
        "p_neutral": 0.0,
        "p_positive": p_positive,
        "abstained": abstained,
    }


def made(mentions, voices=("outlet", "russia")):
    articles = sorted({row["article_id"] for row in mentions})
    tones = [{"article_id": a, "voice": v, "n_words": 50} for a in articles for v in voices]
    return tables([{"article_id": a} for a in articles], mentions=mentions, tones=tones)


def test_polarity_over_mentions_with_a_class():
    rows = [(-1, 0.8, 0.1), (1, 0.2, 0.7), (1, 0.1, 0.9), (0, 0.1, 0.1), (0, 0.4, 0.3), (None, None, None)]
    made = tables(
        [{"article_id": "a"}],
        mentions=[
            {
                "article_id": "a",
                "side": "iran",
                "voice": "outlet" if i else "russia",
                "polarity": c,
                "p_negative": low,
                "p_neutral": None if low is None else 1 - low - high,
                "p_positive": high,
                "abstained": "low confidence" if i == 4 else None,
            }
            for i, (c, low, high) in enumerate(rows)
        ],
        tones=[{"article_id": "a", "voice": v, "n_words": 5} for v in ("outlet", "russia")],
    )
    by_probability = one(polarity_index(made))
    assert by_probability["estimate"] == pytest.approx((-0.7 + 0.5 + 0.8 + 0) / 4)
    by_class = one(polarity_index(made, use="polarity", only="iran"))
    assert (by_class["numerator"], by_class["denominator"], by_class["estimate"]) == (1, 4, 0.25)
    assert by_class[["n_negative", "n_neutral", "n_positive", "n_abstained"]].tolist() == [1, 1, 2, 2]
    split = polarity_index(made, voice="split")
    assert one(split, voice="quoted")["n_negative"] == 1
    assert one(split, voice="outlet")["n_abstained"] == 2
    assert polarity_index(made, only="us")["note"].tolist() == ["no scored mentions"]


def test_polarity_without_probabilities_asks_for_the_classes():
    made = tables([{"article_id": "a"}], mentions=[{"article_id": "a", "side": "iran", "polarity": 1}])
    with pytest.raises(FramingError, match="use='polarity'"):
        polarity_index(made)
    assert one(polarity_index(made, use="polarity"))["estimate"] == 1


def test_an_article_by_hand():
    rows = [
        mention(0, 0.9),
        mention(0, 0.5),
        mention(1, 0.2, voice="russia"),
        mention(2, 0.4, abstained="low confidence"),
        mention(3, 0.7, actor="us"),
        mention(0, 0.0, article="b"),
    ]
    table = article_index(made(rows))
    assert table[["article_id", "actor_id"]].to_numpy().tolist() == [
        ["a", "iran"],
        ["a", "us"],
        ["b", "iran"],
    ]
    iran = table.iloc[0]
    assert (iran["numerator"], iran["denominator"], iran["n"]) == (pytest.approx(0.8 + 0 - 0.6), 3, 2)
    assert iran[list(COUNTS)].tolist() == [1, 1, 1, 1]
    assert iran["note"] == f"no interval: 2 sentences, at least {MINIMUM_CLUSTERS} needed"
    assert np.isnan(iran["ci95_low"])
    split = article_index(made(rows), voice="split", only="iran")
    assert one(split, article_id="a", voice="quoted")["estimate"] == pytest.approx(-0.6)
    assert one(split, article_id="a", voice="outlet")["n_abstained"] == 1
    assert set(article_index(made(rows), towards="side")["side"]) == {"east", "west"}


def test_the_interval_of_an_article_resamples_its_sentences():
    values = [0.9, 0.1, 0.4, 0.4, 0.8, 1.0]
    rows = [mention(number, p) for number, p in enumerate(values)] + [mention(0, 0.2)]
    found = article_index(made(rows)).iloc[0]
    sums = np.array([2 * p - 1 for p in values])
    sums[0] += 2 * 0.2 - 1
    low, high = ratio_intervals(sums[:, None], np.array([2.0, 1, 1, 1, 1, 1]))[:, 0]
    assert (found["ci95_low"], found["ci95_high"]) == (pytest.approx(low), pytest.approx(high))
    assert "bootstrap over 6 sentences" in found["method"]
    assert found["note"].startswith("only 6 sentences")


def test_sentences_whose_mentions_all_abstain_do_not_count_towards_an_interval():
    rows = [mention(number, 0.2 * number) for number in range(4)]
    rows += [mention(number, 0.4, abstained="no context") for number in (7, 8, 9)]
    found = article_index(made(rows)).iloc[0]
    assert found["n"] == 4 and found["n_abstained"] == 3
    assert np.isnan(found["ci95_low"])


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.floats(0, 1), st.sampled_from(["iran", "us"])),
        min_size=1,
        max_size=14,
    )
)
def test_any_article_has_an_index_between_its_extremes(rows):
    mentions = [mention(sentence, p, actor=actor) for sentence, p, actor in rows]
    table = article_index(made(mentions))
    for row in table.itertuples():
        values = [2 * p - 1 for _, p, actor in rows if actor == row.actor_id]
        assert min(values) - 1e-9 <= row.estimate <= max(values) + 1e-9
        assert row.denominator == len(values) == row.n_negative + row.n_neutral + row.n_positive
        if row.ci95_low == row.ci95_low:
            assert -1 - 1e-9 <= row.ci95_low <= row.ci95_high <= 1 + 1e-9
            assert row.n >= MINIMUM_CLUSTERS


@pytest.mark.parametrize("function", [polarity_index, article_index])
def test_order_does_not_matter(function, corpus):
    mentions = corpus.mentions.sample(frac=1, random_state=3, ignore_index=True)
    articles = corpus.articles.sample(frac=1, random_state=4, ignore_index=True)
    shuffled = dataclasses.replace(corpus, mentions=mentions, articles=articles)
    pd.testing.assert_frame_equal(function(shuffled), function(corpus))


@pytest.mark.parametrize("function", [polarity_index, article_index])
def test_no_mentions_no_rows_same_columns(function, corpus):
    empty = Tables.from_rows({}, articles=corpus.articles.iloc[:0])
    assert function(empty).empty
    assert list(function(empty).columns) == list(function(corpus).columns)


def test_groups_by_actor_and_period(corpus):
    table = polarity_index(corpus, by=["outlet", "quarter"], towards="actor_id", voice="sides")
    assert list(table.columns[:4]) == ["outlet", "quarter", "actor_id", "voice"]
    judged = corpus.mentions["polarity"].notna().sum()
    assert table[["n_negative", "n_neutral", "n_positive"]].to_numpy().sum() == judged


def test_the_bundled_corpus_every_mention_is_in_one_row(bundled):
    table = article_index(bundled)
    assert table[list(COUNTS)].to_numpy().sum() == len(bundled.mentions)
    assert table["estimate"].dropna().between(-1, 1).all()
    both = polarity_index(bundled, by=[], voice="split")
    assert both[list(COUNTS)].to_numpy().sum() == len(bundled.mentions)


def towards(sentence, p_positive, *, side="iran", article="a", abstained=None):
    return {
        "article_id": article,
        "sentence": sentence,
        "actor_id": side,
        "side": side,
        "polarity": 0,
        "p_negative": 1 - p_positive,
        "p_neutral": 0.0,
        "p_positive": p_positive,
        "abstained": abstained,
    }


def corpus_with(*mentions):
    articles = sorted({row["article_id"] for row in mentions})
    sentences = [
        {"article_id": a, "sentence": n, "start": start, "end": end}
        for a in articles
        for n, (start, end) in enumerate(SPANS)
    ]
    return tables([{"article_id": a, "text": TEXT} for a in articles], sentences=sentences, mentions=mentions)


def test_vader_reads_the_sentences_of_the_mentions_that_have_a_class():
    corpus = corpus_with(
        towards(0, 0.5),
        towards(0, 0.7),
        towards(1, 0.6),
        towards(2, 0.9, abstained="low confidence"),
    )
    row = one(model_and_vader(corpus, only=["iran"]))
    good, bad = (compound(TEXT[start:end]) for start, end in SPANS[:2])
    assert row["vader"] == pytest.approx((2 * good + bad) / 3)
    assert (row["denominator"], row["n"], row["n_abstained"]) == (3, 2, 1)
    assert row["outlet"] == "Harbour News"


@pytest.mark.parametrize(
    ("sentence", "p_positive", "expected"),
    [(0, 0.9, "same"), (0, 0.1, "opposite"), (1, 0.9, "opposite"), (1, 0.1, "same"), (0, 0.51, "one is neutral"),
     (2, 0.9, "one is neutral"), (2, 0.5, "same")],
)  # fmt: skip
def test_agreement_is_about_the_direction(sentence, p_positive, expected):
    assert (
        one(model_and_vader(corpus_with(towards(sentence, p_positive)), only=["iran"]))["agreement"]
        == expected
    )


def test_sides_come_in_the_order_asked_for_and_others_stay_out():
    corpus = corpus_with(
        towards(0, 0.9, side="us"),
        towards(0, 0.9, article="b"),
        towards(0, 0.9),
        towards(1, 0.2, side="x"),
    )
    table = model_and_vader(corpus, only=["us", "iran", "nobody"])
    assert table[["side", "article_id"]].to_numpy().tolist() == [["us", "a"], ["iran", "a"], ["iran", "b"]]
    assert model_and_vader(corpus, only=["nobody"]).empty


def test_on_the_bundled_corpus(bundled):
    table = model_and_vader(bundled, only=["russia", "iran"])
    assert set(table["agreement"]) == set(AGREEMENTS)
    assert table["vader"].between(-1, 1).all()


def test_the_index_is_calibrated_for_the_sides_of_the_coded_articles_only():
    known = calibration(["russia", "iran"])
    assert known.n_articles >= 70 and 0 < known.rmse < 0.55 and known.spearman > 0.5
    assert calibration(["russia", "ruritania"]) is None
