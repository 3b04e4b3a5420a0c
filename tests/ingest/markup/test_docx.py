"""Paragraphs of Word documents."""

import pytest

from analysis.ingest.markup.docx import docx_paragraphs
from analysis.ingest.records import UnreadableFile
from benchmarks.made_exports import _archive, made_articles, nexis_docx, word_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def paragraphs(tmp_path, body):
    path = tmp_path / "a.docx"
    path.write_bytes(
        _archive({"word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"})
    )
    return list(docx_paragraphs(path))


def test_bold_beginnings_centred_lines_bookmarks_and_breaks(tmp_path):
    (found,) = paragraphs(
        tmp_path,
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:bookmarkStart w:name="Body"/><w:r><w:rPr><w:b/></w:rPr>'
        '<w:t>Length:</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>9</w:t><w:br/><w:t>words</w:t></w:r></w:p>',
    )
    assert (found.text, found.bold, found.centred, found.marks) == ("Length:9\nwords", 7, True, ("Body",))


def test_text_boxes_and_fallbacks_are_read_once(tmp_path):
    inner = "<w:p><w:r><w:t>box</w:t></w:r></w:p>"
    found = paragraphs(
        tmp_path,
        f"<w:p><w:r><w:t>a </w:t></w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}"
        "</mc:Fallback></mc:AlternateContent></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    )
    assert [p.text for p in found] == ["a box", "cell"]


def test_the_links_of_a_paragraph_are_kept(tmp_path):
    (tmp_path / "a.docx").write_bytes(nexis_docx(made_articles(1)))
    links = [link for p in docx_paragraphs(tmp_path / "a.docx") for link in p.links]
    assert [link.rpartition(":")[2] for link in links] == ["0001-AB12-CDEF-00000-00"]


@pytest.mark.parametrize("cut", [30, -400])
def test_a_damaged_document_is_an_error(tmp_path, cut):
    (tmp_path / "a.docx").write_bytes(word_docx(["One paragraph."] * 900)[:cut])
    with pytest.raises(UnreadableFile, match="cannot be read"):
        list(docx_paragraphs(tmp_path / "a.docx"))


def test_broken_xml_gives_what_is_before_it(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(
        _archive(
            {
                "word/document.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>One</w:t></w:r></w:p><w:p></w:body>"
            }
        )
    )
    found = docx_paragraphs(path)
    assert next(found).text == "One"
    with pytest.raises(UnreadableFile):
        list(found)
