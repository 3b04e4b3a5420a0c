"""Entries of feeds: recognised, with their fields, and never an address of the feed fetched."""

from pathlib import Path

import pytest

from analysis.ingest.feeds import feed_entries, is_feed

REAL = Path(__file__).parents[3] / "shared" / "data" / "formats" / "feeds"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<?xml version="1.0"?><rss version="2.0">', True),
        ('\ufeff<?xml version="1.0"?>\n<!-- a --><?xml-stylesheet href="x"?><feed xmlns="atom">', True),
        ('<rdf:RDF xmlns:rdf="x">', True),
        ("<html><body>", False),
        ("<document><rss>", False),
        ("text", False),
    ],
)  # fmt: skip
def test_feeds_are_recognised(head, expected):
    assert is_feed(head) is expected


def test_damaged_feeds_give_what_they_have():
    (entry,) = feed_entries(
        b"<rss><channel><title>Gazette</title><item><title>A & B</title><link>https://a.example/1</link>"
    )
    assert (entry.outlet, entry.title, entry.url, entry.is_whole) == (
        "Gazette",
        "A & B",
        "https://a.example/1",
        False,
    )


def test_a_feed_that_stops_the_parser_has_no_entries():
    # feedparser 6.0.14 raises TypeError for a height without a number
    assert list(feed_entries(b"<rss><channel><image></height></image><item><title>A</title></item>")) == []


@pytest.mark.skipif(not REAL.exists(), reason="the real feeds are not at hand")
def test_real_feeds_have_entries_with_addresses():
    found = [list(feed_entries(path.read_bytes())) for path in sorted(REAL.glob("*.rss"))]
    assert all(
        entries and all(entry.url and entry.title and entry.text for entry in entries) for entries in found
    )
