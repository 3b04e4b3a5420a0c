"""Reporting clauses before and after quotations, signatures and labels."""

import pytest

from analysis.annotators.parsing.dependency_tree import dependency_tree
from analysis.annotators.parsing.quotation_marks import quotations
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.reporting_clauses import nested_reporting_clause, reporting_clause


def source_and_cue(text, found):
    return None if found is None else tuple(text[slice(*spans[0])] for spans in (found.source, found.cue))


def clause(text, number=0):
    """Source and cue of an outermost quotation."""
    document = parse(text)
    region = [region for region in quotations(document).regions if region.depth == 0][number]
    return source_and_cue(text, reporting_clause(dependency_tree(document), region))


def nested_clause(text):
    """Source and cue of the only nested quotation."""
    document = parse(text)
    outer, nested = quotations(document).regions
    return source_and_cue(text, nested_reporting_clause(dependency_tree(document), nested, outer))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("“The bridge will open in spring,” the mayor said.", ("the mayor", "said")),
        ("“The bridge will open in spring,” said Anna Weber, the mayor.", ("Anna Weber, the mayor", "said")),
        ("“Will the bridge open in spring?” the mayor asked.", ("the mayor", "asked")),
        ("“Do we still need this bridge?” Mr. Weber laughed.", ("Mr. Weber", "laughed")),
        ("The mayor said: “The bridge will open in spring.”", ("The mayor", "said")),
        ("The engineer warned us:\n\n“This bridge will not hold.”", ("The engineer", "warned")),
        ("Weber was less polite: “They built it for the goats.”", ("Weber", "was")),
    ],
)
def test_clauses_before_and_after_a_quotation(text, expected):
    assert clause(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("“The bridge fell and nobody cared.”\n\n― Anna Weber", ("Anna Weber", "―")),
        ("“The bridge fell and nobody cared.” ― Anna Weber\xa0\nIt rained.", ("Anna Weber", "―")),
        (
            "It was a hard year.\n\nAnna Weber, the mayor: “The bridge is safe.”",
            ("Anna Weber, the mayor", ":"),
        ),
        ("It was a hard year.\n\nFrom Anna Weber: “The bridge is safe.”", ("Anna Weber", ":")),
    ],
)
def test_signatures_and_labels(text, expected):
    assert clause(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The square was empty. “Nothing of that kind was ever found here.” Rain fell.",
        "On the walls stood “No war on our soil”.",
    ],
)
def test_quotations_without_a_clause(text):
    assert clause(text) is None


def test_a_conjunction_after_a_quotation_does_not_begin_its_clause():
    assert clause("He shouted “we are leaving the port,” and slammed the door.") == ("He", "shouted")


def test_the_source_within_a_quotation_is_named_in_the_outer_one():
    text = "“He told me, ‘I will never sell the house to you,’ and slammed the door,” Weber recalled."
    assert nested_clause(text) == ("He", "told")


@pytest.mark.parametrize("source", ["You", "People", "They all"])
def test_nobody_in_particular_is_not_a_source(source):
    found = nested_clause(f"“{source} say, ‘The bridge is safe for all,’ and it falls,” the farmer said.")
    assert (found is None) == (source != "They all")
