"""What is special in exports of Integrum."""

from pathlib import Path

import pytest

from analysis.ingest import read
from benchmarks.made_exports import _archive, integrum_html, made_articles

SHARED = Path(__file__).parents[4] / "shared" / "data" / "formats" / "integrum"
MADE = made_articles(2)


def test_a_word_document_with_a_page_inside(tmp_path):
    page = "".join(
        f"<h1>{m.title}</h1><h2>{m.outlet}</h2><h2>{m.day:%d.%m.%Y}</h2>"
        + "".join(f"<p>{p}</p>" for p in m.paragraphs)
        for m in MADE
    )
    document = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:altChunk/></w:body></w:document>'
    (tmp_path / "a.doc").write_bytes(
        _archive({"word/document.xml": document, "word/afchunk.htm": f"<html><body>{page}"})
    )
    reading = read(tmp_path / "a.doc")
    assert list(reading.formats.values()) == ["Integrum"]
    rows = reading.articles.set_index("title")
    assert rows.loc[MADE[1].title, "text"] == "\n\n".join(MADE[1].paragraphs)
    assert rows["outlet"].tolist() == [
        rows.loc[m.title, "outlet"] for m in sorted(MADE, key=lambda m: rows.index.get_loc(m.title))
    ]


def test_a_document_without_text_is_refused(tmp_path):
    text = integrum_html(MADE).decode("cp1251")
    start, end = text.index("<pre>"), text.index("</pre>")
    (tmp_path / "a.html").write_bytes((text[: start + 5] + text[end:]).encode("cp1251"))
    assert read(tmp_path / "a.html").rejects["title"].tolist() == [MADE[0].title]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/formats, which is not published")
def test_a_real_workbook():
    reading = read(SHARED / "newspapers__channel1.xlsx")
    assert (len(reading.articles), len(reading.rejects)) == (59, 0)
    assert reading.articles["published"].dt.year.unique().tolist() == [2005]
