"""Which WARC files of Common Crawl are read, and which of their pages are kept."""

import gzip
from datetime import date

import pytest

from analysis.collect.sources.common_crawl import Crawl, PageFilter, is_archive_list
from analysis.errors import FramingError
from tests.collect.server import fetcher

NAME = "crawl-data/CC-NEWS/2022/06/CC-NEWS-20220613000000-00001.warc.gz"


@pytest.mark.parametrize("packed", [True, False])
def test_a_list_on_disk_gives_addresses(tmp_path, packed):
    path = tmp_path / ("warc.paths.gz" if packed else "warc.paths")
    data = f"{NAME}\nhttps://mirror.example/b.warc.gz\n{NAME}\n".encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    assert is_archive_list(path)
    assert Crawl(str(path)).archives(fetcher()) == [
        f"https://data.commoncrawl.org/{NAME}", "https://mirror.example/b.warc.gz",
    ]  # fmt: skip


def test_other_files_are_no_lists(tmp_path):
    for content in (b"https://gazette.example/a\n", b"", b"\x1f\x8b"):
        (tmp_path / "a.gz").write_bytes(gzip.compress(content) if content[:1] != b"\x1f" else content)
        assert not is_archive_list(tmp_path / "a.gz")
        with pytest.raises(FramingError, match=r"list of WARC files"):
            Crawl(str(tmp_path / "a.gz")).archives(fetcher())
    with pytest.raises(FramingError, match="cannot be read"):
        Crawl(str(tmp_path / "missing")).archives(fetcher())


def test_the_list_of_a_month_is_fetched(site):
    site.pages["/crawl-data/CC-NEWS/2022/06/warc.paths.gz"] = gzip.compress(NAME.encode())
    assert Crawl("2022-06", endpoint=site.url("/")).archives(fetcher()) == [site.url(f"/{NAME}")]


def test_domains_stand_for_what_is_below_them():
    pages = PageFilter(("Gazette.example",))
    assert [pages.keeps(url, "2022-06-13") for url in (
        "https://gazette.example/a", "https://world.gazette.example/a", "https://notgazette.example/a", "http://[x",
    )] == [True, True, False, False]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "read"), [(14, 20, True), (15, 20, False), (1, 12, False), (1, 13, True)]
)
def test_a_file_covers_about_a_day_from_the_time_in_its_name(since, until, read):
    assert PageFilter(since=date(2022, 6, since), until=date(2022, 6, until)).may_keep_of(NAME) is read
