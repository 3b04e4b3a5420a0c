"""Who is quoted: sides by their words, residual sides last, and an outlet's bar in its own row."""

import pytest
from matplotlib.collections import PathCollection

from analysis.figures._core.hotspots import hotspots
from analysis.figures.plots.who_is_quoted import SHOWN_SIDES
from tests.figures.small import drawn, row_labels, rows, share, titles

NAN = float("nan")


def measured(*cells):
    """Rows as without hand coding and with few unknown words."""
    return rows(*cells, estimator="naive", bound_low=NAN, bound_high=NAN, n_coded=0)


def test_residual_sides_come_last_and_small_ones_are_named_in_the_caption(study):
    words = {
        "other": 90,
        "unattributed": 80,
        "russia": 50,
        "iran": 60,
        "us": 5,
        "china": 4,
        "israel": 3,
        "gulf": 2,
    }
    cells = [share(n, 300, side=side, outlet="Gazette") for side, n in words.items()]
    figure = drawn("who_is_quoted", measured(*cells), study)
    assert len(figure.axes) == SHOWN_SIDES
    assert titles(figure)[:2] == ["Iran", "Russia"]
    assert titles(figure)[-2:] == [study.side_labels["other"], study.side_labels["unattributed"]]
    assert study.side_labels["gulf"] in figure.caption


def test_the_two_sides_of_the_study_are_shown_however_few_their_words(study):
    words = {
        "us": 90,
        "china": 80,
        "israel": 70,
        "gulf": 60,
        "europe": 50,
        "other": 40,
        "russia": 5,
        "iran": 3,
    }
    cells = [share(n, 400, side=side, outlet="Gazette") for side, n in words.items()]
    figure = drawn("who_is_quoted", measured(*cells), study)
    assert len(figure.axes) == SHOWN_SIDES
    assert titles(figure)[-3:] == ["Russia", "Iran", study.side_labels["other"]]


def test_each_bar_stands_in_the_row_of_its_outlet(study):
    outlets = ["Courier", "Gazette", "Herald"]
    numbers = measured(
        *(share(10 * (i + 1), 100, side="iran", outlet=outlet) for i, outlet in enumerate(outlets))
    )
    figure = drawn("who_is_quoted", numbers, study)
    assert row_labels(figure) == [f"{outlet} (n = 5)" for outlet in outlets]
    from_top = sorted(hotspots(figure), key=lambda spot: spot.y)
    assert [spot.row["outlet"] for spot in from_top] == outlets
    assert [round(bar.get_width()) for bar in figure.axes[0].patches] == [10, 20, 30]


def test_words_without_a_known_side_are_hatched_and_have_no_interval(study):
    cells = [share(n, 100, side=side, outlet="Gazette") for side, n in (("iran", 70), ("unattributed", 30))]
    figure = drawn("who_is_quoted", measured(*cells), study)
    known, unknown = figure.axes
    assert [bar.get_hatch() for bar in unknown.patches] == ["////"] and not unknown.collections
    assert [bar.get_hatch() for bar in known.patches] == [""]
    assert "missing data, not a side" in figure.caption and "Thin bracket" not in figure.caption


def test_many_unknown_words_bring_a_bracket_up_to_the_highest_share(study):
    cells = [share(n, 100, side=side, outlet="Gazette") for side, n in (("iran", 50), ("unattributed", 30))]
    cells[0] |= {"bound_low": 0.5, "bound_high": 0.8}
    figure = drawn("who_is_quoted", measured(*cells), study)
    reach = max(
        x for lines in figure.axes[0].collections for path in lines.get_paths() for x in path.vertices[:, 0]
    )
    assert reach == pytest.approx(80)
    assert "Thin bracket" in figure.caption


def test_corrected_shares_stand_below_the_measured_ones(study):
    cells = [
        share(50, 100, side="iran", outlet="Gazette"),
        share(80, 100, side="iran", outlet="Gazette", estimator="dsl", n_coded=25),
        share(70, 100, side="iran", outlet="Gazette", estimator="ppi", n_coded=25),
    ]
    figure = drawn("who_is_quoted", measured(*cells), study)
    (squares,) = [marks for marks in figure.axes[0].collections if isinstance(marks, PathCollection)]
    assert squares.get_offsets()[0][0] == pytest.approx(80)
    assert len(figure.axes[0].patches) == 1 and "corrected with coded quotes (25 to 25 per" in figure.caption
