"""The relation by country: the two sides come first, and a year 'all' keeps its label."""

import pandas as pd
import pytest

from analysis.figures import FIGURES
from tests.figures.placed import cut_off, overlapping, texts
from tests.figures.plots.test_relation_over_time import EVENTS, YEARS, balances
from tests.figures.small import drawn, titles, with_events


@pytest.fixture(scope="module")
def numbers():
    countries = ("all", "Qatar", "Russia", "Iran")
    return pd.concat([balances([*YEARS, "all"], outlet_country=country) for country in countries])


@pytest.mark.parametrize("look", ["print", "slides"])
def test_labels_of_many_years_keep_apart(look, numbers, study):
    figure = drawn("relation_by_country", numbers, with_events(study, EVENTS), look)
    assert overlapping(figure, texts(figure)) == []
    assert cut_off(figure, texts(figure)) == []
    assert figure.axes[0].get_xticklabels()[-1].get_text() == "all"


def test_the_two_sides_come_before_other_countries(numbers, study):
    names = [title.split(" (")[0] for title in titles(drawn("relation_by_country", numbers, study))]
    assert names[0] == "all outlets" and set(names[1:3]) == {"Russia", "Iran"} and names[3] == "Qatar"


def test_rows_about_all_countries_or_years_lead_to_all_of_them():
    filters = FIGURES["relation_by_country"].filters
    row = {"outlet_country": "Iran", "period": "all"}
    assert filters(row, ("russia", "iran")) == {"acts": "russia<>iran", "when": ""}
    assert filters({"outlet_country": "all", "period": "2022"}, None) == {"country": ""}
