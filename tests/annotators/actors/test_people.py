"""The people of an article, listed in the study or not."""

import pytest

from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.people import find_people, is_human, person_entities, surname
from analysis.annotators.parsing.document import Document, Entity, Span
from analysis.annotators.parsing.spacy_parser import parse


def with_people(text, *names):
    """A document of one sentence in which the given names are entities, wherever they stand."""
    places = [(text.index(name), name) for name in names]
    entities = tuple(Entity(start, start + len(name), "PERSON") for start, name in sorted(places))
    return Document(text, (Span(0, len(text)),), entities)


def people(document, actors):
    """Everybody found as (words, actor id, name, pronoun)."""
    found = find_people(document, find_mentions(document, actors), actors)
    return [
        (document.text[m.start : m.end], m.person.actor_id, m.person.name, m.person.pronoun) for m in found
    ]


@pytest.mark.parametrize("noun", ["dealer", "Official", "historian", "nurse", "policewoman", "activist"])
def test_nouns_for_people(noun):
    assert is_human(noun)


@pytest.mark.parametrize("noun", ["river", "reactor", "newspaper", "December", "restaurant", "table", "er"])
def test_nouns_for_things(noun):
    assert not is_human(noun)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Bashar al-Assad", "assad"), ("Mary Smith-Jones", "smith-jones"), ("O’Hara", "o'hara"), ("Li", "li")],
)
def test_surname(name, expected):
    assert surname(name) == expected


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("Foreign Minister Anna Berg", "Anna Berg"),
        ("Gen. Anna Berg", "Anna Berg"),
        ("Dr. Anna Berg's", "Anna Berg"),
        ("Anna Berg\nPhoto", "Anna Berg"),
        ("anna berg", None),
        ("President", "President"),  # nothing is left to call them by
    ],
)
def test_names_of_entities_come_without_titles(entity, expected):
    document = with_people(f"It was {entity} again.", entity)
    assert [name for _, _, name in person_entities(document)] == ([expected] if expected else [])
    assert all(document.text[start:end] == name for start, end, name in person_entities(document))


def test_a_surname_means_the_person_named_in_full(two_states):
    document = with_people("Anna Berg came. Then Berg left, and Mr Berg slept.", "Anna Berg")
    assert people(document, two_states) == [
        ("Anna Berg", None, "Anna Berg", "he"),  # as the title says, whatever the given name
        ("Berg", None, "Anna Berg", "he"),
        ("Berg", None, "Anna Berg", "he"),
    ]


def test_the_title_or_the_given_name_tells_the_pronoun(two_states):
    text = "Mrs Kim met Anna Berg and Robin Low."
    assert people(with_people(text, "Anna Berg", "Robin Low"), two_states) == [
        ("Kim", None, "Kim", "she"),
        ("Anna Berg", None, "Anna Berg", "she"),
        ("Robin Low", None, "Robin Low", None),
    ]


def test_listed_people_bring_their_pronoun_and_are_found_once(two_states):
    text = "Marie Dupont met Anna Berg. Dupont left."
    document = with_people(text, "Marie Dupont", "Anna Berg")
    assert people(document, two_states) == [
        ("Marie Dupont", "dupont", "Marie Dupont", "she"),
        ("Anna Berg", None, "Anna Berg", "she"),
        ("Dupont", "dupont", "Marie Dupont", "she"),
    ]


def test_a_place_is_no_person(two_states):
    assert people(with_people("It was Lyon again.", "Lyon"), two_states) == []


def test_unnamed_people_are_introduced_as_subjects(two_states):
    document = parse("A retired diplomat was hopeful. A tanker left the port with a sailor.")
    assert people(document, two_states) == [("A retired diplomat", None, "a retired diplomat", None)]


def test_a_knight_is_called_by_the_given_name(two_states):
    text = "Sir Oram Velt came. Sir Oram slept. Oram fell."
    document = with_people(text, "Oram Velt")
    more = tuple(Entity(start, start + 4, "PERSON") for start in (text.index("Oram s"), text.index("Oram f")))
    found = people(Document(text, document.sentences, (*document.entities, *more)), two_states)
    assert [(words, name) for words, _, name, _ in found] == [
        ("Oram Velt", "Oram Velt"),
        ("Oram", "Oram Velt"),
        ("Oram", "Oram"),
    ]


def test_a_first_or_family_name_calls_the_only_person_who_has_it(two_states):
    text = "Anna Berg met Kim Da-som. Anna and Kim left. Anna Sand and Peter Low came. Peter slept."
    document = with_people(text, "Anna Berg", "Kim Da-som", "Anna Sand", "Peter Low")
    again = [
        (text.index("Anna and"), "Anna"),
        (text.index("Kim left"), "Kim"),
        (text.index("Peter slept"), "Peter"),
    ]
    more = tuple(Entity(start, start + len(name), "PERSON") for start, name in again)
    found = people(Document(text, document.sentences, (*document.entities, *more)), two_states)
    assert {words: name for words, _, name, _ in found if " " not in words} == {
        "Anna": "Anna",  # two people
        "Kim": "Kim Da-som",
        "Peter": "Peter Low",
    }


def test_a_plural_noun_at_the_beginning_of_a_sentence_is_no_person(two_states):
    text = "Newsletters may contain it. We send newsletters."
    assert people(with_people(text, "Newsletters"), two_states) == []
