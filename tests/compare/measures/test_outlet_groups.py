"""Groups of outlets: by the side of their country and by kind."""

import dataclasses

import pytest

from analysis.compare.measures.outlet_groups import (
    OUTLET_KIND,
    OUTLET_SIDE,
    UNKNOWN,
    news_outlets,
    not_news,
    with_outlet_groups,
)
from analysis.compare.measures.relations import balance_by_group, dyad_relations, relation_balance
from analysis.errors import FramingError

DYAD = ("russia", "iran")


@pytest.fixture(scope="module")
def grouped(bundled, study):
    return with_outlet_groups(dataclasses.replace(bundled, study=study))


def test_countries_go_to_the_side_of_their_state(grouped):
    pairs = grouped.articles.drop_duplicates("outlet").set_index("outlet")
    assert pairs[OUTLET_SIDE].to_dict() == {
        "Alborz Times": "Iran", "Bosphorus Herald": "Turkey", "Caspian Courier": "Azerbaijan",
        "Channel Nine World": "Europe", "Levant Monitor": "Other", "Meridian Post": "United States",
        "Transcontinental Wire": "Europe", "Volga Dispatch": "Russia",
    }  # fmt: skip
    assert pairs.loc["Transcontinental Wire", OUTLET_KIND] == "agency"


def test_what_the_study_does_not_know_is_unknown(bundled, study):
    articles = bundled.articles.assign(outlet="Elsewhere Echo", outlet_country=None)
    found = with_outlet_groups(dataclasses.replace(bundled, study=study, articles=articles)).articles
    assert set(found[OUTLET_SIDE]) == set(found[OUTLET_KIND]) == {UNKNOWN}
    abroad = bundled.articles.assign(outlet_country="Ruritania")
    found = with_outlet_groups(dataclasses.replace(bundled, study=study, articles=abroad)).articles
    assert set(found[OUTLET_SIDE]) == {UNKNOWN}


def test_years_and_all_years_add_up(grouped):
    table = balance_by_group(grouped, DYAD, group=OUTLET_SIDE, voice="split")
    everywhere = table[(table[OUTLET_SIDE] == "all") & (table["period"] == "all")]
    assert everywhere["denominator"].sum() == len(dyad_relations(grouped, DYAD))
    assert everywhere["ci95_low"].notna().any()
    table = table[table[OUTLET_SIDE] != "all"]
    whole = table[table["period"] == "all"]
    years = table[table["period"] != "all"]
    sums = years.groupby([OUTLET_SIDE, "voice"])[["cooperation", "conflict"]].sum()
    expected = whole.set_index([OUTLET_SIDE, "voice"])[["cooperation", "conflict"]].sort_index()
    assert (sums.sort_index() == expected).all(axis=None)
    assert whole["denominator"].sum() == len(dyad_relations(grouped, DYAD))
    one = relation_balance(grouped, DYAD, by=[OUTLET_SIDE], voice="split")
    assert one["estimate"].dropna().tolist() == whole["estimate"].dropna().tolist()


def test_articles_of_governments_think_tanks_and_unknown_outlets_are_left_out(bundled, study):
    made = dataclasses.replace(bundled, study=study)
    assert news_outlets(made) is made
    names = {
        "Meridian Post": "US Department of State",
        "Levant Monitor": "RUSI",
        "Volga Dispatch": "Unlisted Gazette",
        "Caspian Courier": "Unknown (GDELT)",
    }
    articles = made.articles.assign(outlet=made.articles["outlet"].astype("str").replace(names))
    found = news_outlets(dataclasses.replace(made, articles=articles))
    left_out = {"US Department of State": "government", "RUSI": "think_tank", "Unknown (GDELT)": "unknown"}
    assert not_news(dataclasses.replace(made, articles=articles)) == left_out
    assert set(found.articles["outlet"]) == set(articles["outlet"]) - left_out.keys()
    assert set(found.quotes["article_id"]) <= set(found.articles["article_id"])
    with pytest.raises(FramingError, match="no article is from a news outlet"):
        news_outlets(dataclasses.replace(made, articles=articles.assign(outlet="RUSI")))
