"""Log-odds with a Dirichlet prior: checked values and invariances."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare.words.log_odds import log_odds
from analysis.errors import FramingError
from tests.compare.made_up import one

A = pd.Series({"sanctions": 30, "trade": 50, "syria": 20, "the": 400})
B = pd.Series({"sanctions": 10, "trade": 60, "syria": 45, "the": 485})
BACKGROUND = pd.Series({"sanctions": 400, "trade": 1500, "syria": 900, "the": 9200})


@pytest.mark.parametrize(
    ("options", "z"),
    [
        ({"prior": 0.01}, 3.631058),
        ({"prior": BACKGROUND}, 0.833315),
        ({"prior": BACKGROUND, "prior_size": 1000}, 2.331834),
    ],
)
def test_checked_values(options, z):
    row = one(log_odds(A, B, **options), item="sanctions")
    assert round(row["z"], 6) == z
    assert (row["numerator"], row["denominator"], row["denominator_reference"], row["n"]) == (
        30,
        500,
        600,
        1100,
    )
    assert row["ci95_low"] < row["estimate"] < row["ci95_high"]


def test_the_prior_is_printed():
    assert one(log_odds(A, B, prior=BACKGROUND, prior_size=1000), item="the")["prior_size"] == pytest.approx(
        1000
    )
    assert "prior of 12,000 words" in log_odds(A, B, prior=BACKGROUND)["method"].iloc[0]


def test_a_word_in_one_group_only_and_not_in_the_background():
    table = log_odds(A, pd.concat([B, pd.Series({"oil": 5})]), prior=BACKGROUND, prior_size=500)
    assert one(table, item="oil")["prior"] == 0.01
    assert one(table, item="oil")["z"] < 0


COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=8).filter(
    lambda rows: sum(a for a, _ in rows) and sum(b for _, b in rows)
)


@given(COUNTS)
def test_swapping_the_groups_mirrors_and_order_does_not_matter(rows):
    a, b = (pd.Series([row[i] for row in rows], index=[f"w{j}" for j in range(len(rows))]) for i in (0, 1))
    there, back = (t.set_index("item")["z"] for t in (log_odds(a, b), log_odds(b.iloc[::-1], a.iloc[::-1])))
    assert there.to_numpy() == pytest.approx(-back[there.index].to_numpy())


@given(COUNTS, st.floats(1, 1000))
def test_a_larger_prior_shrinks_towards_no_difference(rows, size):
    a, b = (pd.Series([row[i] for row in rows], index=[f"w{j}" for j in range(len(rows))]) for i in (0, 1))
    background = (a + b) + 1
    small = log_odds(a, b, prior=background, prior_size=size)["estimate"].abs().max()
    large = log_odds(a, b, prior=background, prior_size=1e7)["estimate"].abs().max()
    assert large <= small + 1e-6


def test_errors():
    with pytest.raises(FramingError, match="both groups must have words"):
        log_odds(A, pd.Series(dtype=float))
    with pytest.raises(FramingError, match="the prior has"):
        log_odds(A, B, prior=pd.Series({"oil": 3}))
    with pytest.raises(FramingError, match="positive"):
        log_odds(A, B, prior=0)
