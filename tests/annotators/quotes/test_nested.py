"""Quotes within quotes: reports of what somebody said stay, doubtful ones and beliefs do not."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.nested import without_doubtful_nested
from tests.annotators.quotes.attributed import attribution


def is_kept(text, inner):
    """Whether an attribution stays beside one to the mayor, whose content is the rest of the text."""
    content = text.removeprefix("The mayor said ").strip("“”.")
    outer = attribution(text, content, source="The mayor", cue="said")
    found = without_doubtful_nested(parse(text), [outer, inner])
    assert outer in found
    return inner in found


REPORTED = "The mayor said that the port authority told him the bridge was safe."
QUOTED = "The mayor said “the port authority told him the bridge was safe.”"


@pytest.mark.parametrize(
    ("text", "score", "expected"),
    [(REPORTED, 0.5, True), (QUOTED, 0.5, False), (QUOTED, 0.8, True)],
)
def test_speech_within_quotation_marks_needs_a_high_score(text, score, expected):
    inner = attribution(text, "the bridge was safe", source="the port authority", cue="told", score=score)
    assert is_kept(text, inner) is expected


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor said that engineers feared the bridge would fall.", "engineers", "feared", "the bridge"),
        ("The mayor said that engineers wanted to close the bridge.", "engineers", "wanted", "to close"),
        ("The mayor said that it was reported that the bridge was safe.", None, "reported", "the bridge"),
        ("The mayor said that engineers mended the bridge.", "engineers", "mended", "the bridge"),
    ],
)
def test_beliefs_plans_actions_and_nobody_are_dropped(text, source, cue, content):
    assert not is_kept(text, attribution(text, content, source=source, cue=cue))


def test_beliefs_that_are_not_within_another_content_stay():
    text = "The mayor said that it rained, but engineers feared the bridge would fall."
    outer = attribution(text, "that it rained", source="The mayor", cue="said")
    belief = attribution(text, "the bridge would fall", source="engineers", cue="feared")
    assert without_doubtful_nested(parse(text), [outer, belief]) == [outer, belief]
