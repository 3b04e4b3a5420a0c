"""Stratified samples: sizes, probabilities, and no dependence on order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus import sample
from analysis.errors import FramingError
from tests.corpus.made_up import articles


def corpus(sizes):
    return articles(*({"outlet": f"Outlet {o}"} for o, size in enumerate(sizes) for _ in range(size)))


@settings(max_examples=40)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=6), st.integers(1, 60), st.integers(0, 5))
def test_every_stratum_is_drawn_from_and_the_weights_add_up(sizes, n, seed):
    table = corpus(sizes)
    if n < len(sizes):
        with pytest.raises(FramingError, match="cannot cover"):
            sample(table, n, by="outlet", seed=seed)
        return
    drawn = sample(table, n, by="outlet", seed=seed)
    assert len(drawn) == min(n, sum(sizes))
    assert drawn["article_id"].is_unique
    per_outlet = drawn["outlet"].value_counts()
    assert set(per_outlet.index) == set(table["outlet"])
    weights = (1 / drawn["sampling_probability"]).groupby(drawn["outlet"]).sum()
    np.testing.assert_allclose(weights, table["outlet"].value_counts()[weights.index])
    again = sample(table.sample(frac=1, random_state=seed), n, by="outlet", seed=seed)
    assert drawn.equals(again)


def test_shares_are_proportional_with_at_least_one_each():
    drawn = sample(corpus([70, 25, 5, 1]), 20, by=["outlet"], seed=3)
    assert drawn["outlet"].value_counts().sort_index().tolist() == [13, 5, 1, 1]


def test_another_seed_gives_another_sample_and_each_article_its_chance():
    table = corpus([10])
    seen = np.zeros(10)
    for seed in range(400):
        seen[sample(table, 3, seed=seed)["article_id"].str[1:].astype(int)] += 1
    assert abs(seen / 400 - 0.3).max() < 0.1


def test_strata_by_two_columns_and_missing_values():
    table = articles({"outlet_country": None}, {"outlet_country": "Utopia"}, {"outlet": "Herald"})
    drawn = sample(table, 3, by=["outlet", "outlet_country"])
    assert drawn["stratum"].tolist() == [
        "Example Gazette | (none)",
        "Example Gazette | Utopia",
        "Herald | Atlantis",
    ]


def test_a_column_that_does_not_exist_is_an_error():
    with pytest.raises(FramingError, match="'paper'"):
        sample(corpus([2]), 1, by="paper")
