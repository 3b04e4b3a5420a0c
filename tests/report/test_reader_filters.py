"""Filters of the article reader: from a row of numbers to its sentences, and in the words of the study."""

import pytest

from analysis.figures import FIGURES
from analysis.report.reader_filters import describe_filters, fragment, row_filters

PAIR = ("russia", "iran")


@pytest.mark.parametrize(
    ("figure", "row", "filters"),
    [
        ("who_is_quoted", {"outlet": "A", "side": "iran"}, {"outlet": "A", "voice": "iran"}),
        ("voice_shares", {"outlet": "A", "voice": "outlet"}, {"outlet": "A", "voice": "outlet"}),
        ("speakers_and_cues", {"side": "iran", "speaker_name": "", "cue_class": "doubting"},
         {"cue": "doubting", "voice": "iran"}),
        ("speakers_and_cues", {"side": "iran", "speaker_name": "A. B.", "cue_class": "doubting"},
         {"speaker": "A. B.", "cue": "doubting"}),
        ("tone_towards_sides", {"outlet": "A", "side": "iran", "voice": "outlet"},
         {"outlet": "A", "voice": "outlet", "about": "side:iran"}),
        ("tone_model_and_vader", {"article_id": "x", "outlet": "A", "side": "iran"},
         {"only": "x", "outlet": "A", "about": "side:iran"}),
        ("relationship_frames", {"outlet": "A", "frame": "threat"},
         {"outlet": "A", "theme": "rel_threat", "pair": "1"}),
        ("relation_over_time", {"period": "2022-06", "voice": "quoted"},
         {"when": "2022-06", "voice": "quoted", "acts": "russia<>iran"}),
        ("relation_by_country", {"outlet_country": "Iran", "period": "all", "voice": "outlet"},
         {"country": "Iran", "voice": "outlet", "acts": "russia<>iran"}),
        ("keyness", {"item": "port", "target": "Russia", "reference": "Iran", "estimate": -1.0},
         {"words": "port", "country": "Iran", "voice": "outlet"}),
        ("theme_rates", {"something": 1, "outlet": float("nan")}, {}),
    ],
)  # fmt: skip
def test_a_row_leads_to_its_sentences(figure, row, filters):
    found = row_filters(FIGURES[figure], row, PAIR)
    assert {name: value for name, value in found.items() if value} == filters


def test_filters_are_escaped_in_an_address():
    assert fragment({"outlet": "A&B=<c>", "theme": ""}) == "#outlet=A%26B%3D%3Cc%3E" and fragment({}) == ""


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"outlet": "A", "voice": "iran"}, "A · quoted: Iran"),
        ({"outlet": "A", "theme": "trade", "voice": "outlet"}, "A · Trade · own words"),
        ({"about": "side:iran", "voice": "quoted"}, "about Iran · attributed words"),
        ({"about": "side:iran", "voice": ""}, "about Iran"),
        ({"acts": "iran>us"}, "Iran → us"),
        ({"acts": "iran<>us", "pair": "1"}, "Iran and us"),
        ({"words": "port", "country": "", "outlet": "iranian"}, "port · iranian"),
    ],
)
def test_filters_are_described_in_the_words_of_the_study(filters, words):
    assert describe_filters(filters, {"iran": "Iran", "trade": "Trade"}) == words
