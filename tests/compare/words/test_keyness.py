"""Keyness: checked values, and what must not change the result."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.words.keyness import keyness, keyness_of_counts
from analysis.errors import FramingError
from tests.compare.made_up import one

SMALL = (7, 10, 2, 9)
LARGE = (30, 10_000, 10, 12_000)
ZERO = (12, 10_000, 0, 12_000)


def six(value):
    return round(float(value), 6)


def test_large_table_checked_values():
    table = keyness_of_counts(pd.Series({"w": 30}), pd.Series({"w": 10}), n_target=10_000, n_reference=12_000)
    row = one(table)
    assert six(row["chi2"]) == 14.108986
    assert six(row["g2_4"]) == 14.469001
    assert (six(row["estimate"]), six(row["ci95_low"]), six(row["ci95_high"])) == (
        1.847997,
        0.816202,
        2.879791,
    )
    assert six(row["bic"]) == six(14.469001 - np.log(22_000))
    assert (row["numerator"], row["denominator"], row["numerator_reference"], row["n"]) == (
        30,
        10_000,
        10,
        22_000,
    )


def test_zero_cell_checked_values():
    row = one(
        keyness_of_counts(pd.Series({"w": 12}), pd.Series(dtype=float), n_target=10_000, n_reference=12_000)
    )
    assert six(row["g2_4"]) == 18.930836
    assert six(row["estimate"]) == 4.847997
    assert "0.5 for a count of 0" in row["method"]


def articles(bursty=False):
    """Twenty articles of 100 words, half of them the target; 20 hits, spread or all in one article."""
    words = pd.Series(100, index=[f"a{i:02d}" for i in range(20)])
    rows = (
        [{"article_id": "a00", "item": "sanctions", "count": 20}]
        if bursty
        else [
            {"article_id": f"a{i:02d}", "item": "sanctions", "count": 2 + i % 2 - i // 5 % 2}
            for i in range(10)
        ]
    )
    rows += [{"article_id": f"a{i:02d}", "item": "sanctions", "count": 1} for i in range(10, 15)]
    rows += [{"article_id": f"a{i:02d}", "item": "the", "count": 10} for i in range(20)]
    return pd.DataFrame(rows), words, [f"a{i:02d}" for i in range(10)]


def test_one_article_that_repeats_a_word_is_no_finding_over_articles():
    spread, burst = (one(keyness(*articles(bursty)), item="sanctions") for bursty in (False, True))
    assert spread["numerator"] == burst["numerator"] == 20
    assert spread["g2_4"] == burst["g2_4"]
    assert spread["ci95_low"] > 0 > burst["ci95_low"]
    assert (burst["range_target"], burst["range_reference"], burst["n_target"], burst["n"]) == (1, 5, 10, 20)
    assert burst["dp_target"] == pytest.approx(0.9) and spread["dp_target"] < 0.2
    words = one(keyness(*articles(True), unit="words"), item="sanctions")
    assert words["ci95_low"] > 0


def test_the_interval_over_articles_is_that_of_a_bootstrap():
    rng = np.random.default_rng(5)
    words = pd.Series(rng.integers(200, 600, 400), index=[f"a{i:03d}" for i in range(400)])
    hits = rng.poisson(rng.gamma(1, 0.004, 400) * words)
    counts = pd.DataFrame({"article_id": words.index, "item": "w", "count": hits})
    row = one(keyness(counts, words, list(words.index[:200])))
    values = words.to_numpy()
    drawn = []
    for _ in range(600):
        x, y = rng.integers(0, 200, 200), rng.integers(200, 400, 200)
        drawn.append(np.log2(hits[x].sum() / values[x].sum()) - np.log2(hits[y].sum() / values[y].sum()))
    assert (row["ci95_high"] - row["ci95_low"]) / 2 / 1.96 == pytest.approx(np.std(drawn), rel=0.1)


def test_below_five_articles_there_is_no_interval_over_articles():
    counts, words, target = articles(False)
    few = one(keyness(counts, words, target[:4]), item="sanctions")
    assert np.isnan(few["ci95_low"]) and np.isnan(few["ci95_high"])
    assert few["note"] == "no interval: 4 articles in a group, at least 5 needed"
    enough = one(keyness(counts, words, target[:5]), item="sanctions")
    assert enough["ci95_low"] < enough["ci95_high"] and enough["note"] == ""


def test_few_articles_cover_as_many_do():
    """With normal instead of t quantiles .91; articles differ in length and in how much they say a word."""
    rng = np.random.default_rng(3)
    ids, covered, studies = [f"a{i:02d}" for i in range(13)], 0, 120
    for _ in range(studies):
        words = pd.Series(rng.integers(150, 400, 13), index=ids)
        hits = 1 + rng.poisson(words * 0.02 * rng.gamma(1.0, 1.0, 13))
        table = pd.DataFrame({"article_id": ids, "item": "w", "count": hits})
        row = keyness(table, words, ids[:6]).iloc[0]
        covered += row["ci95_low"] <= 0 <= row["ci95_high"]
    assert 0.92 <= covered / studies <= 0.99


UNEQUAL = pd.Series({"a": 100, "b": 300, "c": 200, "d": 200})
HITS = pd.DataFrame({"article_id": list("abcd"), "item": "w", "count": [10, 6, 2, 4]})
OUTLETS = pd.Series({"a": "Big", "b": "Big", "c": "Small", "d": "Other"})


@pytest.mark.parametrize(
    ("weight", "rate", "words"),
    [
        ("article", (10 / 100 + 6 / 300 + 2 / 200) / 3, 9 / (1 / 100 + 1 / 300 + 1 / 200)),
        ("outlet", (16 / 400 + 2 / 200) / 2, 4 / (1 / 400 + 1 / 200)),
    ],
)
def test_weighted_counts_are_tested_as_the_effective_words(weight, rate, words):
    """By hand: the mean of the rates, with the evidence of Kish's effective number of words."""
    row = one(keyness(HITS, UNEQUAL, ["a", "b", "c"], weight=weight, outlets=OUTLETS))
    same = one(
        keyness_of_counts(
            pd.Series({"w": rate * words}), pd.Series({"w": 4}), n_target=words, n_reference=200
        )
    )
    assert row["estimate"] == pytest.approx(np.log2(rate / (4 / 200)))
    for name in ("estimate", "chi2", "g2_4", "g2_2", "bic", "p"):
        assert row[name] == pytest.approx(same[name]), name
    assert (row["effective_words"], row["effective_words_reference"]) == (pytest.approx(words), 200)
    assert (row["numerator"], row["denominator"], row["numerator_reference"]) == (18, 600, 4)
    assert f"mean of the {weight}s' values" in row["method"] and np.isnan(row["p_fisher"])


