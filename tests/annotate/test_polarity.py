"""Polarity towards a target: what the network is given, what it never sees, and how well it does."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotate.encoder import MODELS, load_encoder
from analysis.annotate.polarity import (
    CONTEXT,
    LABELS,
    MODEL,
    SIDE,
    abstains,
    classify,
    context,
    hide,
    probabilities,
)

GOLD = Path(__file__).parents[1] / "data" / "tone_gold.jsonl"
FLOOR = {"country": 0.80, "person": 0.86}
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


@given(words, names, names, words)
def test_what_is_read_does_not_depend_on_the_name(before, one, other, after):
    if not before.strip() and not after.strip() and not (one.strip() and other.strip()):
        return
    first, second = (
        context(before + name + after, len(before), len(before) + len(name)) for name in (one, other)
    )
    assert first == second
    assert before.endswith(first[0])
    assert after.startswith(first[1])


def test_the_line_of_the_target_is_read_and_of_a_long_line_the_sentence():
    text = "A headline\nHe met Mr. Karimi in Baku. They shook hands.\nThe end."
    start = text.index("Karimi")
    assert context(text, start, start + 6) == ("He met Mr. ", " in Baku. They shook hands.\n")
    filler = "Nothing of note was said there. " * (CONTEXT // 32 + 1)
    long = filler + "Gen. Karimi left. " + filler
    start = long.index("Karimi")
    assert context(long, start, start + 6) == ("Gen. ", " left. ")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("", 0, 0), ("  ", 0, 1), ("Iran won", 3, 3), ("Iran won", -1, 4), ("Iran won", 4, 2), ("Iran", 0, 5)],
)
def test_targets_that_are_nowhere_are_refused(text, start, end):
    with pytest.raises(ValueError, match=r"target|text is empty"):
        context(text, start, end)


@trained
def test_the_target_is_gone_and_its_place_is_marked():
    tokenizer = load_encoder(MODEL).tokenizer
    ids, target = hide("Yesterday ", " won.", tokenizer)
    pieces = [tokenizer.id_to_token(i) for i in ids]
    assert pieces == ["[CLS]", "yesterday", "[unused1]", "[unused2]", "[unused3]", "won", ".", "[SEP]"]
    assert target.tolist() == [0, 0, 1, 1, 1, 0, 0, 0]


@trained
def test_no_name_changes_a_number():
    before, after = "Without ", " the talks would have collapsed, the mediator said."
    found = probabilities([(before + name + after, len(before), len(before) + len(name)) for name in NAMES])
    assert (found == found[0]).all()


@trained
def test_probabilities_are_the_same_alone_and_in_company():
    items = [(row["text"], row["start"], row["end"]) for row in gold()[:6]]
    together = probabilities(items)
    assert together.shape == (6, 3)
    assert np.allclose(together.sum(axis=1), 1)
    assert (together[3:4] == probabilities(items[3:4])).all()
    assert probabilities([]).shape == (0, 3)
    assert classify([]) == []


@trained
@given(words, names, words)
@settings(max_examples=25, deadline=None)
def test_any_text_has_an_answer(before, name, after):
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
        ("🎉🎉 Iran 🔥", 3, 7),
        (persian, 0, 5),
        ("Russian", 0, 6),
        ("Iran", 0, 4),
    ]
    assert set(classify(items)) <= set(LABELS)
    tokenizer = load_encoder(MODEL).tokenizer
    assert len(hide(*context(*items[0]), tokenizer)[0]) == 2 * SIDE + 5


@trained
def test_below_the_confidence_the_polarity_is_zero(monkeypatch):
    items = [(row["text"], row["start"], row["end"]) for row in gold() if row["polarity"] == -1][:10]
    assert -1 in classify(items)
    assert not abstains(np.array([[0.9, 0.05, 0.05]])).any()
    monkeypatch.setitem(load_encoder(MODEL).config, "confidence", 1.1)
    assert classify(items) == [0] * 10
    assert abstains(probabilities(items)).all()


def test_the_gold_is_balanced_and_its_spans_are_names():
    rows = gold()
    assert len(rows) >= 150
    for kind in ("country", "person"):
        for polarity in LABELS:
            assert sum(row["kind"] == kind and row["polarity"] == polarity for row in rows) >= 24
    assert all(row["text"][row["start"] : row["end"]].strip() for row in rows)


@trained
@pytest.mark.parametrize("kind", ["country", "person"])
def test_macro_f1_on_our_own_sentences(kind):
    rows = [row for row in gold() if row["kind"] == kind]
    found = classify([(row["text"], row["start"], row["end"]) for row in rows])
    assert macro_f1([row["polarity"] for row in rows], found) >= FLOOR[kind]
