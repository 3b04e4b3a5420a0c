"""Groups and periods of articles."""

import pytest

from analysis.compare._core.grouping import group_articles, group_column
from analysis.errors import FramingError
from tests.compare.made_up import tables

DAYS = ["2022-01-31T23:30:00Z", "2022-02-01", "2022-04-15", None, "2025-01-17"]


@pytest.fixture
def articles():
    return tables([{"article_id": f"a{i}", "published": day} for i, day in enumerate(DAYS)]).articles


def test_columns_that_only_the_source_has_group_articles(articles):
    groups = group_articles(
        articles.assign(extra_section=["News", "Sport", None, "News", ""]), "extra_section"
    )
    assert groups.keys["extra_section"].tolist() == ["", "News", "Sport", "unknown"]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("period", ["2022-01", "2022-02", "2022-04", "undated", "2025-01"]),
        ("month", ["2022-01", "2022-02", "2022-04", "undated", "2025-01"]),
        ("quarter", ["2022-Q1", "2022-Q1", "2022-Q2", "undated", "2025-Q1"]),
        ("year", ["2022", "2022", "2022", "undated", "2025"]),
        ("week", ["2022-W05", "2022-W05", "2022-W15", "undated", "2025-W03"]),
        ("day", ["2022-01-31", "2022-02-01", "2022-04-15", "undated", "2025-01-17"]),
        (
            "episode",
            [
                "2022-01-31 to 2022-02-01",
                "2022-01-31 to 2022-02-01",
                "2022-04-15 to 2022-04-15",
                "undated",
                "2025-01-17 to 2025-01-17",
            ],
        ),
    ],
)
def test_periods(articles, name, labels):
    assert group_column(articles, name).tolist() == labels


def test_an_episode_goes_on_over_thirty_days_but_not_thirty_one(articles):
    days = tables(
        [
            {"article_id": str(i), "published": d}
            for i, d in enumerate(["2022-01-01", "2022-01-31", "2022-03-03"])
        ]
    )
    assert group_column(days.articles, "episode").nunique() == 2


def test_all_articles_undated():
    undated = tables([{"article_id": "a", "published": None}]).articles
    for name in ("month", "quarter", "episode", "week"):
        assert group_column(undated, name).tolist() == ["undated"]


def test_own_columns_go_first_and_empty_cells_are_unknown(articles):
    own = articles.assign(period=["before", "before", None, "after", "after"])
    assert group_articles(own, "period").keys["period"].tolist() == ["after", "before", "unknown"]


def test_everything_together_is_one_group(articles):
    groups = group_articles(articles, [])
    assert len(groups.keys) == 1 and set(groups.codes) == {0}


def test_two_columns(articles):
    groups = group_articles(articles.assign(outlet=list("AABBB")), ["outlet", "year"])
    assert groups.keys.values.tolist() == [["A", "2022"], ["B", "2022"], ["B", "2025"], ["B", "undated"]]


def test_unknown_column_is_named_with_those_there_are(articles):
    with pytest.raises(FramingError, match=r"'colour'.*outlet_country.*episode"):
        group_articles(articles, "colour")
