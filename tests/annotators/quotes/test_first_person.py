"""The author's own words are nobody's quote."""

import pytest

from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.quotes.first_person import without_the_authors_words
from tests.annotators.quotes.attributed import attribution


def kept(text, *marked):
    document = Document(text, (Span(0, len(text)),))
    attributions = [attribution(text, content, source=source) for content, source in marked]
    return [attributions.index(one) for one in without_the_authors_words(document, attributions)]


@pytest.mark.parametrize(
    ("text", "source", "left"),
    [
        ("I think it rained.", "I", []),
        ("We think it rained.", "We", []),
        ("I’ve said it rained.", "I’ve", []),
        ("I, the mayor, said it rained.", "I, the mayor", [0]),
        ("Iris said it rained.", "Iris", [0]),
        ("“I think it rained.”", "I", [0]),
    ],
)
def test_a_first_person_outside_quotations_is_the_author(text, source, left):
    assert kept(text, ("it rained", source)) == left


def test_within_words_of_somebody_else_it_is_their_first_person():
    text = "MAYOR: We think it rained."
    assert kept(text, ("We think it rained.", "MAYOR"), ("it rained", "We")) == [0, 1]


def test_quotes_without_a_source_stay():
    document = Document("It rained.", (Span(0, 10),))
    attributions = [Attribution((Span(0, 9),))]
    assert without_the_authors_words(document, attributions) == attributions
