"""Own and attributed words by outlet: the pieces fill the bar, however many sides there are."""

import pytest

from analysis.figures.plots.voice_shares import SHOWN_SIDES
from tests.figures.small import bar_lengths, drawn, rows


def share(voice, estimate):
    return {"voice": voice, "estimate": estimate, "numerator": 100 * estimate, "denominator": 100}


def test_the_pieces_fill_the_bar_however_many_sides_there_are(study):
    sides = [f"side{n}" for n in range(SHOWN_SIDES + 3)]
    cells = [share("outlet", 0.5), share("unattributed", 0.1), *(share(side, 0.05) for side in sides)]
    figure = drawn("voice_shares", rows(*cells, outlet="Gazette $1$"), study)
    assert bar_lengths(figure) == {0: pytest.approx(100)}
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert len(names) == SHOWN_SIDES + 3
    assert "side7" in figure.caption and "side0" in names
    assert names[-1] == study.side_labels["unattributed"] and "missing data" in figure.caption
    assert figure.axes[0].patches[-1].get_hatch() == "////"
