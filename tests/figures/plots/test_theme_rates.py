"""Themes by outlet: a heatmap with issues first, and each number in the cell of its theme and outlet."""

from analysis.figures._core.hotspots import hotspots
from tests.figures.small import drawn, row_labels, rows


def rate(theme, outlet, hits):
    return {"theme": theme, "outlet": outlet, "numerator": hits, "denominator": 1000, "estimate": float(hits)}


def test_numbers_stand_in_their_cells_and_frames_are_left_out(study):
    numbers = rows(
        rate("rel_threat", "Gazette", 9), rate("rel_threat", "Courier", 8),
        rate("tourism", "Gazette", 2), rate("tourism", "Courier", 3),
        rate("sanctions", "Gazette", 4), rate("sanctions", "Courier", 0),
    )  # fmt: skip
    figure = drawn("theme_rates", numbers, study)
    from_top = row_labels(figure)[::-1]  # the axis of a heatmap runs down
    assert set(from_top) == {study.theme_labels["sanctions"], study.theme_labels["tourism"]}
    shares = figure.transFigure.inverted()
    spots = hotspots(figure)
    assert len(spots) == 3, "a rate of zero is a blank cell"
    for text in figure.axes[0].texts:
        box = text.get_window_extent().transformed(shares)
        x, y = (box.x0 + box.x1) / 2, 1 - (box.y0 + box.y1) / 2
        (spot,) = [s for s in spots if s.x <= x <= s.x + s.width and s.y <= y <= s.y + s.height]
        assert f"{spot.row['estimate']:.1f}" == text.get_text()
