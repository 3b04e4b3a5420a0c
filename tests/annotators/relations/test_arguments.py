"""Which actors a noun phrase refers to, and who is the subject of a verb."""

import pytest

from tests.annotators.relations.parsed import ids, read, token


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Arvania and Belmark met.", "arvania", ["Arvania", "Belmark"]),
        ("The government of Arvania met Corvia.", "government", ["Arvania"]),
        ("Arvania's envoy met Corvia.", "envoy", ["Arvania"]),
        ("The Arvania-Belmark treaty was signed.", "treaty", ["Arvania", "Belmark"]),
        ("The hall was empty.", "hall", []),
    ],
)
def test_actors_of_a_noun_phrase(text, head, expected):
    reader = read(text)
    assert sorted(ids(reader.arguments.in_phrase(token(reader, head)))) == expected


def test_a_name_is_more_certain_than_what_belongs_to_it():
    reader = read("Arvania met the envoy of Belmark.")
    (name,) = reader.arguments.in_phrase(token(reader, "arvania"))
    (envoy,) = reader.arguments.in_phrase(token(reader, "envoy"))
    assert (name.score, name.is_head) == (1.0, True)
    assert (envoy.score, envoy.is_head) == (0.9, False)


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("Arvania's attack on Belmark failed.", "attack", ["Arvania"]),
        ("The attack by Arvania failed.", "attack", ["Arvania"]),
        ("The attack launched by Arvania failed.", "attack", ["Arvania"]),
        ("The attack on Arvania failed.", "attack", []),
    ],
)
def test_possessors_of_a_noun(text, noun, expected):
    reader = read(text)
    assert ids(reader.arguments.possessors(token(reader, noun))) == expected


@pytest.mark.parametrize(
    ("text", "verb", "subject", "passive"),
    [
        ("Arvania attacked Belmark.", "attacked", "arvania", False),
        ("Belmark was attacked by Arvania.", "attacked", "arvania", True),
        ("Belmark, which attacked Arvania, left.", "attacked", "belmark", False),
        ("Arvania met and praised Belmark.", "praised", "arvania", False),
        ("Arvania accused Belmark of arming Corvia.", "arming", "belmark", False),
        ("Arvania promised Belmark to help Corvia.", "help", "arvania", False),
        ("Arvania punished Belmark for helping Corvia.", "helping", "belmark", False),
        ("Belmark was accused of helping Corvia.", "helping", "belmark", False),
        ("Arvania said it would help Belmark.", "help", "arvania", False),
    ],
)
def test_subjects_of_verbs(text, verb, subject, passive):
    reader = read(text)
    found = reader.arguments.subject(token(reader, verb))
    assert (reader.tree.text(found.head), found.passive) == (subject, passive)


@pytest.mark.parametrize("text", ["Belmark was attacked.", "It attacked Belmark."])
def test_verbs_without_a_known_subject(text):
    reader = read(text)
    assert reader.arguments.subject(token(reader, "attacked")) is None


@pytest.mark.parametrize(
    ("text", "verb", "alleged"),
    [
        ("Belmark was accused of helping Corvia.", "accused", True),
        ("Arvania urged Belmark to help Corvia.", "urged", True),
        ("Arvania wants to help Corvia.", "wants", False),
    ],
)
def test_allegations(text, verb, alleged):
    reader = read(text)
    assert reader.arguments.is_alleged(token(reader, verb)) is alleged
