"""`framing collect`: fetch pages from lists of addresses, feeds, sitemaps and interfaces of news archives."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import app, in_columns, plain_errors
from analysis.errors import FramingError

if TYPE_CHECKING:
    from analysis.collect import Collected, Source

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
    since: Annotated[
        Day, typer.Option("--since", formats=_DAY, help="First day, for sitemaps and searches.")
    ] = None,
    until: Annotated[
        Day, typer.Option("--until", formats=_DAY, help="Last day, for sitemaps and searches.")
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
    from analysis.collect.sources.feeds import Feed
    from analysis.collect.sources.files import ListFile
    from analysis.collect.sources.sitemaps import Sitemap
    from analysis.study import load_study

    first, last = since and since.date(), until and until.date()
    sources: list[Source] = [
        *map(ListFile, lists or ()),
        *map(Feed, feed or ()),
        *(Sitemap(url, first, last) for url in sitemap or ()),
    ]
    if not sources and not (out / "journal.jsonl").exists():
        raise FramingError("nothing to collect", remedy="give a file with addresses, --feed or --sitemap")
    outlets = load_study(study).outlets if study is not None else None
    try:
        found = collect_pages(
            sources,
            out,
            fetcher=Fetcher(contact=contact, pause=pause),
            outlets=outlets,
            refresh=refresh,
            limit=limit,
            progress=sys.stderr.isatty(),
        )
    except KeyboardInterrupt:
        typer.echo("framing: pages fetched so far are kept; the same command goes on", err=True)
        raise
    for note in found.notes:
        typer.echo(f"framing: {note}", err=True)
    for line in _summary(found):
        typer.echo(line)
    typer.echo(f"articles in {out / 'articles.parquet'}, every address in {out / 'urls.csv'}")
    return 0 if (found.urls["fate"] == "article").all() else 1


def _summary(found: Collected) -> Iterator[str]:
    """Yield how many addresses there are of each fate, and what it means."""
    from analysis.collect import FATES

    counts = found.urls["fate"].value_counts()
    rows = [(f"{counts[fate]:,}", fate, meaning) for fate, meaning in FATES.items() if fate in counts]
    yield from in_columns(rows, right={0}) if rows else ["no addresses"]
