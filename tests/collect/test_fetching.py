"""Fetching: polite to hosts, safe for the machine that collects, and clear about what went wrong."""

import gzip
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from analysis.collect.fetching import Fetcher, Limits, NotFetched, unpacked
from tests.collect.server import article, dripping, endless, fetcher, packed, redirect


def fate(fetch, url):
    with pytest.raises(NotFetched) as caught:
        fetch.fetch(url)
    return caught.value


def test_a_page_is_fetched_by_a_tool_that_says_its_name(site):
    site.pages["/a"] = article()
    answer = fetcher(contact="someone@university.example").fetch(site.url("/a"))
    assert (answer.status, answer.content, answer.kind) == (200, article(), "text/html")
    assert all(
        headers["User-Agent"].startswith("media-framing/")
        and headers["User-Agent"].endswith("(someone@university.example)")
        for _, headers in site.asked
    )


def test_robots_txt_is_asked_once_and_followed(site):
    site.pages.update(
        {"/robots.txt": b"User-agent: *\nDisallow: /closed", "/open": article(), "/x": redirect("/closed/b")}
    )
    fetch = fetcher()
    fetch.fetch(site.url("/open"))
    assert fate(fetch, site.url("/closed/a")).fate == "robots"
    assert not fate(fetch, site.url("/closed/a")).passing
    assert fate(fetch, site.url("/x")).fate == "robots"
    assert site.paths() == ["/robots.txt", "/open", "/x"]


def test_a_site_whose_robots_txt_is_broken_is_left_alone_for_now(site):
    site.pages.update({"/robots.txt": (500, {}, b""), "/a": article()})
    found = fate(fetcher(), site.url("/a"))
    assert (found.fate, found.passing) == ("robots", True), "the next run asks again"
    assert "/a" not in site.paths()


def test_there_is_a_pause_between_two_requests_to_a_host_longer_where_robots_txt_asks_for_it(site):
    site.pages.update({"/robots.txt": b"User-agent: *\nCrawl-delay: 7", "/a": article()})
    fetch = fetcher(pause=3.0)
    fetch.fetch(site.url("/a"))
    assert [round(wait) for wait in fetch.waits] == [7]


def test_a_host_gets_one_request_at_a_time(site):
    def slow(_):
        time.sleep(0.02)
        return article()

    site.pages["/a"] = slow
    fetch = fetcher()
    threads = [threading.Thread(target=fetch.fetch, args=(site.url("/a"),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.most_at_once == 1 and site.paths().count("/a") == 8 and site.paths().count("/robots.txt") == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_again_after_a_while(site, status):
    site.pages["/a"] = [(status, {}, b""), (status, {"Retry-After": "30"}, b""), article()]
    fetch = fetcher()
    assert fetch.fetch(site.url("/a")).status == 200
    assert fetch.waits == [1, 30]


def test_a_host_that_asks_for_an_hour_is_left_for_another_day(site):
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1))
    site.pages["/a"] = (429, {"Retry-After": in_an_hour}, b"")
    found = fate(fetcher(), site.url("/a"))
    assert (found.fate, found.passing) == ("busy", True)
    assert site.paths().count("/a") == 1


def test_a_host_that_stays_broken_is_given_up(site):
    site.pages["/a"] = (502, {}, b"")
    fetch = fetcher()
    found = fate(fetch, site.url("/a"))
    assert (found.fate, found.status, found.passing) == ("http_error", 502, True)
    assert site.paths().count("/a") == 4 and fetch.waits == [1, 2, 4]


@pytest.mark.parametrize(
    ("status", "expected"), [(404, "not_found"), (410, "not_found"), (403, "http_error")]
)
def test_an_error_that_stays_is_not_tried_again(site, status, expected):
    site.pages["/a"] = (status, {}, b"")
    found = fate(fetcher(), site.url("/a"))
    assert (found.fate, found.passing, site.paths().count("/a")) == (expected, False, 1)


def test_redirects_are_followed_up_to_a_number(site):
    site.pages.update({"/a": redirect("/b"), "/b": redirect(site.url("/c#part")), "/c": article()})
    assert fetcher().fetch(site.url("/a")).url == site.url("/c")
    site.pages["/round"] = redirect("/round")
    assert fate(fetcher(), site.url("/round")).fate == "redirects"


def test_own_headers_do_not_follow_a_redirect_to_another_host(site):
    site.pages.update({"/a": redirect(site.url("/b", host="localhost")), "/b": article()})
    fetcher(allows=lambda address: True).fetch(site.url("/a"), headers={"Authorization": "Token secret"})
    asked = dict(site.asked)
    assert asked["/a"]["Authorization"] == "Token secret" and "Authorization" not in asked["/b"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://169.254.169.254/latest/meta-data",
        "http://localhost/", "http://0/", "http://2130706433/", "http://[::ffff:10.0.0.1]/",
    ],
)  # fmt: skip
def test_private_addresses_are_not_reached(url):
    assert fate(Fetcher(pause=0.0), url).fate == "private_address"


