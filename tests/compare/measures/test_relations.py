"""Balance of cooperation and conflict, on tables small enough to count by hand."""

import pandas as pd
import pytest

from analysis.compare.measures import frames, relations
from analysis.errors import FramingError

DYAD = ("russia", "iran")


def test_balance_counts_acts_between_the_two_only(tables):
    (row,) = relations.relation_balance(tables, DYAD, by=()).to_dict("records")
    assert (row["cooperation"], row["conflict"], row["numerator"], row["denominator"], row["n"]) == (
        2,
        1,
        1,
        3,
        2,
    )
    assert row["estimate"] == pytest.approx(1 / 3)
    assert pd.isna(row["ci95_low"]) and "at least" in row["note"]


def test_what_may_happen_counts_on_request(tables):
    (row,) = relations.relation_balance(
        tables, DYAD, by=(), statuses=("actual", "future", "hypothetical")
    ).to_dict("records")
    assert (row["cooperation"], row["conflict"]) == (2, 2)


def test_any_two_sides(tables):
    (row,) = relations.relation_balance(tables, ("israel", "iran"), by=()).to_dict("records")
    assert (row["cooperation"], row["conflict"]) == (0, 1)


def test_mutual_acts_count_both_ways(tables):
    acts = relations.who_acts_on_whom(tables, dyad=DYAD).set_index(["source", "target"])
    assert acts.loc[("russia", "iran"), ["cooperation", "conflict"]].tolist() == [2, 0]
    assert acts.loc[("iran", "russia"), ["cooperation", "conflict"]].tolist() == [1, 1]


@pytest.mark.parametrize("dyad", [("russia", "russia"), ("russia", "atlantis")])
def test_an_impossible_dyad_is_refused(tables, dyad):
    for measure in (relations.relation_balance, frames.frame_prevalence, frames.dyad_sentences):
        with pytest.raises(FramingError, match="two different sides"):
            measure(tables, dyad)
