"""The command line's frame: the app, options that commands share, and how errors become exit statuses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.errors import FramingError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Who speaks in a pile of news articles, in what tone, about what, and in whose voice.",
    epilog="Exit status: 0 done; 1 some articles were refused (see rejects.csv); 2 wrong usage or unusable files.",
)

Input = Annotated[
    Path,
    typer.Argument(help="File, folder or glob: JSONL, CSV, TSV, Excel, Parquet, .txt, saved HTML pages."),
]
Results = Annotated[Path, typer.Argument(help="Folder that `framing annotate` wrote.")]
StudyFolder = Annotated[
    Path,
    typer.Option(
        "--study", help="Folder with codebook.yml (or .dic, .cat, .ykd, ...), actors.yml, outlets.yml."
    ),
]
Out = Annotated[Path, typer.Option("--out", help="Folder for what is written.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"framing {version('media-framing')}")
        raise typer.Exit()


@app.callback()
def _common(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Options of the command itself."""


def in_columns(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> Iterator[str]:
    """Lines of cells that stand below one another, those of the columns `right` flush right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def plain_errors(command: Callable[..., int]) -> Callable[..., None]:
    """Turn errors a user can act on into one line and exit status 2, and a number returned into the status."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            status = command(*args, **kwargs)
        except FramingError as error:
            typer.echo(f"framing: {error}", err=True)
            status = 2
        except KeyboardInterrupt:
            typer.echo("framing: stopped; finished articles are kept, go on with --resume", err=True)
            status = 130
        raise typer.Exit(status)

    return wrapped
