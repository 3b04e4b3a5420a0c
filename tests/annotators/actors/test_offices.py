"""Offices named without their state or holder."""

from datetime import datetime

import pytest

from analysis.annotators.actors.offices import home_institution, office_holder
from analysis.annotators.actors.people import PersonMention, listed_person
from analysis.annotators.parsing.document import Document, Span


def document(text, year=2015):
    published = datetime(year, 5, 1) if year else None
    return Document(text, (Span(0, len(text)),), published=published)


def named(text, actors, *actor_ids):
    """Mentions of listed people by their surnames, in the order given."""
    surnames = [actors[actor_id].short[0] for actor_id in actor_ids]
    starts = [text.index(surname) for surname in surnames]
    return [
        PersonMention(start, start + len(surname), listed_person(actors, actor_id))
        for start, surname, actor_id in zip(starts, surnames, actor_ids, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "year", "office", "expected"),
    [
        ("Dupont met García.", 2015, "president", "dupont"),
        ("Dupont met García.", 2015, "President", "dupont"),
        ("Dupont met García.", 2015, "defence minister", "garcia"),
        ("Dupont met García.", 2015, "king", None),
        ("Dupont met García.", 2022, "president", None),  # no longer
        ("Dupont met García.", None, "president", "dupont"),  # on an unknown day, whoever ever held it
        ("President Dupont met president García.", 2015, "president", None),  # two
        ("Speaker Dupont met García.", 2015, "speaker", "dupont"),  # by the words before the name
    ],
)
def test_office_holder(text, year, office, expected, two_states):
    people = named(text, two_states, "dupont", "garcia")
    assert office_holder(document(text, year), two_states, office, people) == expected


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("Foreign Ministry", 2015, "ministry"),
        ("government", 2015, "france"),
        ("president", 2015, "dupont"),
        ("president", 2022, "martin"),
        ("president", 2005, None),
        ("president", None, None),
        ("weather service", 2015, None),
    ],
)
def test_the_institution_of_the_dateline(name, year, expected, two_states):
    assert home_institution(document("It rained.", year), two_states, name, two_states["france"]) == expected


def test_without_a_dateline_there_is_no_institution(two_states):
    assert home_institution(document("It rained."), two_states, "Foreign Ministry", None) is None
