"""Tiles, timeline and list of outlets."""

import dataclasses
from datetime import date

import pandas as pd

from analysis.report.overview import outlet_list, overview, timeline
from analysis.study.events import Event
from tests.compare import made_up


def dated(*days):
    return pd.DataFrame({"published": pd.to_datetime(pd.Series(days, dtype="object"), utc=True)})


def test_tiles_count_what_was_read(bundled):
    about = overview(bundled, bundled.study, {})
    numbers = [number for number, _, _ in about["tiles"]]
    assert numbers[:3] == ["52", "8", "Jun 2022–Jan 2025"] and numbers[4] == "not validated"
    assert "invented outlets" in about["notice"]
    assert overview(bundled, bundled.study, {"sides": {}})["tiles"][4][0] == "validated"


def test_bars_lead_to_their_month_and_events_stand_in_theirs():
    events = [Event(date=date(2022, 2, 24), label="Later"), Event(date=date(2022, 1, 16), label="First"),
              Event(date=date(2030, 1, 1), label="Outside")]  # fmt: skip
    made = timeline(dated("2022-01-03", "2022-01-20", "2022-03-01", None), events)
    assert [(bar["link"], bar["text"]) for bar in made["bars"]] == [
        ("#when=2022-01", "Jan 2022: 2 articles"), ("#when=2022-03", "Mar 2022: 1 article"),
    ]  # fmt: skip
    assert [(event["number"], event["text"]) for event in made["events"]] == [(1, "First"), (2, "Later")]
    assert made["events"][0]["x"] < 100 / 3 < made["events"][1]["x"] < 200 / 3
    assert made["undated"] == 1 and made["most"] == 2


def test_events_of_nearly_the_same_day_stand_on_different_lines():
    events = [Event(date=date(2020, 5, day), label=str(day)) for day in (1, 2, 3)]
    made = timeline(dated("2012-01-01", "2026-01-01"), events)
    assert made["unit"] == "year" and [event["line"] for event in made["events"]] == [0, 1, 2]


def test_few_early_articles_do_not_stretch_the_axis_and_are_counted():
    made = timeline(dated("1987-01-01", *["2012-05-05"] * 60, *["2020-05-05"] * 40), [])
    assert made["bars"][0]["link"] == "#when=2012" and made["earlier"] == "1 before 2012"
    assert timeline(dated("1987-01-01", "2012-05-05"), [])["earlier"] == ""


def test_no_date_no_timeline():
    assert timeline(dated(None, None), []) is None


def test_outlets_with_too_few_articles_are_folded_away(bundled):
    lists = outlet_list(bundled)
    assert len(lists["shown"]) == 8 and lists["folded"] == []
    assert {row["name"]: row["kind"] for row in lists["shown"]}["Transcontinental Wire"] == "agency"
    few = bundled.select(bundled.articles.groupby("outlet").head(4)["article_id"])
    lists = outlet_list(few)
    assert lists["shown"] == [] and {row["articles"] for row in lists["folded"]} == {"4"}
    assert lists["folded"][0]["link"].startswith("#outlet=")


def test_a_name_that_stands_for_sites_of_several_countries_has_none_of_them(study):
    countries = {"Unknown (GDELT)": ["Belarus", "Poland", None], "Post": ["Turkey", None, "Turkey"]}
    articles = [
        {"article_id": f"{outlet}{i}", "outlet": outlet, "outlet_country": country}
        for outlet, listed in countries.items()
        for i, country in enumerate(listed)
    ]
    made = dataclasses.replace(made_up.tables(articles, tones=[]), study=study)
    found = {row["name"]: row["country"] for row in outlet_list(made)["folded"]}
    assert found == {"Unknown (GDELT)": "several countries", "Post": "Turkey"}
