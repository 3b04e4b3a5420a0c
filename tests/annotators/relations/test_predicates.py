"""Words that name an act: which are found, which are negated, and what a chain of them means."""

import pytest

from analysis.annotators.relations.acts import entries
from analysis.annotators.relations.predicates import Node, PredicateChain
from tests.annotators.relations.parsed import node, read, token


def chain(*lemmas, negated=(), preposition=""):
    """A chain of listed verbs and nouns."""
    listed = {**entries("nouns"), **entries("verbs")}
    nodes = tuple(Node(n, lemma, listed[lemma], lemma in negated) for n, lemma in enumerate(lemmas))
    return PredicateChain(nodes, 1.0, preposition)


@pytest.mark.parametrize(
    ("text", "word", "lemma", "act"),
    [
        ("Arvania met with Belmark.", "met", "meet with", "consult"),
        ("The mediation efforts ended.", "efforts", "mediation effort", "consult"),
        ("Arvania said that Belmark must leave.", "said", "say", "demand"),
        ("Arvania praised Belmark.", "praised", "praise", "support"),
    ],
)
def test_listed_words_are_found_with_their_particles_and_compounds(text, word, lemma, act):
    found = node(read(text), word)
    assert (found.lemma, found.entry.act.name) == (lemma, act)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Arvania concluded that Belmark had changed.", "concluded"),
        ("According to Arvania, Belmark won.", "according"),
        ("Arvania painted the hall.", "painted"),
    ],
)
def test_other_words_are_not(text, word):
    assert node(read(text), word) is None


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("Arvania did not help Belmark.", "help", True),
        ("Arvania never attacked Belmark.", "attacked", True),
        ("Arvania left without helping Belmark.", "helping", True),
        ("No state helped Belmark.", "helped", True),
        ("Arvania helped Belmark.", "helped", False),
    ],
)
def test_negation(text, word, negated):
    reader = read(text)
    assert reader.is_negated(token(reader, word)) is negated


def test_a_light_noun_takes_its_act_from_the_noun_after_of():
    reader = read("Arvania launched a series of attacks on Belmark.")
    assert reader.named_act(token(reader, "series")).entry.act.name == "assault"


@pytest.mark.parametrize(
    ("text", "word", "act"),
    [
        ("Arvania has close ties with Belmark.", "ties", "support"),
        ("Relations between Arvania and Belmark soured.", "relations", "distrust"),
        ("The state of relations with Belmark was discussed.", "relations", None),
    ],
)
def test_a_relationship_needs_a_word_that_describes_it(text, word, act):
    reader = read(text)
    found = reader.qualified(node(reader, word))
    assert (found.entry.act.name if found else None) == act


@pytest.mark.parametrize(
    ("found", "act"),
    [
        (chain("impose", "sanction"), "sanction"),
        (chain("lift", "sanction"), "retreat"),
        (chain("help", negated=["help"]), "reject"),
        (chain("deliver", "missile", preposition="to"), "cooperate"),
        (chain("deliver", "missile", preposition="at"), "assault"),
        (chain("trade", preposition="against"), None),
    ],
)
def test_the_act_of_a_chain(found, act):
    assert (found.act.name if found.act else None) == act


def test_the_lemma_of_a_chain_leaves_be_out_unless_it_is_alone():
    assert chain("be", "attack").lemma == "attack"
    assert chain("be").lemma == "be"


def test_only_a_wish_before_the_act_is_a_wish():
    assert chain("want", "help").is_wish
    assert not chain("help", "want").is_wish
