"""Paragraphs of plain text."""

from analysis.ingest.markup.paragraphs import Paragraph, joined, plain_paragraphs, unwrapped


def test_blank_lines_separate_and_indented_lines_are_centred():
    text = "Title\nover two lines\r\n \r\n                     Gazette\n\n\fBody text."
    assert [(p.text, p.centred) for p in plain_paragraphs(text)] == [
        ("Title\nover two lines", False),
        ("Gazette", True),
        ("Body text.", False),
    ]


def test_a_wrapped_centred_line_is_centred():
    (only,) = plain_paragraphs("Copyright of a very long name, which fills the line\n                 GmbH")
    assert only.centred


def test_text_is_joined_without_line_ends_and_empty_paragraphs():
    assert joined([Paragraph("a\nb\xa0 c"), Paragraph(" "), Paragraph("d")]) == "a b c\n\nd"
    assert unwrapped(" a \n b ") == "a b"
