"""The relation over time where there are many years: labels keep apart, and all years together keep their name."""

from datetime import date

import pandas as pd
import pytest

from analysis.figures._core import style
from analysis.figures.plots.relation_by_country import relation_by_group
from analysis.figures.plots.relation_over_time import relation_over_time
from analysis.study.events import Event
from tests.figures.placed import cut_off, overlapping, texts

PAIR = ["Russia", "Iran"]
YEARS = [str(year) for year in range(2010, 2027)]
EVENTS = [Event(date=date(year, 6, 1), label=f"event of {year}") for year in (2010, 2011, 2016)]


@pytest.fixture(scope="module")
def many():
    """Made-up balances of 17 years, by country and voice."""
    return pd.DataFrame(
        {
            "outlet_country": country, "period": period, "voice": voice, "denominator": 120 + shift,
            "estimate": shift / 4, "ci95_low": shift / 4 - 0.2, "ci95_high": shift / 4 + 0.2,
        }
        for country in ("all", "Qatar", "Russia", "Iran")
        for place, period in enumerate([*YEARS, "all"])
        for voice, shift in (("outlet", place % 4), ("quoted", -(place % 3)))
    )  # fmt: skip


@pytest.mark.parametrize("look", ["print", "slides"])
def test_labels_of_many_years_keep_apart(look, many):
    with style(look):
        course = many[(many["outlet_country"] == "all") & (many["period"] != "all")]
        alone = relation_over_time(course, pair=PAIR, events=EVENTS)
        grouped = relation_by_group(many, group="outlet_country", pair=PAIR, events=EVENTS)
        for figure in (alone, grouped):
            written = texts(figure)
            assert overlapping(figure, written) == []
            assert cut_off(figure, written) == []
    assert [label.get_text() for label in grouped.axes[0].get_xticklabels()][-1] == "all"


def test_the_two_sides_come_before_other_countries(many):
    with style():
        figure = relation_by_group(many, group="outlet_country", pair=PAIR)
    titles = [axes.get_title("left").split(" (")[0] for axes in figure.axes]
    assert titles[0] == "all outlets" and set(titles[1:3]) == set(PAIR) and titles[3] == "Qatar"
