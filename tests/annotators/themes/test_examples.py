"""Themes by examples: similar sentences are hits, and examples without anything in common find nothing."""

import analysis
from analysis.annotators.themes.examples import fit
from analysis.annotators.themes.extract import EXAMPLES, find_themes
from analysis.annotators.themes.sentence_vectors import sentence_vectors
from analysis.study.codebook import Codebook

STRIKES = (
    "Railway workers walked out over pay on Tuesday.",
    "Nurses downed tools after talks with the ministry failed.",
    "The union called its members out for two days.",
    "Bus drivers in the capital are on strike for higher wages.",
    "Teachers voted for industrial action over their salaries.",
    "Dockers stopped work at three ports in a dispute about hours.",
    "The walkout by cleaners has entered its second week.",
    "Pilots refused to fly until the airline improved their contracts.",
    "Postal staff began a strike that will halt deliveries.",
    "Trade unions threatened more stoppages if wages are not raised.",
)
MIXED = (
    "The glacier has lost a third of its ice.",
    "She won the final in three sets.",
    "A new bakery opened beside the station.",
    "Parliament passed the budget at midnight.",
    "The comet can be seen with binoculars.",
    "He painted the portrait in a single week.",
    "Wheat prices fell after the harvest.",
    "The choir will sing at the cathedral.",
)
TEXT = (
    "The sun shone over the bay all day. Hospital doctors stopped work on Friday to demand better pay. "
    "The museum shows two hundred coins from the wreck."
)


def book(**keys):
    theme = {"id": "strikes", "label": "Strikes", "definition": "Workers stop work.", **keys}
    return Codebook.from_data({"title": "t", "themes": [theme]})


def test_a_similar_sentence_is_a_hit_with_its_span_and_probability():
    (hit,) = find_themes(TEXT, book(examples=list(STRIKES)))
    assert TEXT[hit.start : hit.end] == "Hospital doctors stopped work on Friday to demand better pay."
    assert (hit.pattern, hit.negated) == (EXAMPLES, False)
    assert 0.5 <= hit.probability < 1


def test_a_sentence_with_a_match_has_no_second_hit():
    (hit,) = find_themes(TEXT, book(examples=list(STRIKES), patterns=["stopped work"]))
    assert (hit.pattern, hit.probability) == ("stopped work", 1)
    table = analysis.themes(TEXT, book(examples=list(STRIKES), patterns=["stopped work"]))
    assert table["probability"].tolist() == [1]


def test_examples_without_anything_in_common_find_nothing():
    assert fit(MIXED).probabilities(sentence_vectors(STRIKES)).max() < 0.5
