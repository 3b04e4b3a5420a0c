"""Suggested actors, on invented articles whose entities are given."""

import re

import pytest
import yaml

from analysis.annotators.actors.suggestions import suggest_actors
from analysis.annotators.parsing.document import Document, Entity, Span
from analysis.study.actors import Actors


def document(text, **labels):
    """A document of one sentence per full stop, with every occurrence of the given names as entities."""
    sentences = tuple(Span(*found.span()) for found in re.finditer(r"[^ .][^.]*\.", text))
    pairs = [(label, name) for label, names in labels.items() for name in names]
    entities = [Entity(*found.span(), label) for label, name in pairs for found in re.finditer(name, text)]
    return Document(text, sentences, tuple(sorted(entities)))


@pytest.fixture
def articles():
    one = "Oskar Lindqvist met Lavrov. Later Lindqvist left for the Amber Bank."
    two = "Oscar Lindqvist waved. The Amber Bank closed. Una Ray slept."
    return [
        ("a1", document(one, PERSON=["Oskar Lindqvist", "Lavrov"], ORG=["the Amber Bank"])),
        ("a2", document(two, PERSON=["Oscar Lindqvist", "Una Ray"], ORG=["The Amber Bank"])),
    ]


def test_who_recurs_is_suggested_once_with_spellings(articles, study):
    found = suggest_actors(articles, study.actors)
    assert [(s.name, s.kind, s.n_articles, s.n_mentions) for s in found] == [
        ("Oskar Lindqvist", "person", 2, 3),
        ("Amber Bank", "organisation", 2, 2),
    ]
    assert found[0].variants == ("Oscar Lindqvist",)
    assert found[0].contexts == (("a1", "Oskar Lindqvist met Lavrov."), ("a2", "Oscar Lindqvist waved."))
    assert [s.name for s in suggest_actors(articles, study.actors, min_articles=1)][-1] == "Una Ray"


def test_the_stanza_can_be_pasted(articles, study):
    data = study.actors.model_dump(by_alias=True)
    stanzas = "".join(s.stanza for s in suggest_actors(articles, study.actors))
    data["actors"] += tuple(yaml.safe_load(stanzas))
    enlarged = Actors.from_data(data)
    assert enlarged["oskar_lindqvist"].short == ("Lindqvist",)
    assert suggest_actors(articles, enlarged) == []


def test_side_from_the_words_beside_the_name(study):
    text = "Pavel Orlov, a Russian geologist, agreed with his old friend."
    described = document(text, PERSON=["Pavel Orlov"])
    found = suggest_actors([("a1", described), ("a2", described)], study.actors)
    assert [(s.name, s.side) for s in found] == [("Pavel Orlov", "russia")]
    assert "side: russia" in found[0].stanza


def test_what_the_study_knows_as_no_actor_is_not_suggested(two_states):
    street = document("The French Street opened.", ORG=["The French Street"])
    other = document("The Amber Council met.", ORG=["The Amber Council"])
    articles = [("a1", street), ("a2", street), ("a3", other), ("a4", other)]
    assert [found.name for found in suggest_actors(articles, two_states)] == ["Amber Council"]


def test_hostile_names_stay_text(study):
    text = "Eve O'Hara: !!python/object wrote. "
    hostile = document(text * 2, PERSON=["Eve O'Hara"])
    (found,) = suggest_actors([("a1", hostile), ("a2", hostile)], study.actors)
    (entry,) = yaml.safe_load(found.stanza)
    assert entry["name"] == "Eve O'Hara"
    assert re.fullmatch(r"[a-z][a-z0-9_]*", entry["id"])


def named_twice(text, study, **labels):
    made = document(text, **labels)
    return suggest_actors([("a1", made), ("a2", made)], study.actors, world=study.world)


def test_the_worlds_roles_come_first_and_give_the_side(study):
    text = "Ken McCallum, an analyst, spoke in Britain."
    (found,) = named_twice(text, study, PERSON=["Ken McCallum"])
    assert "MI5" in found.roles[0].role and found.roles[0].country == "GB"
    assert found.side == study.actors.side_of_country("GB") and "side: europe" in found.stanza
    assert (
        found.why
        == "side 'europe' by the world's actors, but 'expert' by the words beside the name: check it"
    )
    assert found.row["country"] == "GB" and found.row["change"] == "replace"


def test_the_name_that_stands_alone_is_the_first_where_families_come_first(study):
    (found,) = named_twice("Lai Ching-te spoke in Taiwan.", study, PERSON=["Lai Ching-te"])
    (entry,) = yaml.safe_load(found.stanza)
    assert entry["short"] == ["Lai"]


def test_a_namesake_in_a_country_that_no_article_names_is_not_taken(study):
    (found,) = named_twice("Ken McCallum spoke in Peru.", study, PERSON=["Ken McCallum"])
    assert found.roles == () and found.side is None
    assert found.row["change"] == "add" and "country" not in found.row


def test_a_side_from_words_is_called_a_guess(study):
    (found,) = named_twice("Pavel Orlov, a Russian geologist, slept.", study, PERSON=["Pavel Orlov"])
    assert found.why == "side 'russia' is a guess from the words beside the name in 2 of 2 places: check it"
    both = [
        ("a1", document("Pavel Orlov, a Russian geologist, slept.", PERSON=["Pavel Orlov"])),
        ("a2", document("Pavel Orlov, an Iranian geologist, slept.", PERSON=["Pavel Orlov"])),
    ]
    (found,) = suggest_actors(both, study.actors, world=study.world)
    assert found.side is None and "contradict each other ('iran' 1, 'russia' 1)" in found.why


def test_a_foreign_guard_is_not_put_on_the_side_of_a_party(study):
    (found,) = named_twice("Syria’s Republican Guard left.", study, ORG=["Republican Guard"])
    assert found.side == "syria"
    (found,) = named_twice("The Republican Guard left.", study, ORG=["Republican Guard"])
    assert found.side is None


def test_what_neither_speaks_nor_acts_is_not_suggested(study):
    text = "Getty Images showed the Harbour Treaty and the Navy at the Caspian Sea. Lumina fell."
    junk = ["Getty Images", "Harbour Treaty", "the Navy", "Caspian Sea", "Lumina"]
    assert named_twice(text, study, ORG=junk) == []
    assert named_twice("Donald Trump met Putin Vladimir.", study, PERSON=["Putin Vladimir"]) == []


def test_the_surname_of_an_actor_of_the_study_is_a_warning(study):
    (found,) = named_twice("Olga Putin slept.", study, PERSON=["Olga Putin"])
    assert "'Putin' is a surname of Vladimir Putin: is this somebody else?" in found.why
