"""`framing apply`: a changed study and corrections by hand, applied to results without running the models."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import Results, app, mention_older_page, plain_errors

_SHOWN = 5  # corrections that do not fit


@app.command()
@plain_errors
def apply(
    results: Results,
    study: Annotated[
        Path | None,
        typer.Option("--study", help="The changed study; if not given, the study of the results stays."),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option("--corrections", help="Corrections by hand; if not given, RESULTS/corrections.csv."),
    ] = None,
    add: Annotated[
        Path | None,
        typer.Option(
            "--add", help="Corrections to append to the file first, such as those of a figure or page."
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Number of processes; if not given, one per core."),
    ] = None,
) -> int:
    """Apply a changed study and corrections by hand to results.

    After a change of the actors, speakers, sides, voices and acts are measured again; after a change of the codebook,
    the themes are. The articles are not parsed again, and their quotes stay. Exit status 1: some corrections do not
    fit the tables.
    """
    from analysis.provenance import n_corrections
    from analysis.revision.corrections import (
        CORRECTIONS_FILE,
        append_corrections,
        correct_folder,
        no_corrections,
        read_corrections,
    )
    from analysis.revision.remeasure import remeasure_folder
    from analysis.study import load_study
    from analysis.tables import load_tables

    tables = load_tables(results)
    changed = load_study(study) if study is not None else tables.study_or_error()
    file = corrections or results / CORRECTIONS_FILE
    if add is not None:
        added = append_corrections(file, read_corrections(add).to_dict("records"))
        typer.echo(f"{added:,} new corrections in {file}")
    made = read_corrections(file) if corrections or file.exists() else no_corrections()
    if changed.fingerprint() != tables.run.get("study"):
        correct_folder(results, no_corrections())  # the rows as they were measured
        remeasure_folder(results, changed, workers=workers, progress=sys.stderr.isatty())
    run = correct_folder(results, made)
    n = n_corrections(run)
    typer.echo(f"{n:,} correction{'' if n == 1 else 's'} applied, tables in {results}")
    stale = run.get("corrections", {}).get("stale", [])
    if stale:
        typer.echo(f"framing: {len(stale):,} of the corrections in {file} do not fit the tables:", err=True)
    for one in stale[:_SHOWN]:
        typer.echo(f"  {one['column']} of {one['row']} {one['reason']}", err=True)
    mention_older_page(results)
    return 1 if stale else 0
