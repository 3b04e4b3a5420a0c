"""`framing inspect`: what files hold, before anything is measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import Inputs, app, plain_errors
from analysis.cli.measure import columns_given
from analysis.cli.run import Columns, DateOrder
from analysis.errors import FramingError


@app.command(name="inspect")
@plain_errors
def inspect_files(
    sources: Inputs,
    out: Annotated[
        Path | None, typer.Option("--out", help="Parquet file (.parquet) to write the articles to.")
    ] = None,
    study: Annotated[
        Path | None, typer.Option("--study", help="Study folder whose outlets.yml names the outlets.")
    ] = None,
    date_order: DateOrder = None,
    columns: Columns = None,
) -> int:
    """Show what files hold, before anything is measured.

    The format that was recognised, articles, outlets, dates, languages, lengths, duplicates, what is refused and why,
    and the first lines of three articles.
    """
    from analysis.ingest import read_to_store
    from analysis.ingest.inspection import describe
    from analysis.study import load_study

    if out is not None and out.suffix != ".parquet":
        raise FramingError(
            "the articles are written as Parquet", path=out, remedy="end its name with .parquet"
        )
    outlets = load_study(study).outlets if study is not None else None
    result = read_to_store(sources, outlets=outlets, date_order=date_order, columns=columns_given(columns))
    for note in result.notes:
        typer.echo(f"framing: {note}", err=True)
    if out is not None:  # first, because `framing inspect ... | head` ends the command early
        result.articles.write_parquet(out)
    for line in describe(result):
        typer.echo(line)
    if out is not None:
        typer.echo(f"\n{out}")
    return 1 if len(result.rejects) else 0
