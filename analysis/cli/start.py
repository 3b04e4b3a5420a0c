"""`framing init | lab | notebooks`: a study folder to start from, and the notebooks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import app, plain_errors
from analysis.errors import FramingError

ResultsOfRun = Annotated[Path, typer.Argument(help="Folder that `framing run` or `framing annotate` wrote.")]


@app.command()
@plain_errors
def init(
    folder: Annotated[Path, typer.Argument(metavar="STUDY", help="New folder for the study.")],
    example: Annotated[
        str | None, typer.Option("--example", metavar="NAME", help="Copy a complete study: russia-iran.")
    ] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--pair", metavar="A B", help='Two countries or parties, as in --pair Turkey "South Korea".'
        ),
    ] = None,
) -> int:
    """Write a study folder to start from.

    It is a copy of a complete study, or a skeleton for a pair of countries. The skeleton holds the two sides,
    the actors, outlets and themes that do not depend on the pair, and comments that say what to fill in. It
    can be used as it is.
    """
    from analysis.files import in_a_command
    from analysis.starter import copy_example, state_like, write_pair

    if example is not None and pair is None:
        written = copy_example(example, folder)
    elif pair is not None and example is None:
        written = write_pair(*pair, folder)
    else:
        raise FramingError(
            "choose what to start from", remedy="add either --example russia-iran, or --pair and two names"
        )
    for path in written:
        typer.echo(path)
    if pair:
        for name in pair:
            if state := state_like(name):
                typer.echo(
                    f"framing: no state is called '{name}', so it is written as an organisation; "
                    f"did you mean {state}?",
                    err=True,
                )
        typer.echo(
            f"framing: fill in the lines marked TODO; put articles into {folder / 'articles'}", err=True
        )
    articles, study = in_a_command(folder / "articles"), in_a_command(folder)
    typer.echo(f"framing: next: framing run {articles} --study {study}", err=True)
    return 0


@app.command()
@plain_errors
def lab(
    results: ResultsOfRun = Path("results"),
    jupyter_options: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[-- OPTIONS]", help="Options of jupyter lab, as in: -- --no-browser --port 9000"
        ),
    ] = None,
) -> int:
    """Open the notebooks in JupyterLab.

    They are copied into RESULTS/notebooks and are yours to change.
    """
    from analysis.starter.notebooks import environment, jupyterlab_arguments

    command = [sys.executable, *jupyterlab_arguments(results), *(jupyter_options or ())]
    return 2 if subprocess.run(command, env=environment(results)).returncode else 0


@app.command()
@plain_errors
def notebooks(results: ResultsOfRun = Path("results")) -> int:
    """Run the notebooks and store what they show.

    They are copied into RESULTS/notebooks if they are not there. JupyterLab then shows them without running a cell.
    """
    from analysis.starter.notebooks import run_notebooks

    for path in run_notebooks(results):
        typer.echo(path)
    return 0
