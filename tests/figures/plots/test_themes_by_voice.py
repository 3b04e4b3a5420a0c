"""Themes by voice: a point for each voice, and the words of each voice in the legend."""

from tests.figures.small import drawn, row_labels, rows


def test_own_words_stand_above_attributed_words(study):
    cells = [
        {"theme": "sanctions", "voice": voice, "numerator": 2, "denominator": n, "estimate": 2000 / n}
        for voice, n in (("outlet", 1000), ("quoted", 500))
    ]
    figure = drawn("themes_by_voice", rows(*cells), study)
    assert row_labels(figure) == [study.theme_labels["sanctions"]]
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert [name.rpartition(" (")[2] for name in legend] == ["1,000 words)", "500 words)"]
    own, _, quoted, _ = (
        marks.get_offsets() for marks in figure.axes[0].collections if len(marks.get_paths())
    )
    assert own[0][1] > quoted[0][1] and (own[0][0], quoted[0][0]) == (2, 4)
