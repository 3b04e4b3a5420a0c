"""Issues by outlet: the most frequent issues, with room for every interval."""

from analysis.figures.plots.themes_by_outlet import PANELS
from tests.figures.small import drawn, rows, titles


def test_the_most_frequent_issues_are_shown_with_room_for_their_intervals(study):
    issues = [theme for theme, group in study.theme_groups.items() if group == "issue"][: PANELS + 2]
    cells = [
        {
            "theme": theme,
            "outlet": outlet,
            "numerator": n,
            "denominator": 1000,
            "estimate": n,
            "ci95_high": 3 * n,
        }
        for n, theme in enumerate(issues, start=1)
        for outlet in ("Courier", "Gazette")
    ]
    figure = drawn("themes_by_outlet", rows(*cells), study)
    assert len(titles(figure)) == PANELS
    assert titles(figure)[0] == study.theme_labels[issues[-1]]
    assert figure.axes[0].get_xlim()[1] >= 3 * len(issues)
