"""`framing annotate | figures | report | run`: from articles to tables, pictures and the page."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import Input, Out, Results, StudyFolder, app, plain_errors

if TYPE_CHECKING:
    from analysis.tables import Tables


class FirstInDates(StrEnum):
    """What comes first in a date of three numbers."""

    DAY = "day"
    MONTH = "month"


Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes; chosen by itself if not given.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on from a run that was stopped.")]
DateOrder = Annotated[
    FirstInDates | None,
    typer.Option(
        "--date-order", help="What comes first in dates such as 03/04/2022, where the file does not say."
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="NAME", help="Names of figures, with commas between them or given several times."
    ),
]
Formats = Annotated[
    str, typer.Option("--format", help="One or several of svg, png, pdf, with commas between them.")
]
Style = Annotated[
    str, typer.Option("--style", help="print: for a page; slides: fewer rows, larger type, 16:9.")
]


@app.command()
@plain_errors
def annotate(
    source: Input,
    study: StudyFolder = Path("data"),
    out: Out = Path("results"),
    workers: Workers = None,
    resume: Resume = False,
    date_order: DateOrder = None,
) -> int:
    """Measure quotes, mentions, themes, tone and voice of every article; write the tables."""
    tables = _annotated(source, study, out, workers=workers, resume=resume, date_order=date_order)
    return _tell_rejects(tables, out)


@app.command()
@plain_errors
def figures(
    results: Results,
    out: Out = Path("figures"),
    only: Only = None,
    formats: Formats = "svg,png",
    style: Style = "print",
) -> int:
    """Draw the figures of a results folder, the numbers of each as CSV, and index.html to look through them."""
    from analysis.figures import draw_each
    from analysis.tables import load_tables
    from analysis.validation.results import load_summaries

    tables = load_tables(results)
    names = [name for given in only or () for name in _listed(given)]
    drawn = draw_each(
        tables,
        out,
        only=names,
        formats=_listed(formats),
        look=style,
        summaries=load_summaries(results, tables),
    )
    for figure in drawn:
        for path in figure.pictures[:1]:
            typer.echo(path)
        if figure.why_not:
            typer.echo(f"framing: {figure.entry.name} not drawn: {figure.why_not}", err=True)
    typer.echo(out / "index.html")
    return 0


def _listed(names: str) -> list[str]:
    """Names with commas between them."""
    return [name for part in names.split(",") if (name := part.strip())]


@app.command()
@plain_errors
def report(results: Results, out: Out = Path("report")) -> int:
    """Write report/index.html: figures, numbers, method and an article reader in one file that opens offline."""
    from analysis.report import write_report
    from analysis.tables import load_tables
    from analysis.validation.results import load_summaries

    tables = load_tables(results)
    typer.echo(write_report(tables, out, summaries=load_summaries(results, tables)))
    return 0


@app.command()
@plain_errors
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
    date_order: DateOrder = None,
) -> int:
    """Annotate, draw the figures and write the report in one go."""
    from analysis.figures import draw
    from analysis.report import write_report
    from analysis.validation.results import load_summaries

    tables = _annotated(source, study, out, workers=workers, resume=resume, date_order=date_order)
    pictures = figures or out / "figures"
    summaries = load_summaries(out, tables)
    drawn = draw(tables, pictures, summaries=summaries)
    page = write_report(tables, report or out / "report", summaries=summaries)
    typer.echo(f"{len(drawn)} figures in {pictures}, page: {page}")
    return _tell_rejects(tables, out)


def _annotated(
    source: Path,
    study: Path,
    out: Path,
    *,
    workers: int | None,
    resume: bool,
    date_order: FirstInDates | None,
) -> Tables:
    from analysis.annotators.annotate import annotate as annotate_articles
    from analysis.annotators.checkpoint import clear
    from analysis.files import make_folder
    from analysis.ingest import read
    from analysis.study import load_study

    loaded = load_study(study)
    reading = read(str(source), outlets=loaded.outlets, date_order=date_order.value if date_order else None)
    for note in (*loaded.notes, *reading.notes):
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
