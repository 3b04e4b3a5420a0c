"""Tone of all words: the legend keeps its colours where an outlet has no interval."""

from tests.figures.small import drawn, rows


def test_the_legend_is_not_pale_where_the_first_outlet_has_no_interval(study):
    cells = [
        {"outlet": "Gazette", "voice": voice, "numerator": 2, "denominator": 4, "estimate": 0.2}
        for voice in ("outlet", "quoted")
    ]
    figure = drawn("tone_by_voice", rows(*cells), study)
    assert [handle.get_alpha() for handle in figure.axes[0].get_legend_handles_labels()[0]] == [None, None]
