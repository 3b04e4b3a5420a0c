"""`framing collect`: what it prints, writes and returns. The server runs on this machine."""

import pandas as pd
import pytest

from tests.cli.conftest import framing
from tests.collect.server import article, fetcher, serving
from tests.collect.test_crawls import GAZETTE, OTHER, warc


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr("analysis.collect.Fetcher", lambda contact, pause: fetcher(contact=contact))
    with serving() as made:
        yield made


def test_pages_of_a_list_are_collected_and_every_address_is_accounted_for(site, tmp_path):
    site.pages["/a"] = article()
    (tmp_path / "urls.txt").write_text(f"{site.url('/a')}\n{site.url('/gone')}\n")
    done = framing("collect", tmp_path / "urls.txt", "--out", tmp_path / "out", "--contact", "me@a.example")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0].split() == [
        "1",
        "article",
        "the",
        "page",
        "was",
        "fetched",
        "and",
        "its",
        "article",
        "extracted",
    ]
    assert lines[1].split()[:2] == ["1", "not_found"]
    assert len(pd.read_parquet(tmp_path / "out" / "articles.parquet")) == 1
    assert "me@a.example" in dict(site.asked)["/a"]["User-Agent"]
    assert framing("inspect", tmp_path / "out" / "articles.parquet").exit_code == 0


def test_feeds_and_sitemaps_are_options(site, tmp_path):
    item = f"<item><link>{site.url('/a')}</link></item>"
    site.pages.update(
        {
            "/a": article(),
            "/b": article("grain"),
            "/feed": f"<rss><channel>{item}</channel></rss>".encode(),
            "/map": f"<urlset><url><loc>{site.url('/b')}</loc></url></urlset>".encode(),
        }
    )
    done = framing(
        "collect", "--feed", site.url("/feed"), "--sitemap", site.url("/map"), "--since", "2022-01-01",
        "--out", tmp_path / "out",
    )  # fmt: skip
    assert done.exit_code == 0 and done.stdout.startswith("2  article")


def test_nothing_to_collect_is_wrong_usage(tmp_path):
    done = framing("collect", "--out", tmp_path / "out")
    assert done.exit_code == 2 and "nothing to collect" in done.stderr


@pytest.mark.parametrize(
    ("key", "days", "missing"), [("", True, "MEDIACLOUD_API_KEY"), ("k", False, "--since and --until")]
)
def test_what_media_cloud_needs_is_asked_for(tmp_path, monkeypatch, key, days, missing):
    monkeypatch.setenv("MEDIACLOUD_API_KEY", key)
    given = ["--since", "2022-06-01", "--until", "2022-06-30"] if days else []
    done = framing("collect", "--media-cloud", "Iran", *given, "--out", tmp_path / "out")
    assert done.exit_code == 2 and missing in done.stderr


def test_searches_are_options(site, tmp_path, monkeypatch):
    asked = []

    def ask(fetcher, endpoint, parameters, **_):
        asked.append(endpoint)
        return {}

    monkeypatch.setenv("MEDIACLOUD_API_KEY", "k")
    for name in ("gdelt", "media_cloud", "wikinews"):
        monkeypatch.setattr(f"analysis.collect.sources.{name}.ask", ask)
    done = framing(
        "collect", "--gdelt", "Iran", "--media-cloud", "Iran", "--collection", 1, "--wikinews", "ru:Иран",
        "--since", "2022-06-01", "--until", "2022-06-30", "--out", tmp_path / "out",
    )  # fmt: skip
    assert [endpoint.split("/")[2] for endpoint in asked] == [
        "api.gdeltproject.org", "search.mediacloud.org", "ru.wikinews.org",
    ]  # fmt: skip
    assert done.exit_code == 1 and "Wikinews: ru:Иран: cannot be read" in done.stderr


def test_no_option_reaches_a_private_address(tmp_path):
    with serving() as site:
        site.pages["/a"] = article()
        (tmp_path / "urls.txt").write_text(site.url("/a"))
        done = framing("collect", tmp_path / "urls.txt", "--out", tmp_path / "out")
        assert done.exit_code == 1 and "private_address" in done.stdout and site.asked == []


def test_a_crawl_needs_something_that_says_which_pages_to_keep(site, tmp_path):
    (tmp_path / "warc.paths").write_text("crawl-data/CC-NEWS/2022/06/CC-NEWS-20220613000000-00001.warc.gz\n")
    for given in ([tmp_path / "warc.paths"], ["--cc-news", "2022-06"]):
        done = framing("collect", *given, "--out", tmp_path / "out")
        assert done.exit_code == 2 and "give --domain, --url-pattern or --limit" in done.stderr
    done = framing("collect", "--cc-news", "2022-06", "--url-pattern", "(", "--out", tmp_path / "out")
    assert done.exit_code == 2 and "not a regular expression" in done.stderr


def test_pages_of_a_crawl_are_collected(site, tmp_path):
    site.pages["/a.warc.gz"] = warc((f"{GAZETTE}/1", "railway", "2022-06-13"), OTHER)
    done = framing(
        "collect", "--cc-news", site.url("/a.warc.gz"), "--domain", "gazette.example", "--out", tmp_path / "out"
    )  # fmt: skip
    assert done.exit_code == 0 and done.stdout.startswith("1  article")
    assert "kept 1, pages 2" in done.stderr
