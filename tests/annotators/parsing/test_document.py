"""Documents: sentences by offset, and what is computed once for all annotators."""

import pytest

from analysis.annotators.parsing.document import Document, Span, cached_on_document, in_spans

TWO_SENTENCES = Document("One. Two.", (Span(0, 4), Span(5, 9)))


@pytest.mark.parametrize("offset, sentence", [(0, 0), (3, 0), (4, 0), (5, 1), (8, 1)])
def test_white_space_belongs_to_the_sentence_before_it(offset, sentence):
    assert TWO_SENTENCES.sentence_at(offset) == sentence


def test_a_text_without_sentences_has_sentence_0():
    assert Document("", ()).sentence_at(0) == 0


def test_a_cached_function_runs_once_per_document_and_arguments():
    calls = []

    @cached_on_document
    def words(document, separator):
        calls.append(separator)
        return document.text.split(separator)

    first, second = Document("a b", ()), Document("a b", ())
    assert words(first, " ") is words(first, " ")
    assert calls == [" "]
    assert words(first, "-") == ["a b"]
    assert words(second, " ") == ["a", "b"]
    assert calls == [" ", "-", " "]


def test_cached_results_do_not_change_equality():
    one, other = Document("a", ()), Document("a", ())
    cached_on_document(lambda document: 1)(one)
    assert one == other


def test_an_offset_in_one_of_several_spans():
    spans = [Span(2, 4), Span(8, 9)]
    assert [offset for offset in range(10) if in_spans(offset, spans)] == [2, 3, 8]
