"""Ratios of sums: the arithmetic, and when there is no interval."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.intervals import ratio_intervals, wilson
from analysis.compare._core.ratios import (
    counts_matrix,
    group_counts,
    ratio_table,
    share_table,
    sums_by_group,
    totals,
)
from tests.compare.made_up import one, tables


def articles(n, **changes):
    return tables([{"article_id": f"a{i:02d}"} | changes for i in range(n)]).articles


def ratios(numerators, denominators, *, cluster="article_id", table=None):
    table = articles(len(numerators)) if table is None else table
    groups = group_articles(table, (), cluster=cluster)
    cell = ({}, np.array(numerators, dtype=float)[:, None], np.array(denominators, dtype=float))
    return one(ratio_table(groups, [cell], method="hits per 1,000 words", what="words", scale=1000))


def test_counts_ignore_other_items_and_other_articles():
    groups = group_articles(articles(2), ())
    rows = pd.DataFrame(
        {"article_id": ["a01", "a01", "a00", "zz"], "theme": ["x", "y", "z", "x"], "w": [2, 3, 4, 5]}
    )
    assert counts_matrix(groups, rows, "theme", ["y", "x"]).tolist() == [[0, 0], [1, 1]]
    assert counts_matrix(groups, rows, "theme", ["y", "x"], weight="w").tolist() == [[0, 0], [3, 2]]
    assert totals(groups.article_ids, rows, "w").tolist() == [4, 5]


def test_the_estimate_is_a_ratio_of_sums_with_its_bootstrap_interval():
    hits, words = np.arange(25.0) % 4, 100 + 10 * np.arange(25.0)
    row = ratios(hits, words)
    assert row["estimate"] == pytest.approx(1000 * hits.sum() / words.sum())
    low, high = 1000 * ratio_intervals(hits[:, None], words)[:, 0]
    assert (row["ci95_low"], row["ci95_high"]) == pytest.approx((low, high))
    assert row["note"] == "" and "bootstrap over 25 articles" in row["method"]


def test_articles_without_words_do_not_count():
    row = ratios([1, 0, 2, 1, 0, 3], [100, 0, 100, 100, 100, 100])
    assert (row["n"], row["denominator"]) == (5, 500)


@pytest.mark.parametrize(
    ("hits", "words"),
    [
        ([1, 2, 0, 1], [100] * 4),  # four articles
        ([9, 1, 0, 1, 2, 0], [100_000, 1, 1, 1, 1, 1]),  # one article with nearly all words
        ([0] * 8, [100] * 8),  # no hits
        ([2] * 8, [100] * 8),  # the same rate everywhere
    ],
)
def test_no_interval_where_resampling_says_nothing(hits, words):
    row = ratios(hits, words)
    assert np.isnan(row["ci95_low"]) and np.isnan(row["ci95_high"])
    assert row["note"].startswith("no interval") and row["method"].endswith("no interval")
    assert row["estimate"] == pytest.approx(1000 * sum(hits) / sum(words))


def test_few_articles_are_noted():
    assert "only 8 articles" in ratios([0, 1, 2, 3, 0, 1, 2, 3], [100] * 8)["note"]


def test_clusters_are_resampled_as_one():
    hits, words = np.repeat(np.arange(6.0), 4), np.full(24, 100.0)
    table = articles(24).assign(outlet=np.repeat(list("ABCDEF"), 4))
    apart, together = ratios(hits, words, table=table), ratios(hits, words, cluster="outlet", table=table)
    assert apart["estimate"] == together["estimate"]
    assert together["ci95_high"] - together["ci95_low"] > 1.5 * (apart["ci95_high"] - apart["ci95_low"])


def test_shares_have_wilson_intervals():
    groups = group_articles(articles(10), ())
    cell = ({}, np.array([1.0] * 3 + [0.0] * 7)[:, None], np.ones(10))
    row = one(share_table(groups, [cell], method="share", item="theme", items=["x"]))
    assert (row["estimate"], row["ci95_low"], row["ci95_high"]) == pytest.approx((0.3, *wilson(3, 10)))


def test_sums_by_group_are_in_the_order_of_the_rows():
    groups = group_articles(articles(4).assign(outlet=list("ABAB")), ["outlet"])
    cells = [np.arange(4)[:, None], 10 * np.arange(4)[:, None]]
    sums = group_counts([sums_by_group(groups, counts) for counts in cells], ["n"])
    assert sums["n"].tolist() == [2, 20, 4, 40]
