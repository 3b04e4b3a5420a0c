"""Shares of words and adoption as pictures: pieces fill the bar, and what is rare or odd does not break them."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from analysis.figures import adoption, voice_shares
from analysis.figures._core import style
from analysis.figures._core.palette import side_looks
from analysis.figures.plots.voice_shares import SHOWN_SIDES


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def rows(*cells, **same):
    blank = {"n": 5, "ci95_low": float("nan"), "ci95_high": float("nan"), "method": "made up"}
    return pd.DataFrame([{**blank, **same, **cell} for cell in cells])


def widths(figure):
    """Sum of the pieces of each bar, by height."""
    found = {}
    for patch in figure.axes[0].patches:
        height = round(patch.get_y() + patch.get_height() / 2, 6)
        found[height] = found.get(height, 0) + patch.get_width()
    return found


def share(voice, estimate):
    return {"voice": voice, "estimate": estimate, "numerator": 100 * estimate, "denominator": 100}


def test_the_pieces_fill_the_bar_however_many_sides_there_are():
    sides = [f"side{n}" for n in range(SHOWN_SIDES + 3)]
    cells = [share("outlet", 0.5), share("unattributed", 0.1), *(share(side, 0.05) for side in sides)]
    numbers = rows(*cells, outlet="Gazette $1$")
    with style():
        figure = voice_shares(numbers, labels={}, looks=side_looks(numbers["voice"], {}))
        figure.draw_without_rendering()
    assert widths(figure) == {0: pytest.approx(100)}
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert len(names) == SHOWN_SIDES + 3
    assert "side7" in figure.texts[0].get_text() and "side0" in names


def use(term, kind, number, total):
    estimate = number / total if total else float("nan")
    cell = {"term": term, "use": kind, "numerator": number, "denominator": total, "estimate": estimate}
    return {**cell, "group": "names", "standpoint": ""}


def drawn(numbers):
    with style():
        figure = adoption(numbers, groups={}, terms={}, sides={})
        figure.draw_without_rendering()
    return figure, [label.get_text() for label in figure.axes[0].get_yticklabels()]


def test_terms_that_are_rare_or_absent_are_left_to_the_csv():
    cells = [
        use(term, kind, number, total)
        for term, numbers, total in (
            ("common", (6, 1, 3), 10),
            ("rare", (1, 0, 0), 1),
            ("absent", (0, 0, 0), 0),
        )
        for kind, number in zip(("own", "distanced", "quoted"), numbers, strict=True)
    ]
    figure, labels = drawn(rows(*cells))
    assert labels == ["common (10)"]
    assert widths(figure) == {-1: pytest.approx(100)}
    assert "1 terms with fewer uses" in figure.texts[0].get_text()
    only_rare = rows(*(cell for cell in cells if cell["term"] == "rare"))
    assert drawn(only_rare)[1] == ["rare (1)"]
