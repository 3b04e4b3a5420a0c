"""Filters of the article reader: in an address, and in the words of the study."""

import pytest

from analysis.evidence.reader_filters import describe_filters, fragment


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
