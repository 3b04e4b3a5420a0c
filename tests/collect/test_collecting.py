"""A collection: pages kept, articles extracted, a fate for every address, and runs that were stopped."""

import csv

import pandas as pd
import pytest

from analysis.collect import FATES, Listing, collect
from analysis.collect.fetching import NotFetched
from analysis.errors import FramingError
from analysis.ingest import read
from analysis.ingest.url_lists import Listed
from tests.collect.server import article, fetcher, redirect


class Given:
    """A source that lists what it was given."""

    name = "given"

    def __init__(self, *listed):
        self.listed = [Listed(one) if isinstance(one, str) else one for one in listed]

    def addresses(self, fetcher, version):
        return Listing(self.listed)


def fates(found):
    return dict(zip(found.urls["url"].str.rpartition("/")[2], found.urls["fate"], strict=True))


def test_every_address_has_a_fate(site, tmp_path):
    site.pages.update(
        {
            "/robots.txt": b"User-agent: *\nDisallow: /closed",
            "/a": article(),
            "/moved": redirect("/b"),
            "/b": article("grain"),
            "/empty": b"<html><body></body></html>",
            "/paper": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"),
            "/closed": article(),
            "/again": article("winter"),
            "/copy": article(),
        }
    )
    names = ["a", "moved", "empty", "paper", "closed", "again", "copy", "gone"]
    found = collect(
        [Given(*(site.url(f"/{name}") for name in names), "http://[x")], tmp_path, fetcher=fetcher()
    )
    assert fates(found) == {
        "[x": "bad_url",
        "a": "article", "moved": "article", "empty": "no_text", "paper": "not_html", "closed": "robots",
        "again": "article", "copy": "duplicate", "gone": "not_found",
    }  # fmt: skip
    assert set(found.urls["fate"]) <= set(FATES)
    saved = pd.read_parquet(tmp_path / "articles.parquet")
    assert sorted(saved["url"]) == [site.url(path) for path in ("/a", "/again", "/b")]
    ids = found.urls.set_index("fate")["article_id"]
    assert set(ids["article"]) == set(saved["article_id"])
    with (tmp_path / "urls.csv").open(newline="") as stream:
        assert [row["url"] for row in csv.DictReader(stream)] == list(found.urls["url"])


def test_the_kept_pages_give_the_same_articles_again(site, tmp_path):
    site.pages["/a"] = article()
    found = collect([Given(site.url("/a"))], tmp_path, fetcher=fetcher())
    again = read(tmp_path / "pages.warc.gz").articles
    pd.testing.assert_frame_equal(again, found.articles)


def test_what_the_list_says_is_used_where_the_page_says_nothing(site, tmp_path):
    bare = article().replace(b'<meta property="article:published_time" content="2022-06-29">', b"")
    site.pages["/a"] = bare
    listed = Listed(site.url("/a"), "Example Gazette", "In the list", "2021-05-04", "Ada Byline")
    row = collect([Given(listed)], tmp_path, fetcher=fetcher()).articles.iloc[0]
    assert (row.title, row.author, f"{row.published:%Y-%m-%d}") == ("railway", "Ada Byline", "2021-05-04")


def test_a_run_that_was_stopped_goes_on_and_keeps_no_half_page(site, tmp_path):
    site.pages.update({f"/{n}": article(f"railway {n}") for n in range(4)})
    source = Given(*(site.url(f"/{n}") for n in range(4)))
    collect([source], tmp_path, fetcher=fetcher(), limit=2)
    # as a kill while the third page was being written leaves the files
    with (tmp_path / "pages.warc.gz").open("ab") as stream:
        stream.write(b"\x1f\x8b\x08half a record")
    with (tmp_path / "journal.jsonl").open("ab") as stream:
        stream.write(b'{"visit": {"url": "http')
    site.asked.clear()
    found = collect([source], tmp_path, fetcher=fetcher())
    assert [path for path in site.paths() if path != "/robots.txt"] == ["/2", "/3"]
    assert set(found.urls["fate"]) == {"article"} and len(found.articles) == 4
    assert not [note for note in found.notes if "damaged" in note]


