"""Subjects, noun phrases and verb groups from the parse."""

import pytest

from analysis.annotators.parsing.dependency_tree import DependencyTree, dependency_tree
from analysis.annotators.parsing.document import Document, Span, Token
from analysis.annotators.parsing.spacy_parser import parse


def number_of(tree, word):
    return next(number for number in range(len(tree.tokens)) if tree.text(number) == word)


def words(tree, span):
    return tree.document.text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    "text, verb, source",
    [
        ("The mayor of the port said that it rained.", "said", "The mayor of the port"),
        ("The plan was criticised by the mayor.", "criticised", "the mayor"),
        ("The mayor came and criticised the plan.", "criticised", "The mayor"),
        ("The mayor, who praised the plan, left.", "praised", "The mayor, who"),
        ("It is said that the bridge will fall.", "said", None),
    ],
)
def test_the_source_of_a_verb(text, verb, source):
    tree = dependency_tree(parse(text))
    assert words(tree, tree.source(number_of(tree, verb))) == source


def test_a_verb_group_has_auxiliaries_negation_and_particle():
    tree = dependency_tree(parse("The mayor has not pointed out the reason."))
    assert words(tree, tree.verb_group(number_of(tree, "pointed"))) == "has not pointed out"


def test_a_noun_phrase_ends_before_a_relative_clause():
    tree = dependency_tree(parse("The old mayor of the port, who resigned, left."))
    assert words(tree, tree.noun_phrase(number_of(tree, "mayor"))) == "The old mayor of the port"


def test_subtrees_do_not_cross_line_breaks():
    document = Document(
        "Talks\nbegin", (Span(0, 5), Span(6, 11)),
        tokens=(Token(0, 5, "talk", "NOUN", "NNS", "nsubj", 1), Token(6, 11, "begin", "VERB", "VBP", "ROOT", 1)),
    )  # fmt: skip
    tree = DependencyTree(document)
    assert tree.heads == [0, 1]
    assert tree.source(1) is None


def test_the_first_token_from_an_offset():
    tree = dependency_tree(parse("One two"))
    assert [tree.first_from(offset) for offset in (0, 1, 4, 5)] == [0, 1, 1, 2]


def test_the_tree_of_a_document_is_built_once():
    document = parse("One two")
    assert dependency_tree(document) is dependency_tree(document)
