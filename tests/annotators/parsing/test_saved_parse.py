"""Parses are read back from their table as they were."""

from datetime import datetime

from analysis.annotators.parsing.document import Document
from analysis.annotators.parsing.saved_parse import PARSES, parse_row, saved_document
from analysis.annotators.parsing.spacy_parser import parse
from tests.conftest import TEXT


def through_the_table(document):
    table = PARSES.check(PARSES.frame([parse_row("a", document)]))
    row = table.to_dict("records")[0]
    return saved_document(document.text, document.published, document.sentences, row)


def test_a_parse_is_read_back_as_it_was():
    document = parse(f"{TEXT} “𝔘𝔫𝔦” costs 5 % more — İzmir’s mayor  says;\n\tso…", datetime(2022, 6, 29))
    assert document.entities and len(document.tokens) > 60
    assert through_the_table(document) == document


def test_tokens_without_lemma_keep_none():
    document = parse("Trade grows.")
    document = Document(document.text, document.sentences, (), (document.tokens[0]._replace(lemma=""),))
    assert through_the_table(document) == document


def test_a_text_without_tokens_is_read_back():
    assert through_the_table(Document("", ())) == Document("", ())
