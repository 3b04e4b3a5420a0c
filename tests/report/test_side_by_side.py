"""Numbers of two groups side by side are those of the comparisons."""

import pytest

from analysis.compare.measures.rates import quoted_shares, theme_prevalence, voice_shares
from analysis.report.side_by_side import side_by_side


@pytest.fixture(scope="module")
def made(bundled):
    return side_by_side(bundled, ("russia", "iran"))


def value(made, by, group, label):
    place = [line["label"] for line in made["lines"]].index(label)
    return next(g for g in made["groupings"][by]["groups"] if g["name"] == group)["values"][place]


def test_the_values_are_those_of_the_measures(made, bundled):
    own = voice_shares(bundled).query("outlet == 'Alborz Times' and voice == 'outlet'").iloc[0]
    estimate, low, high, n = value(made, "outlet", "Alborz Times", "Words attributed to speakers")
    assert estimate == pytest.approx(1 - own["estimate"], abs=6e-4) and n == own["n"]
    assert low == pytest.approx(1 - own["ci95_high"], abs=6e-4) and low < estimate < high
    iran = quoted_shares(bundled, by=["outlet_country"]).query("outlet_country == 'Iran' and side == 'iran'")
    assert value(made, "outlet_country", "Iran", "Attributed words: Iran")[0] == round(
        iran["estimate"].iloc[0], 3
    )
    year = theme_prevalence(bundled, by=["year"]).query("year == '2022' and theme == 'sanctions'")
    assert value(made, "year", "2022", "Sanctions")[0] == round(year["estimate"].iloc[0], 3)


def test_groups_and_lines_lead_to_their_sentences(made):
    filters = {line["label"]: line["filters"] for line in made["lines"]}
    assert filters["Partnership"] == {"theme": "rel_partnership", "pair": "1"}
    assert filters["Balance of acts"] == {"acts": "russia<>iran"}
    groups = {by: grouping["groups"][0]["filters"] for by, grouping in made["groupings"].items()}
    assert groups["outlet"] == {"outlet": "Alborz Times"} and groups["year"] == {"when": "2022"}


def test_one_group_is_not_compared_and_few_articles_are_marked(bundled):
    one = bundled.select(bundled.articles.query("outlet == 'Alborz Times'")["article_id"].head(3))
    made = side_by_side(one, None)
    assert "outlet" not in made["groupings"] and "outlet_country" not in made["groupings"]
    assert all(group["few"] for grouping in made["groupings"].values() for group in grouping["groups"])
    assert not any("acts" in line["filters"] for line in made["lines"])
