"""Who is quoted: sides by their words, residual sides last, and an outlet's bar in its own row."""

from analysis.figures._core.hotspots import hotspots
from analysis.figures.plots.who_is_quoted import SHOWN_SIDES
from tests.figures.small import drawn, row_labels, rows, share, titles


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
    figure = drawn("who_is_quoted", rows(*cells), study)
    assert len(figure.axes) == SHOWN_SIDES
    assert titles(figure)[:2] == ["Iran", "Russia"]
    assert titles(figure)[-2:] == [study.side_labels["other"], study.side_labels["unattributed"]]
    assert study.side_labels["israel"] in figure.caption


def test_each_bar_stands_in_the_row_of_its_outlet(study):
    outlets = ["Courier", "Gazette", "Herald"]
    numbers = rows(
        *(share(10 * (i + 1), 100, side="iran", outlet=outlet) for i, outlet in enumerate(outlets))
    )
    figure = drawn("who_is_quoted", numbers, study)
    assert row_labels(figure) == [f"{outlet} (n = 5)" for outlet in outlets]
    from_top = sorted(hotspots(figure), key=lambda spot: spot.y)
    assert [spot.row["outlet"] for spot in from_top] == outlets
    assert [round(bar.get_width()) for bar in figure.axes[0].patches] == [10, 20, 30]
