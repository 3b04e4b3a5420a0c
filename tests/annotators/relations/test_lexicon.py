"""The list of acts holds together, and acts about acts come out right."""

from collections import Counter

import pytest

from analysis.annotators.relations import lexicon
from analysis.annotators.relations.lexicon import act_class, after, mutual, negated, not_yet, words
from analysis.schemas import DIRECTIONS, QUADRANTS

FORMS = ("verbs", "nouns", "adjectives")


@pytest.mark.parametrize("part", [*FORMS, "operators"])
def test_a_word_stands_once(part):
    listed = Counter(lemma for lemmas in lexicon._data()[part].values() for lemma in lemmas)
    assert [lemma for lemma, count in listed.items() if count > 1] == []


def test_weights_agree_with_quadrants():
    for name in lexicon._data()["classes"]:
        kind = act_class(name)
        assert kind.direction in DIRECTIONS
        assert kind.quadrant in (*QUADRANTS, "neutral")
        assert {"cooperation": 1, "conflict": -1, "neutral": 0}[kind.direction] == kind.sign
        assert -10 <= kind.weight <= 10


def test_deeds_weigh_more_than_words():
    weights = {}
    for name in lexicon._data()["classes"]:
        kind = act_class(name)
        weights.setdefault(kind.quadrant, []).append(abs(kind.weight))
    for direction in ("cooperation", "conflict"):
        assert min(weights[f"material_{direction}"]) >= max(weights[f"verbal_{direction}"])


def test_what_is_mutual_is_listed():
    assert [lemma for lemma in sorted(mutual()) if not any(lemma in words(form) for form in FORMS)] == []


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
    word = words("verbs")[verb]
    assert after(word.operator, word.act, act_class(inner)).name == expected


def test_an_operator_alone_is_no_act():
    assert after("carry", None, None) is None


def test_negation_and_announcement():
    assert negated(act_class("aid")).name == "reject"
    assert negated(act_class("assault")).sign == 0
    assert not_yet(act_class("aid")).name == "agree"
    assert not_yet(act_class("assault")).name == "threaten"
    assert not_yet(act_class("accuse")).name == "accuse"
