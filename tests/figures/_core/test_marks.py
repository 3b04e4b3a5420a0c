"""Parts of figures: labels that any name survives, axes, legends and captions."""

import io

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.figures._core.marks import (
    Piece,
    divided_bars,
    footnote,
    interval_ends,
    largest,
    legend_above,
    on_groups,
    printable,
    rows_from_top,
    symmetric_limit,
    unshown,
)
from analysis.figures._core.options import Options, drawing_with
from analysis.figures._core.style import COLUMN, canvas, style

NAN = float("nan")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("$1$", r"\$1\$"), ("a\nb\tc", "a b c"), ("", "(no name)"), ("one two three", "one two …")],
)
def test_any_name_can_be_drawn(text, shown):
    assert printable(text, 12) == shown


def test_the_largest_outlets_in_alphabetical_order_and_the_others_counted():
    counts = {"C": 3, "A": 1, "B": 2, "D": 3}
    assert largest(counts, at_most=3) == ["B", "C", "D"]
    assert (
        "the CSV has 1 more" in on_groups(counts, ["B", "C", "D"]) and on_groups(counts, list(counts)) == ""
    )
    assert (
        unshown([1], [1, 2, 3], "themes") == " The CSV has 2 more themes."
        and unshown([1], [1], "themes") == ""
    )


def test_the_caption_names_outlets_that_are_no_news_outlets():
    counts = {"Gazette": 2, "Ministry of Fish": 3, "Sea Institute": 1}
    kinds = {"Ministry of Fish": "government", "Sea Institute": "think_tank"}
    with drawing_with(Options(not_news=kinds)):
        assert on_groups(counts, list(counts)) == (
            " Not news outlets: Ministry of Fish (government); Sea Institute (think tank)."
        )
        assert on_groups(counts, list(counts), "outlet_country") == ""
        assert on_groups(counts, ["Gazette"]).endswith("the CSV has 2 more.")


def test_a_missing_interval_leaves_the_estimate():
    low, high = interval_ends(
        pd.DataFrame({"estimate": [1.0, 2.0], "ci95_low": [0.5, NAN], "ci95_high": [1.5, NAN]})
    )
    assert (list(low), list(high)) == ([0.5, 2.0], [1.5, 2.0])


@pytest.mark.parametrize(("highest", "limit"), [(0.01, 0.25), (0.3, 0.5), (0.99, 1.0), (NAN, 1.0)])
def test_the_axis_of_a_score_holds_every_interval(highest, limit):
    assert symmetric_limit(
        pd.DataFrame({"estimate": [0.0], "ci95_low": [-0.01], "ci95_high": [highest]}).abs()
    ) == (limit if highest == highest else 0.25)
    assert symmetric_limit(pd.DataFrame({"estimate": [NAN], "ci95_low": [NAN], "ci95_high": [NAN]})) == 1.0


def test_a_narrow_piece_has_no_number():
    rows = pd.DataFrame({"estimate": [0.95, 0.5], "numerator": [19, 10]})
    with style():
        axes = canvas(2).subplots()
        divided_bars(
            axes, rows_from_top(axes, ["A", "B"]),
            [Piece(rows, "white", "", "one"), Piece(rows.assign(estimate=1 - rows["estimate"]), "black", "", "rest")],
        )  # fmt: skip
    assert sorted(text.get_text() for text in axes.texts) == ["50", "50", "95"]


def test_slides_leave_details_to_the_gallery():
    printed, shown = [], []
    for look, texts in (("print", printed), ("slides", shown)):
        with style(look):
            figure = canvas(3)
            footnote(figure, "What the marks are.", details="And more.")
        texts += [text.get_text() for text in figure.texts]
        assert figure.caption == "What the marks are. And more."
    assert (printed, shown) == (["What the marks are. And more."], ["What the marks are."])


@pytest.mark.parametrize("dpi", [110, 150])
def test_savefig_does_not_cut_the_caption_at_another_resolution(dpi):
    with style():
        figure = canvas(2)
        footnote(figure, "The lines show how far estimates of a million little villages will differ. " * 6)
    picture = io.BytesIO()
    figure.savefig(picture, dpi=dpi)
    picture.seek(0)
    margin = plt.imread(picture)[:, -round(0.01 * COLUMN * dpi) :, :3]
    assert margin.min() == 1.0, "there is no white margin at the right"


def test_rows_of_a_legend_are_even():
    figure = canvas(2)
    handles = [figure.subplots().plot([0], [0])[0] for _ in range(6)]
    legend_above(figure, handles, list("abcdef"))
    assert figure.legends[0]._ncols == 3
