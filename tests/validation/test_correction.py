"""Corrected estimates: coverage by simulation, and what must not change the result."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import FramingError
from analysis.validation.correction import corrected_differences, corrected_means
from tests.compare.made_up import one

TRUTH = {"north": 0.30, "south": 0.20}


def corpus(rng, n=2000, coded=200):
    """Units in two groups; the measurement misses more in one and invents more in the other."""
    group = np.where(rng.random(n) < 0.7, "north", "south")
    north = group == "north"
    gold = rng.random(n) < np.where(north, TRUTH["north"], TRUTH["south"])
    sensitivity, false_alarm = np.where(north, 0.65, 0.9), np.where(north, 0.03, 0.15)
    predicted = rng.random(n) < np.where(gold, sensitivity, false_alarm)
    # hits are drawn twice as often as the rest, as one would to see enough of them
    chance = np.where(predicted, 2.0, 1.0)
    chance = chance * coded / chance.sum()
    drawn = rng.random(n) < chance
    return pd.DataFrame(
        {
            "group": group,
            "predicted": predicted * 1.0,
            "gold": np.where(drawn, gold, np.nan),
            "probability": chance,
        }
    )


def covered(table, truth):
    inside = (table["ci95_low"] <= truth) & (truth <= table["ci95_high"])
    return dict(zip(table["estimator"], inside, strict=True))


@pytest.fixture(scope="module")
def simulated():
    rng = np.random.default_rng(20220629)
    prevalence, difference, widths = [], [], []
    mean = 0.7 * TRUTH["north"] + 0.3 * TRUTH["south"]
    for _ in range(200):
        units = corpus(rng, coded=400)
        table = corrected_means(units)
        prevalence.append(covered(table, mean))
        widths.append(dict(zip(table["estimator"], table["ci95_high"] - table["ci95_low"], strict=True)))
        gap = corrected_differences(units, by="group", against="south")
        difference.append(covered(gap, TRUTH["north"] - TRUTH["south"]))
    return pd.DataFrame(prevalence).mean(), pd.DataFrame(difference).mean(), pd.DataFrame(widths).mean()


def test_naive_coverage_collapses_and_corrected_coverage_is_nominal(simulated):
    prevalence, difference, _ = simulated
    assert prevalence["naive"] < 0.6 and difference["naive"] < 0.02
    for coverage in (prevalence, difference):
        for estimator in ("gold_only", "ppi", "dsl"):
            assert coverage[estimator] >= 0.91, (estimator, coverage)


def test_the_measurement_sharpens_what_hand_coding_says(simulated):
    _, _, widths = simulated
    assert widths["ppi"] < 0.85 * widths["gold_only"]
    assert widths["ppi"] <= 1.01 * widths["dsl"]
    assert widths["naive"] < widths["ppi"]


def test_simple_random_sample_by_hand():
    rng = np.random.default_rng(3)
    units = corpus(rng, n=500)
    chosen = rng.permutation(500)[:100]
    truth = (rng.random(500) < 0.4) * 1.0
    gold = pd.Series(np.nan, index=units.index)
    gold[chosen] = truth[chosen]
    units = units.assign(gold=gold, probability=0.2)
    table = corrected_means(units)
    error = truth[chosen] - units["predicted"][chosen]
    assert one(table, estimator="naive")["estimate"] == pytest.approx(units["predicted"].mean())
    assert one(table, estimator="gold_only")["estimate"] == pytest.approx(truth[chosen].mean())
    assert one(table, estimator="dsl")["estimate"] == pytest.approx(units["predicted"].mean() + error.mean())
    row = one(table, estimator="gold_only")
    half = 1.98422 * truth[chosen].std(ddof=1) / 10
    assert (row["ci95_low"], row["ci95_high"]) == pytest.approx(
        (row["estimate"] - half, row["estimate"] + half), rel=1e-4
    )
    assert (row["n"], row["n_coded"], row["denominator"]) == (500, 100, pytest.approx(500))


def test_ppi_is_the_published_estimator():
    """Angelopoulos, Duchi & Zrnic (2023): lambda = cov / ((1 + n/N) var), N the units that are not coded."""
    rng = np.random.default_rng(8)
    truth = rng.normal(size=1500)
    predicted = 0.8 * truth + rng.normal(size=1500) + 0.3
    coded = np.arange(1500) < 300
    units = pd.DataFrame({"predicted": predicted, "gold": np.where(coded, truth, np.nan), "probability": 0.2})
    row = one(corrected_means(units), estimator="ppi")
    covariance = np.cov(truth[coded], predicted[coded])
    power = covariance[0, 1] / (1 + 300 / 1200) / predicted.var()
    estimate = power * predicted[~coded].mean() + (truth[coded] - power * predicted[coded]).mean()
    error = (power**2 * predicted.var() / 1200 + (truth[coded] - power * predicted[coded]).var() / 300) ** 0.5
    assert row["estimate"] == pytest.approx(estimate, abs=0.01)
    assert (row["ci95_high"] - row["ci95_low"]) / 2 == pytest.approx(1.968 * error, rel=0.02)


def test_a_useless_prediction_does_no_harm():
    rng = np.random.default_rng(5)
    units = corpus(rng)
    noise = units.assign(
        predicted=rng.integers(0, 2, len(units)).astype(float), probability=units["probability"].mean()
    )
    widths = {r["estimator"]: r["ci95_high"] - r["ci95_low"] for _, r in corrected_means(noise).iterrows()}
    assert widths["ppi"] <= widths["gold_only"] * 1.001
    assert widths["dsl"] > widths["gold_only"]


def test_mentions_of_one_article_go_together():
    units = corpus(np.random.default_rng(5), coded=400).sort_values(["group", "predicted"], ignore_index=True)
    units["article"] = [f"a{i // 20}" for i in range(len(units))]
    apart, together = corrected_means(units), corrected_means(units, cluster="article")
    assert apart["estimate"].tolist() == together["estimate"].tolist()
    widths = [t["ci95_high"] - t["ci95_low"] for t in (apart, together)]
    assert widths[1].iloc[0] > 3 * widths[0].iloc[0]


@given(st.integers(0, 200), st.floats(0.5, 20), st.floats(-5, 5))
@settings(max_examples=20)
def test_order_and_scale_do_not_matter(seed, factor, shift):
    units = corpus(np.random.default_rng(seed), n=400, coded=120)
    units = units.assign(predicted=3 * units["predicted"], gold=3 * units["gold"])  # no shares: they end at 1
    plain = corrected_means(units, by="group")
    numbers = ["estimate", "ci95_low", "ci95_high"]
    shuffled = corrected_means(units.sample(frac=1, random_state=seed), by="group")
    assert shuffled[numbers].to_numpy() == pytest.approx(plain[numbers].to_numpy())
    moved = units.assign(predicted=shift + factor * units["predicted"], gold=shift + factor * units["gold"])
    # dsl weights by the known size of the corpus, so that shifting changes it, as it does in the paper
    rows = plain["estimator"] != "dsl" if shift else plain["estimator"] != ""
    expected = shift + factor * plain.loc[rows, numbers].to_numpy()
    assert corrected_means(moved, by="group").loc[rows, numbers].to_numpy() == pytest.approx(
        expected, abs=1e-9
    )


def test_differences_are_those_of_the_means():
    units = corpus(np.random.default_rng(1), coded=300)
    means = corrected_means(units, by="group").pivot(index="estimator", columns="group", values="estimate")
    gaps = corrected_differences(units, by="group")
    assert gaps["against"].unique().tolist() == ["all others"]
    for _, row in gaps.query("group == 'north'").iterrows():
        assert row["estimate"] == pytest.approx(
            means.loc[row["estimator"], "north"] - means.loc[row["estimator"], "south"]
        )
        assert row["n"] + row["n_against"] == len(units)


def test_a_difference_says_how_much_of_it_rests_on_one_outlet():
    units = pd.DataFrame(
        {"predicted": [1.0, 1, 0, 0, 1, 0], "group": ["new"] * 3 + ["old"] * 3, "outlet": list("aabacb")}
    ).assign(gold=np.nan, probability=np.nan)
    row = one(corrected_differences(units, by="group", against="old", outlet="outlet"), estimator="naive")
    assert row["estimate"] == pytest.approx(2 / 3 - 1 / 3)
    assert (row["top_outlet"], row["top_outlet_share"]) == ("a", pytest.approx(2 / 3))
    assert (row["without_outlet_low"], row["without_outlet_high"]) == (-0.5, pytest.approx(2 / 3))


def test_too_little_hand_coding_is_refused_and_little_is_said():
    few = corrected_means(corpus(np.random.default_rng(0), coded=5))
    assert few["note"].str.startswith("not estimated").tolist() == [False, True, True, True]
    assert few["estimate"].notna().tolist() == [True, False, False, False]
    some = corrected_means(corpus(np.random.default_rng(0), coded=35))
    assert some["note"].iloc[1].startswith("only")
    assert one(some, estimator="naive")["note"] == "not corrected for measurement error"


def test_a_group_of_less_than_five_has_no_interval_and_no_share_differs_by_more_than_all():
    values = [1.0, 0.0, 1.0, 1.0, 1.0]
    for n, note in (
        (4, "no interval: 4 units in a group (wire copy counted once), at least 5 needed"),
        (5, "not corrected"),
    ):
        units = pd.DataFrame(
            {"predicted": [*values[:n], *[1.0, 0.0, 0.0, 0.0, 0.0]], "gold": np.nan, "probability": np.nan}
        ).assign(outlet=["a"] * n + ["b"] * 5)
        row = one(corrected_differences(units, by="outlet"), outlet="a", estimator="naive")
        assert row["note"].startswith(note) and np.isnan(row["ci95_low"]) == (n < 5)
    assert row["ci95_high"] == 1.0


def test_a_sample_without_errors_says_what_it_cannot_see():
    units = corpus(np.random.default_rng(0))
    units = units.assign(gold=units["predicted"].where(units["gold"].notna()))
    assert one(corrected_means(units), estimator="ppi")["note"].startswith("no error among")


def test_one_value_only():
    units = pd.DataFrame({"predicted": [1.0] * 50, "gold": [1.0] * 20 + [np.nan] * 30, "probability": 0.4})
    table = corrected_means(units)
    assert table["ci95_low"].isna().all()
    assert one(table, estimator="ppi")["estimate"] == 1
    alone = corrected_differences(units.assign(group="x"), by="group")
    assert alone["note"].eq("not estimated: no other units").all()


def test_a_share_is_not_corrected_to_zero_because_the_sample_missed_it():
    units = pd.DataFrame({"predicted": [1, 0, 0, 0] * 20})
    units.loc[1::4, "gold"] = 0
    units.loc[1::4, "probability"] = 0.25
    row = one(corrected_means(units), estimator="ppi")
    assert np.isnan(row["estimate"]) and row["note"].startswith("not estimated")
    units = pd.concat([units.assign(group="a"), corpus(np.random.default_rng(0)).assign(group="b")])
    gap = one(corrected_differences(units, by="group"), estimator="ppi", group="a")
    assert np.isnan(gap["estimate"]) and gap["note"].startswith("not estimated: all coded units")


def test_an_estimate_below_zero_is_kept_with_a_note_and_lies_in_its_interval():
    units = pd.DataFrame({"predicted": [1.0, *[0.0] * 39, *[1.0, 1.0]]})
    units.loc[:19, "gold"] = 0.0  # the only hit that was drawn is false
    units.loc[:19, "probability"] = 0.1
    row = one(corrected_means(units), estimator="dsl")
    assert row["ci95_low"] < row["estimate"] < 0 and row["ci95_low"] < row["estimate"] < row["ci95_high"]
    assert row["note"].endswith("the estimate is below 0 since few units were coded")


def test_coded_units_without_size_say_nothing():
    units = pd.DataFrame({"predicted": [0.0, 1.0] * 30, "probability": 0.5, "size": [0.0] * 30 + [1.0] * 30})
    units = units.assign(gold=units["predicted"].where(units["size"] == 0), gold_size=0.0)
    note = one(corrected_means(units, size="size"), estimator="dsl")["note"]
    assert note.startswith("no error among 30 coded (Kish's effective number: 0): up to 100.0%")


def test_unequal_weights_are_stated_with_their_effective_number():
    units = pd.DataFrame({"predicted": [1.0, 0.0] * 200, "probability": 0.1})
    units.loc[:199, "gold"] = [1.0, 1.0, 0.0, 0.0] * 50
    assert not one(corrected_means(units), estimator="dsl")["note"]
    units.loc[:19, "probability"] = 0.01
    worth = (20 * 100 + 180 * 10) ** 2 / (20 * 100**2 + 180 * 10**2)
    note = one(corrected_means(units), estimator="dsl")["note"]
    assert note == f"200 coded (Kish's effective number: {worth:.0f})"


def test_a_value_that_few_coded_units_have_or_lack_is_noted():
    units = pd.DataFrame(
        {"predicted": [1.0, 0.0] * 200, "probability": 0.5, "group": ["a", "a", "b", "b"] * 100}
    )
    units.loc[:199, "gold"] = [1.0, 0.0, 1.0, 0.0] * 50
    expected = "only 7 of 200 coded differ from the rest: the interval may be too narrow"
    for few, rest in ((1.0, 0.0), (0.0, 1.0)):
        units.loc[:199, "gold"] = [few] * 7 + [rest] * 193
        assert one(corrected_means(units), estimator="dsl")["note"] == expected
    units.loc[100:199, "gold"] = [1.0, 1.0, 0.0, 0.0] * 25
    assert not one(corrected_means(units), estimator="dsl")["note"]
    units.loc[units["group"] == "a", "gold"] = units["predicted"].where(units["gold"].notna())
    units.loc[:199, "gold"] = units.loc[:199, "gold"].mask(units.loc[:199, "group"] == "b", 1.0)
    units.loc[[2, 6, 10], "gold"] = 0.0
    note = one(corrected_differences(units, by="group", against="b"), estimator="dsl", group="a")["note"]
    assert note.startswith("only 3 of 100 coded differ from the rest")


def test_errors():
    units = corpus(np.random.default_rng(0))
    with pytest.raises(FramingError, match="predicted must not have empty cells"):
        corrected_means(units.assign(predicted=np.nan))
    with pytest.raises(FramingError, match="need a sampling probability"):
        corrected_means(units.assign(probability=0.0))
    with pytest.raises(FramingError, match="lacks the columns gold"):
        corrected_means(units.drop(columns="gold"))
    with pytest.raises(FramingError, match="group 'east'"):
        corrected_differences(units, by="group", against="east")


IRAN, NOBODY = 0.4, 0.1  # shares of the quotes: Iran's among the real ones, false ones among all
TRUE_SHARE = IRAN * 31 / (IRAN * 31 + (1 - IRAN) * 16)  # of the words


def quotes(rng, n_articles=250, chance=0.25):
    """Quotes in articles that lean to one side; those of Iran are longer, and the toolkit misses their side more."""
    lean = rng.beta(4, 6, n_articles)  # mean: IRAN
    article = np.repeat(np.arange(n_articles), rng.integers(1, 6, n_articles))
    real, iran = rng.random(len(article)) > NOBODY, rng.random(len(article)) < lean[article]
    words = 1 + rng.poisson(np.where(iran & real, 30, 15))
    predicted = rng.random(len(article)) < np.where(real & iran, 0.6, 0.1)
    drawn = rng.random(len(article)) < chance
    return pd.DataFrame(
        {
            "article": article,
            "words": words,
            "predicted": predicted * 1.0,
            "gold": np.where(drawn, (iran & real) * 1.0, np.nan),
            "gold_size": np.where(real, words, 0),
            "probability": chance,
        }
    )


def test_a_corrected_share_of_words_covers_the_truth_and_the_measured_one_does_not():
    rng = np.random.default_rng(16)
    covers, widths = [], []
    for _ in range(200):
        table = corrected_means(quotes(rng), cluster="article", size="words")
        covers.append(covered(table, TRUE_SHARE))
        widths.append(dict(zip(table["estimator"], table["ci95_high"] - table["ci95_low"], strict=True)))
    coverage, width = pd.DataFrame(covers).mean(), pd.DataFrame(widths).mean()
    assert coverage["naive"] < 0.05
    for estimator in ("gold_only", "ppi", "dsl"):
        assert 0.9 <= coverage[estimator] <= 0.99, (estimator, coverage)
    assert width["ppi"] < width["gold_only"]


def test_a_share_of_words_by_hand():
    units = pd.DataFrame(
        {
            "words": [10.0, 20.0, 30.0, 40.0] * 10,
            "predicted": [1.0, 0.0, 1.0, 0.0] * 10,
            "gold": [1.0, 1.0, 0.0, 0.0] * 10,
            "gold_size": [10.0, 20.0, 0.0, 40.0] * 10,
            "probability": 1.0,
        }
    )
    rows = corrected_means(units, size="words").set_index("estimator")
    assert rows.loc["naive", "estimate"] == pytest.approx(40 / 100)
    for estimator in ("gold_only", "dsl"):
        assert rows.loc[estimator, "estimate"] == pytest.approx(30 / 70)
    with pytest.raises(FramingError, match="lacks the columns gold_size"):
        corrected_means(units.drop(columns="gold_size"), size="words")
    none = corrected_means(units.assign(gold_size=0), size="words").set_index("estimator")
    assert none.loc[["gold_only", "ppi", "dsl"], "note"].str.contains("hardly any unit counts").all()
