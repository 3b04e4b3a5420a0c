"""Differences between groups of articles."""

import numpy as np
import pandas as pd
import pytest
import scipy  # `scipy.stats` is loaded when used, which takes a second
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.compare.inference.differences import differences
from analysis.errors import FramingError
from tests.compare.made_up import one


def corpus(rng, *, outlets=12, per_outlet=30, effect=0.0, icc=0.05, families=False):
    """Articles of outlets in two countries; each outlet has its own level."""
    n = outlets * per_outlet
    outlet = np.repeat(np.arange(outlets), per_outlet)
    country = outlet % 2
    value = rng.normal(0, icc**0.5, outlets)[outlet] + rng.normal(0, (1 - icc) ** 0.5, n) + effect * country
    articles = pd.DataFrame(
        {
            "article_id": [f"a{i:04d}" for i in range(n)],
            "outlet": [f"Outlet {o:02d}" for o in outlet],
            "outlet_country": np.array(["A", "B"])[country],
            "family_id": [f"f{i % 40 if families else i:04d}" for i in range(n)],
            "published": pd.Timestamp("2022-01-01", tz="UTC"),
        }
    )
    return pd.DataFrame(
        {"article_id": articles["article_id"], "numerator": value, "denominator": 1.0}
    ), articles


def compare(units, articles, method, **options):
    return one(differences(units, articles, by="outlet_country", against="A", method=method, **options))


def test_welch_on_outlet_means_holds_its_level_where_articles_do_not():
    rng = np.random.default_rng(11)
    found = {"articles": 0, "welch": 0}
    for _ in range(100):
        units, articles = corpus(rng, per_outlet=52)
        for method in found:
            found[method] += compare(units, articles, method)["p"] < 0.05
    assert found["articles"] / 100 > 0.2
    assert found["welch"] / 100 <= 0.1


def test_welch_against_scipy():
    units, articles = corpus(np.random.default_rng(2), effect=0.4)
    row = compare(units, articles, "welch")
    means = units["numerator"].groupby([articles["outlet_country"], articles["outlet"]]).mean()
    oracle = scipy.stats.ttest_ind(means["B"], means["A"], equal_var=False)
    interval = oracle.confidence_interval()
    assert (row["estimate"], row["p"]) == pytest.approx(
        (means["B"].mean() - means["A"].mean(), oracle.pvalue)
    )
    assert (row["ci95_low"], row["ci95_high"]) == pytest.approx((interval.low, interval.high))


def test_articles_as_the_sample_is_welch_where_all_words_are_alike():
    units, articles = corpus(np.random.default_rng(2), effect=0.2)
    row = compare(units, articles, "articles")
    values = units["numerator"].groupby(articles["outlet_country"])
    groups = values.get_group("B"), values.get_group("A")
    interval = scipy.stats.ttest_ind(*groups, equal_var=False).confidence_interval()
    assert (row["ci95_low"], row["ci95_high"]) == pytest.approx((interval.low, interval.high))
    # the score test's variance holds the difference itself, which matters little here
    assert row["p"] == pytest.approx(scipy.stats.ttest_ind(*groups).pvalue, abs=0.01)


def test_a_small_group_without_hits_is_no_certainty():
    """Seven articles without a hit among many with few: chance, as often as the level says and no more."""
    rng = np.random.default_rng(3)
    articles = pd.DataFrame(
        {"article_id": [f"a{i:02d}" for i in range(52)], "outlet": ["x"] * 6 + ["y"] * 46}
    )
    articles["family_id"] = articles["article_id"]
    p = []
    for _ in range(100):
        words = rng.integers(150, 900, 52)
        hits = rng.poisson(rng.gamma(0.5, 2, 52) * words * 0.001)
        units = pd.DataFrame({"article_id": articles["article_id"], "numerator": hits, "denominator": words})
        p.append(one(differences(units, articles, by="outlet", method="articles", against="y"))["p"])
    assert np.mean(np.array(p) < 0.05) <= 0.1


