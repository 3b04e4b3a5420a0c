"""Heatmaps: themes by group, then by hits; generic frames and themes without hits are left out."""

import pandas as pd

from analysis.figures._core.heatmap import themes_by_group


def test_issues_come_first_then_the_most_frequent():
    numbers = pd.DataFrame(
        {"theme": ["frame", "rare", "often", "never", "ours"], "numerator": [9, 1, 5, 0, 7]}
    )
    groups = {"frame": "generic", "rare": "issue", "often": "issue", "never": "issue", "ours": "relationship"}
    assert themes_by_group(numbers, groups) == ["often", "rare", "ours"]
