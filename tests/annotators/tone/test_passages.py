"""The own words about a side, one sentence after another, as the network reads them."""

import numpy as np
import pytest

from analysis.annotators.parsing.document import Document, Mention, Span
from analysis.annotators.parsing.onnx_encoder import load_encoder
from analysis.annotators.tone.passages import (
    MAX_PIECES,
    marks_and_sentences,
    own_words_logits,
    passages,
)


@pytest.fixture(scope="module")
def tokenizer():
    return load_encoder("tone").tokenizer


def document_of(*sentences):
    """A document of these sentences, and the mentions of Oman and Peru in them."""
    text, spans, mentions = "", [], []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    for name in ("Oman", "Peru"):
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(at, at + len(name), name.lower(), name.lower(), "alias"))
            at = text.find(name, at + 1)
    return Document(text, tuple(spans)), sorted(mentions, key=lambda mention: mention.start)


def read(passage, tokenizer):
    return " ".join(tokenizer.id_to_token(number) for number in passage.ids.tolist())


def test_a_passage_has_the_sentences_about_one_side_with_its_name_masked(tokenizer):
    document, mentions = document_of("Oman paid.", "Nobody else did.", "Peru owed Oman money.")
    found = list(passages(document, mentions, np.ones(3, dtype=bool), tokenizer))
    assert [read(passage, tokenizer) for passage in found] == [
        "[CLS] [unused1] [unused2] [unused3] paid . [SEP] peru owed [unused1] [unused2] [unused3] money . [SEP]",
        "[CLS] [unused1] [unused2] [unused3] owed oman money . [SEP]",
    ]
    assert [passage.judged for passage in found] == [[0, 2], [1]]


def test_a_mention_in_attributed_words_is_masked_but_not_judged(tokenizer):
    document, mentions = document_of("Oman said that Oman paid.", "He thanked Oman.")
    (found,) = passages(document, mentions, np.array([True, False, False]), tokenizer)
    assert read(found, tokenizer).startswith("[CLS] [unused1] [unused2] [unused3] said that [unused2] paid")
    assert found.judged == [0] and "thanked" not in read(found, tokenizer)


def test_every_own_mention_of_a_long_article_is_judged_once(tokenizer):
    short = [f"Oman sent {number} ships to the north." for number in range(40)]
    document, mentions = document_of(*short, "A ship " + "of the old and proud fleet " * 50 + "left Oman.")
    found = list(passages(document, mentions, np.ones(len(mentions), dtype=bool), tokenizer))
    assert all(len(passage.ids) <= MAX_PIECES for passage in found)
    assert [number for passage in found for number in passage.judged] == list(range(len(mentions)))


def test_marks_and_sentences_are_those_of_each_mention(tokenizer):
    document, mentions = document_of("Oman paid.", "Peru owed Oman money.")
    (found, _) = passages(document, mentions, np.ones(3, dtype=bool), tokenizer)
    marks, sentences = marks_and_sentences(found.ids, tokenizer)
    assert marks.tolist() == [[0, 1, 1, 1] + [0] * 11, [0] * 9 + [1, 1, 1] + [0] * 3]
    assert sentences.tolist() == [[0] + [1] * 5 + [0] * 9, [0] * 7 + [1] * 7 + [0]]


def test_a_sentence_of_a_name_alone_has_no_result():
    document, mentions = document_of("Oman.", "Oman paid.")
    found = own_words_logits(document, mentions, np.array([True, True]))
    assert np.isnan(found).all(axis=1).tolist() == [True, False]