def small_corpus(hits, words):
    articles = pd.DataFrame({"article_id": [f"a{i:02d}" for i in range(len(hits))]})
    articles = articles.assign(outlet=["x"] * 6 + ["y"] * (len(hits) - 6), family_id=articles["article_id"])
    return articles[["article_id"]].assign(numerator=hits, denominator=words), articles


def test_a_small_group_without_hits_has_the_common_variance():
    hits = np.array([0] * 6 + [0, 2, 1, 4, 0, 3, 1, 1, 0, 5])
    row = one(differences(*small_corpus(hits, 300.0), by="outlet", method="articles", against="y"))
    common = hits.var(ddof=1) / 300**2 / 6
    own = hits[6:].var(ddof=1) / 300**2 / 10
    freedom = (common + own) ** 2 / (common**2 / 14 + own**2 / 9)
    half = scipy.stats.t.ppf(0.975, freedom) * (common + own) ** 0.5
    assert (row["ci95_low"], row["ci95_high"]) == pytest.approx(
        (row["estimate"] - half, row["estimate"] + half)
    )


@pytest.mark.parametrize("method", ["articles", "welch", "wild"])
def test_hits_in_four_articles_are_too_few_to_compare(method):
    units, articles = small_corpus([3, 2, 0, 0, 0, 0] + [1, 1] + [0] * 22, 300)
    articles["outlet"] = [f"{o}{i % 3}" for i, o in enumerate(articles["outlet"])]
    articles["kind"] = articles["outlet"].str[0]
    row = one(differences(units, articles, by="kind", method=method, against="y"))
    assert np.isnan(row["p"]) and "hits in only 4 articles" in row["note"]
    assert row["estimate"] == pytest.approx(5 / 1800 - 2 / 7200)


def test_one_very_long_article_makes_the_others_no_certainty():
    hits, words = [1, 1, 1, 0, 0, 0] + [1, 0, 0] * 8, [300.0] * 30
    long = small_corpus([*hits, 4], [*words, 8_000.0])
    row = one(differences(*long, by="outlet", method="articles", against="y"))
    assert row["estimate"] > 0 and row["p"] > 0.1
    longer = small_corpus([*hits, 4], [*words, 80_000.0])
    row = one(differences(*longer, by="outlet", method="articles", against="y"))
    assert np.isnan(row["p"]) and "one article or family accounts for most of a group" in row["note"]


def test_outlets_without_a_hit_are_no_certainty():
    units, articles = corpus(np.random.default_rng(0), icc=0.5)
    none = units.assign(numerator=units["numerator"].where(articles["outlet_country"] == "A", 0.0))
    row = compare(none, articles, "welch")
    spread_of_others = none["numerator"].groupby(articles["outlet"]).mean().iloc[::2].std()
    assert row["ci95_high"] - row["ci95_low"] > 2 * 2.2 * spread_of_others * (2 / 6) ** 0.5


def test_warning_below_thirty_outlets():
    for method in ("welch", "wild"):
        few = compare(*corpus(np.random.default_rng(0)), method)
        assert few["note"] == "only 12 outlets, 6 in the smaller group: the interval is approximate below 30"
        assert (few["n_outlets"], few["n_outlets_against"], few["n"]) == (6, 6, 180)
        many = compare(*corpus(np.random.default_rng(0), outlets=30, per_outlet=5), method)
        assert many["note"] == ""


def test_one_outlet_cannot_stand_for_its_kind():
    units, articles = corpus(np.random.default_rng(0), outlets=2)
    for method in ("welch", "wild"):
        row = compare(units, articles, method)
        assert np.isnan(row[["ci95_low", "ci95_high", "p"]].astype(float)).all()
        assert "1 outlet in a group, at least 2 needed" in row["note"]
    assert "not to outlets of their kind" in compare(units, articles, "articles")["note"]


