"""Interfaces that answer in JSON, or with a complaint."""

import pytest

from analysis.collect.fetching import NotFetched
from analysis.collect.sources.interfaces import ask, text
from tests.collect.server import fetcher


def test_an_interface_is_asked_without_robots_txt(site):
    site.pages["/api"] = b'{"a": "one\ntwo"}'
    assert ask(fetcher(), site.url("/api"), {"q": "Iran & Russia"}) == {"a": "one\ntwo"}
    assert site.paths() == ["/api?q=Iran+%26+Russia"]


@pytest.mark.parametrize("body", [b"Your query was too short.", b"[1]", b"", b"[" * 100_000])
def test_a_complaint_is_passed_on(site, body):
    site.pages["/api"] = body
    with pytest.raises(NotFetched, match="the interface says: "):
        ask(fetcher(), site.url("/api"), {})


def test_values_become_one_line():
    assert [text(value) for value in (" a\n b ", None, 3)] == ["a b", "", ""]
