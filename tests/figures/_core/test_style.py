"""Styles: the user's settings stay, slides are 16:9 and hold fewer rows."""

import pytest
from matplotlib import pyplot as plt

from analysis import figures
from analysis.errors import FramingError
from analysis.figures._core.style import canvas, points, rows_that_fit, style


def test_the_users_settings_stay():
    before = dict(plt.rcParams)
    with style("slides"):
        assert dict(plt.rcParams) != before
    assert dict(plt.rcParams) == before


def test_slides_have_their_own_shape_and_larger_type():
    with style("slides"):
        width, height = canvas(30).get_size_inches()
        assert width / height == pytest.approx(16 / 9) and points(8) > 8
        assert 1 <= rows_that_fit(100, fixed=1, each=0.2) < 100
    assert rows_that_fit(100, fixed=1, each=0.2) == 100


def test_an_unknown_style_is_named_with_the_known_ones():
    with pytest.raises(FramingError, match=r"poster.*print, slides"), style("poster"):
        pass


def test_sides_get_their_own_colour_and_the_rest_differ():
    colours = figures.side_colours(["outlet", "a", "b", "russia"], {"russia": "#123456"})
    assert colours["russia"] == "#123456"
    assert len(set(colours.values())) == 4
