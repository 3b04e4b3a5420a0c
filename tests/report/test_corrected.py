"""Corrected estimates on the page."""

import numpy as np
import pandas as pd
import pytest

from analysis.report.corrected import COLUMNS, corrected_note, corrected_rows, not_coded
from analysis.report.finding import Finding
from analysis.validation.correction import corrected_differences, corrected_means


@pytest.fixture(scope="module")
def summaries():
    rng = np.random.default_rng(1)
    gold = rng.random(200) < 0.5
    predicted = np.where(rng.random(200) < 0.8, gold, ~gold)
    coded = np.arange(200) % 2 == 0
    units = pd.DataFrame(
        {
            "predicted": predicted.astype(float),
            "gold": np.where(coded, gold.astype(float), np.nan),
            "probability": np.where(coded, 0.5, np.nan),
            "outlet": np.where(np.arange(200) < 100, "A", "B"),
        }
    )
    tables = {}
    for name, made in (("means", corrected_means), ("differences", corrected_differences)):
        table = made(units, by="outlet")
        table.insert(0, "question", "sanctions")
        table.insert(1, "value", "share yes")
        tables[name] = table
    return {"themes": tables}


def test_all_four_estimates_stand_side_by_side(summaries):
    rows = corrected_rows(summaries, {"sanctions": "Sanctions"})
    assert [row[:4] for row in rows] == [
        ["Sanctions", "share yes", "A", "50"],
        ["Sanctions", "share yes", "B", "50"],
        ["Sanctions", "share yes", "A, minus all others", "50"],
        ["Sanctions", "share yes", "B, minus all others", "50"],
    ]
    naive = summaries["themes"]["means"].query("outlet == 'A' and estimator == 'naive'").iloc[0]
    assert rows[0][COLUMNS.index("As measured")].startswith(f"{naive['estimate']:.2f} [")
    assert all(cell for row in rows for cell in row[:-1])


def test_a_note_on_few_or_unequal_coded_units_is_shown(summaries):
    note = "only 19 coded: the interval is approximate"
    tables = {name: table.assign(note=note) for name, table in summaries["themes"].items()}
    assert {row[COLUMNS.index("Note")] for row in corrected_rows({"themes": tables}, {})} == {note}
    about = Finding("About what", "A more", "themes", (), {"outlet": "A", "theme": "sanctions"}, "sanctions")
    assert corrected_note(about, {"themes": tables}).endswith(f"; {note}.")


def test_a_finding_of_a_coded_theme_says_what_the_coding_makes_of_it(summaries):
    about = Finding("About what", "A more", "themes", (), {"outlet": "A", "theme": "sanctions"}, "sanctions")
    row = summaries["themes"]["differences"].query("outlet == 'A' and estimator == 'dsl'").iloc[0]
    assert f"{100 * abs(row['estimate']):.0f} points (" in corrected_note(about, summaries)
    other = Finding("About what", "A more", "themes", (), {"outlet": "A", "theme": "trade"}, "trade")
    assert corrected_note(other, summaries) == corrected_note(about, {}) == ""


def test_a_share_of_articles_has_its_corrected_share(summaries):
    means = summaries["themes"]["means"].query("outlet == 'A'").assign(outlet="all")
    themes = {"themes": summaries["themes"] | {"means": means}}
    mean = 100 * means.query("estimator == 'dsl'")["estimate"].iloc[0]
    share = Finding("themes", "45 %", "themes", (), {"theme": "sanctions"}, "sanctions", "share yes")
    assert f"hand coding: {mean:.0f} % (" in corrected_note(share, themes)
    rate = Finding("themes", "2 hits", "themes", (), {"theme": "sanctions"}, "sanctions")
    assert corrected_note(rate, themes) == ""


def test_too_few_coded_says_so():
    units = pd.DataFrame({"predicted": [0.0, 1.0] * 10, "gold": [np.nan] * 20, "probability": [np.nan] * 20})
    means = corrected_means(units.assign(outlet="A"), by="outlet")
    means.insert(0, "question", "q")
    means.insert(1, "value", "share yes")
    row = corrected_rows({"themes": {"means": means, "differences": pd.DataFrame()}}, {})[0]
    assert row[5] == "not estimated: 0 coded"


def test_what_was_not_coded_says_so_where_something_was(summaries):
    checked = {"themes": summaries["themes"] | {"scores": pd.DataFrame({"question": ["sanctions"]})}}
    by_theme = {theme: Finding("t", "", "themes", theme=theme) for theme in ("sanctions", "trade")}
    assert not_coded(by_theme["sanctions"], checked) == ""
    assert not_coded(by_theme["trade"], checked) == "Not validated on this corpus."
    assert not_coded(Finding("t", "", "tone"), checked) == "Not validated on this corpus."
    assert not_coded(Finding("t", "", "tone"), {}) == ""


def test_findings_about_sides_have_their_corrected_share(summaries):
    def of_sides(table):
        return table.assign(question="side", value="share iran")

    def about(value, **filters):
        return corrected_note(Finding("Who speaks", "", "sides", (), filters, value=value), sides)

    means = pd.concat([summaries["themes"]["means"], summaries["themes"]["means"].assign(outlet="all")])
    sides = {"sides": {"means": of_sides(means), "differences": of_sides(summaries["themes"]["differences"])}}
    mean = 100 * means.query("outlet == 'all' and estimator == 'dsl'")["estimate"].iloc[0]
    assert f"hand coding: {mean:.0f} % (" in about("share iran", voice="iran")
    assert "outlet minus all others" in about("share iran", voice="iran", outlet="A")
    assert about("share russia", voice="russia") == ""
    named = corrected_rows(sides, {"iran": "Iran"})
    assert named[0][1] == "share of attributed words: Iran"


def test_coded_voices_check_findings_about_sides():
    scores = {"scores": pd.DataFrame({"question": ["voice"]})}
    about = Finding("Who speaks", "", "sides", value="share iran")
    assert not_coded(about, {"voice": scores}) == not_coded(about, {"sides": scores}) == ""
    assert not_coded(about, {"tone": scores}) == "Not validated on this corpus."
