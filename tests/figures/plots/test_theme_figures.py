"""Figures of themes: events in their period, voices and outlets in order, and the network of themes."""

from datetime import date

import pytest
from matplotlib import pyplot as plt

from analysis import figures
from analysis.compare.measures import cooccurrence, rates
from analysis.errors import FramingError
from analysis.figures.plots.themes_together import MINIMUM, SHOWN_LINKS
from analysis.study.events import Event


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def words(figure):
    return [text.get_text() for text in figure.findobj(plt.Text) if text.get_text()]


def drawn(function, numbers, study, **more):
    with figures.style():  # as `draw` does it
        return function(numbers, labels=study.theme_labels, groups=study.theme_groups, **more)


def test_events_stand_above_their_month_and_in_the_footnote(bundled, study):
    numbers = rates.theme_rates(bundled, by=["period"])
    figure = drawn(figures.themes_over_time, numbers, study, events=study.events)
    panel = figure.axes[0]
    assert [(t.get_position()[0], t.get_text()) for t in panel.texts] == [
        (0, "1"),
        (1, "2"),
        (2, "3"),
        (3, "4"),
    ]
    assert any("2 Putin in Tehran, 19 Jul 2022" in text.replace("\n", " ") for text in words(figure))


def test_events_of_one_month_and_of_none(bundled, study):
    days = [(2022, 7, 3), (2022, 7, 1), (2022, 7, 2), (1999, 1, 1)]
    events = [Event(date=date(*day), label=f"on {day[2]}.{day[0]}") for day in days]
    numbers = rates.theme_rates(bundled, by=["period"])
    figure = drawn(figures.themes_over_time, numbers, study, events=events)
    assert [t.get_text() for t in figure.axes[0].texts] == ["2,3…"]
    note = (
        words(figure)[-1]
        if "Events" in words(figure)[-1]
        else next(w for w in words(figure) if "Events" in w)
    )
    assert "1999" not in note and "2 on 1.2022" in note.replace("\n", " ")


def test_no_events_no_marks(bundled, study):
    figure = drawn(figures.themes_over_time, rates.theme_rates(bundled, by=["period"]), study)
    assert not figure.axes[0].texts
    assert not any("Events" in text for text in words(figure))


def test_voices_by_their_words_the_outlets_own_first(bundled, study):
    numbers = rates.theme_rates(bundled, by=[], voice="sides")
    figure = drawn(figures.themes_by_side, numbers, study, sides=study.side_labels)
    labels = [tick.get_text() for tick in figure.axes[0].get_xticklabels()]
    assert labels[0].startswith("Outlet's own words (")
    counts = [int(label.rpartition("(")[2].strip(")").replace(",", "")) for label in labels[1:]]
    assert counts == sorted(counts, reverse=True)


def test_intervals_by_outlet(bundled, study):
    numbers = rates.theme_rates(bundled, by=["outlet"])
    figure = drawn(figures.themes_by_outlet, numbers, study)
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert len(shown) == 8
    high = numbers[numbers["theme"] == "transport_transit"]["ci95_high"].max()
    assert high <= shown[0].get_xlim()[1]


def test_network_draws_what_is_closer_than_chance(bundled, study):
    numbers = cooccurrence.co_occurrence(bundled, within="sentence")
    figure = drawn(figures.themes_together, numbers, study)
    issues = numbers[["one", "other"]].map(study.theme_groups.get).eq("issue").all(axis=1)
    expected = numbers[issues & (numbers["numerator"] >= MINIMUM) & (numbers["lift"] > 1)]
    assert len(figure.axes[0].patches) == min(SHOWN_LINKS, len(expected))
    linked = {study.theme_labels[theme] for theme in (*expected["one"], *expected["other"])}
    names = [text.replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ") for text in words(figure)]
    assert all(any(name.startswith(f"{label} (n = ") for name in names) for label in linked)


def test_network_of_one_group_only(bundled, study):
    numbers = cooccurrence.co_occurrence(bundled, within="article", by=["outlet"])
    with pytest.raises(FramingError, match="one group"):
        drawn(figures.themes_together, numbers, study)


def test_network_without_links(bundled, study):
    numbers = cooccurrence.co_occurrence(bundled, within="sentence").query("numerator < 2")
    figure = drawn(figures.themes_together, numbers, study)
    assert not figure.axes[0].patches
    assert f"No two issues share {MINIMUM} sentences or more." in words(figure)
    assert any("Without a line" in text for text in words(figure))


def test_few_articles(bundled):
    few = bundled.select(bundled.articles["article_id"].iloc[:1])
    for name in ("themes_by_outlet", "themes_by_side", "themes_together", "themes_over_time"):
        figures.numbers_and_figure(figures.FIGURES[name], few)


def test_articles_without_a_date_are_counted_below_themes_over_time(bundled, study):
    import dataclasses

    dates = bundled.articles["published"].where(bundled.articles.index >= 3)
    tables = dataclasses.replace(bundled, articles=bundled.articles.assign(published=dates))
    figure = drawn(figures.themes_over_time, rates.theme_rates(tables, by=["period"]), study)
    assert any("3 articles without a date" in text.replace("\n", " ") for text in words(figure))
