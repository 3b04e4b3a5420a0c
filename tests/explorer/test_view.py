"""What the widget shows: options, figure and evidence."""

import gzip
import json
from dataclasses import replace

import pytest

from analysis.compare.words import word_counts
from analysis.explorer import view
from analysis.explorer.choice import Choice, chosen_tables


def shown(tables, **chosen):
    choice = Choice(**chosen)
    part = chosen_tables(tables, choice)
    return choice, part, view.figure_view(part, choice, "results")[0]


def unpacked(data):
    return json.loads(gzip.decompress(data))


def test_controls_offer_what_there_is(bundled):
    articles = bundled.articles.assign(extra_leaning="left")
    articles.loc[0, "extra_leaning"] = "right"
    options = view.control_options(replace(bundled, articles=articles))
    names = [name for name, _ in options["by"]]
    assert {"outlet", "outlet_country", "outlet_kind", "year", "extra_leaning"} <= set(names)
    assert "language" not in names  # one only: nothing to compare
    assert ("extra_leaning", "leaning") in options["by"]
    assert options["groups"]["extra_leaning"] == ["left", "right"]
    assert options["first"] < options["last"]


def test_a_mark_leads_to_the_articles_of_its_group_alone(bundled):
    choice, part, made = shown(bundled, figure="who_is_quoted")
    mark = made["marks"][0]
    panes, data = view.evidence(part, choice, mark["filters"])
    assert panes == {"panes": [{"title": "", "filters": mark["filters"]}], "note": ""}
    sent = unpacked(data)
    assert {article["outlet"] for article in sent["articles"]} == {mark["filters"]["outlet"]}
    assert len(sent["texts"]) == len(sent["articles"])


def test_two_periods_stand_side_by_side(bundled):
    choice, part, made = shown(bundled, figure="voice_shares", by="year", compared=("2022", "2025"))
    panes, data = view.evidence(part, choice, made["marks"][0]["filters"])
    assert [pane["filters"]["group"] for pane in panes["panes"]] == ["2022", "2025"]
    assert [pane["title"] for pane in panes["panes"]] == [
        "2022 · own words",
        "2025 · own words",
    ]
    assert all("when" not in pane["filters"] for pane in panes["panes"])
    assert {article["group"] for article in unpacked(data)["articles"]} == {"2022", "2025"}


def test_filters_narrow_the_sentences_too(bundled):
    choice, part, made = shown(bundled, figure="theme_rates", themes=("sanctions",), voice="quoted")
    assert {mark["filters"]["theme"] for mark in made["marks"]} == {"sanctions"}
    _, data = view.evidence(part, choice, made["marks"][0]["filters"])
    marks = [mark for article in unpacked(data)["articles"] for mark in article["themes"]]
    assert marks and all(mark[2] == "sanctions" and mark[4] != "outlet" for mark in marks)


def test_nothing_to_draw_is_said(bundled):
    _, _, made = shown(bundled, figure="tone_towards_sides", side="turkey")
    assert made["why_not"].startswith("Nothing to draw:")


def test_many_articles_are_cut_with_a_note(bundled, monkeypatch):
    monkeypatch.setattr(view, "MOST_ARTICLES", 5)
    panes, data = view.evidence(bundled, Choice(), {"voice": "iran"})
    assert panes["note"] == "The first 5 of 52 articles are searched." and len(unpacked(data)["texts"]) == 5


@pytest.mark.parametrize("filters", [{"theme": "sanctions"}, {"only": "x"}])
def test_articles_without_a_hit_are_not_sent(bundled, filters):
    _, data = view.evidence(bundled, Choice(), filters)
    assert len(unpacked(data)["articles"]) < len(bundled.articles)


def test_figures_use_what_was_read_ahead(bundled, monkeypatch):
    view.read_texts(bundled)
    monkeypatch.setattr(
        word_counts, "_words_by_voice", lambda *_, **__: pytest.fail("the texts are read again")
    )
    _, _, made = shown(bundled, figure="keyness")
    assert made["marks"]
