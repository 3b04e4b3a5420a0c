"""One definition of the columns of a result."""

import numpy as np
import pytest

from analysis.compare._core.results import RESULT_COLUMNS, result_columns, result_row


def test_further_columns_follow_the_one_they_are_given_for():
    columns = result_columns(n=("n_coded", "n_outlets"), ci95_high=("p",))
    assert columns[2:5] == ("n", "n_coded", "n_outlets")
    assert columns[columns.index("ci95_high") + 1] == "p"
    assert tuple(name for name in columns if name in RESULT_COLUMNS) == RESULT_COLUMNS


def test_a_row_without_an_interval_has_empty_bounds():
    row = result_row(1.0, 2.0, 2, estimate=0.5, method="share")
    assert tuple(row) == RESULT_COLUMNS
    assert np.isnan(row["ci95_low"]) and np.isnan(row["ci95_high"]) and row["note"] == ""


def test_every_statistic_has_these_columns():
    from analysis.compare.inference import differences, within_article
    from analysis.validation import agreement, classification_scores, correction  # noqa: F401

    for columns in (differences.COLUMNS, within_article.COLUMNS):
        assert [name for name in columns if name in RESULT_COLUMNS] == list(RESULT_COLUMNS)


def test_a_column_that_does_not_exist_is_not_silently_dropped():
    with pytest.raises(ValueError, match="no column 'sum'"):
        result_columns(sum=("x",))
