"""WARC files of a crawl, read as a stream: filtered, limited, resumed, and never saved."""

import gzip
import io
import re
from datetime import date

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from analysis.collect import collect
from analysis.collect.fetching import Limits
from analysis.collect.sources.common_crawl import Crawl, PageFilter
from tests.collect.server import article, fetcher

GAZETTE = "https://www.gazette.example"


def warc(*pages):
    """A WARC file of pages: (address, title, day)."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    writer.write_record(writer.create_warcinfo_record("crawl", {"software": "test"}))
    for url, title, day in pages:
        body = gzip.compress(article(title))
        headers = [
            ("Content-Type", "text/html"),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
        ]
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": f"{day}T10:00:00Z"},
            )
        )  # fmt: skip
    return stream.getvalue()


PAGES = [(f"{GAZETTE}/{n}", f"railway {n}", f"2022-06-{n + 10}") for n in range(6)]
OTHER = ("https://other.example/1", "grain", "2022-06-12")


class Ranges:
    """Sends a file as servers of data do, in parts if asked; breaks off after some bytes as often as it is told."""

    def __init__(self, data, *, breaks=(), parts=True):
        self.data, self.breaks, self.parts, self.asked = data, list(breaks), parts, []

    def __call__(self, handler):
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers["Range"] or "")
        start = int(asked[1]) if asked and self.parts else 0
        self.asked.append(start)
        body = self.data[start:]
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: self.breaks.pop(0)] if self.breaks else body)


def crawled(site, tmp_path, *, where="/a.warc.gz", limit=None, **settings):
    crawl = Crawl(site.url(where), PageFilter(**settings), endpoint=site.url("/"))
    return collect([], tmp_path, crawls=[crawl], fetcher=fetcher(), limit=limit)


def titles(found):
    return sorted(found.articles["title"])


def test_pages_are_kept_by_domain_day_and_pattern(site, tmp_path):
    site.pages["/a.warc.gz"] = Ranges(warc(*PAGES, OTHER))
    found = crawled(
        site, tmp_path, domains=("gazette.example",), since=date(2022, 6, 11), until=date(2022, 6, 14),
        pattern=re.compile(r"/[^2]$"),
    )  # fmt: skip
    assert titles(found) == ["railway 1", "railway 3", "railway 4"]
    assert found.notes == (f"{site.url('/a.warc.gz')}: kept 3, pages 7",)
    assert set(found.urls["fate"]) == {"article"} and set(found.urls["source"]) == {site.url("/a.warc.gz")}
    assert {path.name for path in tmp_path.iterdir()} == {
        "pages.warc.gz", "articles.parquet", "urls.csv", "journal.jsonl"
    }  # fmt: skip


def test_lists_name_the_files_and_files_of_other_days_are_not_read(site, tmp_path):
    names = [f"crawl-data/CC-NEWS/2022/06/CC-NEWS-202206{day}000000-00001.warc.gz" for day in (10, 13, 25)]
    site.pages["/crawl-data/CC-NEWS/2022/06/warc.paths.gz"] = gzip.compress("\n".join(names).encode())
    site.pages[f"/{names[1]}"] = Ranges(warc(*PAGES))
    crawl = Crawl("2022-06", PageFilter(since=date(2022, 6, 14), until=date(2022, 6, 20)), site.url("/"))
    found = collect([], tmp_path, crawls=[crawl], fetcher=fetcher())
    assert titles(found) == ["railway 4", "railway 5"] and not found.failures
    assert not [path for path in site.paths() if "0625" in path or "0610" in path]


def test_a_limit_stops_and_the_same_call_goes_on_at_the_record_it_had_reached(site, tmp_path):
    served = site.pages["/a.warc.gz"] = Ranges(warc(*PAGES))
    first = crawled(site, tmp_path, limit=2)
    assert titles(first) == ["railway 0", "railway 1"] and "stopped at the limit" in first.notes[0]
    assert titles(crawled(site, tmp_path)) == [f"railway {n}" for n in range(6)]
    assert served.asked[0] == 0 and served.asked[1] > 0
    crawled(site, tmp_path)
    assert len(served.asked) == 2, "a file that was read to its end is not asked for again"


@pytest.mark.parametrize("parts", [True, False])
def test_a_connection_that_breaks_is_resumed_and_no_page_is_kept_twice(site, tmp_path, parts):
    data = warc(*PAGES)
    served = site.pages["/a.warc.gz"] = Ranges(data, breaks=[len(data) // 2, len(data) // 3], parts=parts)
    found = crawled(site, tmp_path)
    assert titles(found) == [f"railway {n}" for n in range(6)] and not found.failures
    assert len(served.asked) == 3
    assert not [note for note in found.notes if "older copies" in note]


def test_a_file_that_always_breaks_off_is_a_failure_and_what_was_kept_stays(site, tmp_path):
    data = warc(*PAGES)
    site.pages["/a.warc.gz"] = Ranges(data, breaks=[len(data) // 2] + [10] * 20)
    found = crawled(site, tmp_path)
    assert "cannot be read" in found.failures[0] and 1 <= len(found.articles) < 6


PRIVATE = (302, {"Location": "http://10.0.0.1/"}, b"")


@pytest.mark.parametrize(
    ("page", "why"),
    [((404, {}, b""), "404"), (b"not an archive", "not a WARC file"), (PRIVATE, "10.0.0.1")],
)
def test_what_is_no_archive_is_a_failure(site, tmp_path, page, why):
    site.pages["/a.warc.gz"] = page
    found = crawled(site, tmp_path)
    assert why in found.failures[0] and found.articles.empty


def test_pages_that_are_too_large_are_counted(site, tmp_path):
    site.pages["/a.warc.gz"] = Ranges(warc(*PAGES[:2]))
    crawl = Crawl(site.url("/a.warc.gz"))
    small = fetcher(limits=Limits(n_bytes=100, seconds=5.0))
    found = collect([], tmp_path, crawls=[crawl], fetcher=small)
    assert "too large or damaged 2" in found.notes[0]
