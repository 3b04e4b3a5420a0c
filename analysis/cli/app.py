"""The command-line app, options that several commands share, and how errors become exit statuses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.errors import FramingError
from analysis.files import in_a_command

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Measure who speaks in news articles, in what tone, about what, and in whose voice.",
    epilog="Exit status: 0 done; 1 some articles were refused (see rejects.csv); 2 wrong usage or unusable files.",
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders or globs: exports of Nexis, Factiva, ProQuest, Europresse and Integrum; JSONL, CSV, "
        "TSV, Excel, Parquet, Word, .txt, saved HTML pages.",
        metavar="FILES",
    ),
]
Results = Annotated[Path, typer.Argument(help="Folder that `framing annotate` wrote.")]
StudyFolder = Annotated[
    Path,
    typer.Option(
        "--study",
        help="Folder with a codebook (.yml, .dic, .cat, .ykd, ...), actors.yml and outlets.yml; see `framing init`.",
    ),
]
Out = Annotated[Path, typer.Option("--out", help="Folder to write to.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"framing {version('media-framing')}")
        raise typer.Exit()


@app.callback()
def _common(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of the command itself."""


def mention_older_page(results: Path) -> None:
    """Say how to renew the page and the figures beside results that have just changed."""
    made = [name for name in ("report", "figures") if (results / name / "index.html").is_file()]
    for name in made:
        command = f"framing {name} {in_a_command(results)}"
        typer.echo(f"framing: {results / name} is older than this; renew it: {command}", err=True)


def in_columns(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> Iterator[str]:
    """Yield the rows as lines with aligned columns; the columns numbered in `right` are aligned on the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def plain_errors(command: Callable[..., int]) -> Callable[..., None]:
    """Print errors that a user can act on as one line, with exit status 2; a command returns the other statuses."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            status = command(*args, **kwargs)
        except FramingError as error:
            typer.echo(f"framing: {error}", err=True)
            status = 2
        except KeyboardInterrupt:
            typer.echo("framing: stopped", err=True)
            status = 130
        raise typer.Exit(status)

    return wrapped
