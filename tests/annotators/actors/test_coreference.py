"""Whom a pronoun means: one person who stands out, or nobody."""

from datetime import datetime

import pytest

from analysis.annotators.actors.coreference import gender, is_subject, resolve_pronoun
from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.people import Person, PersonMention, find_people
from analysis.annotators.parsing.document import Document, Span
from analysis.annotators.parsing.spacy_parser import parse


@pytest.mark.parametrize(
    ("word", "expected"),
    [("He", "he"), ("himself", "he"), ("HER", "she"), ("hers", "she"), ("they", None), ("it", None), ("", None)],
)  # fmt: skip
def test_gender(word, expected):
    assert gender(word) == expected


def pronouns(text, actors):
    """The pronouns of a text that mean an actor."""
    document = parse(text, datetime(2022, 7, 19))
    found = find_mentions(document, actors)
    return [f"{text[m.start : m.end]} = {m.actor_id}" for m in found if m.how == "pronoun"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavrov left early. He was tired.", ["He = lavrov"]),
        ("Zakharova spoke. He was tired.", []),
        ("Zakharova spoke after her trip.", ["her = zakharova"]),
        ("Lavrov left early. He was tired. He slept.", ["He = lavrov", "He = lavrov"]),
        # the pronoun's own clause, and whose clause it is joined to
        ("In talks with Raisi, he was calm.", []),
        ("Putin met Raisi at his palace.", []),
        # somebody who is not listed may be meant
        ("Lavrov met a tired diplomat named John Smith. His tie was red.", []),
        # a lawyer's client is not the lawyer
        ("Trump's lawyer said he would appeal.", []),
        # words inside and outside of quotation marks
        ("Lavrov smiled. “He will pay,” the guard said.", []),
        # too far back
        ("Lavrov left early. It rained. The streets were wet. He was tired.", []),
    ],
)
def test_pronouns_of_actors(text, expected, actors):
    assert pronouns(text, actors) == expected


ANN, BOB, CAL = Person(None, "Ann Low", "she"), Person(None, "Bob Low", "he"), Person(None, "Cal Low", "he")


def document(text, *people):
    """A document of one sentence per full stop, without a parse, and mentions of people by their first names."""
    ends = [offset + 1 for offset, char in enumerate(text) if char == "."]
    sentences = tuple(Span(start, end) for start, end in zip([0, *ends], ends, strict=False))
    places = [(text.index(person.name.split()[0]), person) for person in people]
    mentions = [
        PersonMention(start, start + 3, person) for start, person in sorted(places, key=lambda p: p[0])
    ]
    return Document(text, sentences), mentions


def test_of_several_people_the_subject_is_meant():
    parsed, mentions = document("Bob met Cal. He slept.", BOB, CAL)
    place = parsed.text.index("He")
    assert resolve_pronoun(parsed, mentions, place, "He") is None
    assert resolve_pronoun(parsed, mentions, place, "He", subjects={0}) == BOB
    assert resolve_pronoun(parsed, mentions, place, "He", subjects={0}, strict=True) is None


def test_a_name_that_is_no_subject_competes_with_the_subject_before():
    parsed, mentions = document("Cal won. At the cost of Bob he won.", CAL, BOB)
    place = parsed.text.index("he won")
    assert resolve_pronoun(parsed, mentions, place, "he", subjects={0}) is None
    assert resolve_pronoun(parsed, mentions, place, "he") == BOB


def test_the_other_gender_is_passed_over():
    parsed, mentions = document("Bob met Ann. He slept. She left.", BOB, ANN)
    assert resolve_pronoun(parsed, mentions, parsed.text.index("He"), "He") == BOB
    assert resolve_pronoun(parsed, mentions, parsed.text.index("She"), "She", reach=2) == ANN
    assert resolve_pronoun(parsed, mentions, parsed.text.index("She"), "She", reach=1) is None


def test_the_caller_may_rule_mentions_out():
    parsed, mentions = document("Bob slept. He snored.", BOB)
    place = parsed.text.index("He")
    assert resolve_pronoun(parsed, mentions, place, "He") == BOB
    assert resolve_pronoun(parsed, mentions, place, "He", usable=lambda mention: mention.start > 0) is None


def test_names_after_the_pronoun_do_not_count():
    parsed, mentions = document("As he slept, Bob snored.", BOB)
    assert resolve_pronoun(parsed, mentions, 3, "he") is None


def resolved(text, pronoun, actors):
    parsed = parse(text)
    people = find_people(parsed, find_mentions(parsed, actors), actors)
    subjects = {mention.start for mention in people if is_subject(parsed, mention)}
    found = resolve_pronoun(parsed, people, text.rindex(pronoun), pronoun, subjects=subjects)
    return found and found.actor_id


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Jean Martin came home. Pablo Garcia saw the door and closed him out.", "him", "martin"),
        ("Jean Martin came home. Pablo Garcia saw him.", "him", "martin"),
        ("Jean Martin said he would come.", "he", "martin"),
    ],
)
def test_an_object_is_not_the_subject_of_its_own_clause(text, pronoun, expected, two_states):
    assert resolved(text, pronoun, two_states) == expected


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The letter was signed by Jean Martin.", True),
        ("A reply by Jean Martin came.", True),
        ("Jean Martin came.", True),
        ("A letter to Jean Martin came.", False),
        ("Bakers like Jean Martin.", False),
    ],
)
def test_whoever_an_act_is_done_by_is_a_subject(text, subject, two_states):
    parsed = parse(text)
    (mention,) = find_people(parsed, find_mentions(parsed, two_states), two_states)
    assert is_subject(parsed, mention) == subject
