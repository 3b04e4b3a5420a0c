"""The probability of a reading."""

import pytest

from analysis.annotators.relations.confidence import Weights, load_weights, probability


def test_features_add_up_and_unknown_ones_are_ignored():
    model = Weights(0.0, {"a": 1.0, "b": -2.0})
    assert probability({"a": 2.0, "b": 1.0, "c": 9.0}, model) == 0.5
    assert probability({"a": 2.0}, model) > 0.85 > 0.5 > probability({"b": 1.0}, model)


def test_extreme_evidence_stays_a_probability():
    model = Weights(0.0, {"a": 1.0})
    assert probability({"a": 1e4}, model) == pytest.approx(1)
    assert probability({"a": -1e4}, model) == pytest.approx(0)


def test_no_shipped_weight_names_an_actor():
    """The probability does not depend on who is named."""
    weights = load_weights().weights
    assert weights["rules"] > 0
    assert not [
        name for name in weights if any(actor in name for actor in ("russia", "iran", "putin", "trump"))
    ]
