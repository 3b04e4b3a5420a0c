"""Feeds on the web: their entries, and read again only if changed."""

import pytest

from analysis.collect import collect
from analysis.collect.fetching import NotFetched
from analysis.collect.sources.feeds import Feed
from tests.collect.server import article, fetcher, serving

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example Gazette</title>{items}</channel></rss>"""
ITEM = "<item><title>{name}</title><link>{url}</link><pubDate>Wed, 29 Jun 2022 10:00:00 GMT</pubDate></item>"


@pytest.fixture
def site():
    with serving() as made:
        made.pages.update({"/a": article(), "/b": article("grain")})
        yield made


def feed(site, *names):
    return RSS.format(
        items="".join(ITEM.format(name=name, url=site.url(f"/{name}")) for name in names)
    ).encode()


def test_the_entries_of_a_feed_are_collected(site, tmp_path):
    site.pages["/feed"] = feed(site, "a", "b")
    found = collect([Feed(site.url("/feed"))], tmp_path, fetcher=fetcher())
    assert list(found.urls["fate"]) == ["article", "article"]
    assert set(found.urls["outlet"]) == {"Example Gazette"} and set(found.urls["source"]) == {
        site.url("/feed")
    }


def test_a_feed_is_read_again_only_if_changed_and_old_entries_stay_listed(site, tmp_path):
    def answer(handler):
        if handler.headers["If-None-Match"] == version[0]:
            return 304, {}, b""
        return 200, {"ETag": version[0]}, feed(site, *entries)

    version, entries = ['"1"'], ["a"]
    site.pages["/feed"] = answer
    source = Feed(site.url("/feed"))
    assert len(collect([source], tmp_path, fetcher=fetcher()).urls) == 1
    assert len(collect([source], tmp_path, fetcher=fetcher()).urls) == 1
    version[0], entries[:] = '"2"', ["b"]
    assert list(collect([source], tmp_path, fetcher=fetcher()).urls["fate"]) == ["article", "article"]


def test_a_page_that_is_no_feed_is_reported(site):
    with pytest.raises(NotFetched, match="not a feed"):
        Feed(site.url("/a")).addresses(fetcher(), ("", ""))
