"""The actors an act is done to, and the words on the way to them."""

import pytest

from tests.annotators.relations.parsed import node, read, token


def targets(text, word):
    reader = read(text)
    return {argument.mention.actor_id: chain.lemma for argument, chain in reader.targets(node(reader, word))}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Arvania attacked Belmark and Corvia.", "attacked", {"Belmark": "attack", "Corvia": "attack"}),
        ("Arvania imposed sanctions on Belmark.", "imposed", {"Belmark": "impose sanction"}),
        ("Arvania agreed to sell grain to Belmark.", "agreed", {"Belmark": "agree sell"}),
        ("Arvania is concerned about Belmark.", "concerned", {"Belmark": "concerned"}),
        ("Arvania resumed deliveries to Belmark.", "resumed", {"Belmark": "resume delivery"}),
        ("Arvania met the envoy of Belmark.", "met", {"Belmark": "meet"}),
    ],
)
def test_targets_and_their_words(text, word, expected):
    assert targets(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The envoys held talks about Belmark.", "held"),
        ("Arvania met the envoys in Belmark.", "met"),
        ("Arvania denied supplying Belmark.", "denied"),
        ("Arvania launched a satellite on behalf of Belmark.", "launched"),
        ("Threats from Belmark continued.", "threats"),
        ("Arvania denied any collusion with Belmark.", "denied"),
        ("Arvania reminded the envoys that Belmark must not be trusted.", "reminded"),
        ("Arvania met the resistance of Belmark.", "met"),
        ("Arvania applauded the departure of Belmark.", "applauded"),
    ],
)
def test_actors_that_are_no_target(text, word):
    assert targets(text, word) == {}


def test_a_request_favours_whom_the_requested_act_helps():
    reader = read("Arvania urged Belmark to help Corvia.")
    ((argument, chain),) = reader.targets_of_request(node(reader, "urged"))
    assert (argument.mention.actor_id, chain.act.direction, chain.is_wish) == ("Corvia", "cooperation", True)


def test_a_threat_is_directed_at_whose_conduct_it_is_to_prevent():
    reader = read("Arvania threatened to end the talks if Belmark goes ahead.")
    ((argument, _),) = reader.targets_of_threat(node(reader, "threatened"))
    assert argument.mention.actor_id == "Belmark"


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Arvania and Belmark held talks.", "held", "hold talk"),
        ("Arvania and Belmark are allies.", "are", "ally"),
        ("Arvania and Belmark attacked Corvia.", "attacked", None),
        ("Arvania and Belmark argue that Corvia lied.", "argue", None),
        ("Arvania and Belmark fought the rebels.", "fought", None),
        ("Arvania and Belmark are allies of Corvia.", "are", None),
        ("Arvania and Belmark promote their friends.", "promote", None),
    ],
)
def test_mutual_acts(text, word, lemma):
    reader = read(text)
    found = reader.mutual_act(node(reader, word))
    assert (found.lemma if found else None) == lemma


def test_a_relative_clause_on_a_line_of_its_own():
    """Its "which" refers to no noun, and never to the verb itself: the search would not end."""
    reader = read("'No one asked me for some kind of grain oath'\n\nWhich the envoy of Belmark criticised.")
    verb = token(reader, "criticised")
    assert reader.tokens[verb].dep == "relcl" and reader.tree.child(verb, "dobj") is not None
    assert list(reader.targets(node(reader, "criticised"))) == []


def test_a_tree_deeper_than_the_recursion_limit():
    assert set(targets("Arvania attacked " + "the people of " * 400 + "Belmark.", "attacked")) == {"Belmark"}
