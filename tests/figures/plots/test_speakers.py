"""Speakers: the busiest shown, small studies drawn, nothing overlapping."""

import pytest

from analysis import figures
from analysis.figures.plots.speaker_network import SHOWN_SPEAKERS

NAMES = ("speakers_and_cues", "direct_and_indirect", "speaker_network")


def labels(figure):
    return [text.get_text() for axes in figure.axes for text in axes.get_yticklabels()]


def test_sides_are_followed_by_their_speakers(sheets):
    figure = sheets["print", "speakers_and_cues"].figure
    shown = labels(figure)
    names = [label.split(" (n")[0] for label in shown]
    assert names.index("Russia") < names.index("Vladimir Putin")
    assert names.index("Iran") < names.index("Ebrahim Raisi")
    bold = [text for text in figure.axes[0].get_yticklabels() if text.get_fontweight() == "bold"]
    assert 0 < len(shown) - len(bold) <= SHOWN_SPEAKERS


@pytest.mark.parametrize("name", NAMES)
def test_one_article_is_drawn_or_left_out(name, bundled, tmp_path):
    for article_id in bundled.articles["article_id"].iloc[:4]:
        figures.draw(bundled.select([article_id]), tmp_path, only=[name])