def test_reprints_count_once():
    rng = np.random.default_rng(4)
    units, articles = corpus(rng, families=True, icc=0)
    story = pd.Series(rng.normal(size=40), index=[f"f{i:04d}" for i in range(40)])
    copies = units.assign(
        numerator=story[articles["family_id"]].to_numpy() * (articles["outlet_country"] == "B")
    )
    alone = compare(copies, articles, "articles", family="article_id")
    clustered = compare(copies, articles, "articles")
    assert alone["estimate"] == pytest.approx(clustered["estimate"])
    width = [row["ci95_high"] - row["ci95_low"] for row in (alone, clustered)]
    assert width[1] > 1.5 * width[0]
    assert compare(copies, articles, "wild")["ci95_high"] - compare(copies, articles, "wild")["ci95_low"] > 0


def test_rates_are_ratios_of_sums_and_scaled():
    units = pd.DataFrame(
        {"article_id": ["a", "b", "c", "d"], "numerator": [1, 3, 0, 1], "denominator": [100, 300, 50, 0]}
    )
    articles = pd.DataFrame({"article_id": list("abcd"), "outlet": list("xxyy"), "family_id": list("abcd")})
    row = one(differences(units, articles, by="outlet", method="articles", scale=1000), outlet="x")
    assert row["estimate"] == pytest.approx(10)
    assert (row["numerator"], row["denominator"], row["n"], row["n_against"]) == (4, 400, 2, 1)
    assert row["note"].startswith("no interval: 1 article in a group")


@pytest.mark.parametrize(
    ("weight", "inside", "outside"),
    [
        ("word", 10 / 600, 6 / 400),
        ("article", (1 / 100 + 9 / 300 + 0) / 3, (2 / 100 + 1 / 100 + 3 / 200) / 3),
        ("outlet", (10 / 400 + 0) / 2, (3 / 200 + 3 / 200) / 2),
    ],
)
def test_what_counts_equally_within_each_group(weight, inside, outside):
    hits, words = [1, 9, 0, 2, 1, 3], [100, 300, 200, 100, 100, 200]
    articles = pd.DataFrame({"article_id": list("abcdef"), "outlet": list("ppqppr")})
    articles = articles.assign(family_id=articles["article_id"], year=["new"] * 3 + ["old"] * 3)
    units = articles[["article_id"]].assign(numerator=hits, denominator=words)
    row = one(differences(units, articles, by="year", method="articles", weight=weight), year="new")
    assert row["estimate"] == pytest.approx(inside - outside)
    assert (row["numerator"], row["denominator_against"]) == (10, 400)
    assert ("mean of the" in row["method"]) == (weight != "word")


def test_the_test_of_weighted_articles_is_that_of_their_values():
    units, articles = corpus(np.random.default_rng(5), effect=0.3)
    long = units.assign(denominator=np.random.default_rng(5).integers(1, 9, len(units)).astype(float))
    long["numerator"] *= long["denominator"]
    plain = compare(units, articles, "articles")
    weighted = compare(long, articles, "articles", weight="article")
    columns = ["estimate", "ci95_low", "ci95_high", "p"]
    assert weighted[columns].tolist() == pytest.approx(plain[columns].tolist())


def test_every_group_against_the_others_and_against_one():
    units, articles = corpus(np.random.default_rng(0), outlets=3)
    every = differences(units, articles, by="outlet", method="articles")
    assert every["outlet"].tolist() == ["Outlet 00", "Outlet 01", "Outlet 02"]
    assert set(every["against"]) == {"all others"}
    chosen = differences(units, articles, by="outlet", method="articles", against="Outlet 01")
    assert chosen["outlet"].tolist() == ["Outlet 00", "Outlet 02"]


