"""States and institutions of the world in a text."""

import pytest

from analysis.annotators.actors.world_names import STATE, world_matches
from analysis.annotators.parsing.document import Document, Entity, Span


def named(text, world, *places):
    """Texts and owners of the names found; the given places are entities."""
    entities = tuple(Entity(text.index(place), text.index(place) + len(place), "GPE") for place in places)
    document = Document(text, (Span(0, len(text)),), entities)
    return [(text[match.start : match.end], match.owners) for match in world_matches(document, world)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a Canadian baker", [("Canadian", (("CA", STATE),))]),
        ("bakers in Ottawa and Norway", [("Ottawa", (("CA", STATE),)), ("Norway", (("NO", STATE),))]),
        ("the River Agency", [("River Agency", (("CA", "executive"),))]),
        ("the Harbour Bureau", [("Harbour Bureau", (("CA", "executive"), ("FR", "executive")))]),
        ("the GRA", [("GRA", (("CA", "armed_group"),))]),
        ("the river agency", []),
        ("X marks the spot", []),
        ("the Canadians’ river", [("Canadians", (("CA", STATE),))]),
    ],
)
def test_names(text, expected, small_world):
    assert named(text, small_world) == expected


def test_the_longest_of_overlapping_names_counts(small_world):
    (found,) = named("New Zealand bakers", small_world)
    assert found[0] == "New Zealand"


def test_a_name_with_another_meaning_counts_only_as_a_place(small_world):
    assert named("Jordan scored", small_world) == []
    assert named("rain in Jordan", small_world, "Jordan") == [("Jordan", (("JO", STATE),))]


def test_states_and_institutions_are_told_apart(small_world):
    text = "Canada and the River Agency"
    document = Document(text, (Span(0, len(text)),), ())
    assert [match.is_state for match in world_matches(document, small_world)] == [True, False]
