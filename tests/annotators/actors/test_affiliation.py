"""The side that words about somebody give away."""

import pytest

from analysis.annotators.actors.affiliation import Affiliations, sides_of_people
from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.people import find_people
from analysis.annotators.actors.world_actors import Publication, WorldActors
from analysis.annotators.parsing.document import Document, Entity, Span
from analysis.annotators.parsing.spacy_parser import parse

DATELINE = "LYON – It was a cold day in the whole of the old city again.\n"


def affiliations(document, actors):
    return Affiliations(document, actors)


def side(phrase, actors, *, dateline="", places=(), local=False):
    """The side of a phrase, in which the given places are entities."""
    text = dateline + phrase
    starts = [text.index(place, len(dateline)) for place in places]
    entities = tuple(
        Entity(start, start + len(place), "GPE") for start, place in zip(starts, places, strict=True)
    )
    document = Document(text, (Span(0, len(text)),), entities)
    return affiliations(document, actors).side(len(dateline), len(text), local=local)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        # adjectives, places, institutions; the first counts
        ("a French chef", "france"),
        ("a baker in Lyon", "france"),
        ("a French student of Spanish", "france"),
        ("an official of the French Foreign Ministry", "france"),
        ("a baker", None),
        # joined
        ("French and Spanish officials", "france"),
        ("French, Lyon and Paris officials", "france"),
        ("French and other world leaders", "france"),
        ("Spain's and Arab states", "spain"),
        # members of the public, and others than the state
        ("many French", "other"),
        ("the French", "france"),
        ("54 percent of the French", "other"),
        ("French women", "other"),
        ("a French-backed envoy from Spain", "spain"),
        ("some French allies, Spain among them", "spain"),
        # an attitude is no membership
        ("anti-French hard-liners", None),
        ("the pro–French lobby in Spain", "spain"),
        ("anti-Spanish French hard-liners", "france"),
        # what media write
        ("some reports", "media"),
        ("the Times", "media"),
        ("the latest reporting", "media"),
        ("a man who blogs about Spain", "media"),
        ("reports of the French Foreign Ministry", "france"),
        # experts of an international body, movements, agreements called after a place, the first of joined groups
        ("experts on Spain", "expert"),
        ("the French left", "other"),
        ("the Lyon accord", "other"),
        ("the French-Spanish accord", "france"),
        ("French officials and experts", "france"),
        ("experts and French officials", "expert"),
        # wider than a side
        ("both presidents", "other"),
        ("a Western envoy in Lyon", "other"),
        ("the two sides", "other"),
        ("the treaty", "other"),
        ("Pyrenean shepherds", "other"),
        ("friends of the treaty", None),
        # experts and media, whatever their country
        ("French analysts", "expert"),
        ("a sociologist", "expert"),
        ("a Spanish university", "expert"),
        ("Spanish university students", "spain"),
        ("a woman who teaches French law", "expert"),
        ("French state television", "media"),
        ("the Springfield Herald", "media"),
        ("French social media", "france"),
        ("an officer who likes newspapers", None),
        ("French state media", "france"),
        ("state media", "media"),
        ("a columnist of the Lyon Gazette", "media"),
        ("three French outlets", "media"),
        ("Spanish observers", "expert"),
        ("a recent poll", "other"),
        ("a Daily Globe poll", "media"),
        ("a survey of a Spanish university", "expert"),
        # who has left an office; former states and unnamed groups have left none
        ("a former French minister", "expert"),
        ("a former East German town", None),
        # where somebody belongs, and what they deal with
        ("an ambassador to France", None),
        ("the French ambassador to Spain", "france"),
        ("an adviser on Spain", None),
        ("an adviser to Jean Martin", "france"),
        ("a French officer who fears Spain", "france"),
        ("an officer who fears Spain", None),
        ("an officer who lives in Spain", "spain"),
        # people who speak for themselves
        ("French protesters", "other"),
        ("protesters in Lyon", "france"),
        ("supporters of the Spanish team", "spain"),
        # opponents and victims do not speak for whom they are against
        ("critics of the French treaty", "other"),
        ("critics of French bakers", None),
        ("critics of French bakers in Seville", "spain"),
        ("Spanish critics of French bakers", "spain"),
        ("France’s opponents", None),
        ("Spanish victims", "spain"),
        ("Spanish jurors", "other"),
        ("people familiar with the French plans", None),
    ],
)
def test_side_of_a_phrase(phrase, expected, two_states):
    assert side(phrase, two_states) == expected