def test_odd_addresses_and_headers_of_servers_lose_no_page(site, tmp_path):
    def raw(handler):
        body = article("Послы")
        handler.wfile.write(
            b"HTTP/1.1 200 \xcf\xee\r\nX-\xff: \xff\xfe\r\nContent-Type: text/html\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )

    site.pages.update({"/a": redirect("/b c?d=é"), "/b%20c?d=%E9": raw, "/%D0%B0": article()})
    found = collect([Given(site.url("/a"), site.url("/а"))], tmp_path, fetcher=fetcher())
    assert list(found.urls["fate"]) == ["article", "article"], found.urls.T.to_string()


def test_answers_that_are_no_http_are_unreachable(site, tmp_path):
    def nonsense(handler):
        handler.wfile.write(b"nonsense\r\n\r\n")

    def long_header(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n")

    site.pages.update({"/a": nonsense, "/b": long_header, "/c": (200, {"Content-Length": "x"}, article())})
    urls = [site.url(path) for path in ("/a", "/b", "/c")]
    found = collect([Given(*urls)], tmp_path, fetcher=fetcher())
    assert fates(found) == {"a": "unreachable", "b": "unreachable", "c": "article"}


def test_addresses_beyond_the_limit_are_pending(site, tmp_path):
    site.pages.update({"/a": article(), "/b": article("grain")})
    found = collect([Given(site.url("/a"), site.url("/b"))], tmp_path, fetcher=fetcher(), limit=1)
    assert fates(found) == {"a": "article", "b": "pending"}


def test_what_failed_for_a_passing_reason_is_tried_again_and_nothing_else(site, tmp_path):
    site.pages["/a"] = (503, {}, b"")
    source = Given(site.url("/a"), site.url("/gone"))
    assert fates(collect([source], tmp_path, fetcher=fetcher())) == {"a": "http_error", "gone": "not_found"}
    site.pages["/a"] = article()
    site.asked.clear()
    assert fates(collect([source], tmp_path, fetcher=fetcher())) == {"a": "article", "gone": "not_found"}
    assert "/gone" not in site.paths()


def test_refresh_asks_for_changes_only_and_the_newest_page_is_used(site, tmp_path):
    def page(handler):
        if handler.headers["If-None-Match"] == '"1"' and not changed:
            return 304, {}, b""
        return (200, {"ETag": '"2"'}, article("grain")) if changed else (200, {"ETag": '"1"'}, article())

    changed = []
    site.pages["/a"] = page
    source = Given(site.url("/a"))
    collect([source], tmp_path, fetcher=fetcher())
    size = (tmp_path / "pages.warc.gz").stat().st_size
    assert list(collect([source], tmp_path, fetcher=fetcher(), refresh=True).articles["title"]) == ["railway"]
    assert (tmp_path / "pages.warc.gz").stat().st_size == size
    changed.append(True)
    assert list(collect([source], tmp_path, fetcher=fetcher(), refresh=True).articles["title"]) == ["grain"]


def test_a_page_that_is_gone_at_a_refresh_stays(site, tmp_path):
    site.pages["/a"] = article()
    source = Given(site.url("/a"))
    collect([source], tmp_path, fetcher=fetcher())
    site.pages.clear()
    assert fates(collect([source], tmp_path, fetcher=fetcher(), refresh=True)) == {"a": "article"}


def test_a_source_that_cannot_be_read_does_not_stop_the_others(site, tmp_path):
    class Broken:
        name = "broken"

        def addresses(self, fetcher, version):
            raise NotFetched("unreachable", "no host of this name")

    site.pages["/a"] = article()
    found = collect([Broken(), Given(site.url("/a"))], tmp_path, fetcher=fetcher())
    assert found.failures == ("broken: cannot be read: no host of this name",) and len(found.articles) == 1


def test_cells_of_the_log_are_harmless_in_spreadsheets(site, tmp_path):
    site.pages["/a"] = article()
    collect([Given(Listed(site.url("/a"), "=HYPERLINK(1)"))], tmp_path, fetcher=fetcher())
    assert "'=HYPERLINK(1)" in (tmp_path / "urls.csv").read_text("utf-8")


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(FramingError, match="output folder"):
        collect([Given()], tmp_path / "file" / "out", fetcher=fetcher())
