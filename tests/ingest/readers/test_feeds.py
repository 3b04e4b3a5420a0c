"""Feeds that carry whole articles; summaries are no articles."""

import pytest

from analysis.errors import ReadError
from analysis.ingest import read

TEXT = "<p>The envoys of both countries met in the port.</p><p>They spoke about the railway &amp; grain.</p>"
LONG = "<p>" + "The envoys met in the port and spoke about the railway. " * 10 + "</p>"
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    "<title>Example Gazette</title>{items}</channel></rss>"
)
ITEM = (
    "<item><title>Envoys meet</title><link>https://gazette.example/{n}</link><dc:creator>Ada Byline</dc:creator>"
    "<pubDate>Wed, 29 Jun 2022 10:00:00 GMT</pubDate>{text}</item>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Gazette</title><entry><title>Envoys meet</title>'
    '<link href="https://gazette.example/1"/><updated>2022-06-29T10:00:00Z</updated>'
    '<content type="html"><![CDATA[{text}]]></content></entry></feed>'
)


def rss(*texts):
    return RSS.format(items="".join(ITEM.format(n=n, text=text) for n, text in enumerate(texts, start=1)))


def content(text):
    return f"<content:encoded><![CDATA[{text}]]></content:encoded>"


def summary(text):
    return f"<description><![CDATA[{text}]]></description>"


@pytest.mark.parametrize(
    "feed", [rss(content(TEXT)), ATOM.format(text=TEXT), f"\n<!-- made -->{rss(content(TEXT))}"]
)
@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.atom"])
def test_an_entry_with_its_content_is_an_article(tmp_path, feed, name):
    (tmp_path / name).write_text(feed, "utf-8")
    row = read(tmp_path / name).articles.iloc[0]
    assert (
        row.text == "The envoys of both countries met in the port.\n\nThey spoke about the railway & grain."
    )
    assert (row.outlet, row.title, row.url) == ("Example Gazette", "Envoys meet", "https://gazette.example/1")
    assert f"{row.published:%Y-%m-%d %H:%M}" == "2022-06-29 10:00"


def test_summaries_are_refused_and_whole_texts_in_their_place_are_read(tmp_path):
    cut = content(TEXT.replace("grain.", "grain [&#8230;]"))
    footer = "<p>The post <a href='x'>Envoys meet</a> appeared first on <a href='y'>Example Gazette</a>.</p>"
    (tmp_path / "a.xml").write_text(
        rss(summary("<p>The envoys met.</p>"), summary(LONG), cut, content(TEXT + footer)), "utf-8"
    )
    found = read(tmp_path / "a.xml")
    assert list(found.rejects["row"]) == ["1", "3"] and set(found.rejects["reason"]) == {"no_text"}
    assert "framing collect a.xml" in found.rejects["detail"][0]
    assert any(found.articles["text"].str.endswith("railway & grain."))


def test_a_feed_without_entries_is_refused(tmp_path):
    (tmp_path / "a.xml").write_text(rss())
    with pytest.raises(ReadError, match="no entries"):
        read(tmp_path / "a.xml")
