"""Filters by outlet, country and date."""

from datetime import UTC, date, datetime

import pytest

from analysis.corpus import select
from analysis.errors import FramingError
from tests.corpus.made_up import articles

TABLE = articles(
    {"outlet": "Gazette", "outlet_country": "Atlantis", "published": "2022-06-28T23:59:59Z"},
    {"outlet": "Herald", "outlet_country": "Atlantis", "published": "2022-06-29"},
    {"outlet": "Herald", "outlet_country": None, "published": "2022-06-29T23:59:59.5Z"},
    {"outlet": "Courier", "outlet_country": "Utopia", "published": None},
)


def chosen(**conditions):
    return select(TABLE, **conditions)["article_id"].tolist()


def test_conditions_are_joined_by_and():
    assert chosen() == ["a0", "a1", "a2", "a3"]
    assert chosen(outlets=["Herald", "Gazette"]) == ["a0", "a1", "a2"]
    assert chosen(countries=["Atlantis"]) == ["a0", "a1"]
    assert chosen(outlets=["Herald"], countries=["Atlantis"]) == ["a1"]
    assert chosen(outlets="Herald") == ["a1", "a2"]


@pytest.mark.filterwarnings("ignore:1 articles without a date")
@pytest.mark.parametrize("day", ["2022-06-29", date(2022, 6, 29)])
def test_both_days_count(day):
    assert chosen(since=day, until=day) == ["a1", "a2"]
    assert chosen(since=day) == ["a1", "a2"]
    assert chosen(until="2022-06-28") == ["a0"]
    assert chosen(until=datetime(2022, 6, 29, tzinfo=UTC)) == ["a0", "a1"]


def test_articles_left_out_for_want_of_a_date_are_told():
    with pytest.warns(UserWarning, match="1 articles without a date"):
        assert chosen(since="2000-01-01") == ["a0", "a1", "a2"]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"outlets": ["Heralt"]}, "Herald"),
        ({"countries": ["Atlantic"]}, "Atlantis"),
        ({"since": "yesterday"}, "2022-06-29"),
        ({"since": "2022-07-01", "until": "2022-06-01"}, "after"),
    ],
)
def test_conditions_that_nothing_can_meet_are_errors(conditions, expected):
    with pytest.raises(FramingError, match=expected):
        chosen(**conditions)
