"""Articles of a category of Wikinews."""

import json

import pytest

from analysis.collect.fetching import NotFetched
from analysis.collect.sources.wikinews import WikinewsCategory
from tests.collect.server import fetcher


def pages(site, *titles):
    found = {
        str(n): {"title": title, "fullurl": site.url(f"/wiki/{title}")} for n, title in enumerate(titles)
    }
    return {"query": {"pages": found}}


def test_all_articles_of_a_category_are_listed(site):
    site.pages["/api"] = [
        json.dumps({**pages(site, "B", "A"), "continue": {"gcmcontinue": "x", "continue": "-"}}).encode(),
        json.dumps(pages(site, "C")).encode(),
    ]
    found = WikinewsCategory("Iran", site.url("/api")).addresses(fetcher(), ("", "")).listed
    assert [(one.url, one.title) for one in found] == [(site.url(f"/wiki/{title}"), title) for title in "ABC"]
    assert "gcmtitle=Category%3AIran" in site.paths()[0] and "gcmcontinue=x" in site.paths()[1]


def test_a_category_without_articles_is_reported(site):
    site.pages["/api"] = b'{"batchcomplete": ""}'
    with pytest.raises(NotFetched, match="no articles"):
        WikinewsCategory("Irann", site.url("/api")).addresses(fetcher(), ("", ""))
    with pytest.raises(NotFetched, match="not the name"):
        WikinewsCategory("", site.url("/api")).addresses(fetcher(), ("", ""))
