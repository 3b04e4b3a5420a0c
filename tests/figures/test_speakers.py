"""Speakers: the busiest shown, small studies drawn, nothing overlapping."""

import pytest

from analysis import figures
from analysis.figures.speakers import SHOWN_SPEAKERS

NAMES = ("speakers_and_cues", "direct_and_indirect", "speaker_network")


def labels(figure):
    return [text.get_text() for axes in figure.axes for text in axes.get_yticklabels()]


def test_sides_are_followed_by_their_speakers(bundled):
    _, figure = figures.numbers_and_figure(figures.FIGURES["speakers_and_cues"], bundled)
    shown = labels(figure)
    names = [label.split(" (n")[0] for label in shown]
    assert names.index("Russia") < names.index("Vladimir Putin")
    assert names.index("Iran") < names.index("Ebrahim Raisi")
    bold = [text for text in figure.axes[0].get_yticklabels() if text.get_fontweight() == "bold"]
    assert 0 < len(shown) - len(bold) <= SHOWN_SPEAKERS


def test_names_in_the_network_do_not_overlap(bundled):
    _, figure = figures.numbers_and_figure(figures.FIGURES["speaker_network"], bundled)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert len(boxes) > 5
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


@pytest.mark.parametrize("name", NAMES)
def test_one_article_is_drawn_or_left_out(name, bundled, tmp_path):
    for article_id in bundled.articles["article_id"].iloc[:4]:
        figures.draw(bundled.select([article_id]), tmp_path, only=[name])
