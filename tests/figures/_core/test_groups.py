"""The groups of a figure."""

import pandas as pd

from analysis.figures._core.groups import group_nouns, group_of


def test_the_group_is_the_first_column_that_is_neither_item_nor_result():
    assert group_of(pd.DataFrame(columns=["n", "theme", "extra_leaning", "outlet"])) == "extra_leaning"


def test_groups_have_names():
    assert group_nouns("outlet_country") == ("country", "countries") and group_nouns("extra_x") == (
        "group",
        "groups",
    )
