"""The relation over time: labels of many years keep apart, and points lead to the acts of the two sides."""

from datetime import date

import pandas as pd
import pytest

from analysis.figures import FIGURES
from analysis.study.events import Event
from tests.figures.placed import cut_off, overlapping, texts
from tests.figures.small import drawn, with_events

YEARS = [str(year) for year in range(2010, 2027)]
EVENTS = tuple(Event(date=date(year, 6, 1), label=f"event of {year}") for year in (2010, 2011, 2016))


def balances(periods, **more):
    """Made-up balances by period and voice."""
    return pd.DataFrame(
        {
            **more, "period": period, "voice": voice, "numerator": 1, "denominator": 120 + shift,
            "estimate": shift / 4, "ci95_low": shift / 4 - 0.2, "ci95_high": shift / 4 + 0.2, "n": 9,
            "top_outlet": "Post", "top_outlet_share": 0.2,
        }
        for place, period in enumerate(periods)
        for voice, shift in (("outlet", place % 4), ("quoted", -(place % 3)))
    )  # fmt: skip


@pytest.mark.parametrize("look", ["print", "slides"])
def test_labels_of_many_years_keep_apart(look, study):
    figure = drawn("relation_over_time", balances(YEARS), with_events(study, EVENTS), look)
    assert overlapping(figure, texts(figure)) == []
    assert cut_off(figure, texts(figure)) == []


def test_a_point_leads_to_acts_of_either_side_on_the_other():
    filters = FIGURES["relation_over_time"].filters
    assert filters({}, ("russia", "iran")) == {"acts": "russia<>iran"} and filters({}, None) == {}


def test_years_before_the_first_act_are_left_out_and_a_large_outlet_is_named(study):
    numbers = balances(["1987", "2012", "2013"])
    numbers.loc[numbers["period"] == "1987", "denominator"] = 0
    numbers.loc[numbers["period"] == "2013", "top_outlet_share"] = 0.8
    figure = drawn("relation_over_time", numbers, study)
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["2012", "2013"]
    assert "more than a third of the acts: 2013 Post 80 %" in figure.caption
