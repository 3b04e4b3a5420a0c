"""A sentence that a reporting clause interrupts is one content; what only describes the reporting is not added."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.interrupted_sentences import complete_sentences
from tests.annotators.quotes.attributed import attribution


def contents(text, found, source="the mayor", cue="said", other=None):
    items = [attribution(text, found, source=source, cue=cue)]
    if other:
        items.append(attribution(text, other))
    return [text[slice(*part)] for part in complete_sentences(parse(text), items)[0].content]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("The bridge, the mayor said, is safe.", "The bridge", ["The bridge", "is safe"]),
        ("The bridge, the mayor said, is safe.", "is safe", ["The bridge", "is safe"]),
        (
            "If it rains, the mayor said, the port closes.",
            "the port closes",
            ["If it rains", "the port closes"],
        ),
    ],
)
def test_the_other_part_is_added(text, found, expected):
    assert contents(text, found) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Instead, the mayor said, the port closes.", "the port closes"),
        ("They saw the bridge, which, the mayor said, is safe.", "is safe"),
        ("The bridge is safe, the mayor said, adding that it was old.", "The bridge is safe"),
        ("The bridge is safe, the mayor said, while others nodded.", "The bridge is safe"),
        ("The bridge is safe, the mayor said.", "The bridge is safe"),
        ("“The bridge is safe,” the mayor said, and left the port.", "The bridge is safe"),
        (
            "In May the mayor said that the bridge, like the port, is safe.",
            "that the bridge, like the port, is safe",
        ),
    ],
)
def test_nothing_else_is_added(text, found):
    assert contents(text, found) == [found]


def test_the_words_of_another_attribution_are_not_taken():
    text = "The bridge, the mayor said, is safe."
    assert contents(text, "is safe", other="The bridge") == ["is safe"]
