"""Statistics of 2 by 2 tables: published and checked values, and agreement with scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.compare.words import contingency

SMALL = (7, 10, 2, 9)
COUNTS = st.tuples(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60), st.integers(1, 60)).map(
    lambda t: (t[0], t[0] + t[1], t[2], t[2] + t[3])
)


def six(value):
    return round(float(value), 6)


def test_the_published_example_of_dunning():
    """Dunning (1993), table 1, "the swiss": cells of 110, 2442, 111 and 29114 give 270.72."""
    assert float(contingency.g2_four_cells(110, 110 + 2442, 111, 111 + 29_114)) == pytest.approx(
        270.72, abs=0.01
    )


def test_small_table_checked_values():
    assert six(contingency.chi2(*SMALL)) == pytest.approx(4.33716, abs=5e-6)
    assert six(contingency.chi2(*SMALL, yates=True)) == 2.632438
    assert six(contingency.g2_four_cells(*SMALL)) == 4.534939
    assert six(contingency.g2_williams(*SMALL)) == 4.200833
    assert six(contingency.g2_two_cells(*SMALL)) == 2.440100
    assert six(contingency.log_ratio(*SMALL)) == 1.655352
    assert six(contingency.odds_ratio(*SMALL)) == 8.166667
    assert round(float(contingency.fisher_p(*SMALL)), 6) == 0.069779


def test_yates_never_turns_a_small_distance_into_a_larger_one():
    assert float(contingency.chi2(5, 10, 5, 10, yates=True)) == 0


@given(COUNTS)
@settings(max_examples=60)
def test_against_scipy(table):
    from scipy.stats import chi2_contingency, fisher_exact

    a, n1, b, n2 = table
    cells = np.array([[a, n1 - a], [b, n2 - b]])
    for options, own in (
        ({"correction": False}, contingency.chi2(*table)),
        ({"correction": False, "lambda_": "log-likelihood"}, contingency.g2_four_cells(*table)),
    ):
        oracle = chi2_contingency(cells, **options)
        assert float(own) == pytest.approx(oracle.statistic, abs=1e-9)
        assert float(contingency.chi2_p(own)) == pytest.approx(oracle.pvalue, abs=1e-6)
    assert float(contingency.fisher_p(*table)) == pytest.approx(fisher_exact(cells).pvalue, rel=1e-9)
    assert float(contingency.odds_ratio(*table)) == pytest.approx(
        cells[0, 0] * cells[1, 1] / cells[0, 1] / cells[1, 0]
    )


@given(COUNTS)
def test_swapping_the_groups_mirrors_the_effect(table):
    a, n1, b, n2 = table
    there, back = contingency.log_ratio(*table), contingency.log_ratio(b, n2, a, n1)
    assert float(there) == pytest.approx(-float(back), abs=1e-12)
    for statistic in (
        contingency.chi2,
        contingency.g2_four_cells,
        contingency.g2_two_cells,
        contingency.fisher_p,
    ):
        assert float(statistic(*table)) == pytest.approx(float(statistic(b, n2, a, n1)), abs=1e-9)


@given(COUNTS, st.integers(2, 50))
def test_larger_corpora_same_effect_more_evidence(table, factor):
    larger = tuple(x * factor for x in table)
    assert float(contingency.log_ratio(*larger)) == pytest.approx(float(contingency.log_ratio(*table)))
    assert float(contingency.g2_four_cells(*larger)) == pytest.approx(
        factor * float(contingency.g2_four_cells(*table))
    )
