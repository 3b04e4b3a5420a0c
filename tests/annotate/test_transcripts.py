"""Turns of a transcript go to the name before them."""

import pytest

from analysis.annotate.language import parse
from analysis.annotate.quotes import quote_records
from analysis.annotate.transcripts import transcript_turns

INTERVIEW = """A talk about the bridge

WALTERS: Will the bridge open in spring?

WEBER: It will not.

There is no money for it.

SEN. O'HARA (D-Port): I told you so.

WALTERS: Thank you both.

The broadcast was recorded on Monday."""


def turns(text):
    return [
        (text[slice(*turn.source[0])], [text[slice(*span)] for span in turn.content])
        for turn in transcript_turns(text)
    ]


def test_turns():
    assert turns(INTERVIEW) == [
        ("WALTERS", ["Will the bridge open in spring?"]),
        ("WEBER", ["It will not.", "There is no money for it."]),
        ("SEN. O'HARA (D-Port)", ["I told you so."]),
        ("WALTERS", ["Thank you both."]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BERLIN: The bridge was closed on Monday.\n\nNobody knew why.",
        "WEATHER: Rain.\n\nTRAFFIC: None.\n\nSPORT: A draw.",
        "Weber: No.\n\nWalters: Why?\n\nWeber: No money.",
        "UPDATE: one\n\nUPDATE: two",
    ],
)
def test_other_lines_with_colons_are_no_turns(text):
    assert transcript_turns(text) == []


def test_the_turns_are_quotes():
    records = quote_records(parse(INTERVIEW), attributor=lambda _: [])
    assert [(record.source, record.cue, record.kind) for record in records] == [
        ("WALTERS", ":", "indirect"),
        ("WEBER", ":", "indirect"),
        ("SEN. O'HARA (D-Port)", ":", "indirect"),
        ("WALTERS", ":", "indirect"),
    ]


def test_time_is_linear_in_labels():
    assert len(transcript_turns("WEBER: No.\n" * 50_000)) == 50_000
