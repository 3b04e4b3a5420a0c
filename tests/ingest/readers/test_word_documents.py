"""Word documents and RTF that are no exports."""

import io
import zipfile

import pytest

from analysis.errors import ReadError
from analysis.ingest import read
from benchmarks.made_exports import word_docx


def test_a_document_is_one_article_with_its_name_for_an_id(tmp_path):
    (tmp_path / "Gazette").mkdir()
    (tmp_path / "Gazette" / "port.docx").write_bytes(word_docx(["Envoys meet.", "", "They talked."]))
    (tmp_path / "Gazette" / "grain.rtf").write_bytes(rb"{\rtf1 The price of grain\par rose.\par}")
    articles = read(tmp_path).articles.set_index("article_id")
    assert articles["text"].to_dict() == {
        "port": "Envoys meet.\n\nThey talked.",
        "grain": "The price of grain\n\nrose.",
    }
    assert articles["outlet"].tolist() == ["Gazette", "Gazette"]


def test_paragraphs_of_the_style_title_at_the_beginning_are_the_headline(tmp_path):
    (tmp_path / "a.docx").write_bytes(word_docx(["They talked."], title="Envoys meet"))
    (tmp_path / "b.docx").write_bytes(word_docx([], title="Ferries run again on the lake."))
    articles = read(tmp_path).articles.set_index("article_id")
    assert articles["title"].tolist() == ["Envoys meet", ""]
    assert articles["text"].tolist() == ["They talked.", "Ferries run again on the lake."]


def test_a_document_with_damaged_styles_is_read(tmp_path):
    path = tmp_path / "a.docx"
    with (
        zipfile.ZipFile(io.BytesIO(word_docx(["They talked."]))) as whole,
        zipfile.ZipFile(path, "w") as damaged,
    ):
        damaged.writestr("word/document.xml", whole.read("word/document.xml"))
        damaged.writestr("word/styles.xml", whole.read("word/styles.xml")[:-20])
    assert read(tmp_path).articles["text"].tolist() == ["They talked."]


def test_a_document_with_several_articles_is_asked_about(tmp_path):
    (tmp_path / "a.docx").write_bytes(word_docx(["One of the envoys spoke to us. " * 4_000]))
    with pytest.raises(ReadError, match=r"28,000 words\. Does it hold several articles"):
        read(tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(word_docx(["A short article."]))
    assert read(tmp_path).rejects["reason"].tolist() == ["not_split"]
