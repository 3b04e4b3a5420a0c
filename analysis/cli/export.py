"""`framing export`: write the tables for a spreadsheet or a program for qualitative analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import Results, app, plain_errors
from analysis.exports import Format

_NAMES = {
    "xlsx": "tables.xlsx",
    "csv": "csv",
    "qdpx": "project.qdpx",
    "conllu": "tokens.conllu",
    "xmi": "xmi",
    "standoff": "standoff",
}


@app.command()
@plain_errors
def export(
    results: Results,
    to: Annotated[
        Format,
        typer.Option(
            "--to",
            help="An Excel workbook, CSV files, a REFI-QDA project, CoNLL-U, CAS files, or results without texts.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="File to write (csv, xmi, standoff: folder); if not given, in RESULTS/export.",
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")] = False,
) -> int:
    """Write the tables for a spreadsheet or a QDA program.

    Every finding comes with its sentence, article, outlet and date, so that others can check the work.

    A .qdpx project opens in MAXQDA, NVivo, ATLAS.ti and QualCoder. It holds the articles, the codebook and the coded
    segments.

    --to standoff writes a results folder without a word of the articles, which can be published. `framing join` puts
    the words back for whoever has the articles.
    """
    from analysis.exports import export as export_tables
    from analysis.tables import load_tables

    written = export_tables(
        load_tables(results), out or results / "export" / _NAMES[to], to=to, overwrite=overwrite
    )
    for note in written.notes:
        typer.echo(f"framing: {note}", err=True)
    for path in written.files:
        typer.echo(path)
    return 0
