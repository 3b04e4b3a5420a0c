"""What counts in corrected estimates, in made-up outlets of which the truth is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.validation import corrected_means
from analysis.validation.article_weights import weigh_articles

TRUTH = {"Big": 0.8, "Small": 0.2, "Uncoded": 0.5}


def articles(rng, coded, sizes=None):
    """Articles of which the toolkit misses half of the hits in Big; so many of each outlet were coded."""
    outlet = np.repeat(list(TRUTH), [200, 40, 10])
    true = (rng.random(len(outlet)) < pd.Series(outlet).map(TRUTH)).astype(float)
    missed = (outlet == "Big") & (rng.random(len(outlet)) < 0.5)
    size = np.ones(len(outlet)) if sizes is None else pd.Series(outlet).map(sizes)
    units = pd.DataFrame({"outlet": outlet, "set": "all", "numerator": true * ~missed, "denominator": 1.0})
    units = units.assign(numerator_coded=true * size, denominator_coded=size)
    drawn = [rng.permutation(np.flatnonzero(outlet == name))[:n] for name, n in coded.items()]
    rest = ~units.index.isin(np.concatenate(drawn))
    names = ["numerator_coded", "denominator_coded"]
    return units.assign(**{name: units[name].mask(rest) for name in names})


def estimates(units, **options):
    weighed = weigh_articles(units, strata="set", **options)
    return corrected_means(weighed, size="size").set_index("estimator")["estimate"]


def mean_of_runs(coded, sizes=None):
    rng = np.random.default_rng(3)
    return pd.DataFrame([estimates(articles(rng, coded, sizes), weight="outlet") for _ in range(20)]).mean()


def test_outlets_have_one_vote_however_many_of_their_articles_were_coded():
    """Five times as much of Small was coded: its mean with Big is .5, which Uncoded has, too."""
    found = mean_of_runs({"Big": 20, "Small": 20})
    assert found["naive"] == pytest.approx((0.4 + 0.2 + 0.5) / 3, abs=0.05)  # wrong
    assert found["gold_only"] == pytest.approx(0.5, abs=0.05)
    # The error of Big and Small, .4 and none, stands for that of Uncoded, which has none.
    assert found["dsl"] == pytest.approx((0.8 + 0.2 + 0.5 + 0.2) / 3, abs=0.05)


def test_outlets_have_one_vote_however_much_readers_found_in_them():
    """Readers found four times the words that were measured in Big."""
    found = mean_of_runs({"Big": 20, "Small": 20, "Uncoded": 10}, {"Big": 4.0, "Small": 1.0, "Uncoded": 1.0})
    assert [found["gold_only"], found["dsl"]] == pytest.approx([0.5, 0.5], abs=0.05)


def test_each_outlet_has_one_vote_in_each_group():
    units = pd.DataFrame(
        {
            "outlet": ["A"] * 4 + ["B"] * 2,
            "set": "all",
            "period": ["early", "early", "early", "late", "early", "late"],
            "numerator": [1.0, 1, 1, 1, 0, 0],
            "denominator": 1.0,
        }
    )
    units = units.assign(numerator_coded=units["numerator"], denominator_coded=1.0)
    weighed = weigh_articles(units, strata="set", by=["period"], weight="outlet")
    votes = weighed[["size", "gold_size"]].groupby([units["period"], units["outlet"]]).sum()
    assert np.allclose(votes, 1)


def test_an_outlet_in_which_nothing_was_measured_has_the_vote_of_its_readers():
    units = pd.DataFrame(
        {"outlet": ["A", "A", "B"], "set": "all", "numerator": [2.0, 1, 0], "denominator": [4.0, 4, 0]}
    )
    units = units.assign(numerator_coded=[2.0, np.nan, 3], denominator_coded=[4.0, np.nan, 3])
    weighed = weigh_articles(units, strata="set", weight="outlet")
    assert weighed["probability"].tolist() == [0.5, pytest.approx(np.nan, nan_ok=True), 1]
    assert (weighed["gold_size"] / weighed["probability"]).tolist()[::2] == [1, 1]


def test_articles_count_once_with_the_share_of_their_stratum_that_was_coded():
    units = pd.DataFrame(
        {"outlet": "A", "set": ["x", "x", "y"], "numerator": [2.0, 1, 1], "denominator": [4.0, 0, 5]}
    )
    units = units.assign(numerator_coded=[3.0, np.nan, 1], denominator_coded=[6.0, np.nan, 0])
    weighed = weigh_articles(units, strata="set", weight="article")
    assert weighed["size"].tolist() == [1, 0, 1]
    assert weighed["gold_size"].tolist()[::2] == [1, 0]
    assert weighed["probability"].tolist()[::2] == [0.5, 1]
