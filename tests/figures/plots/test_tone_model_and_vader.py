"""The model beside VADER: every article is a point, and those in which the two are opposed are counted."""

from matplotlib.collections import PathCollection

from tests.figures.small import drawn, rows, titles


def article(key, tone, vader, agreement):
    return {
        "article_id": key, "outlet": "Gazette", "side": "iran", "numerator": 1, "denominator": 2, "estimate": tone,
        "vader": vader, "agreement": agreement,
    }  # fmt: skip


def test_opposed_articles_are_counted_in_the_title(study):
    cells = [
        article("a", 0.5, 0.4, "same"),
        article("b", 0.5, -0.4, "opposite"),
        article("c", 0.0, 0.4, "one is neutral"),
    ]
    figure = drawn("tone_model_and_vader", rows(*cells), study)
    assert titles(figure) == ["towards Iran: opposite in 1 of 3"]
    points = [marks for marks in figure.axes[0].collections if isinstance(marks, PathCollection)]
    assert sum(len(marks.get_offsets()) for marks in points) == 3
