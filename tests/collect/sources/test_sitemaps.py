"""Sitemaps: indexes, packed files, dates, and files that are none."""

import gzip
from datetime import date

import pytest

from analysis.collect.fetching import NotFetched
from analysis.collect.sources.sitemaps import Sitemap
from tests.collect.server import fetcher

NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
NEWS = """<news:news><news:publication><news:name>Example Gazette</news:name></news:publication>
<news:publication_date>{day}T10:00:00Z</news:publication_date>
<news:title>Envoys &amp; ports</news:title></news:news>"""
XML = {"Content-Type": "application/xml"}


def urlset(*urls):
    return f"<?xml version='1.0'?><urlset {NAMES}>{''.join(f'<url>{url}</url>' for url in urls)}</urlset>".encode()


def listed(site, path, **dates):
    return Sitemap(site.url(path), **dates).addresses(fetcher(), ("", "")).listed


def test_pages_of_an_index_are_listed_once_with_what_it_says_of_them(site):
    site.pages.update(
        {
            "/index.xml": f"<sitemapindex {NAMES}><sitemap><loc>{site.url('/1.xml.gz')}</loc></sitemap><sitemap><loc>"
            f"{site.url('/2.xml')}</loc></sitemap><sitemap><loc>{site.url('/index.xml')}</loc></sitemap>"
            "</sitemapindex>".encode(),
            "/1.xml.gz": (
                200,
                XML,
                gzip.compress(urlset(f"<loc> {site.url('/a')} </loc>{NEWS.format(day='2022-06-29')}")),
            ),
            "/2.xml": urlset(f"<loc>{site.url('/b')}</loc>", f"<loc>{site.url('/a')}</loc>"),
        }
    )
    found = listed(site, "/index.xml")
    assert [one.url for one in found] == [site.url("/a"), site.url("/b")]
    assert (found[0].outlet, found[0].title) == ("Example Gazette", "Envoys & ports")
    assert found[0].published.startswith("2022-06-29")


def test_pages_outside_the_dates_are_left_out_and_old_sitemaps_not_read(site):
    days = ["2022-05-31", "2022-06-01", "2022-06-30", "2022-07-01"]
    site.pages.update(
        {
            "/index.xml": f"<sitemapindex {NAMES}><sitemap><loc>{site.url('/old.xml')}</loc>"
            f"<lastmod>2022-05-01</lastmod></sitemap><sitemap><loc>{site.url('/new.xml')}</loc><lastmod>2022-07-01</lastmod></sitemap>"
            "</sitemapindex>".encode(),
            "/new.xml": urlset(
                *(f"<loc>{site.url('/' + day)}</loc><lastmod>{day}</lastmod>" for day in days)
            ),
        }
    )
    found = listed(site, "/index.xml", since=date(2022, 6, 1), until=date(2022, 6, 30))
    assert [one.url for one in found] == [site.url("/2022-06-01"), site.url("/2022-06-30")]
    assert "/old.xml" not in site.paths()


@pytest.mark.parametrize("body", [b"<html><body>no</body></html>", b"", b"text", b"<a/>"])
def test_what_is_no_sitemap_is_reported(site, body):
    site.pages["/x"] = body
    with pytest.raises(NotFetched, match="not a sitemap"):
        listed(site, "/x")


def test_entities_of_a_sitemap_are_not_resolved(site, tmp_path):
    (tmp_path / "secret").write_text("secret")
    site.pages["/x"] = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]><urlset {NAMES}><url>'
        f"<loc>{site.url('/')}&e;</loc></url></urlset>"
    ).encode()
    assert all("secret" not in one.url for one in listed(site, "/x"))
