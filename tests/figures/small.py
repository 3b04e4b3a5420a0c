"""Small tables of numbers for tests of single figures, and what a figure drawn from them says."""

import dataclasses

import pandas as pd
from matplotlib.text import Text

from analysis import figures


def rows(*cells, **same):
    """A table of numbers with one row per cell; columns that are not given are filled in."""
    blank = {"n": 5, "ci95_low": float("nan"), "ci95_high": float("nan"), "method": "made up", "note": ""}
    return pd.DataFrame([{**blank, **same, **cell} for cell in cells])


def share(numerator, denominator, **more):
    """A row with a share and an interval around it."""
    estimate = numerator / denominator
    ends = {"ci95_low": max(0, estimate - 0.1), "ci95_high": min(1, estimate + 0.1)}
    return {"numerator": numerator, "denominator": denominator, "estimate": estimate, **ends, **more}


def drawn(name, numbers, study, look="print"):
    """The figure of this name, drawn and laid out."""
    with figures.style(look):
        figure = figures.FIGURES[name].draw(numbers, study)
        figure.draw_without_rendering()
    return figure


def words(figure):
    """All texts of a figure, each on one line."""
    texts = (text.get_text() for text in figure.findobj(Text))
    return [text.replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ") for text in texts if text]


def row_labels(figure):
    """The labels of the rows of the first panel, from the top."""
    ticks = sorted(figure.axes[0].get_yticklabels(), key=lambda text: -text.get_position()[1])
    return [text.get_text() for text in ticks]


def titles(figure):
    """The titles of the panels that are shown."""
    return [axes.get_title("left").replace("\n", " ") for axes in figure.axes if axes.get_visible()]


def bar_lengths(figure):
    """Sum of the pieces of each bar, by height."""
    found = {}
    for patch in figure.axes[0].patches:
        height = round(patch.get_y() + patch.get_height() / 2, 6)
        found[height] = found.get(height, 0) + patch.get_width()
    return found


def with_events(study, events):
    """The study with other events."""
    return dataclasses.replace(study, events=tuple(events))
