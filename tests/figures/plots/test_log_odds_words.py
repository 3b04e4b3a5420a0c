"""Words of the two sides: labels of a crowded plot keep apart from one another and stay inside the frame."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.words.log_odds import log_odds
from analysis.figures import FIGURES
from analysis.figures.plots.log_odds_words import LABELLED
from tests.figures.small import drawn


def crowded(words=120, seed=3):
    """Many words with nearly the same counts, so that their labels compete for room."""
    dice = np.random.default_rng(seed)
    names = [f"shipbuilding{i}" for i in range(words)]
    first, second = (pd.Series(dice.integers(1, 9, words), index=names) for _ in range(2))
    return log_odds(first, second, prior=1.0).assign(target="russia", reference="iran", range=5)


@pytest.mark.parametrize("seed", range(2))
def test_labels_of_a_crowded_plot_do_not_overlap(seed, study):
    figure = drawn("log_odds_words", crowded(seed=seed), study)
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    frame = figure.axes[0].get_window_extent()
    assert 4 < len(boxes) <= 2 * LABELLED
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
        assert frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1


def test_a_word_leads_to_the_side_that_says_it_more():
    row = {"item": "deal", "target": "russia", "reference": "iran", "estimate": -1.0}
    assert FIGURES["log_odds_words"].filters(row, None) == {"words": "deal", "voice": "iran"}
