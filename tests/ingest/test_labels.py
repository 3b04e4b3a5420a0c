"""Labels of fields in the languages of the interfaces."""

import pytest

from analysis.ingest.labels import COPYRIGHT, field_of, is_length, plain_label, stated_words


@pytest.mark.parametrize(
    ("label", "archive", "field"),
    [
        ("LÄNGE", "nexis", "length"),
        ("Date-Chargement", "nexis", "load_date"),
        ("SECCIÓN", "nexis", "section"),
        ("Publication-Type", "nexis", "publication_type"),
        ("Texte intégral", "proquest", "full_text"),
        ("ProQuest-Dokument-ID", "proquest", "document_id"),
        ("ProQuestdocument ID", "proquest", "document_id"),
        ("Recipe", "nexis", None),
    ],
)
def test_what_a_label_stands_for(label, archive, field):
    assert field_of(label, archive) == field


def test_an_unknown_label_keeps_its_own_name():
    assert plain_label("Número  de-Serie:") == "numero de serie"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1,269 words", 1269),
        ("306 Wörter", 306),
        ("877 W\ufffdrter", 877),
        ("2.013 woorden", 2013),
        ("475 字", None),
    ],
)
def test_lengths_as_exports_state_them(line, words):
    assert is_length(line)
    assert stated_words(line) == words


@pytest.mark.parametrize("line", ["12", "words", "12 January 2020", "3pm", "about 300 words", ""])
def test_what_is_no_length(line):
    assert not is_length(line)


@pytest.mark.parametrize("line", ["Copyright 2009 A", "© 2012 B", "(c) 2017 C Ltd", "COPYRIGHT 2001"])
def test_copyright_lines(line):
    assert COPYRIGHT.match(line)


def test_a_list_that_begins_with_c_is_no_copyright_line():
    assert not COPYRIGHT.match("(c)ontent")