def test_weights_of_equal_articles_change_nothing_but_the_exact_test():
    counts, words, target = articles()
    plain, weighted = keyness(counts, words, target), keyness(counts, words, target, weight="article")
    assert "effective_words" not in plain
    pd.testing.assert_frame_equal(
        weighted[plain.columns].drop(columns=["method", "p_fisher"]),
        plain.drop(columns=["method", "p_fisher"]),
    )


def test_with_weights_equal_words_differ_by_chance_only():
    """Scaled to all words instead of the effective number, .15 of the words are significant at the level of .05."""
    rng = np.random.default_rng(8)
    words = pd.Series(rng.integers(50, 2000, 60), index=[f"a{i:02d}" for i in range(60)])
    hits = rng.poisson(0.02 * words.to_numpy()[:, None], (60, 600))
    counts = pd.DataFrame(hits, index=words.index).rename_axis("article_id").reset_index()
    counts = counts.melt("article_id", var_name="item", value_name="count")
    outlets = pd.Series(rng.integers(0, 8, 60), index=words.index)
    for weight in ("article", "outlet"):
        found = keyness(counts, words, list(words.index[:30]), weight=weight, outlets=outlets)
        assert 0.03 < (found["p"] < 0.05).mean() < 0.07


def test_weights_are_those_of_articles_before_families_are_merged():
    families = pd.Series({"a": "story", "b": "story", "c": "c", "d": "story"})
    alone, merged = (
        one(keyness(HITS, UNEQUAL, ["a", "b", "c"], weight="article", families=given))
        for given in (None, families)
    )
    assert (alone["n_target"], merged["n_target"], merged["n_reference"]) == (3, 2, 1)
    assert merged["g2_4"] == pytest.approx(alone["g2_4"])


def test_each_outlet_counts_equally_only_if_it_is_known():
    with pytest.raises(FramingError, match="needs the outlet of every article"):
        keyness(HITS, UNEQUAL, ["a"], weight="outlet")
    with pytest.raises(FramingError, match="article c has no outlet"):
        keyness(HITS, UNEQUAL, ["a"], weight="outlet", outlets=OUTLETS.drop("c"))
    with pytest.raises(FramingError, match="unknown weight 'words'"):
        keyness(HITS, UNEQUAL, ["a"], weight="words")


def test_order_and_min_count():
    counts, words, target = articles()
    table = keyness(counts, words, target)
    assert table["item"].tolist() == ["sanctions", "the"]
    pd.testing.assert_frame_equal(
        keyness(counts.sample(frac=1, random_state=1), words.iloc[::-1], target[::-1]), table
    )
    assert keyness(counts, words, target, min_count=100)["item"].tolist() == ["the"]


def test_p_values_are_adjusted_over_the_items():
    rng = np.random.default_rng(0)
    words = [f"w{i}" for i in range(400)]
    same = [pd.Series(rng.multinomial(20_000, np.full(400, 1 / 400)), index=words) for _ in range(2)]
    table = keyness_of_counts(*same)
    assert (table["p"] < 0.05).sum() > 5
    assert (table["p_bh"] < 0.05).sum() == 0


@pytest.mark.parametrize("target", [[], [f"a{i:02d}" for i in range(20)]])
def test_a_group_without_words_is_an_error(target):
    counts, words, _ = articles()
    with pytest.raises(FramingError, match="has no words"):
        keyness(counts, words, target)


def test_counts_that_do_not_fit_the_words_are_errors():
    counts, words, target = articles()
    with pytest.raises(FramingError, match="a14 has counts but no words"):
        keyness(counts, words.drop("a14"), target)
    with pytest.raises(FramingError, match="negative"):
        keyness(counts.assign(count=-1), words, target)
    with pytest.raises(FramingError, match="must be between 0 and its 20 words"):
        keyness_of_counts(pd.Series({"w": 30}), pd.Series({"w": 1}), n_target=20, n_reference=100)
