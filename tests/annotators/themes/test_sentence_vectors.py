"""Sentence vectors: what is similar in meaning is close, in any order and number of sentences."""

import numpy as np
import pytest

from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.annotators.themes import sentence_vectors as module
from analysis.annotators.themes.sentence_vectors import load_vectors, sentence_vectors
from analysis.errors import FramingError


def test_a_paraphrase_is_closer_than_another_subject():
    one, paraphrase, other = sentence_vectors(
        [
            "The trawlers came home without cod.",
            "Fishing boats returned to port and had caught nothing.",
            "Parliament votes on the new income tax on Monday.",
        ]
    )
    assert one @ paraphrase > one @ other + 0.05


def test_a_vector_depends_on_its_own_sentence_only():
    alone = sentence_vectors(["Rain fell on the harbour."])
    together = sentence_vectors(["", "Rain fell on the harbour.", "Snow."])
    np.testing.assert_array_equal(together[1], alone[0])
    assert not together[0].any()
    np.testing.assert_allclose(np.linalg.norm(together[1:], axis=1), 1, rtol=1e-6)


def test_vectors_need_the_tokenizer_that_they_were_made_for(monkeypatch):
    monkeypatch.setattr(module, "TOKENIZER", MODELS / "tone" / "tokenizer.json")
    with pytest.raises(FramingError, match="do not fit"):
        load_vectors.__wrapped__()
