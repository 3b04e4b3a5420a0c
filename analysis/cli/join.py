"""`framing join`: put the words of articles back into results without texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import Results, app, plain_errors

REPORT = "join.csv"


@app.command()
@plain_errors
def join(
    results: Results,
    articles: Annotated[list[Path], typer.Argument(help="Files or folders with the articles.")],
    out: Annotated[Path, typer.Option("--out", help="Results folder to write.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace existing results.")] = False,
) -> int:
    """Put the words of articles back into results without texts.

    RESULTS is a folder that `framing export --to standoff` wrote. An article is recognised by its text, its URL, its
    outlet and headline, or by sampled word sequences. In a copy that differs, spans are moved to where their words
    stand. join.csv in the new folder lists each article, how it was found, and how many spans were lost. The exit
    status is 1 if an article is missing.
    """
    from analysis.errors import FramingError
    from analysis.files import write_file
    from analysis.ingest import read
    from analysis.spreadsheet import harmless
    from analysis.tables import join_texts, load_tables

    tables = load_tables(results)
    if out.exists() and not overwrite:
        raise FramingError("already exists", path=out, remedy="choose another name, or add --overwrite")
    outlets = tables.study.outlets if tables.study else None
    found = read([str(path) for path in articles], outlets=outlets).articles
    joined, report = join_texts(tables, found)
    joined.save(out)
    write_file(out / REPORT, harmless(report).to_csv(index=False, lineterminator="\n").encode())
    missing = int((report["match"] == "missing").sum())
    lost, spans = int(report["spans_lost"].sum()), int(report["spans"].sum())
    typer.echo(
        f"{len(report) - missing:,} of {len(report):,} articles were found in {len(found):,}.", err=True
    )
    typer.echo(f"{lost:,} of {spans:,} spans have no counterpart and were left out.", err=True)
    typer.echo(out)
    return 1 if missing else 0
