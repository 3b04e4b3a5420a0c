"""Parsing with spaCy: sentences, entities, and long texts in pieces."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.parsing import spacy_parser
from analysis.annotators.parsing.spacy_parser import model_name, parse, parse_many, split_text

TEXT = """Envoys meet in Baku

The envoys met in Baku on Tuesday. Leyla Ansari spoke of the bridge.

Officials denied that it had cost too much. The railway will open in May, according to the ministry."""


def test_a_headline_is_a_sentence_of_its_own():
    document = parse(TEXT)
    sentences = [TEXT[span.start : span.end] for span in document.sentences]
    assert sentences[0] == "Envoys meet in Baku"
    assert "".join("".join(sentences).split()) == "".join(TEXT.split())


def test_entities_can_be_left_out_and_change_nothing_else():
    whole, bare = parse(TEXT), parse(TEXT, entities=False)
    assert whole.entities
    assert bare.entities == ()
    assert (bare.sentences, bare.tokens) == (whole.sentences, whole.tokens)


def test_texts_come_back_in_order_and_as_if_parsed_alone():
    texts = [TEXT, "", "One. Two.", TEXT]
    assert [parse(text) for text in texts] == list(parse_many((text, None) for text in texts))


def test_a_pipeline_that_has_seen_many_words_is_loaded_again(monkeypatch):
    expected = [parse(TEXT), parse("One more.")]
    begun = parse_many([(TEXT, None), ("One more.", None)])
    first = next(begun)
    before = spacy_parser.load_model()
    monkeypatch.setattr(spacy_parser, "_MOST_WORDS", 10)
    assert parse(TEXT) == expected[0]
    assert spacy_parser.load_model() is not before
    assert [first, *begun] == expected  # with the pipeline that it was begun with


def test_the_name_of_the_model_has_a_version():
    assert re.fullmatch(r"en_\w+ \d+\.\d+\.\d+", model_name())


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_blank_texts_have_no_sentences(text):
    assert parse(text).sentences == ()


@settings(max_examples=100)
@given(st.text(alphabet="ab. \n“”", max_size=80), st.integers(1, 20))
def test_pieces_cover_a_text(text, size):
    found = split_text(text, size=size)
    assert "".join(text[piece.start : piece.end] for piece in found) == text
    assert all(0 < piece.end - piece.start <= size for piece in found) or not text


def test_a_text_parsed_in_pieces_is_one_document(monkeypatch):
    text = TEXT
    whole = parse(text)
    monkeypatch.setattr(spacy_parser.split_text, "__kwdefaults__", {"size": 80})
    assert len(split_text(text)) > 2
    cut = parse(text)
    assert cut.sentences == whole.sentences
    assert [text[t.start : t.end] for t in cut.tokens] == [text[t.start : t.end] for t in whole.tokens]
    for number, token in enumerate(cut.tokens):
        same_piece = abs(cut.tokens[token.head].start - token.start) <= 80
        assert same_piece and 0 <= token.head < len(cut.tokens), number