@pytest.mark.parametrize("method", ["articles", "welch", "wild"])
def test_values_all_alike_have_no_test(method):
    units, articles = corpus(np.random.default_rng(0))
    row = compare(units.assign(numerator=1.0), articles, method)
    assert np.isnan(row["p"]) and "no variation" in row["note"]


@given(st.integers(0, 50), st.floats(0.1, 100), st.sampled_from(["articles", "welch", "wild"]))
@settings(max_examples=12)
def test_order_and_unit_of_measurement_do_not_matter(seed, factor, method):
    units, articles = corpus(np.random.default_rng(seed), outlets=8, per_outlet=6)
    plain = compare(units, articles, method)
    shuffled = compare(
        units.sample(frac=1, random_state=seed), articles.sample(frac=1, random_state=seed + 1), method
    )
    assert plain["p"] == pytest.approx(shuffled["p"])
    scaled = compare(units.assign(numerator=units["numerator"] * factor), articles, method)
    assert scaled["p"] == pytest.approx(plain["p"])
    for column in ("estimate", "ci95_low", "ci95_high"):
        assert scaled[column] == pytest.approx(factor * plain[column], rel=1e-3, abs=1e-6)


@given(st.integers(0, 50), st.sampled_from(["articles", "welch", "wild"]))
@settings(max_examples=9)
def test_swapping_the_groups_mirrors(seed, method):
    units, articles = corpus(np.random.default_rng(seed), outlets=8, per_outlet=6)
    there = compare(units, articles, method)
    back = one(differences(units, articles, by="outlet_country", against="B", method=method))
    assert back["estimate"] == pytest.approx(-there["estimate"])
    assert back["p"] == pytest.approx(there["p"])


def test_unknown_names_are_named():
    units, articles = corpus(np.random.default_rng(0), outlets=2)
    with pytest.raises(FramingError, match=r"'anova'.*articles, welch, wild"):
        differences(units, articles, by="outlet", method="anova")
    with pytest.raises(FramingError, match=r"'outlets'.*word, article, outlet"):
        differences(units, articles, by="outlet", method="welch", weight="outlets")
    with pytest.raises(FramingError, match=r"outlet 'Nowhere'.*Outlet 00"):
        differences(units, articles, by="outlet", method="welch", against="Nowhere")


def test_an_outlet_of_five_articles_that_differs_by_chance_is_rarely_stated():
    """What the page states: p below .05 and an interval without 0. Themes in three articles of ten, skewed hits."""
    rng = np.random.default_rng(6)
    articles = pd.DataFrame(
        {"article_id": [f"a{i:02d}" for i in range(50)], "outlet": ["small"] * 5 + ["large"] * 45}
    ).assign(family_id=lambda rows: rows["article_id"])
    covered = stated = studies = 0
    for _ in range(150):
        hits = np.where(rng.random(50) < 0.3, rng.geometric(0.4, 50), 0)
        units = pd.DataFrame(
            {
                "article_id": articles["article_id"],
                "numerator": hits,
                "denominator": rng.integers(150, 450, 50),
            }
        )
        row = one(differences(units, articles, by="outlet", method="articles"), outlet="small")
        inside = row["ci95_low"] <= 0 <= row["ci95_high"]
        studies += not np.isnan(row["p"])
        covered += inside
        stated += row["p"] < 0.05 and not inside
    assert studies > 125 and covered / studies > 0.93 and stated / studies < 0.03


def test_one_article_with_very_many_hits_makes_no_outlet_different():
    hits = [1, 0, 2, 1, 90, *[1, 0, 2] * 100]
    units = pd.DataFrame(
        {"article_id": [f"{i:03}" for i in range(305)], "numerator": hits, "denominator": 1000.0}
    )
    articles = units[["article_id"]].assign(outlet=["x"] * 5 + ["y"] * 300, family_id=units["article_id"])
    row = differences(units, articles, by="outlet", method="articles", against="y").iloc[0]
    assert row["ci95_low"] < 0 and row["p"] > 0.05  # the score test alone has p < .001
