"""Turns of transcripts and headlines are attributed to the label before them."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.extract import quote_records
from analysis.annotators.quotes.transcripts import headline_label, transcript_turns, without_turns
from tests.annotators.quotes.attributed import attribution

INTERVIEW = """A talk about the bridge

WALTERS: Will the bridge open in spring?

WEBER: It will not.

There is no money for it.

(APPLAUSE)

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
        "RELATED: one\n\nRELATED: two\n\nRELATED: three",
        "WATCH: one\n\nPHOTOS: two\n\nWATCH: three",
        "PHOTOS:\nThe bridge\n\nVIDEO:\nThe port",
    ],
)
def test_other_lines_with_colons_are_no_turns(text):
    assert transcript_turns(text) == []


def test_a_label_that_names_no_speaker_ends_a_turn():
    text = "WEBER: It is open.\nTHE FACTS: It is not.\nWALTERS: Who pays?\nTHE FACTS: Nobody.\nWEBER: We do."
    assert [source for source, _ in turns(text)] == ["WEBER", "WALTERS", "WEBER"]
    assert turns(text)[0] == ("WEBER", ["It is open."])


def test_questions_and_answers():
    text = "Q: Will it open?\nA: It will open in May.\nQ: Who pays?\nA: The ministry does."
    assert [source for source, _ in turns(text)] == ["Q", "A", "Q", "A"]


def test_labels_on_lines_of_their_own():
    text = "In the port\n\nMAYOR WEBER:\nIt will not open.\n\nThere is no money.\n\nMS WALTERS:\nWhy?\n\nTell us."
    assert turns(text) == [
        ("MAYOR WEBER", ["It will not open.", "There is no money."]),
        ("MS WALTERS", ["Why?", "Tell us."]),
    ]


def test_a_labelled_question_and_its_answer():
    text = "The mayor’s answer\n\n❓ Question: Will it open?\n\n💬 Anna Weber: It will not.\n\nThere is no money."
    assert turns(text) == [
        ("Question", ["Will it open?"]),
        ("Anna Weber", ["It will not.", "There is no money."]),
    ]


def test_speakers_are_not_quoted_in_their_own_turn():
    text = "Q: Will it open?\nA: I think that it will. The ministry said that it was ready."
    own = attribution(text, "it will.", source="I", cue="think")
    other = attribution(text, "it was", source="The ministry", cue="think")
    assert without_turns([own, other], transcript_turns(text), text) == [other]
    assert without_turns([own, other], [], text) == [own, other]


def test_the_turns_are_quotes():
    records = quote_records(parse(INTERVIEW), attributor=lambda _: [])
    assert [(record.source, record.cue, record.kind) for record in records] == [
        ("WALTERS", ":", "indirect"),
        ("WEBER", ":", "indirect"),
        ("SEN. O'HARA (D-Port)", ":", "indirect"),
        ("WALTERS", ":", "indirect"),
    ]


def test_time_is_linear_in_labels():
    assert len(transcript_turns("WEBER: No.\nWALTERS: Why?\n" * 25_000)) == 50_000


@pytest.mark.parametrize(
    "headline, source",
    [
        ("Weber: No deal before spring", "Weber"),
        ("Mayor Weber: No deal before spring", "Mayor Weber"),
        ("Poll: Few trust the plan", "Poll"),
        ("Mayor: Bridge is safe for lorries", "Mayor"),
        ("Officials: Bridge is safe for lorries", "Officials"),
        ("Bridge: It is closed", None),
        ("Exclusive: No deal before spring", None),
        ("The Latest: Weber leaves town", None),
        ("No deal before spring", None),
    ],
)
def test_headlines(headline, source):
    text = f"{headline}\n\nIn the port, Mayor Weber spoke to officials on Monday of a bridge.\n\nNote: it rained."
    found = [text[slice(*label.source[0])] for label in headline_label(text)]
    assert found == ([source] if source else [])
    for label in headline_label(text):
        assert text[slice(*label.content[0])] == headline.partition(": ")[2]
