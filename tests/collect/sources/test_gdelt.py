"""Searches of GDELT: times with too many articles are divided."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from analysis.collect.fetching import NotFetched
from analysis.collect.sources.gdelt import GdeltSearch
from tests.collect.server import fetcher


def answering(stamps):
    """An interface with an article at each time, 250 at most in one answer."""

    def answer(handler):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        within = [stamp for stamp in stamps if asked["startdatetime"] <= stamp <= asked["enddatetime"]]
        articles = [
            {"url": f"https://a.example/{stamp}", "domain": "a.example", "title": "Envoys", "seendate": stamp}
            for stamp in within[: int(asked["maxrecords"])]
        ]
        return json.dumps({"articles": articles} if articles else {}).encode()

    return answer


def test_no_article_of_a_busy_month_is_missed(site):
    stamps = [
        f"202206{day:02}{hour:02}{minute:02}00"
        for day in range(1, 31)
        for hour in range(24)
        for minute in (5, 35)
    ]
    site.pages["/doc"] = answering(stamps)
    search = GdeltSearch("Iran", date(2022, 6, 1), date(2022, 6, 30), endpoint=site.url("/doc"))
    fetch = fetcher()
    found = search.addresses(fetch, ("", "")).listed
    assert [one.url.rpartition("/")[2] for one in found] == stamps
    assert (found[0].outlet, found[0].title, found[0].published) == ("a.example", "Envoys", stamps[0])
    assert all(4 < wait <= 5 for wait in fetch.waits) and len(fetch.waits) == len(site.asked) - 1


def test_a_query_without_articles_gives_none_and_a_bad_one_a_reason(site):
    site.pages["/doc"] = answering([])
    assert GdeltSearch("Iran", endpoint=site.url("/doc")).addresses(fetcher(), ("", "")).listed == []
    site.pages["/doc"] = b"The specified phrase is too short."
    with pytest.raises(NotFetched, match="phrase is too short"):
        GdeltSearch("I", endpoint=site.url("/doc")).addresses(fetcher(), ("", ""))
