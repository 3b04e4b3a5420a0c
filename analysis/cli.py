"""The command line: `framing annotate | figures | report | run`.

Exit status 0: done. 1: done, but some articles were refused (listed, and in rejects.csv). 2: wrong usage, or
input or output that cannot be used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.errors import FramingError

if TYPE_CHECKING:
    from analysis.tables import Tables

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
    Path, typer.Option("--study", help="Folder with codebook.yml, actors.yml, outlets.yml.")
]
Out = Annotated[Path, typer.Option("--out", help="Folder for what is written.")]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes; chosen by itself if not given.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on from a run that was stopped.")]
Only = Annotated[
    list[str] | None, typer.Option("--only", help="Name of a figure; may be given several times.")
]


def _plain_errors(command: Callable[..., int]) -> Callable[..., None]:
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


@app.command()
@_plain_errors
def annotate(
    source: Input,
    study: StudyFolder = Path("data"),
    out: Out = Path("results"),
    workers: Workers = None,
    resume: Resume = False,
) -> int:
    """Measure quotes, mentions, themes, tone and voice of every article; write the tables."""
    tables = _annotated(source, study, out, workers=workers, resume=resume)
    return _tell_rejects(tables, out)


@app.command()
@_plain_errors
def figures(results: Results, out: Out = Path("figures"), only: Only = None) -> int:
    """Draw the figures of a results folder: SVG, PNG and the numbers as CSV."""
    from analysis.figures import draw
    from analysis.tables import load_tables

    for path in draw(load_tables(results), out, only=only):
        typer.echo(path)
    return 0


@app.command()
@_plain_errors
def report(results: Results, out: Out = Path("report")) -> int:
    """Write report/index.html: figures, numbers, method and an article reader in one file that opens offline."""
    from analysis.report import write_report
    from analysis.tables import load_tables

    typer.echo(write_report(load_tables(results), out))
    return 0


@app.command()
@_plain_errors
def run(
    source: Input,
    study: StudyFolder = Path("data"),
    out: Out = Path("results"),
    figures: Annotated[
        Path | None, typer.Option(help="Folder for figures; OUT/figures if not given.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for the page; OUT/report if not given.")] = None,
    workers: Workers = None,
    resume: Resume = False,
) -> int:
    """Annotate, draw the figures and write the report in one go."""
    from analysis.figures import draw
    from analysis.report import write_report

    tables = _annotated(source, study, out, workers=workers, resume=resume)
    drawn = draw(tables, figures or out / "figures")
    page = write_report(tables, report or out / "report")
    typer.echo(f"{len(drawn)} figures in {drawn[0].parent}, page: {page}")
    return _tell_rejects(tables, out)


def _annotated(source: Path, study: Path, out: Path, *, workers: int | None, resume: bool) -> Tables:
    from analysis.annotate import annotate as annotate_articles
    from analysis.annotate.checkpoint import clear
    from analysis.files import make_folder
    from analysis.ingest import read
    from analysis.study import load_study

    loaded = load_study(study)
    reading = read(str(source), outlets=loaded.outlets)
    for note in reading.notes:
        typer.echo(f"framing: {note}", err=True)
    parts = make_folder(out) / ".parts"
    if not resume:
        clear(parts)
    tables = annotate_articles(
        reading.articles,
        loaded,
        workers=workers,
        progress=sys.stderr.isatty(),
        checkpoint=parts,
        rejects=reading.rejects,
    )
    tables.save(out)
    clear(parts)
    typer.echo(f"{len(tables.articles):,} articles measured, tables in {out}")
    return tables


def _tell_rejects(tables: Tables, out: Path) -> int:
    """Say which articles were refused and why; 1 if there were any, else 0."""
    if tables.rejects.empty:
        return 0
    typer.echo(f"framing: {len(tables.rejects):,} refused, all listed in {out / 'rejects.csv'}:", err=True)
    for reject in tables.rejects.head(5).itertuples():
        row = f", row {reject.row}" if isinstance(reject.row, str) else ""
        typer.echo(f"  {reject.source_file}{row}: {reject.reason}: {reject.detail}", err=True)
    return 1


def main() -> None:
    """Entry point of the console script."""
    app()
