"""Heatmaps: issues by hits; frames and themes without hits are left out."""

import pandas as pd

from analysis.figures._core.heatmap import frequent_issues


def test_the_most_frequent_issues_come_first(study):
    themes = ["generic_conflict", "tourism", "sanctions", "fisheries", "rel_threat"]
    numbers = pd.DataFrame({"theme": themes, "numerator": [9, 1, 5, 0, 7]})
    assert frequent_issues(numbers, study) == ["sanctions", "tourism"]
