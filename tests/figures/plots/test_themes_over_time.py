"""Themes over time: events stand above their month, and undated articles are counted in the caption."""

from datetime import date

import pytest

from analysis.study.events import Event
from tests.figures.small import drawn, rows, with_events


def by_month(*periods):
    return rows(
        *(
            {"theme": "sanctions", "period": period, "numerator": 2, "denominator": 1000, "estimate": 2.0}
            for period in periods
        )
    )


def marked(figure):
    """(position, label) of the events in the first panel."""
    return [(text.get_position()[0], text.get_text()) for text in figure.axes[0].texts]


def events(*days):
    return [Event(date=date(*day), label=f"on {day[2]}.{day[0]}") for day in days]


def test_events_stand_above_their_month_and_in_the_caption(study):
    figure = drawn(
        "themes_over_time",
        by_month("2022-06", "2022-07"),
        with_events(study, events((2022, 6, 9), (2022, 7, 19))),
    )
    assert marked(figure) == [(0, "1"), (1, "2")]
    assert "2 on 19.2022, 19 Jul 2022" in figure.caption


def test_many_events_of_one_month_share_a_label_and_those_outside_have_none(study):
    study = with_events(study, events((2022, 7, 3), (2022, 7, 1), (2022, 7, 2), (1999, 1, 1)))
    figure = drawn("themes_over_time", by_month("2022-06", "2022-07"), study)
    assert marked(figure) == [(1, "2,3…")]
    assert "1999" not in figure.caption and "2 on 1.2022" in figure.caption


def test_no_events_no_marks(study):
    figure = drawn("themes_over_time", by_month("2022-06"), with_events(study, []))
    assert not marked(figure) and "Events" not in figure.caption


def test_articles_without_a_date_are_counted_in_the_caption(study):
    figure = drawn("themes_over_time", by_month("2022-06", "undated"), study)
    assert "5 articles without a date" in figure.caption


@pytest.mark.parametrize(("second", "lines"), [("2022-07", 1), ("2022-08", 0)])
def test_a_line_joins_consecutive_months_only(second, lines, study):
    figure = drawn("themes_over_time", by_month("2022-06", second), with_events(study, []))
    joined = [line for line in figure.axes[0].lines if line.get_linestyle() == "-"]
    assert len(joined) == lines


def test_the_scale_of_all_panels_has_room_for_the_highest_point(study):
    """A month with one short article has a high rate in a theme that is not the most frequent one."""
    often = {"theme": "sanctions", "period": "2022-06", "numerator": 9, "denominator": 3000, "estimate": 3.0}
    once = {"theme": "tourism", "period": "2022-06", "numerator": 1, "denominator": 20, "estimate": 50.0}
    figure = drawn("themes_over_time", rows(often, once), with_events(study, []))
    low, high = figure.axes[1].get_ylim()
    assert low == 0 and high > 50
