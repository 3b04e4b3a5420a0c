"""Searches of Media Cloud: pages of results, and a key that stays secret."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from analysis.collect import collect
from analysis.collect.fetching import NotFetched
from analysis.collect.sources.media_cloud import MediaCloudSearch
from tests.collect.server import article, fetcher


def search(site, key="secret"):
    return MediaCloudSearch("Iran", date(2022, 6, 1), date(2022, 6, 30), key, (1, 2), site.url("/api"))


@pytest.fixture
def media_cloud(site):
    def answer(handler):
        if handler.headers["Authorization"] != "Token secret":
            return 403, {}, b"{}"
        asked = parse_qs(urlsplit(handler.path).query)
        assert (asked["start"], asked["cs"]) == (["2022-06-01"], ["1,2"])
        page = int(asked.get("pagination_token", ["0"])[0])
        stories = [
            {
                "url": site.url(f"/{page}"),
                "media_name": "a.example",
                "title": "T",
                "publish_date": "2022-06-29",
            }
        ]
        return json.dumps(
            {"stories": stories, "pagination_token": str(page + 1) if page < 2 else None}
        ).encode()

    site.pages.update({"/api": answer, **{f"/{n}": article(f"railway {n}") for n in range(3)}})
    return site


def test_all_pages_of_results_are_collected_and_the_key_is_kept_nowhere(media_cloud, tmp_path):
    found = collect([search(media_cloud)], tmp_path, fetcher=fetcher())
    assert list(found.urls["fate"]) == ["article"] * 3
    assert set(found.urls["outlet"]) == {"a.example"}
    assert all(b"secret" not in path.read_bytes() for path in tmp_path.iterdir())
    assert "secret" not in repr(search(media_cloud))
    assert all(
        "Authorization" not in headers for path, headers in media_cloud.asked if not path.startswith("/api")
    )


def test_a_wrong_key_is_reported(media_cloud):
    with pytest.raises(NotFetched, match="403"):
        search(media_cloud, "wrong").addresses(fetcher(), ("", ""))
