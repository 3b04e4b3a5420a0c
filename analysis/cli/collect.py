"""`framing collect`: fetch pages from lists of addresses, feeds, sitemaps and searches."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import app, in_columns, plain_errors
from analysis.errors import FramingError

if TYPE_CHECKING:
    from analysis.collect import Collected, Source
    from analysis.collect.sources.common_crawl import Crawl

Day = datetime | None
_DAY = ["%Y-%m-%d"]


@app.command()
@plain_errors
def collect(
    lists: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files with addresses: text, CSV, JSON (Media Cloud, GDELT), GDELT tables, feeds."
        ),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option("--feed", metavar="URL", help="RSS or Atom feed; can be given several times."),
    ] = None,
    sitemap: Annotated[
        list[str] | None,
        typer.Option(
            "--sitemap", metavar="URL", help="Sitemap or index of sitemaps; can be given several times."
        ),
    ] = None,
    gdelt: Annotated[
        list[str] | None, typer.Option("--gdelt", metavar="QUERY", help="Search GDELT's DOC API.")
    ] = None,
    media_cloud: Annotated[
        list[str] | None,
        typer.Option(
            "--media-cloud",
            metavar="QUERY",
            help="Search Media Cloud; needs --since, --until and your key in MEDIACLOUD_API_KEY.",
        ),
    ] = None,
    collection: Annotated[
        list[int] | None,
        typer.Option("--collection", metavar="NUMBER", help="Collection of Media Cloud to search."),
    ] = None,
    wikinews: Annotated[
        list[str] | None,
        typer.Option("--wikinews", metavar="CATEGORY", help="Category of Wikinews: Iran, or ru:Иран."),
    ] = None,
    cc_news: Annotated[
        list[str] | None,
        typer.Option(
            "--cc-news",
            metavar="MONTH|URL|FILE",
            help="Common Crawl's news: a month (2022-06), a warc.paths.gz, or a WARC file; needs --domain, "
            "--url-pattern or --limit.",
        ),
    ] = None,
    domain: Annotated[
        list[str] | None,
        typer.Option("--domain", metavar="HOST", help="With --cc-news: keep pages of this host."),
    ] = None,
    url_pattern: Annotated[
        str | None,
        typer.Option(
            "--url-pattern", metavar="REGEX", help="With --cc-news: keep pages whose address matches."
        ),
    ] = None,
    since: Annotated[
        Day, typer.Option("--since", formats=_DAY, help="First day, for sitemaps, searches and CC-NEWS.")
    ] = None,
    until: Annotated[
        Day, typer.Option("--until", formats=_DAY, help="Last day, for sitemaps, searches and CC-NEWS.")
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the pages, the articles and the log.")
    ] = Path("collected"),
    study: Annotated[
        Path | None, typer.Option("--study", help="Study folder whose outlets.yml names the outlets.")
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact", help="Your mail or page; sites see it in the User-Agent and can ask you to stop."
        ),
    ] = None,
    pause: Annotated[
        float, typer.Option("--pause", min=1.0, help="Seconds between two requests to a host, at least 1.")
    ] = 2.0,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Fetch at most this number of pages.")
    ] = None,
    refresh: Annotated[
        bool,
        typer.Option("--refresh", help="Ask again for pages already saved, and keep those that changed."),
    ] = False,
) -> int:
    """Fetch pages politely, keep them as WARC, and extract their articles.

    Writes articles.parquet, pages.warc.gz and urls.csv, which says of every address what became of it. A run that was
    stopped goes on when the command is given again.
    """
    from analysis.collect import Fetcher
    from analysis.collect import collect as collect_pages
    from analysis.collect.collecting import ARTICLES, JOURNAL, URLS
    from analysis.collect.sources.common_crawl import is_archive_list
    from analysis.collect.sources.feeds import Feed
    from analysis.collect.sources.files import ListFile
    from analysis.collect.sources.gdelt import GdeltSearch
    from analysis.collect.sources.sitemaps import Sitemap
    from analysis.collect.sources.wikinews import WikinewsCategory
    from analysis.study import load_study

    first, last = since and since.date(), until and until.date()
    listed = [path for path in lists or () if not is_archive_list(path)]
    where = [*(cc_news or ()), *(str(path) for path in lists or () if path not in listed)]
    crawls = _crawls(where, first, last, domain or (), url_pattern, limit)
    sources: list[Source] = [
        *map(ListFile, listed),
        *map(Feed, feed or ()),
        *(Sitemap(url, first, last) for url in sitemap or ()),
        *(GdeltSearch(query, first, last) for query in gdelt or ()),
        *_media_cloud(media_cloud or (), first, last, collection or ()),
        *map(WikinewsCategory, wikinews or ()),
    ]
    if not sources and not crawls and not (out / JOURNAL).exists():
        raise FramingError(
            "nothing to collect", remedy="give a file with addresses, or an option such as --feed"
        )
    outlets = load_study(study).outlets if study is not None else None
    try:
        found = collect_pages(
            sources,
            out,
            crawls=crawls,
            fetcher=Fetcher(contact=contact, pause=pause),
            outlets=outlets,
            refresh=refresh,
            limit=limit,
            progress=sys.stderr.isatty(),
        )
    except KeyboardInterrupt:
        typer.echo("framing: pages fetched so far are kept; the same command goes on", err=True)
        raise
    for note in (*found.failures, *found.notes):
        typer.echo(f"framing: {note}", err=True)
    for line in _summary(found):
        typer.echo(line)
    typer.echo(f"articles in {out / ARTICLES}, every address in {out / URLS}")
    return 0 if not found.failures and (found.urls["fate"] == "article").all() else 1


def _crawls(
    where: Sequence[str],
    since: date | None,
    until: date | None,
    domains: Sequence[str],
    pattern: str | None,
    limit: int | None,
) -> list[Crawl]:
    """Return the crawls to read.

    Raises
    ------
    FramingError
        Nothing says which pages to keep, or the pattern is not a regular expression.
    """
    from analysis.collect.sources.common_crawl import Crawl, PageFilter

    if where and not domains and pattern is None and limit is None:
        raise FramingError(
            "a month of CC-NEWS has millions of pages, and nothing says which to keep",
            remedy="give --domain, --url-pattern or --limit",
        )
    try:
        compiled = re.compile(pattern) if pattern is not None else None
    except re.error as error:
        raise FramingError(
            f"--url-pattern is not a regular expression: {error}", remedy="write it as '/world/.*iran'"
        ) from None
    return [Crawl(one, PageFilter(tuple(domains), since, until, compiled)) for one in where]


def _media_cloud(
    queries: Sequence[str], since: date | None, until: date | None, collections: Sequence[int]
) -> Iterator[Source]:
    """Yield searches of Media Cloud, with the key from the environment.

    Raises
    ------
    FramingError
        The key or the days are missing.
    """
    from analysis.collect.sources.media_cloud import KEY, MediaCloudSearch

    for query in queries:
        key = os.environ.get(KEY, "")
        if not key:
            raise FramingError(
                f"Media Cloud needs an API key in the environment variable {KEY}",
                remedy="copy it from your profile on search.mediacloud.org",
            )
        if since is None or until is None:
            raise FramingError(
                "Media Cloud needs the days to search", remedy="give --since and --until, such as 2022-02-24"
            )
        yield MediaCloudSearch(query, since, until, key, tuple(collections))


def _summary(found: Collected) -> Iterator[str]:
    """Yield how many addresses there are of each fate, and what it means."""
    from analysis.collect import FATES

    counts = found.urls["fate"].value_counts()
    rows = [(f"{counts[fate]:,}", fate, meaning) for fate, meaning in FATES.items() if fate in counts]
    yield from in_columns(rows, right={0}) if rows else ["no addresses"]
