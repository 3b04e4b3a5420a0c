"""Months in many languages."""

import pytest

from analysis.ingest.month_names import month_number


@pytest.mark.parametrize(
    ("name", "number"),
    [("March", 3), ("Sept.", 9), ("März", 3), ("M\ufffdrz", 3), ("juil.", 7), ("AOÛT", 8), ("fevrier", 2),
     ("diciembre", 12), ("maart", 3), ("мая", 5), ("октябрь", 10), ("listopad", 11), ("Mayıs", 5)],
)  # fmt: skip
def test_months(name, number):
    assert month_number(name) == number


@pytest.mark.parametrize("name", ["Monday", "", "1", "lundi", "\ufffd", "Late"])
def test_what_is_no_month(name):
    assert month_number(name) is None
