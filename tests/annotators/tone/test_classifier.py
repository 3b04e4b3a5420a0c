"""Sentiment towards a target: the input of the network, masking, and accuracy."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.parsing.onnx_encoder import MODELS, load_encoder
from analysis.annotators.tone.classifier import (
    LABELS,
    MAX_CONTEXT_PIECES,
    MODEL,
    classify,
    classify_targets,
    mask_target,
    probabilities,
)
from analysis.annotators.tone.context import Target, context_parts

GOLD = MODELS / MODEL / "gold.jsonl"
FLOOR = {"country": 0.88, "person": 0.88}
NAMES = (
    "Russia",
    "Iran",
    "the United States",
    "Ayatollah Ali Khamenei",
    "O’Brien-Łukasz",
    "🇮🇷",
    "روسيا",
    "x",
)

trained = pytest.mark.skipif(
    not (MODELS / MODEL / "model.onnx").is_file(),
    reason="analysis/models/tone holds no weights yet: see training/tone",
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def gold():
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def macro_f1(truth, found):
    scores = []
    for label in LABELS:
        hits = sum(t == f == label for t, f in zip(truth, found, strict=True))
        scores.append(2 * hits / max(1, truth.count(label) + found.count(label)))
    return sum(scores) / len(scores)


@trained
def test_a_reserved_piece_replaces_the_target():
    tokenizer = load_encoder(MODEL).tokenizer
    ids, target = mask_target(["Yesterday "], [" won."], tokenizer)
    pieces = [tokenizer.id_to_token(i) for i in ids]
    assert pieces == ["[CLS]", "yesterday", "[unused1]", "[unused2]", "[unused3]", "won", ".", "[SEP]"]
    assert target.tolist() == [0, 0, 1, 1, 1, 0, 0, 0]


@trained
def test_further_mentions_of_the_target_are_masked():
    text = "Iran says Iran was right and Iraq was not."
    tokenizer = load_encoder(MODEL).tokenizer
    ids, target = mask_target(*context_parts(Target(text, 0, 4, ((10, 14),))), tokenizer)
    pieces = [tokenizer.id_to_token(i) for i in ids]
    assert pieces[1:8] == ["[unused1]", "[unused2]", "[unused3]", "says", "[unused2]", "was", "right"]
    assert "iraq" in pieces and "iran" not in pieces
    assert target.sum() == 3 and target[1:4].all()


@trained
def test_the_name_of_the_target_changes_no_probability():
    before, after = "Without ", " the talks would have collapsed, the mediator said."
    found = probabilities([(before + name + after, len(before), len(before) + len(name)) for name in NAMES])
    assert (found == found[0]).all()


@trained
def test_probabilities_do_not_depend_on_other_items():
    items = [(row["text"], row["start"], row["end"]) for row in gold()[:6]]
    together = probabilities(items)
    assert together.shape == (6, 3)
    assert np.allclose(together.sum(axis=1), 1)
    assert (together[3:4] == probabilities(items[3:4])).all()
    assert probabilities([]).shape == (0, 3)
    assert classify([]) == []


@trained
@given(words, names, words)
@settings(max_examples=25)
def test_any_text_has_a_class(before, name, after):
    text = before + name + after
    if text.strip():
        assert classify([(text, len(before), len(before) + len(name))])[0] in LABELS


@trained
def test_long_emoji_and_right_to_left_texts():
    long = "the committee met again and " * 1250 + "Iran" + " and nobody listened" * 1250
    start = long.index("Iran")
    persian = "تهران توافق را ستود"
    items = [
        (long, start, start + 4),
        ("🎉🎉 Iran saves the day 🔥", 3, 7),
        (persian, 0, 5),
        ("x" * 9999, 7, 9),
    ]
    assert set(classify(items)) <= set(LABELS)
    ids, _ = mask_target(*context_parts(Target(*items[0])), load_encoder(MODEL).tokenizer)
    assert len(ids) == 2 * MAX_CONTEXT_PIECES + 5
    assert [found.abstained for found in classify_targets(items)] == [None, None, None, "no context"]


@trained
def test_a_name_alone_in_its_line_has_no_context():
    lone = classify_targets([("A scandal.\n\nIran:\n\nA triumph.", 12, 16)])[0]
    assert (lone.polarity, lone.abstained) == (0, "no context")
    assert np.isnan(lone.p_neutral)


@trained
def test_below_the_confidence_threshold_the_model_abstains(monkeypatch):
    items = [(row["text"], row["start"], row["end"]) for row in gold() if row["polarity"] == -1][:10]
    monkeypatch.setitem(load_encoder(MODEL).config, "confidence", 0.0)
    before = classify_targets(items)
    assert -1 in classify(items)
    assert {found.abstained for found in before} == {None}
    monkeypatch.setitem(load_encoder(MODEL).config, "confidence", 1.1)
    after = classify_targets(items)
    assert classify(items) == [0] * 10
    assert {found.abstained for found in after} == {"low confidence"}
    assert [found[1:4] for found in after] == [found[1:4] for found in before]


def test_training_and_test_sentences_are_disjoint():
    """The sentences about states, by the same author, share no seven consecutive words with a test set."""

    def runs(path):
        texts = (json.loads(line)["text"].lower() for line in path.read_text(encoding="utf-8").splitlines())
        split = [re.findall(r"\w+", text) for text in texts]
        return {tuple(words[i : i + 7]) for words in split for i in range(len(words) - 6)}

    states = runs(MODELS.parents[1] / "training" / "tone" / "states.jsonl")
    for name in ("gold", "effect_events", "hard"):
        assert not states & runs(GOLD.with_name(f"{name}.jsonl"))


def test_the_gold_is_balanced_and_its_spans_are_names():
    rows = gold()
    assert len(rows) >= 150
    for kind in ("country", "person"):
        for polarity in LABELS:
            assert sum(row["kind"] == kind and row["polarity"] == polarity for row in rows) >= 24
    assert all(row["text"][row["start"] : row["end"]].strip() for row in rows)


@trained
def test_probabilities_do_not_depend_on_the_processor():
    """With earlier weights, 8-bit sums that overflow (AVX2 without VNNI) changed a probability by .05."""
    found = probabilities([(row["text"], row["start"], row["end"]) for row in gold()[:4]])
    expected = [[0.982, 0.009, 0.010], [0.983, 0.009, 0.008], [0.235, 0.668, 0.098], [0.052, 0.756, 0.192]]
    assert np.abs(found - np.array(expected)).max() < 0.01


@trained
@pytest.mark.parametrize("kind", ["country", "person"])
def test_accuracy_and_macro_f1_on_our_own_sentences(kind):
    rows = [row for row in gold() if row["kind"] == kind]
    truth = [row["polarity"] for row in rows]
    found = classify([(row["text"], row["start"], row["end"]) for row in rows])
    assert macro_f1(truth, found) >= FLOOR[kind]
    assert sum(t == f for t, f in zip(truth, found, strict=True)) / len(rows) >= FLOOR[kind]


@trained
def test_hard_sentences_by_another_author():
    """Denied blame, speakers who praise, contested facts: the known errors in the card."""
    lines = GOLD.with_name("hard.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = classify([(row["text"], row["start"], row["end"]) for row in rows])
    assert sum(row["polarity"] == f for row, f in zip(rows, found, strict=True)) / len(rows) >= 0.75


@trained
def test_no_polarity_of_our_own_sentences_changes_with_the_name():
    changed = 0
    for row in gold():
        before, after = row["text"][: row["start"]], row["text"][row["end"] :]
        swapped = [(before + name + after, len(before), len(before) + len(name)) for name in NAMES]
        changed += len(set(classify([(row["text"], row["start"], row["end"]), *swapped]))) > 1
    assert changed == 0


@trained
def test_events_that_affect_a_state_are_no_judgement_of_it():
    """An event with a good or bad effect on a state that takes no part in it is neutral towards that state."""
    lines = GOLD.with_name("effect_events.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = classify([(row["text"], row["start"], row["end"]) for row in rows])
    assert sum(polarity == 0 for polarity in found) / len(rows) >= 0.85
