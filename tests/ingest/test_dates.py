"""Dates in the forms that exports use, and no guesses."""

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.dates import parse_dates

DAY = datetime(2022, 6, 29, tzinfo=UTC)
MOMENT = datetime(2022, 6, 29, 15, 42, tzinfo=UTC)


def one(value):
    return parse_dates([value]).values[0]


@pytest.mark.parametrize(
    "value",
    [
        "2022-06-29",
        " 2022-06-29 ",
        "2022/06/29",
        "2022.06.29",
        "29 June 2022",
        "29th June 2022",
        "Wednesday, 29 June 2022",
        "June 29, 2022",
        "June 29, 2022 Wednesday",
        "Jun. 29, 2022",
        "29-Jun-2022",
        "29.06.2022",
        "29/06/2022",
        "06/29/2022",
        "6/29/2022",
        "20220629",
        20220629,
        44741,
        44741.0,
        "44741",
        date(2022, 6, 29),
        datetime(2022, 6, 29),
        pd.Timestamp("2022-06-29"),
        "(Updated) 29 June 2022",
        "Published: 29 June 2022",
    ],
)
def test_days(value):
    assert one(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "2022-06-29T15:42:00Z",
        "2022-06-29T15:42:00.000Z",
        "2022-06-29 15:42",
        "2022-06-29T18:42:00+03:00",
        "2022-06-29 15:42:00 UTC",
        "Wed, 29 Jun 2022 18:42:00 +0300",
        "Wed, 29 Jun 2022 15:42:00 GMT",
        "Wed, 29 Jun 2022 10:42:00 EST",
        "Wed, 29 Jun 2022 18:42:00 +0300 (MSK)",
        "29 June 2022 at 15:42",
        "Jun 29 2022  3:42PM",
        "Posted 3:42 PM, June 29, 2022",
        "29/06/2022 15:42",
        "20220629154200",
        "20220629T154200Z",
        1656517320,
        "1656517320",
        1656517320000,
        "1656517320000",
        1656517320000000,
        datetime(2022, 6, 29, 18, 42, tzinfo=timezone(timedelta(hours=3))),
        "29 June 2022 15:42 XYZT",  # a zone that nobody knows counts as UTC
    ],
)
def test_times(value):
    assert one(value) == MOMENT


@pytest.mark.parametrize(
    "value",
    [
        None, "", "   ", float("nan"), pd.NaT, True, "nonsense", "yesterday", "May", "12", "June 2022", "2022",
        2022, "2022-06", "29/06/22", "22-06-29", "29 June", "0022-06-29", "1/1/0001", "2022-02-30", "31/04/2022",
        "2022-13-45", "2022-06-29T25:00", 0, -5, 3.5, 1e300, float("inf"), "9" * 40, "29 June 2022 " * 50,
        "10:15 2022", b"2022", object(),
    ],
)  # fmt: skip
def test_what_would_be_a_guess_is_not_read(value):
    assert one(value) is None


def test_the_column_settles_the_order():
    assert parse_dates(["03/04/2022", "29/04/2022"]).values[0] == datetime(2022, 4, 3, tzinfo=UTC)
    assert parse_dates(["03/04/2022", "04/29/2022"]).values[0] == datetime(2022, 3, 4, tzinfo=UTC)
    assert parse_dates(["03/04/2022", "04/29/2022", None, "nonsense"]).guessed == 0


def test_dots_put_the_day_first_and_years_the_month_whatever_the_column_says():
    values = parse_dates(["03.04.2022", "2022/03/04", "04/29/2022"]).values
    assert values[:2] == [datetime(2022, 4, 3, tzinfo=UTC), datetime(2022, 3, 4, tzinfo=UTC)]


def test_an_order_that_nothing_settles_is_counted():
    dates = parse_dates(["03/04/2022", "05-06-2022", "07/07/2022", "1 May 2022"])
    assert dates.values[0] == datetime(2022, 4, 3, tzinfo=UTC)
    assert dates.guessed == 2


def test_a_column_with_both_orders_leaves_what_is_unclear():
    dates = parse_dates(["03/04/2022", "29/04/2022", "04/29/2022", "04/04/2022"])
    assert [value and value.day for value in dates.values] == [None, 29, 29, 4]
    assert dates.guessed == 0


FORMATS = [
    "%Y-%m-%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y%m%d",
    "%a, %d %b %Y 00:00:00 GMT",
]


@given(st.lists(st.dates(date(1600, 1, 1), date(2099, 12, 31)), min_size=1), st.sampled_from(FORMATS))
def test_a_column_of_one_form_is_read_back(days, form):
    days = [*days, date(2022, 12, 29)]  # settles the order
    values = parse_dates(
        [day.strftime(form).zfill(10) if form == FORMATS[0] else day.strftime(form) for day in days]
    ).values
    assert values == [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days]


@given(st.datetimes(datetime(1700, 1, 1), datetime(2090, 1, 1), timezones=st.timezones()))
def test_times_come_out_in_utc(moment):
    assert one(moment.isoformat()) == one(moment) == moment.astimezone(UTC)


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats()))
def test_nothing_breaks_it(value):
    found = one(value)
    assert found is None or (found.tzinfo is UTC and 1600 <= found.year < 2100)


def test_an_example_of_what_was_guessed_is_the_columns_own():
    assert parse_dates(["1 May 2022", "05-06-2022"]).example == "05-06-2022"
    assert parse_dates(["29/04/2022"]).example == ""


def test_an_order_that_is_told_settles_what_the_column_does_not():
    unclear = ["03/04/2022", "29/04/2022", "04/29/2022"]
    assert [d and d.month for d in parse_dates(unclear, order="month").values] == [3, 4, 4]
    assert [d and d.month for d in parse_dates(unclear, order="day").values] == [4, 4, 4]
    assert parse_dates(["03/04/2022"], order="day").guessed == 0
