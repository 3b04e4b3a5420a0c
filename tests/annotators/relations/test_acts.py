"""The lexicon of acts is consistent, and acts about acts are composed correctly."""

import pytest

from analysis.annotators.lexicon import lexicon, words
from analysis.annotators.relations.acts import (
    act_class,
    as_announced,
    compose_acts,
    entries,
    negate,
    relationship_quality,
    verb_lemma,
)
from analysis.schemas import DIRECTIONS, QUADRANTS

FORMS = ("verbs", "nouns", "adjectives")
CLASSES = sorted(lexicon("event_verbs")["classes"])


@pytest.mark.parametrize("part", [*FORMS, "operators"])
def test_a_lemma_is_listed_in_one_class_only(part):
    listed = [lemma for lemmas in lexicon("event_verbs")[part].values() for lemma in lemmas]
    assert sorted(lemma for lemma in set(listed) if listed.count(lemma) > 1) == []


@pytest.mark.parametrize("name", CLASSES)
def test_weight_agrees_with_quadrant(name):
    kind = act_class(name)
    assert kind.direction in DIRECTIONS
    assert kind.quadrant in (*QUADRANTS, "neutral")
    assert {"cooperation": 1, "conflict": -1, "neutral": 0}[kind.direction] == kind.sign
    assert -10 <= kind.weight <= 10


def test_material_acts_weigh_more_than_verbal_acts():
    weights = {}
    for kind in map(act_class, CLASSES):
        weights.setdefault(kind.quadrant, []).append(abs(kind.weight))
    for direction in ("cooperation", "conflict"):
        assert min(weights[f"material_{direction}"]) >= max(weights[f"verbal_{direction}"])


def test_mutual_acts_are_listed_as_acts():
    mutual = words("event_verbs", "mutual")
    assert [lemma for lemma in sorted(mutual) if not any(lemma in entries(form) for form in FORMS)] == []


def test_a_word_describes_a_relationship_in_one_way_only():
    data = lexicon("event_verbs")
    assert not set(data["relationship_good"]) & set(data["relationship_bad"])
    assert relationship_quality()["ties"] == ""
    assert relationship_quality()["close"] == "support"
    assert relationship_quality()["strained"] == "distrust"


@pytest.mark.parametrize(
    ("lemma", "surface", "expected"),
    [
        ("wag", "waged", "wage"),
        ("cordone", "cordoning", "cordon"),
        ("sign", "signed", "sign"),
        ("rap", "rapped", "rap"),
        ("Attack", "ATTACKED", "attack"),
        ("unlisted", "unlisting", "unlisted"),
    ],
)
def test_verb_lemmas_are_corrected(lemma, surface, expected):
    assert verb_lemma(lemma, surface) == expected


@pytest.mark.parametrize(
    ("verb", "inner", "expected"),
    [
        ("impose", "sanction", "sanction"),
        ("lift", "sanction", "retreat"),
        ("suspend", "aid", "sanction"),
        ("refuse", "cooperate", "reject"),
        ("reject", "sanction", "support"),
        ("agree", "cooperate", "agree"),
        ("plan", "assault", "threaten"),
        ("condemn", "assault", "support"),
        ("condemn", "cooperate", "accuse"),
        ("praise", "assault", "accuse"),
        ("praise", "aid", "support"),
        ("threaten", "assault", "threaten"),
        ("demand", "retreat", "demand"),
        ("attack", "consult", "assault"),
    ],
)
def test_acts_about_acts(verb, inner, expected):
    entry = entries("verbs")[verb]
    assert compose_acts(entry.operator, entry.act, act_class(inner)).name == expected


def test_an_operator_alone_is_no_act():
    assert compose_acts("carry", None, None) is None


def test_negation_and_announcement():
    assert negate(act_class("aid")).name == "reject"
    assert negate(act_class("assault")).sign == 0
    assert as_announced(act_class("aid")).name == "agree"
    assert as_announced(act_class("assault")).name == "threaten"
    assert as_announced(act_class("accuse")).name == "accuse"