def test_a_redirect_to_a_private_address_is_not_followed(site):
    site.pages.update(
        {
            "/a": redirect("http://10.0.0.1/admin"),
            "/b": redirect("file:///etc/passwd"),
            "/c": redirect("http://[x/"),
        }
    )
    assert fate(fetcher(), site.url("/c")).fate == "bad_url"
    assert fate(fetcher(), site.url("/a")).fate == "private_address"
    assert fate(fetcher(), site.url("/b")).fate == "bad_url"


def test_a_name_that_resolves_to_a_private_address_is_not_reached(site, monkeypatch):
    asked = []

    def resolve(host, port, **_):
        asked.append(host)
        return [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("127.0.0.1", site.server_port))]

    monkeypatch.setattr("analysis.collect.connections.socket.getaddrinfo", resolve)
    assert fate(Fetcher(pause=0.0), "http://innocent.example/a").fate == "private_address"
    assert asked == ["innocent.example"] and site.asked == []  # resolved once: no second answer to fall for


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "javascript:alert(1)", "http://", "http://user:pw@a.example/", "http://a:b/", "", "http://[x/"]
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_not_fetched(url):
    assert fate(Fetcher(pause=0.0), url).fate == "bad_url"


def test_an_endless_body_is_cut_off(site):
    site.pages["/a"] = endless
    assert fate(fetcher(), site.url("/a")).fate == "too_large"


def test_a_body_that_comes_drop_by_drop_ends_with_the_time(site):
    site.pages["/a"] = dripping
    limits = Limits(seconds=0.3, attempts=1)
    found = fate(fetcher(limits=limits), site.url("/a"))
    assert (found.fate, found.passing) == ("too_slow", True)


def test_a_connection_that_breaks_is_tried_again(site):
    def broken(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half of it")

    site.pages["/a"] = [broken, article()]
    assert fetcher().fetch(site.url("/a")).content == article()
    site.pages["/b"] = broken
    assert fate(fetcher(), site.url("/b")).fate == "unreachable"


def test_gzip_is_unpacked_and_its_damage_is_reported(site):
    whole = gzip.compress(article())
    site.pages.update({"/a": packed(article()), "/b": (200, {"Content-Encoding": "gzip"}, whole[:-20])})
    answer = fetcher().fetch(site.url("/a"))
    assert answer.content == article() and len(answer.body) < len(answer.content)
    assert fate(fetcher(), site.url("/b")).fate == "damaged"


@pytest.mark.parametrize(
    ("body", "encoding", "expected"),
    [
        (gzip.compress(bytes(10_000_000)), "gzip", "too_large"),
        (b"no gzip", "gzip", "damaged"),
        (b"x", "br", "damaged"),
    ],
)
def test_bombs_and_other_packings_are_refused(body, encoding, expected):
    with pytest.raises(NotFetched) as caught:
        unpacked(body, encoding, 1_000)
    assert caught.value.fate == expected


def test_an_unknown_host_is_unreachable(monkeypatch):
    import socket

    def fails(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("analysis.collect.connections.socket.getaddrinfo", fails)
    found = fate(Fetcher(pause=0.0, sleep=lambda _: None), "http://nowhere.example/")
    # robots.txt cannot be read, so nothing else is asked
    assert found.fate == "robots" and "no host of this name" in str(found)
