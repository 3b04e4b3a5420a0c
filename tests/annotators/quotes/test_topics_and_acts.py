"""Topics, acts and silence are no quotes; statements, stances and quoted words next to the same cues are."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.topics_and_acts import is_topic_or_act
from tests.annotators.quotes.attributed import attribution


def named(text, source, cue, content, score):
    given = attribution(text, content, source=source, cue=cue, score=score)
    return is_topic_or_act(parse(text), given)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "score"),
    [
        ("The mayor discussed the bridge.", "The mayor", "discussed", "the bridge", 0.99),
        ("The mayor spoke about the bridge.", "The mayor", "spoke about", "the bridge", 0.7),
        ("The mayor did not comment on the delay.", "The mayor", "did not comment on", "the delay", 0.99),
        ("The port responded to a request.", "The port", "responded to", "a request", 0.99),
        ("The mayor made no mention of the bridge.", "The mayor", "made no mention of", "the bridge", 0.99),
        ("The mayor ordered new pumps.", "The mayor", "ordered", "new pumps", 0.99),
        ("The mayor repainted the old bridge.", "The mayor", "repainted", "the old bridge", 0.6),
        ("The mayor described the old bridge.", "The mayor", "described", "the old bridge", 0.4),
        ("Asked about the bridge, the mayor left.", None, "Asked about", "the bridge", 0.99),
        ("A photo shows the bridge that fell.", "A photo", "shows", "the bridge that fell", 0.99),
    ],
)
def test_nothing_is_stated(text, source, cue, content, score):
    assert named(text, source, cue, content, score)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "score"),
    [
        ("The mayor said the bridge was safe.", "The mayor", "said", "the bridge was safe", 0.4),
        ("The mayor spoke about “the old bridge”.", "The mayor", "spoke about", "“the old bridge”", 0.7),
        ("The mayor spoke about the bridge.", "The mayor", "spoke about", "the bridge", 0.9),
        ("The mayor complained about noise.", "The mayor", "complained about", "noise", 0.7),
        ("The mayor did not condemn the delay.", "The mayor", "did not condemn", "the delay", 0.7),
        ("The mayor ordered that it be closed.", "The mayor", "ordered", "it be closed", 0.99),
        ("The mayor repainted the old bridge.", "The mayor", "repainted", "the old bridge", 0.8),
        ("The mayor announced the closure.", "The mayor", "announced", "the closure", 0.6),
        ("The mayor: no bridge", "The mayor", ":", "no bridge", 0.4),
        ("A study shows the bridge is safe.", "A study", "shows", "the bridge is safe", 0.6),
    ],
)
def test_something_is_stated(text, source, cue, content, score):
    assert not named(text, source, cue, content, score)
