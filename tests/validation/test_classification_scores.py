"""Precision, recall, F1 and confusion."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.compare._core.intervals import wilson
from analysis.errors import FramingError
from analysis.validation.classification_scores import confusion, scores
from tests.compare.made_up import one

GOLD = pd.Series(list("aaaaaabbbc"))
GUESS = pd.Series(list("aaaabbbbac"))
CODES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=5, max_size=25)


def test_by_hand():
    table = scores(GOLD, GUESS)
    precision, recall, f1 = (
        one(table, **{"class": "a", "measure": m}) for m in ("precision", "recall", "f1")
    )
    assert (precision["numerator"], precision["denominator"], precision["n"]) == (4, 5, 5)
    assert (precision["ci95_low"], precision["ci95_high"]) == pytest.approx(wilson(4, 5))
    assert (recall["numerator"], recall["denominator"]) == (4, 6)
    assert (f1["numerator"], f1["denominator"], f1["n"]) == (8, 11, 7)
    assert f1["estimate"] == pytest.approx(8 / 11)
    low, high = wilson(4, 7)
    assert (f1["ci95_low"], f1["ci95_high"]) == pytest.approx((2 * low / (1 + low), 2 * high / (1 + high)))
    assert one(table, measure="accuracy")["estimate"] == 0.7
    assert one(table, measure="macro_f1")["estimate"] == pytest.approx((8 / 11 + 4 / 7 + 1) / 3)


@given(CODES)
@settings(max_examples=40)
def test_f1_is_the_harmonic_mean_and_every_estimate_lies_in_its_interval(pairs):
    gold, guess = (pd.Series([pair[i] for pair in pairs]) for i in (0, 1))
    table = scores(gold, guess)
    for name in set(gold) & set(guess):
        p, r, f = (
            one(table, **{"class": name, "measure": m})["estimate"] for m in ("precision", "recall", "f1")
        )
        assert f == pytest.approx(2 * p * r / (p + r) if p + r else 0)
    known = table.dropna(subset=["ci95_low"])
    assert (known["ci95_low"] <= known["estimate"] + 1e-9).all()
    assert (known["estimate"] <= known["ci95_high"] + 1e-9).all()


@given(CODES, st.randoms())
@settings(max_examples=20)
def test_swapping_mirrors_and_order_does_not_matter(pairs, random):
    random.shuffle(shuffled := list(pairs))
    made = [pd.DataFrame(p, columns=["gold", "guess"]) for p in (pairs, shuffled)]
    columns = ["class", "measure", "numerator", "denominator", "n", "estimate"]
    there, again = (scores(t["gold"], t["guess"])[columns] for t in made)
    pd.testing.assert_frame_equal(there, again)
    back = scores(made[0]["guess"], made[0]["gold"])
    for one_way, other_way in (("precision", "recall"), ("f1", "f1")):
        left = there.loc[there["measure"] == one_way, "estimate"].to_numpy()
        assert left == pytest.approx(
            back.loc[back["measure"] == other_way, "estimate"].to_numpy(), nan_ok=True
        )


def test_weights_give_the_scores_of_the_corpus():
    rng = np.random.default_rng(1)
    gold = pd.Series(np.where(rng.random(8_000) < 0.1, "yes", "no"))
    wrong = rng.random(8_000) < np.where(gold == "yes", 0.3, 0.05)
    guess = gold.where(~wrong, gold.map({"yes": "no", "no": "yes"}))
    chance = pd.Series(np.where(guess == "yes", 0.5, 0.05))
    drawn = rng.random(8_000) < chance
    corpus, sample = scores(gold, guess), scores(gold[drawn], guess[drawn])
    weighted = scores(gold[drawn], guess[drawn], probability=chance[drawn])
    whole, plain, corrected = (
        one(t, **{"class": "yes", "measure": "recall"}) for t in (corpus, sample, weighted)
    )
    assert plain["ci95_low"] > whole["estimate"]
    assert corrected["ci95_low"] < whole["estimate"] < corrected["ci95_high"]
    assert "effective n" in corrected["method"]
    assert corrected["denominator"] == pytest.approx(whole["denominator"], rel=0.15)


def test_equal_probabilities_change_nothing_but_the_sums():
    table = scores(GOLD, GUESS, probability=pd.Series(0.1, index=GOLD.index))
    columns = ["estimate", "ci95_low", "ci95_high", "n"]
    pd.testing.assert_frame_equal(table[columns], scores(GOLD, GUESS)[columns])
    assert one(table, measure="accuracy")["denominator"] == pytest.approx(100)


def test_confusion():
    table = confusion(GOLD, GUESS)
    assert table[["gold", "predicted", "n"]].values.tolist() == [
        ["a", "a", 4], ["a", "b", 2], ["b", "a", 1], ["b", "b", 2], ["c", "c", 1],
    ]  # fmt: skip
    assert table["estimate"].tolist() == pytest.approx([4 / 6, 2 / 6, 1 / 3, 2 / 3, 1])
    assert (table["ci95_low"][0], table["ci95_high"][0]) == pytest.approx(wilson(4, 6))
    assert table["denominator"].tolist() == [6, 6, 3, 3, 1]


def test_classes_that_do_not_occur_say_so():
    table = scores(GOLD, GUESS, classes=["a", "z"])
    assert set(table["class"]) == {"a", "z", "all"}
    notes = table.query("`class` == 'z'")["note"].tolist()
    assert notes == [
        "never predicted",
        "never in the coding",
        "neither predicted nor coded",
    ]
    flawless = scores(GOLD, GOLD)
    assert one(flawless, measure="macro_f1")["note"].startswith("no interval: no error")
    assert one(flawless, measure="accuracy")["ci95_low"] == pytest.approx(wilson(10, 10)[0])


def test_units_with_gaps_are_refused():
    with pytest.raises(FramingError, match="empty cells"):
        scores(GOLD.where(GOLD != "c"), GUESS)
    with pytest.raises(FramingError, match="same length"):
        scores(GOLD, GUESS.iloc[1:])
    with pytest.raises(FramingError, match="above 0 and at most 1"):
        scores(GOLD, GUESS, probability=pd.Series(0, index=GOLD.index))


def test_a_resample_without_the_only_class_reported_is_left_out():
    gold = pd.Series([True] + [False] * 9)
    table = scores(gold, gold.copy(), classes=[True]).set_index("measure")
    assert table.loc["macro_f1", "estimate"] == 1.0
    wrong = scores(gold, pd.Series([True, True] + [False] * 8), classes=[True]).set_index("measure")
    assert 0 <= wrong.loc["macro_f1", "ci95_low"] <= wrong.loc["macro_f1", "estimate"]


def test_macro_f1_says_which_classes_it_leaves_out():
    """A theme that nobody coded has an F1 of 0 and would else stand beside a macro F1 of nearly 1."""
    gold = pd.Series(["no"] * 200)
    table = scores(gold, gold.where(gold.index > 0, "yes"))
    assert one(table, measure="f1", **{"class": "yes"})["estimate"] == 0
    macro = one(table, measure="macro_f1")
    assert macro["estimate"] > 0.99
    assert macro["note"].endswith("without the F1 of what is never in the coding: yes")
    assert (
        one(scores(gold, gold), measure="macro_f1")["note"]
        == "no interval: no errors in the sample, so the bootstrap has no variation"
    )
