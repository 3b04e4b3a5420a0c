"""What makes a picture lead to its evidence: the box of every mark, and the row of numbers behind it."""

import numpy as np
import pytest
from pandas.api.types import is_numeric_dtype

from analysis.figures._core.hotspots import places
from tests.figures.conftest import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_stands_for_a_row_that_was_drawn(name, sheets, numbers):
    """Whatever a figure draws, its marks carry rows of its own numbers, and lie on the picture."""
    found = places(sheets["print", name].figure)
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
    boxes = [(mark.x, mark.y, mark.width, mark.height) for mark in places(figure)]
    assert len(boxes) == len(drawn) > 20
    wide = [
        i for i, bar in enumerate(drawn) if bar[2] > 0.02
    ]  # narrower boxes are made as wide as a pointer needs
    assert np.allclose(np.array(boxes)[wide], np.array(drawn)[wide], atol=1e-3)


def test_the_bar_of_an_outlet_is_that_outlets(sheets):
    """From the top in alphabetical order, panel by panel."""
    marks = places(sheets["print", "who_is_quoted"].figure)
    for side in {mark.row["side"] for mark in marks}:
        panel = sorted((mark for mark in marks if mark.row["side"] == side), key=lambda mark: mark.y)
        assert [mark.row["outlet"] for mark in panel] == sorted(mark.row["outlet"] for mark in panel)


def test_a_cell_is_where_its_number_is(sheets):
    figure = sheets["print", "theme_rates"].figure
    shares = figure.transFigure.inverted()
    numbers = {}
    for text in figure.axes[0].texts:
        box = text.get_window_extent().transformed(shares)
        numbers[(box.x0 + box.x1) / 2, 1 - (box.y0 + box.y1) / 2] = text.get_text()
    marks = places(figure)
    for (x, y), number in numbers.items():
        (mark,) = [m for m in marks if m.x <= x <= m.x + m.width and m.y <= y <= m.y + m.height]
        assert f"{mark.row['estimate']:.1f}" == number


def test_an_arrow_is_met_on_its_curve_not_between_its_ends(sheets):
    """Acts from one side to another and back have marks of their own."""
    marks = {
        (m.row["source"], m.row["target"]): (m.x, m.y)
        for m in places(sheets["print", "actor_network"].figure)
    }
    there, back = marks["russia", "iran"], marks["iran", "russia"]
    assert abs(there[0] - back[0]) + abs(there[1] - back[1]) > 0.02
