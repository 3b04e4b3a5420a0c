"""What is asked, what stands in capitals and what only seems is no quote; what is reported next to it is."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.not_reported import reported
from tests.annotators.quotes.attributed import attribution


def kept(text, source, cue, content):
    given = attribution(text, content, source=source, cue=cue)
    return reported(parse(text), [given]) == [given]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Does the mayor want a second bridge?", "the mayor", "want", "a second bridge"),
        ("What did Leyla Ansari say about the port?", "Leyla Ansari", "say about", "the port"),
        ("MAYOR WARNS OF FLOODS IN THE PORT", "MAYOR", "WARNS OF", "FLOODS IN THE PORT"),
        ("The bridge seems to be safe.", "", "seems", "to be safe"),
        ("It is unclear whether the bridge is safe.", "", "It is unclear", "whether the bridge is safe"),
        ("There is no doubt that the bridge is safe.", "", "There is no doubt", "that the bridge is safe"),
        ("It is safe.", "", "", "It is safe"),
        ("It rained.\nREAD MORE: The mayor says it is safe", "The mayor", "says", "it is safe"),
        ("It rained. (RELATED: The mayor says it is safe)", "The mayor", "says", "it is safe"),
        ("JUST WATCHED Mayor: it is safe Replay More Videos", "Mayor", ":", "it is safe Replay More Videos"),
        ("It appeared that the bridge was safe.", "", "It appeared", "that the bridge was safe"),
        ("The mayor discussed the bridge.", "The mayor", "discussed", "the bridge"),
    ],
)
def test_nothing_is_reported(text, source, cue, content):
    assert not kept(text, source, cue, content)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor asked whether the bridge was safe.", "The mayor", "asked", "whether the bridge was safe"),
        ("The mayor says it is safe, but who pays?", "The mayor", "says", "it is safe"),
        ("“Is it safe?” the mayor asked, and why not?", "the mayor", "asked", "Is it safe?"),
        ("Why did the mayor call it «a gift»?", "the mayor", "call", "a gift"),
        ("It rained (and the mayor says it is safe).", "the mayor", "says", "it is safe"),
        ("The mayor says we must watch it.", "The mayor", "says", "we must watch it"),
        ("Morello: it is safe", "Morello", ":", "it is safe"),
        ("The mayor wrote: IT IS SAFE.", "The mayor", "wrote", "IT IS SAFE"),
        ("It is believed that the bridge is safe.", "", "It is believed", "that the bridge is safe"),
        ("The mayor discussed “the bridge of sighs”.", "The mayor", "discussed", "“the bridge of sighs”"),
        ("The bridge seems to the mayor to be safe.", "the mayor", "seems to", "to be safe"),
    ],
)
def test_something_is_reported(text, source, cue, content):
    assert kept(text, source, cue, content)
