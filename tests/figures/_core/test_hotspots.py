"""What makes a picture lead to its evidence: the box of every mark, and the row of numbers behind it."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from pandas.api.types import is_numeric_dtype

from analysis.figures._core.hotspots import hotspots, register_hotspots
from analysis.figures._core.style import canvas
from tests.figures.conftest import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_stands_for_a_row_that_was_drawn(name, sheets, numbers):
    """Whatever a figure draws, its marks carry rows of its own numbers, and lie on the picture."""
    found = hotspots(sheets["print", name].figure)
    assert found
    table = numbers[name]
    keys = [column for column in table.columns if not is_numeric_dtype(table[column])]
    rows = {tuple(str(value) for value in row) for row in table[keys].itertuples(index=False)}
    for mark in found:
        assert tuple(str(mark.row[key]) for key in keys) in rows
        assert 0 <= mark.x < mark.x + mark.width <= 1 and 0 <= mark.y < mark.y + mark.height <= 1


def test_the_box_of_a_bar_is_the_bar(sheets):
    figure = sheets["print", "who_is_quoted"].figure
    shares = figure.transFigure.inverted()
    bars = [bar.get_window_extent().transformed(shares) for axes in figure.axes for bar in axes.patches]
    drawn = [(bar.x0, 1 - bar.y1, bar.width, bar.height) for bar in bars if bar.width > 0]
    boxes = [(mark.x, mark.y, mark.width, mark.height) for mark in hotspots(figure)]
    assert len(boxes) == len(drawn) > 20
    wide = [
        i for i, bar in enumerate(drawn) if bar[2] > 0.02
    ]  # narrower boxes are made as wide as a pointer needs
    assert np.allclose(np.array(boxes)[wide], np.array(drawn)[wide], atol=1e-3)


def test_figures_keep_their_own_hotspots():
    """Nothing is shared between figures, and a plain matplotlib figure has none."""
    rows = pd.DataFrame({"numerator": [1.0, float("nan")], "estimate": [0.5, 0.5]})
    one, other, plain = canvas(2), canvas(2), Figure()
    for figure in (one, plain):
        register_hotspots(figure.subplots(), rows, across=([0, 0], [1, 1]), up=([0, 0], [1, 1]))
    assert [spot.row["numerator"] for spot in hotspots(one)] == [1.0], "a row without a numerator is a gap"
    assert hotspots(other) == []


def test_a_small_mark_gets_room_for_a_pointer():
    figure = canvas(2)
    axes = figure.subplots()
    register_hotspots(axes, pd.DataFrame({"numerator": [1]}), across=([0.5], [0.5]), up=([0.5], [0.5]))
    (spot,) = hotspots(figure)
    assert spot.width * 6.9 * 72 == pytest.approx(7) and spot.height * 2 * 72 == pytest.approx(7)
