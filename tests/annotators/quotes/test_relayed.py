"""Words that a medium relays are those of the speaker it names."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.relayed import original_sources
from tests.annotators.quotes.attributed import attribution


def source_and_cue(text, content, source, cue):
    (found,) = original_sources(parse(text), [attribution(text, content, source=source, cue=cue)])
    return [text[slice(*span)] for span in (*found.source, *found.cue)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "expected"),
    [
        ("“It rained,” the mayor said, according to the Herald.", "the Herald", "according to",
         ["the mayor", "said"]),
        ("The Herald quoted mayor Ann Weber as saying it rained.", "The Herald",
         "quoted mayor Ann Weber as saying", ["mayor Ann Weber", "saying"]),
    ],
)  # fmt: skip
def test_the_speaker_replaces_the_medium(text, source, cue, expected):
    assert source_and_cue(text, "It rained" if "It" in text else "it rained", source, cue) == expected


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        ("It rained, according to the Herald.", "It rained", "the Herald", "according to"),
        ("The mayor was quoted by the Herald as saying it rained.", "it rained", "The mayor",
         "was quoted by the Herald as saying"),
        ("It rained and the mayor smiled, according to the Herald.", "It rained and the mayor smiled", "the Herald",
         "according to"),
    ],
)  # fmt: skip
def test_other_sources_stay(text, content, source, cue):
    assert source_and_cue(text, content, source, cue) == [source, cue]
