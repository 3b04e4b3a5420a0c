"""`framing sample | validate`: draw a sample to code by hand, and compare the coding with the measurements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.cli.app import Results, app, in_columns, mention_older_page, plain_errors
from analysis.schemas import TaskName


@app.command()
@plain_errors
def sample(
    results: Results,
    n: Annotated[int, typer.Option("--n", min=1, help="Number of units to draw.")] = 200,
    by: Annotated[
        str,
        typer.Option(
            "--by", help='Column of articles that defines the strata; "" for a simple random sample.'
        ),
    ] = "outlet",
    task: Annotated[TaskName, typer.Option("--task", help="What the coders decide.")] = "themes",
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="Ask for this theme only; can be given several times.")
    ] = None,
    coders: Annotated[
        int, typer.Option("--coders", min=1, max=20, help="Number of coders; each gets a sheet.")
    ] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the random draw.")] = 0,
    kind: Annotated[Literal["xlsx", "csv"], typer.Option("--kind", help="Format of the sheets.")] = "xlsx",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the sheets; if not given, RESULTS/coding.")
    ] = None,
) -> int:
    """Draw a random sample and write coding sheets.

    The sample is stratified. Each coder gets a sheet; the questions and the key are separate files.
    """
    from analysis.tables import load_tables
    from analysis.validation.sampling import draw_sample
    from analysis.validation.sheets import write_sample

    drawn = draw_sample(load_tables(results), task, n=n, by=by or (), seed=seed, themes=theme or None)
    names = [f"coder{number}" for number in range(1, coders + 1)]
    for path in write_sample(drawn, out or results / "coding", coders=names, kind=kind):
        typer.echo(path)
    typer.echo(f"framing: {len(drawn.key):,} units drawn; do not give the key to the coders", err=True)
    return 0


@app.command()
@plain_errors
def validate(
    results: Results,
    coded: Annotated[
        list[Path], typer.Argument(help="Filled-in sheets of one task; in a tie, the first coder decides.")
    ],
    key: Annotated[
        Path | None,
        typer.Option("--key", help="Key of the sample; if not given, the key in the folder of the sheets."),
    ] = None,
    by: Annotated[
        str,
        typer.Option("--by", help="Column of articles that defines the groups of the corrected estimates."),
    ] = "outlet",
    out: Annotated[Path | None, typer.Option("--out", help="Also write the tables to this folder.")] = None,
) -> int:
    """Compare the measurements with a coded sample.

    It prints the scores, and each share as measured and corrected.
    The result is saved in RESULTS, where `framing report` finds it.
    """
    from analysis.report.corrected import overall_rows
    from analysis.report.validated import COLUMNS, cautions, validated_rows
    from analysis.tables import load_tables
    from analysis.validation.results import save_validation
    from analysis.validation.validate import validate_files

    tables = load_tables(results)
    validation = validate_files(tables, coded, key=key, by=by)
    paths = save_validation(validation, tables, results)
    if out is not None:
        paths += validation.save(out)
    summaries = {str(validation.task): validation.tables()}
    for line in in_columns([COLUMNS, *validated_rows(summaries)]):
        typer.echo(line, err=True)
    for caution in cautions(summaries):
        typer.echo(f"framing: {caution}", err=True)
    for line in in_columns(overall_rows(summaries)):
        typer.echo(line, err=True)
    typer.echo(f"framing: estimates by {by}: validation_{validation.task}_means.csv, or the page", err=True)
    for path in paths:
        typer.echo(path)
    mention_older_page(results)
    return 0
