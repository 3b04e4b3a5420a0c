"""Whose surname stands there."""

from datetime import datetime

import pytest

from analysis.annotators.actors.gazetteer import name_matches
from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.surnames import Surnames
from analysis.annotators.parsing.document import Document, Entity, Span
from analysis.annotators.parsing.spacy_parser import parse


def mentions(text, actors):
    found = find_mentions(parse(text, datetime(2022, 7, 19)), actors)
    return [f"{text[m.start : m.end]} = {m.actor_id}" for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ali Bagheri came. Bagheri smiled.", ["Ali Bagheri = bagheri_kani", "Bagheri = bagheri_kani"]),
        ("Mohammad Bagheri came. Bagheri smiled.",
         ["Mohammad Bagheri = mohammad_bagheri", "Bagheri = mohammad_bagheri"]),
        ("A man called Novak arrived.", []),
        ("Deputy Prime Minister Novak arrived.", ["Novak = novak"]),
        ("Alexander Novak left. Peter Novak came. Mr Novak sat down.", ["Alexander Novak = novak"]),
        ("Melania Trump arrived in Rome on Friday.", []),
        ("Volodymir Zelensky arrived. Zelensky smiled.", ["Zelensky = zelensky", "Zelensky = zelensky"]),
        ("George H. W. Bush was president long ago.", []),
    ],
)  # fmt: skip
def test_surnames_need_a_bearer(text, expected, actors):
    assert mentions(text, actors) == expected


def owners(text, surname, actors, *people):
    """The owners of each occurrence of a surname, in a document of one sentence per full stop."""
    ends = [offset + 1 for offset, char in enumerate(text) if char == "."]
    sentences = tuple(Span(start, end) for start, end in zip([0, *ends], ends, strict=False))
    places = [(text.index(name), name) for name in people]
    entities = tuple(Entity(start, start + len(name), "PERSON") for start, name in sorted(places))
    document = Document(text, sentences, entities)
    surnames = Surnames(document, actors)
    return [
        surnames.owner(match)
        for match in name_matches(document, actors)
        if match.name.how == "surname" and match.name.surface == surname
    ]


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("Jean Martin came. Martin left.", ["Jean Martin"], ["martin", "martin"]),
        # a headline may name somebody before the text does; later sentences may not
        ("Martin has won. Jean Martin came.", ["Jean Martin"], ["martin", "martin"]),
        ("It rained. Martin won. Jean Martin came.", ["Jean Martin"], [None, "martin"]),
        # the last bearer counts
        ("Jean Martin came. Rosa Martin left. Martin slept.", ["Jean Martin", "Rosa Martin"], ["martin", None, None]),
        # but a relative is forgotten in the next paragraph
        ("Jean Martin came. Rosa Martin left.\nMartin slept.", ["Jean Martin", "Rosa Martin"],
         ["martin", None, "martin"]),
        ("Jeann Martin came. Martin left.", ["Jeann Martin"], ["martin", "martin"]),  # misspelt
    ],
)  # fmt: skip
def test_owner(text, people, expected, two_states):
    assert owners(text, "Martin", two_states, *people) == expected
