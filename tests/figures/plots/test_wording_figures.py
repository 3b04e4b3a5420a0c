"""Words that set groups apart: names on the plot keep apart from one another and inside the frame."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.words.log_odds import log_odds
from analysis.figures._core.style import style
from analysis.figures.plots.keyness import LABELLED
from analysis.figures.plots.keyness import log_odds as draw


def crowded(words=400, seed=3):
    """Many words with nearly the same counts, so that names have to get out of each other's way."""
    dice = np.random.default_rng(seed)
    names = [f"shipbuilding{i}" for i in range(words)]
    first, second = (pd.Series(dice.integers(1, 9, words), index=names) for _ in range(2))
    return log_odds(first, second, prior=1.0).assign(target="russia", reference="iran", range=5)


def names_on(figure):
    figure.draw_without_rendering()
    return [text.get_window_extent() for text in figure.axes[0].texts]


@pytest.mark.parametrize("seed", range(3))
def test_names_of_a_crowded_plot_do_not_overlap(seed):
    with style():
        figure = draw(crowded(seed=seed), labels={})
        boxes = names_on(figure)
        frame = figure.axes[0].get_window_extent()
    assert 4 < len(boxes) <= 2 * LABELLED
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
        assert frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
