"""Names of people, institutions and speakers, and what is taken for one."""

import pytest

from analysis.annotators.actors.name_shapes import (
    acts,
    is_institution_name,
    is_person_name,
    says_institution,
    speaker_name,
)
from analysis.annotators.parsing.document import Document, Span, Token


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Oskar Lindqvist", True),
        ("Una McRay", True),
        ("Bill Harker", True),
        ("Salim al-Haddad", True),
        ("Vera von Stein", True),
        ("Lindqvist", False),
        ("Una RaySenator", False),
        ("Getty Images", False),
        ("Burkina Faso", False),
        ("Amber Bank", False),
        ("Border Treaty", False),
        ("Una Ray 2025", False),
    ],
)
def test_names_of_people(name, is_one):
    assert is_person_name(name) is is_one


@pytest.mark.parametrize(
    ("name", "is_one", "says_so"),
    [
        ("Amber Bank", True, True),
        ("Union of Ferrymen", True, True),
        ("Observatory for Human Rights", True, True),
        ("Institute for Coastal Policy", True, True),
        ("Lumina", True, False),
        ("Foreign Ministry", False, True),
        ("Harbour Treaty", False, False),
        ("Treaty", False, False),
        ("Getty Images Image", False, False),
        ("CHEMICAL", False, False),
        ("Herald NewsPrivacy", False, True),
        ("Caucasus", False, False),
    ],
)
def test_names_of_institutions(name, is_one, says_so):
    assert is_institution_name(name) is is_one
    assert says_institution(name) is says_so


def parsed(*words):
    """A document of (word, pos, tag, dep, head) with one space between the words."""
    tokens, start = [], 0
    for word, pos, tag, dep, head in words:
        tokens.append(Token(start, start + len(word), word, pos, tag, dep, head))
        start += len(word) + 1
    text = " ".join(word for word, *_ in words)
    return Document(text, (Span(0, len(text)),), (), tuple(tokens))


def test_who_says_something_acts():
    said = parsed(("Lumina", "PROPN", "NNP", "nsubj", 1), ("say", "VERB", "VBD", "ROOT", 1))
    fell = parsed(("Lumina", "PROPN", "NNP", "nsubj", 1), ("fall", "VERB", "VBD", "ROOT", 1))
    assert acts(said, 0, 6) and not acts(fell, 0, 6) and not acts(said, 7, 10)


@pytest.mark.parametrize(
    "name",
    [
        "2025",
        "54%",
        ")",
        "Mr",
        "You'll",
        "That's the view held by",
        "But those",
        "IN FOUR PORTS",
        "IMAGES",
        "",
    ],
)
def test_what_names_no_speaker(name):
    assert speaker_name(name, Document("", ()), ()) is None


@pytest.mark.parametrize(
    "name",
    [
        "Oskar Lindqvist",
        "officials",
        "ÜNA RAY",
        "NATO",
        "the 27 members",
        "a former official",
        "Moscow's envoys",
    ],
)
def test_what_can_name_a_speaker(name):
    assert speaker_name(name, Document("", ()), ()) == name
    assert speaker_name(None, Document("", ()), ()) is None


def test_a_clause_taken_for_a_source_names_no_speaker():
    clause = parsed(
        ("drivers", "NOUN", "NNS", "nsubj", 1), ("like", "VERB", "VBP", "ROOT", 1), ("it", "PRON", "PRP", "dobj", 1),
    )  # fmt: skip
    whole = Span(0, len(clause.text))
    assert speaker_name(clause.text, clause, [whole]) is None
    assert speaker_name("drivers", clause, [Span(0, 7)]) == "drivers"
    assert speaker_name("the union", clause, [whole]) == "the union", "a name found elsewhere stays"
    relative = parsed(
        ("drivers", "NOUN", "NNS", "ROOT", 0), ("who", "PRON", "WP", "nsubj", 2), ("came", "VERB", "VBD", "relcl", 0),
    )  # fmt: skip
    assert speaker_name(relative.text, relative, [Span(0, len(relative.text))]) == relative.text
    verb = parsed(("got", "VERB", "VBD", "ccomp", 1), ("said", "VERB", "VBD", "ROOT", 1))
    assert speaker_name("got", verb, [Span(0, 3)]) is None
