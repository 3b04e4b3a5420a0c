"""Words that set groups apart: who is compared, whose words count, and nothing where there is nothing."""

import dataclasses

import pandas as pd
import pytest

from analysis import load_study
from analysis.compare.words.contrasts import OTHERS, outlet_wording, side_wording
from analysis.compare.words.log_odds import log_odds
from analysis.errors import FramingError
from tests.compare.made_up import one, tables

OWN, SAID = "Toll toll ferry news.", "“Gas gas gas,” he said."


@pytest.fixture(scope="module")
def study():
    return load_study("data")


def corpus(study, countries=("Russia", "Iran"), per_country=3):
    articles, tones, quotes, spans = [], [], [], []
    for c, country in enumerate(countries):
        for i in range(per_country):
            key = f"{c}-{i}"
            own = OWN if c == 0 else OWN.lower().replace("toll", "duty")
            text = f"{own} {SAID if c == 0 else SAID.replace('as', 'ift')}"
            articles.append(
                {"article_id": key, "outlet": f"Ferry {country}", "outlet_country": country, "text": text}
            )
            side = ("russia", "iran")[c % 2]
            start, end = text.index("“"), text.index("”") + 1
            tones += [{"article_id": key, "voice": voice, "n_words": 4} for voice in ("outlet", side)]
            quotes.append({"quote_id": key, "article_id": key, "side": side, "start": start, "end": end})
            spans.append({"quote_id": key, "role": "content", "start": start, "end": end})
    return dataclasses.replace(tables(articles, tones=tones, quotes=quotes, quote_spans=spans), study=study)


def test_the_countries_of_the_pair_in_their_own_words(study):
    found = outlet_wording(corpus(study), min_count=1)
    assert set(found["target"]) == {"Russia"} and set(found["reference"]) == {"Iran"}
    toll = one(found, item="toll")
    assert (toll["numerator"], toll["numerator_reference"]) == (6, 0)
    assert "gas" not in set(found["item"]), "quoted words are not the outlet's"
    assert "ferry" not in set(found["item"]), "words of outlets' names say nothing"


def test_another_study_compares_the_country_with_most_articles_with_the_rest(study):
    found = outlet_wording(corpus(study, countries=("Fiji", "Chad", "Fiji")), min_count=1)
    assert set(found["target"]) == {"Fiji"} and set(found["reference"]) == {OTHERS}
    assert found["n"].iloc[0] == 9


def test_countries_by_name_and_unknown_ones(study):
    three = corpus(study, countries=("Fiji", "Chad", "Peru"))
    found = outlet_wording(three, target="Chad", reference="Peru", min_count=1)
    assert found["n"].iloc[0] == 6
    with pytest.raises(FramingError, match="no article has the outlet_country 'Mali'"):
        outlet_wording(three, target="Mali")


def test_one_country_alone_is_not_compared(study):
    assert outlet_wording(corpus(study, countries=("Fiji",))).empty


def test_words_of_two_sides(study):
    found = side_wording(corpus(study), ("russia", "iran"))
    gas = one(found, item="gas")
    assert (gas["numerator"], gas["numerator_reference"], gas["range"]) == (9, 0, 3)
    assert gas["z"] > 0 > one(found, item="gift")["z"]
    assert found["prior_size"].iloc[0] == pytest.approx(1000)
    assert "toll" not in set(found["item"])


def test_a_side_that_says_nothing_is_not_compared(study):
    assert side_wording(corpus(study), ("russia", "turkey")).empty


@pytest.fixture
def lone_outlets(study):
    """In each country two articles of one outlet and one of another, whose Russian source speaks of oil."""
    made = corpus(study)
    articles = made.articles
    alone = articles["article_id"].isin(["0-2", "1-2"])
    outlets = articles["outlet"].mask(alone, "Lone " + articles["outlet_country"])
    texts = articles["text"].mask(alone, articles["text"].str.replace("Gas gas", "Oil oil"))
    return dataclasses.replace(made, articles=articles.assign(outlet=outlets, text=texts))


def test_words_of_countries_whose_outlets_count_equally(lone_outlets):
    toll = one(outlet_wording(lone_outlets, min_count=1, weight="outlet"), item="toll")
    words = 2**2 / (12 / 12**2 + 6 / 6**2)  # articles have 6 own words
    assert toll["effective_words"] == toll["effective_words_reference"] == pytest.approx(words)
    assert (toll["numerator"], toll["denominator"]) == (6, 18)
    assert toll["method"].startswith("log ratio, mean of the outlets' values; articles as independent")


def test_words_of_sides_if_outlets_count_equally(lone_outlets):
    """By hand: 6 words of one outlet and 3 of the other are worth 8, 4 for each outlet."""
    found = side_wording(lone_outlets, ("russia", "iran"), weight="outlet")
    russia, iran = pd.Series({"gas": 4 + 4 / 3, "oil": 8 / 3}), pd.Series({"gift": 8.0})
    same = log_odds(russia, iran, prior=pd.Series({"gas": 7, "oil": 2, "gift": 9}), prior_size=1000)
    assert found["item"].tolist() == same["item"].tolist()
    for name in ("estimate", "z", "ci95_low"):
        assert found[name].to_numpy() == pytest.approx(same[name].to_numpy()), name
    gas = one(found, item="gas")
    assert (gas["numerator"], gas["denominator"], gas["n"], gas["effective_words"]) == (
        7,
        9,
        18,
        pytest.approx(8),
    )
    assert gas["method"] == "log-odds, Dirichlet prior of 1,000 words, mean of the outlets' values"


def test_reprints_within_a_group_are_one_article_of_it(study):
    made = corpus(study, per_country=6)
    copied = made.articles["article_id"].isin(["0-0", "0-1", "1-0"])
    family = made.articles["article_id"].mask(copied, "story")
    found = outlet_wording(
        dataclasses.replace(made, articles=made.articles.assign(family_id=family)), min_count=1
    )
    assert (found["n_target"].iloc[0], found["n_reference"].iloc[0]) == (5, 6)
    toll = one(found, item="toll")
    assert toll["numerator"] == 12 and toll["range_target"] == 5
