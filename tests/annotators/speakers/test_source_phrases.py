"""Sources as phrases: their head, their name, and what they refer to."""

import pytest

from analysis.annotators.actors.coreference import is_subject
from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.people import find_people
from analysis.annotators.parsing.document import Span
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.speakers.source_phrases import SourcePhrases, is_a_text, refers_to_a_text, within


def marked(text):
    """A parsed text and the span in square brackets."""
    start, end = text.index("["), text.index("]") - 1
    document = parse(text.replace("[", "").replace("]", ""))
    return document, SourcePhrases(document), Span(start, end)


def words(document, span):
    return span and document.text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Marie Dupont] said it.", ["Marie Dupont"]),
        ("[French president Marie Dupont] said it.", ["Marie Dupont"]),
        ("[Anna Berg, an aide to Marie Dupont,] said it.", ["Anna Berg"]),
        # a name that only says more about the head
        ("[Marie Dupont's neighbour] said it.", []),
        ("[An adviser to Marie Dupont] said it.", []),
        ("[Marie Dupont and other bakers] said it.", []),
        # several heads
        ("[Marie Dupont and Pablo Garcia] said it.", ["Marie Dupont", "Pablo Garcia"]),
        ("[France, Spain and Marie Dupont] said it.", ["France", "Spain", "Marie Dupont"]),
        # whoever speaks for an institution
        ("[A spokesman for the French Foreign Ministry] said it.", ["French Foreign Ministry"]),
        ("[A statement by the French Foreign Ministry] said it.", ["French Foreign Ministry"]),
        ("[The Daily Globe newspaper] said it.", ["Daily Globe"]),
        ("[Bakers] said it.", []),
    ],
)
def test_head(text, expected, two_states):
    document, phrases, span = marked(text)
    mentions = find_mentions(document, two_states)
    people = find_people(document, mentions, two_states)
    found = phrases.head(span, within(people, span), within(mentions, span))
    assert [document.text[name.start : name.end] for name in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[The old baker, who slept,] said it.", "the old baker"),
        ("[Officials familiar with the plan] said it.", "Officials"),
        ("[A  baker\nin Lyon] said it.", "a baker in Lyon"),
        ("[Iranian bakers] said it.", "Iranian bakers"),
        ("[Two bakers on condition of anonymity] said it.", "two bakers"),
    ],
)
def test_phrase(text, expected):
    _, phrases, span = marked(text)
    assert phrases.phrase(span) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[Zorblax Inc] said it.", True), ("[The Bakers] said it.", False), ("[old Bakers] said it.", False)],
)
def test_is_proper(text, expected):
    _, phrases, span = marked(text)
    assert phrases.is_proper(span) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One of them", True),
        ("the oldest of the five", True),
        ("None of those asked", True),
        ("not all", False),
        ("One of the bakers", False),
    ],
)
def test_part_of_a_group(source, expected):
    _, phrases, span = marked(f"[{source}] said it.")
    assert phrases.is_part_of_a_group(span) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some Russian bakers in Lyon were angry. [They] said it.", "Some Russian bakers in Lyon"),
        ("Some bakers were angry.\n[They] said it.", None),  # another paragraph
        ("He met bakers. [They] said it.", None),  # not the subject
        ("[They] said it.", None),
    ],
)
def test_the_group_before(text, expected):
    document, phrases, span = marked(text)
    assert words(document, phrases.group_before(span)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A diplomat from Ankara was amused. It rained, [they] said.", "a diplomat"),
        ("A diplomat from Ankara was amused. It rained, [he] said.", None),
        ("A diplomat was amused.\nIt rained, [they] said.", None),
        ("Anna Berg was amused. It rained, [they] said.", None),
    ],
)
def test_one_person_called_they(text, expected, two_states):
    document, phrases, span = marked(text)
    people = find_people(document, [], two_states)
    subjects = {mention.start for mention in people if is_subject(document, mention)}
    found = phrases.one_before(span, people, subjects)
    assert (found and found.name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was the old baker [who] said it.", "the old baker"),
        ("It rained. A baker, [who] slept, said it.", "A baker"),
        ("[who] said it.", "who"),
    ],
)
def test_before_a_relative_clause(text, expected):
    document, phrases, span = marked(text)
    assert words(document, phrases.before_relative(span)) == expected


def test_texts():
    assert refers_to_a_text("the final document") and not refers_to_a_text("a document")
    assert is_a_text("a survey by the institute") and is_a_text("the treaty")
    assert not is_a_text("the treaty's friends") and not is_a_text("a survey company")
    _, phrases, span = marked("The treaty has 47 articles. [The document] says it.")
    assert phrases.joint_text_before(span) and not phrases.joint_text_before(Span(0, 3))


def test_within_counts_what_begins_in_the_span():
    names = [Span(0, 4), Span(5, 9), Span(10, 14)]
    assert within(names, Span(4, 10)) == [Span(5, 9)]