def test_officials_without_a_name_who_left_are_on_the_side_of_their_state(two_states):
    text = "former French officials"
    document = Document(text, (Span(0, len(text)),))
    assert affiliations(document, two_states).side(0, len(text), named=False) == "france"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("a Canadian baker", "other"),
        ("a spokesman for the River Agency of Canada", "other"),
        ("a French fellow at the Northern Institute in the United States", "expert"),
        ("a French officer at the River Agency of Canada", "other"),  # the employer decides
        ("the French ambassador to Canada", "france"),
        ("Canada's River Agency human rights experts", "other"),
        ("experts who follow the River Agency of Canada", "expert"),
        ("a spokesman for the River Agency", None),  # of a country that the article does not name
        ("the French Foreign Ministry", "france"),  # the study's own name is longer
    ],
)
def test_states_and_institutions_of_the_world(phrase, expected, two_states, small_world):
    document = Document(phrase, (Span(0, len(phrase)),))
    world = WorldActors(document, two_states, small_world, Publication())
    assert Affiliations(document, two_states, world).side(0, len(phrase)) == expected


def test_the_last_name_before(two_states):
    text = "From France to Spain. A minister."
    found = affiliations(Document(text, (Span(0, len(text)),)), two_states)
    assert found.last_named(0, text.index(".")) == "spain"
    assert found.last_named(text.index("A minister"), len(text)) is None


def test_a_name_that_goes_on_after_the_phrase_does_not_count(two_states):
    text = "a baker in Madrid Globe"
    document = Document(text, (Span(0, len(text)),))
    assert affiliations(document, two_states).side(0, len(text)) == "media"
    assert affiliations(document, two_states).side(0, len("a baker in Madrid")) == "spain"


@pytest.mark.parametrize(
    ("phrase", "place", "expected"),
    [
        ("a baker in Oslo", "Oslo", "other"),
        ("a baker who likes Oslo", "Oslo", None),
        ("a baker in Oslo Street", "Oslo Street", None),
        ("critics of Oslo", "Oslo", None),
    ],
)
def test_a_place_of_no_side_is_another_country(phrase, place, expected, two_states):
    assert side(phrase, two_states, places=[place]) == expected


@pytest.mark.parametrize(
    ("phrase", "local", "expected"),
    [
        ("local bakers", False, "france"),
        ("a baker", False, None),
        ("a baker", True, "france"),
        ("one of the bakers", True, "france"),
        ("government officials", True, "france"),
        ("the bakers", True, None),
        ("some of those people", True, None),
        ("a Spanish baker", True, "spain"),
    ],
)
def test_people_of_the_dateline(phrase, local, expected, two_states):
    assert side(phrase, two_states, dateline=DATELINE, local=local) == expected


def test_a_side_that_the_study_does_not_have_is_unknown(two_states):
    data = two_states.model_dump(by_alias=True)
    data["sides"] = tuple(entry for entry in data["sides"] if entry["id"] not in ("expert", "other"))
    without = type(two_states).from_data(data)
    assert side("a sociologist", without) is None and side("both presidents", without) is None
    assert side("a French chef", without) == "france"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg, a French baker, slept.", {"Anna Berg": "france"}),
        ("Anna Berg, head of a music college in Seville, slept.", {"Anna Berg": "expert"}),
        ("Anna Berg of France slept.", {"Anna Berg": "france"}),
        ("The Spanish baker Anna Berg slept.", {"Anna Berg": "spain"}),
        ("Anna Berg slept in the French house.", {}),
        ("Anna Berg, a baker, slept. Berg, a French woman, snored.", {"Anna Berg": "france"}),
        ("A dealer in Lyon's old market was amused.", {"a dealer": "france"}),
    ],
)
def test_sides_of_people(text, expected, two_states):
    document = parse(text)
    people = find_people(document, find_mentions(document, two_states), two_states)
    assert sides_of_people(document, people, affiliations(document, two_states)) == expected
