"""Labels of an axis of months or years."""

import pandas as pd
import pytest

from analysis.figures._core.time_axis import only_if_dated, period_ticks

YEARS = [str(year) for year in range(2010, 2020)]


@pytest.mark.parametrize(
    ("periods", "shown"),
    [
        ([], []),  # no act of an outlet's country has a date
        (["2022"], [0]),
        (YEARS, [0, 2, 4, 6, 8]),
        ([*YEARS, "all"], [0, 3, 6, 9, 10]),
    ],
)
def test_as_many_labels_as_there_is_room_for(periods, shown):
    places, labels = period_ticks(periods, at_most=5)
    assert places == shown
    assert len(labels) == len(places)


def test_numbers_of_articles_stand_below():
    assert period_ticks(["2021", "2022"], {"2022": 3}, at_most=5)[1] == ["2021", "2022\nn=3"]


def test_without_a_date_there_is_no_course_to_draw():
    numbers = pd.DataFrame({"period": ["undated", "2022-06"], "denominator": [3, 0]})
    assert only_if_dated(numbers, "period").empty
    assert len(only_if_dated(numbers.assign(denominator=[3, 1]), "period")) == 2
