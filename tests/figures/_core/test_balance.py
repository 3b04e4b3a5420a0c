"""The balance over time: periods without acts have no point, and acts are printed below the axis."""

from analysis.figures._core.balance import draw_balance
from analysis.figures._core.hotspots import hotspots
from analysis.figures._core.style import canvas, style
from tests.figures.small import rows


def test_a_period_without_acts_has_no_point():
    cells = [
        {
            "period": period,
            "voice": "outlet",
            "numerator": n,
            "denominator": n,
            "estimate": 1.0 if n else float("nan"),
        }
        for period, n in (("2021", 4), ("2022", 0))
    ]
    with style():
        figure = canvas(3)
        axes = figure.subplots()
        draw_balance(axes, rows(*cells), ["2021", "2022"], at_most=5)
    assert [spot.row["period"] for spot in hotspots(figure)] == ["2021"]
    assert [text.get_text() for text in axes.texts] == [
        "4",
        "0",
        "0",
        "0",
    ]  # own words, then attributed words
