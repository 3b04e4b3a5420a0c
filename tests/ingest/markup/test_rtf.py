"""Paragraphs of RTF documents."""

from analysis.ingest.markup.rtf import rtf_paragraphs


def paragraphs(tmp_path, source):
    (tmp_path / "a.rtf").write_bytes(source)
    return [p for p in rtf_paragraphs(tmp_path / "a.rtf") if p.text or p.marks]


def test_bold_centred_bookmarks_and_links(tmp_path):
    source = (
        rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\header\pard page 1\par}"
        rb"\pard\qc{\*\bkmkstart Body}{\*\bkmkend Body}"
        rb'{\field{\*\fldinst{HYPERLINK "https://example.org/1"}}{\fldrslt{\b Title}}}\par Still centred\par'
        rb"\pard{\b L\u228?nge:}\~9 W\'f6rter\par}"
    )
    title, still, length = paragraphs(tmp_path, source)
    assert (title.text, title.bold, title.centred, title.marks, title.links) == (
        "Title", 5, True, ("Body",), ("https://example.org/1",)
    )  # fmt: skip
    assert (still.text, still.centred) == ("Still centred", True)
    assert (length.text, length.bold, length.centred) == ("Länge:\xa09 Wörter", 6, False)


def test_pictures_are_left_out(tmp_path):
    (only,) = paragraphs(tmp_path, rb"{\rtf1 {\pict\pngblip " + b"0a" * 90_000 + rb"}Text.\par}")
    assert only.text == "Text."


def test_broken_rtf_gives_what_is_there(tmp_path):
    assert paragraphs(tmp_path, rb"{\rtf1 {{ Text.\par")[0].text == "Text."
