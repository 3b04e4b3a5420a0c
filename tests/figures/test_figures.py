"""Figures: numbers that say what they were made of, and what becomes of odd wishes."""

import dataclasses

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection

from analysis import figures
from analysis.errors import FramingError
from analysis.schemas import TABLES
from analysis.tables import Tables
from tests.figures.conftest import NAMES
from tests.figures.placed import texts


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def drawn(name, tables):
    return figures.numbers_and_figure(figures.FIGURES[name], tables)


DATES = {"reprints_over_time"}  # when articles appeared, as their sources say: no estimate, no interval


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DATES])
def test_numbers_carry_what_they_were_made_of(name, numbers):
    table = numbers[name]
    assert {"numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method"} <= set(table)
    known = table.dropna(subset=["ci95_low"])
    assert len(known)
    assert (known["ci95_low"] <= known["estimate"] + 1e-9).all()
    assert (known["estimate"] <= known["ci95_high"] + 1e-9).all()


def test_legend_is_not_pale_where_the_first_outlet_has_no_interval(numbers):
    table = numbers["tone_by_voice"].assign(ci95_low=float("nan"), ci95_high=float("nan"))
    figure = figures.tone_by_voice(table)
    assert [handle.get_alpha() for handle in figure.axes[0].get_legend_handles_labels()[0]] == [None, None]


def test_tone_towards_shows_the_two_sides_of_the_study_in_both_voices(numbers, sheets):
    table, figure = numbers["tone_towards_sides"], sheets["print", "tone_towards_sides"].figure
    assert list(dict.fromkeys(table["side"])) == ["russia", "iran"]
    assert set(table["voice"]) == {"outlet", "quoted"}
    assert [axes.get_title("left") for axes in figure.axes] == ["towards Russia", "towards Iran"]


def test_the_model_beside_vader_counts_the_articles_in_which_they_are_opposed(numbers, sheets):
    table, figure = numbers["tone_model_and_vader"], sheets["print", "tone_model_and_vader"].figure
    assert len(figure.axes) == 2
    for axes, (_, rows) in zip(figure.axes, table.groupby("side", sort=False), strict=True):
        opposite = (rows["agreement"] == "opposite").sum()
        assert axes.get_title("left").endswith(f"opposite in {opposite} of {len(rows)}")
        points = [marks for marks in axes.collections if isinstance(marks, PathCollection)]
        assert sum(len(marks.get_offsets()) for marks in points) == len(rows)


def test_unknown_figure_is_named_with_the_known_ones(bundled, tmp_path):
    with pytest.raises(FramingError, match=r"pie_chart.*who_is_quoted"):
        figures.draw(bundled, tmp_path, only=["pie_chart"])


def test_no_articles_no_figures(study, tmp_path):
    empty = dataclasses.replace(Tables.from_rows({}, articles=TABLES["articles"].empty()), study=study)
    assert figures.draw(empty, tmp_path) == []


def test_the_users_settings_stay(bundled):
    before = dict(plt.rcParams)
    drawn("theme_rates", bundled)
    assert dict(plt.rcParams) == before


def test_save_refuses_names_that_are_paths(tmp_path):
    with pytest.raises(FramingError, match="plain name"):
        figures.save_figure(plt.figure(), pd.DataFrame(), tmp_path, "../outside")


def test_sides_get_their_own_colour_and_the_rest_differ():
    colours = figures.side_colours(["outlet", "a", "b", "russia"], {"russia": "#123456"})
    assert colours["russia"] == "#123456"
    assert len(set(colours.values())) == 4


@pytest.mark.parametrize("name", NAMES)
def test_figures_can_be_drawn_in_the_users_own_style(name, numbers, study):
    assert texts(figures.FIGURES[name].draw(numbers[name], study))
