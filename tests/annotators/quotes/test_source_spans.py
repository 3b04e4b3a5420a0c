"""Sources cut off from their noun: extended by the parse, and by nothing that is not theirs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.source_spans import complete_sources
from tests.annotators.quotes.attributed import attribution, spans_of


def whole(text, source, cue, content):
    """The source of an attribution whose tagger stopped at these words."""
    cut = attribution(text, content, source=source, cue=cue)
    (found,) = complete_sources(parse(text), [cut])
    assert (found.content, found.cue, found.score) == (cut.content, cut.cue, cut.score)
    (span,) = found.source
    return text[span.start : span.end]


RAIN = "that it rained"


@pytest.mark.parametrize(
    ("text", "cut", "expected"),
    [
        ("A baker in Isfahan said that it rained.", "A", "A baker in Isfahan"),
        (
            "The long-serving mayor of the port said that it rained.",
            "The",
            "The long-serving mayor of the port",
        ),
        ("The Turkish governor said that it rained.", "The Turkish", "The Turkish governor"),
        ("Leyla Ansari said that it rained.", "Leyla", "Leyla Ansari"),
        ("Two drivers said that it rained.", "Two", "Two drivers"),
        # a title without its name
        ("Secretary of State Jane Smith said that it rained.", "Secretary", "Secretary of State Jane Smith"),
        ("Mr. Smith said that it rained.", "Mr.", "Mr. Smith"),
        (
            "French Foreign Minister Marie Dupont said that it rained.",
            "French Foreign Minister",
            "French Foreign Minister Marie Dupont",
        ),
    ],
)
def test_a_source_goes_on_to_the_end_of_its_noun_phrase(text, cut, expected):
    assert whole(text, cut, "said", RAIN) == expected


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("They met the mayor of Rasht, who said that it rained.", "who", "the mayor of Rasht, who"),
        (
            "He wrote to two drivers, both of whom said that it rained.",
            "both of whom",
            "two drivers, both of whom",
        ),
        ("There was a letter from Leyla Ansari, who said that it rained.", "who", "Leyla Ansari, who"),
        ("That said, nobody knew whether that rained.", "That", "That"),
    ],
)
def test_a_relative_pronoun_begins_with_its_noun(text, pronoun, expected):
    assert whole(text, pronoun, "said", "rained") == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A baker in Isfahan said that it rained.", "A baker in Isfahan"),
        ("A baker in Isfahan said that it rained.", "A baker"),
        ("By his account he said that it rained.", "his"),
        ("Some said that it rained.", "Some"),
        ("They said that it rained.", "They"),
        ("The minister said that it rained.", "The minister"),
        ("A spokesman, Jean Martin’s friend, said that it rained.", "A spokesman"),
    ],
)
def test_a_source_that_is_whole_stays(text, source):
    assert whole(text, source, "said", RAIN) == source


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("The mayor seemed to reject the plan.", "seemed to reject", "the plan", "The mayor"),
        ("The report not only shows that it rained.", "not only shows", RAIN, "The report"),
        ("The mayor has been told that it rained.", "has been told", RAIN, None),
        ("The mayor is believed to reject the plan.", "believed", "to reject the plan", None),
        ("The reporters asked whether it rained.", "asked", "whether it rained", None),
        ("It appeared to mean that it rained.", "appeared to mean", RAIN, None),
        ("The mayor had the claim that it rained.", "the claim", RAIN, None),
    ],
)
def test_without_a_source_the_subject_of_an_active_cue_is_the_source(text, cue, content, expected):
    (found,) = complete_sources(parse(text), [attribution(text, content, cue=cue)])
    assert [text[slice(*span)] for span in found.source] == ([expected] if expected else [])


def test_neither_cue_nor_content_is_taken():
    text = "The mayor’s claim that it rained was false."
    assert whole(text, "The mayor’s", "claim", RAIN) == "The mayor’s"
    text = "The latest report that it rained was false."
    assert whole(text, "The", "latest report", RAIN) == "The"


def test_sources_in_no_or_several_parts_stay():
    text = "A baker said that it rained."
    for source in ((), spans_of(text, "A", "said")):
        item = Attribution(spans_of(text, RAIN), source)
        assert complete_sources(parse(text), [item]) == [item]


@settings(max_examples=60)
@given(edges=st.lists(st.tuples(st.integers(0, 69), st.integers(1, 12)), min_size=3, max_size=3))
def test_any_source_only_grows_and_within_its_line(edges):
    text = "The old baker\nof a town said “it\nrained” on the very long road to Rasht ..."
    content, source, cue = (Span(start, min(start + size, len(text))) for start, size in edges)
    item = Attribution((content,), (source,), (cue,))
    (found,) = complete_sources(parse(text), [item])
    (grown,) = found.source
    assert grown.start == source.start and grown.end >= source.end
    assert "\n" not in text[source.end : grown.end]
    for span in (content, cue):
        assert span.start < source.end or grown.end <= span.start
