"""Floors of the codebook against hand coding, theme by theme, and a card that says what is measured."""

import re

import pytest

from benchmarks import themes_gold
from tests.conftest import DATA

# F1 on the bundled articles, a little below what was measured; only ever raised.
FLOORS = {
    "syria_counterterrorism": 0.90,
    "afghanistan": 0.95,
    "sanctions": 0.85,
    "us_hostility": 0.50,
    "economy_trade": 0.82,
    "transport_transit": 0.80,
    "fisheries": 0.85,
    "tourism": 0.70,
    "caspian_security": 0.75,
    "military_cooperation": 0.84,
    "nuclear_accord": 0.80,
    "mutual_distrust": 0.40,
    "strategic_partnership": 0.68,
    "ukraine_war": 0.90,
    "energy_gas": 0.84,
    "payments_banking": 0.88,
    "multilateral_clubs": 0.90,
    "israel": 0.95,
}


def measured(study, texts, coded):
    found = themes_gold.present(texts, study)
    return themes_gold.theme_scores(coded, found, list(texts), study).set_index("theme")


@pytest.fixture(scope="module")
def bundled_scores(study):
    return measured(study, *themes_gold.bundled_gold(study))


def test_every_issue_keeps_its_floor(bundled_scores):
    issues = bundled_scores.query("group == 'issue'")["f1"]
    assert set(issues.index) == set(FLOORS)
    assert {theme: f1 for theme, f1 in issues.items() if f1 < FLOORS[theme]} == {}
    assert issues.mean() >= 0.84


def test_intervals_hold_the_estimates(bundled_scores):
    for measure in themes_gold.MEASURES:
        low, high = bundled_scores[f"{measure}_low"], bundled_scores[f"{measure}_high"]
        assert (low <= bundled_scores[measure]).all() and (bundled_scores[measure] <= high).all()


def test_floor_on_real_articles(study):
    if not themes_gold.REAL.is_dir():
        pytest.skip(f"the real articles are not here ({themes_gold.REAL})")
    table = measured(study, *themes_gold.real_gold("dev"))
    issues = table.query("group == 'issue' and coded >= 3")["f1"]
    assert issues.mean() >= 0.84


def test_the_card_tells_every_theme_and_what_is_measured(bundled_scores, study):
    card = (DATA / "CODEBOOK.md").read_text(encoding="utf-8")
    for theme in study.codebook.themes:
        assert theme.id in card, theme.id
    for theme, row in bundled_scores.iterrows():
        section = card.partition(f"### {theme}:")[2].partition("### ")[0]
        told = re.search(r"- bundled: (\d+): P .*?, R .*?, F1 \*\*([\d.]+) ", section)
        assert told, theme
        assert int(told[1]) == row["coded"]
        assert float(told[2]) == pytest.approx(row["f1"], abs=0.03), theme


def test_the_command(capsys):
    themes_gold.main([])
    said = capsys.readouterr().out
    assert "52 articles" in said and "macro F1, issue" in said
