"""Capitals: their governments, or places."""

import pytest

from analysis.annotators.actors.metonymy import stands_for_government
from analysis.annotators.parsing.document import Document, Span
from analysis.annotators.parsing.spacy_parser import parse


def governments(text, *capitals):
    """Which of the capitals in a text stand for their governments."""
    document = parse(text)
    places = [(text.index(capital), capital) for capital in capitals]
    return [c for start, c in places if stands_for_government(document, start, start + len(c))]


@pytest.mark.parametrize(
    "text",
    [
        "Moscow warned the others.",
        "Moscow was warned by the others.",
        "The envoy put pressure on Moscow.",
        "Talks with Moscow failed.",
        "Moscow's demands grew.",
        "A Moscow-backed militia attacked.",
        "The others accused Moscow of murder.",
        "They had received support from Moscow.",
        "The Moscow-Paris axis held.",
        "Moscow officials were late.",
        "A letter to Moscow was lost.",
    ],
)
def test_a_government(text):
    assert governments(text, "Moscow") == ["Moscow"]


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met in Moscow.",
        "The minister travelled to Moscow on Monday.",
        "They visited Moscow again.",
        "Moscow was bombed at night.",
        "Snow fell on the streets of Moscow.",
        "Moscow's streets were empty.",
        "The Moscow-based firm closed.",
        "The attack on Moscow failed.",
        "A train from Moscow was late.",
        "They travelled from Paris to Moscow.",
        "They drove up to Moscow.",
        "MOSCOW, June 29 (TW) - The rain went on all day.",
        "MOSCOW – The rain went on all day in the city.",
        "Moscow (Example News) - Rain fell.",
    ],
)
def test_a_place(text):
    assert governments(text, text[text.lower().index("moscow") :][:6]) == []


def test_joined_capitals_do_what_the_first_does():
    assert governments("Ties between Moscow and Tehran are warm.", "Moscow", "Tehran") == ["Moscow", "Tehran"]
    assert governments("The envoys met in Moscow and Tehran.", "Moscow", "Tehran") == []


def test_without_a_parse_it_is_the_place():
    document = Document("Moscow warned.", (Span(0, 14),))
    assert not stands_for_government(document, 0, 6)
