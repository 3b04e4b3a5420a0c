"""Themes by side: the outlets' own words first, then the voices with most words."""

from tests.figures.small import drawn, rows


def test_voices_by_their_words_the_outlets_own_first(study):
    words = {"iran": 300, "outlet": 200, "russia": 500, "unattributed": 200}
    cells = [
        {"theme": "sanctions", "voice": voice, "numerator": 2, "denominator": n, "estimate": 2000 / n}
        for voice, n in words.items()
    ]
    figure = drawn("themes_by_side", rows(*cells), study)
    labels = [tick.get_text() for tick in figure.axes[0].get_xticklabels()]
    assert labels == ["Outlet's own words (200)", "Russia (500)", "Iran (300)"]
    assert "Left out: the 20 % of the attributed words" in figure.caption
