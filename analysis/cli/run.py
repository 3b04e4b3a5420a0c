"""`framing annotate | figures | report | run`: from articles to tables, figures and the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.cli import measure as measuring
from analysis.cli.app import Inputs, Out, Results, StudyFolder, app, mention_older_page, plain_errors
from analysis.cli.measure import measure, show_rejects

Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        help="Number of processes; if not given, chosen from the number of cores and articles.",
    ),
]
Resume = Annotated[bool, typer.Option("--resume", help="Continue a run that was stopped.")]
Overwrite = Annotated[
    bool,
    typer.Option("--overwrite", help="Replace results of other articles, another study or another version."),
]
DateOrder = Annotated[
    Literal["day", "month"] | None,
    typer.Option(
        "--date-order", help="What comes first in dates such as 03/04/2022, if the file does not show it."
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Column that holds a field, such as 'date=Day of print'; fields are text, title, outlet, country, date, "
        "url, author and id. Can be given several times.",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="NAME",
        help="Names of figures, separated by commas; can be given several times. Some are only drawn if named.",
    ),
]
Formats = Annotated[str, typer.Option("--format", help="One or more of svg, png, pdf, separated by commas.")]
Style = Annotated[str, typer.Option("--style", help="print, or slides (16:9, larger type, fewer rows).")]


@app.command()
@plain_errors
def annotate(
    sources: Inputs,
    study: StudyFolder = Path("data"),
    out: Out = Path("results"),
    workers: Workers = None,
    resume: Resume = False,
    overwrite: Overwrite = False,
    date_order: DateOrder = None,
    columns: Columns = None,
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard",
            metavar="N/OF",
            help="Measure one share of the articles, such as 3/64, in a job array; see the guide on clusters.",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", help="Address of a Dask scheduler whose workers measure: tcp://HOST:8786."
        ),
    ] = None,
) -> int:
    """Measure every article and write the tables.

    Quotes with their speakers, mentions of actors, themes, tone, acts and voice are measured.
    """
    results = measure(
        sources,
        study,
        out,
        workers=workers,
        resume=resume,
        overwrite=overwrite,
        date_order=date_order,
        columns=columns,
        share=shard,
        scheduler=scheduler,
    )
    return show_rejects(results) if results is not None else 0


@app.command()
@plain_errors
def add(
    results: Results,
    sources: Inputs,
    workers: Workers = None,
    date_order: DateOrder = None,
    columns: Columns = None,
) -> int:
    """Measure further articles and add them to results.

    They are measured with the study of the results. Articles that the results have are not measured again.
    """
    status = measuring.add(results, sources, workers=workers, date_order=date_order, columns=columns)
    mention_older_page(results)
    return status


@app.command()
@plain_errors
def figures(
    results: Results,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write to; if not given, RESULTS/figures.")
    ] = None,
    only: Only = None,
    formats: Formats = "svg,png",
    style: Style = "print",
) -> int:
    """Draw the figures of a results folder.

    The numbers of each figure are written as CSV, and index.html shows all figures on one page.
    """
    from analysis.figures import draw_figures, save_figures
    from analysis.figures._core.save import check_formats
    from analysis.tables import load_tables
    from analysis.validation.results import load_summaries

    chosen = _listed(formats)
    check_formats(chosen)  # before minutes of drawing
    tables = load_tables(results)
    names = [name for given in only or () for name in _listed(given)]
    summaries = load_summaries(results, tables)
    drawn = draw_figures(tables, only=names, look=style, summaries=summaries, progress=sys.stderr.isatty())
    folder = out or results / "figures"
    for path in save_figures(drawn, folder, tables, formats=chosen):
        typer.echo(path)
    for figure in drawn:
        if figure.why_not:
            typer.echo(f"framing: {figure.entry.name} not drawn: {figure.why_not}", err=True)
    typer.echo(folder / "index.html")
    return 0


def _listed(names: str) -> list[str]:
    """Split names that are separated by commas."""
    return [name for part in names.split(",") if (name := part.strip())]


@app.command()
@plain_errors
def report(
    results: Results,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write to; if not given, RESULTS/report.")
    ] = None,
) -> int:
    """Write the page of a results folder.

    It is an HTML file with findings, figures, sentences and method. It opens in a browser without a network. The
    articles of large results are in a folder beside it.
    """
    from analysis.report import write_report
    from analysis.tables import load_tables
    from analysis.validation.results import load_summaries

    tables = load_tables(results)
    summaries = load_summaries(results, tables)
    progress = sys.stderr.isatty()
    typer.echo(write_report(tables, out or results / "report", summaries=summaries, progress=progress))
    return 0


@app.command()
@plain_errors
def run(
    sources: Inputs,
    study: StudyFolder = Path("data"),
    out: Out = Path("results"),
    figures: Annotated[
        Path | None, typer.Option(help="Folder for figures; OUT/figures if not given.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for the page; OUT/report if not given.")] = None,
    workers: Workers = None,
    resume: Resume = False,
    overwrite: Overwrite = False,
    date_order: DateOrder = None,
    columns: Columns = None,
) -> int:
    """Measure articles, draw the figures and write the page."""
    from analysis.figures import draw_figures, save_figures
    from analysis.report import write_report
    from analysis.tables import load_tables
    from analysis.validation.results import load_summaries

    results = measure(
        sources,
        study,
        out,
        workers=workers,
        resume=resume,
        overwrite=overwrite,
        date_order=date_order,
        columns=columns,
    )
    assert results is not None  # without --shard, they are complete
    if not results.n_rows("articles"):
        return show_rejects(results)
    tables = load_tables(out)
    typer.echo("framing: drawing the figures and writing the page", err=True)
    pictures = figures or out / "figures"
    summaries = load_summaries(out, tables)
    drawn = draw_figures(tables, summaries=summaries, progress=sys.stderr.isatty())
    saved = save_figures(drawn, pictures, tables)
    page = write_report(tables, report or out / "report", summaries=summaries, drawn=drawn)
    typer.echo(f"{len(saved)} figures in {pictures}, page: {page}")
    return show_rejects(results)
