"""Token vectors are those that spaCy computes, bit by bit."""

import numpy as np

from analysis.annotators.parsing import token_vectors as module
from analysis.annotators.parsing.spacy_parser import load_model
from analysis.annotators.parsing.token_vectors import token_vectors
from tests.conftest import TEXT


def assert_as_spacy():
    model = load_model()
    docs = [model.make_doc(text) for text in (TEXT, "", "It was what it was, n't it?", TEXT.upper())]
    encoder = model.get_pipe("tok2vec").model
    for found, expected in zip(token_vectors(encoder, docs), encoder.predict(docs), strict=True):
        assert np.array_equal(found, expected)


def test_vectors_are_those_of_spacy():
    assert_as_spacy()


def test_forms_whose_keys_agree_by_chance_are_told_apart(monkeypatch):
    monkeypatch.setattr(module, "_MIXERS", np.zeros(16, dtype=np.uint64))
    assert_as_spacy()
