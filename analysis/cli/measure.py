"""From files of articles to a results folder, as `framing annotate` and `framing run` do it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from analysis.errors import FramingError
from analysis.files import in_a_command

if TYPE_CHECKING:
    import pandas as pd

    from analysis.corpus import ArticleStore
    from analysis.dataset import Dataset
    from analysis.ingest.dates import DateOrder
    from analysis.study import Study

_CHOICES = "--overwrite replaces them; --out FOLDER writes elsewhere"
_RESUME = "--resume continues a run that was stopped"


def measure(
    sources: list[str],
    study: Path,
    out: Path,
    *,
    workers: int | None,
    resume: bool,
    overwrite: bool,
    date_order: DateOrder | None,
    columns: list[str] | None = None,
    share: str | None = None,
    scheduler: str | None = None,
) -> Dataset | None:
    """Read articles and measure them into a results folder.

    Returns
    -------
    Dataset or None
        None if only a share of the shards was measured, so that the results are not complete.

    Raises
    ------
    FramingError
        The study or the articles cannot be read, or the folder holds other results and --overwrite is not given.
    """
    from analysis.annotators.cluster import connected
    from analysis.annotators.results import discard_unfinished, measure_into
    from analysis.dataset import open_dataset
    from analysis.files import make_folder
    from analysis.ingest import read_to_store
    from analysis.ingest.inspection import count, in_three_lines
    from analysis.study import load_study

    if re.match(r"[a-z0-9]{2,}:/", str(out)):
        raise FramingError(
            "results are written into a folder, not to an address",
            path=out,
            remedy="copy the folder when it is done: framing copy RESULTS ADDRESS",
        )
    own_share = None if share is None else _share(share)
    loaded = load_study(study)
    reading = read_to_store(
        sources, outlets=loaded.outlets, date_order=date_order, columns=columns_given(columns)
    )
    for note in (*loaded.notes, *reading.notes):
        typer.echo(f"framing: {note}", err=True)
    for line in in_three_lines(reading):
        typer.echo(line)
    make_folder(out)
    if not overwrite:
        _refuse_to_replace(out, reading.articles, loaded, resume=resume or own_share is not None)
    if not resume and own_share is None:
        discard_unfinished(out)
    try:
        with connected(scheduler) as client:
            complete = measure_into(
                out,
                reading.articles,
                loaded,
                workers=workers,
                progress=sys.stderr.isatty(),
                refused=reading.rejects,
                share=own_share,
                client=client,
            )
    except KeyboardInterrupt:
        typer.echo("framing: finished articles are kept; --resume continues the run", err=True)
        raise
    if not complete:
        typer.echo(
            f"share {share} measured; when all are, the same command with --resume and without --shard ends it"
        )
        return None
    results = open_dataset(out)
    typer.echo(f"{count(results.n_rows('articles'), 'article')} measured, tables in {out}")
    return results


def add(
    results: Path,
    sources: list[str],
    *,
    workers: int | None,
    date_order: DateOrder | None,
    columns: list[str] | None = None,
) -> int:
    """Measure further articles into a results folder with the study of the results.

    Returns
    -------
    int
        The exit status: 1 if some of them were refused, else 0.

    Raises
    ------
    FramingError
        The folder has no complete results, another version of the toolkit made them, or the articles cannot be read.
    """
    from analysis.annotators.additions import add_articles
    from analysis.dataset import open_dataset, rejects
    from analysis.ingest import read_to_store
    from analysis.ingest.inspection import count

    earlier = open_dataset(results)
    study, refused_before = earlier.study, rejects.from_csv(earlier.rejects)
    if study is None:
        raise FramingError(
            "these results have no study", path=results, remedy="measure all articles: framing annotate"
        )
    reading = read_to_store(
        sources, outlets=study.outlets, date_order=date_order, columns=columns_given(columns)
    )
    for note in reading.notes:
        typer.echo(f"framing: {note}", err=True)
    try:
        added = add_articles(
            results, reading.articles, workers=workers, progress=sys.stderr.isatty(), refused=reading.rejects
        )
    except KeyboardInterrupt:
        typer.echo("framing: finished articles are kept; the same command continues the run", err=True)
        raise
    extended = open_dataset(results)
    in_all = count(extended.n_rows("articles"), "article")
    typer.echo(f"{added.new:,} new, {added.known:,} already measured; {in_all} in {results}")
    return show_rejects(extended, known=refused_before)


def columns_given(options: list[str] | None) -> dict[str, str]:
    """Return the column by field that is given as 'date=Day of print'.

    Raises
    ------
    FramingError
        An option has no equals sign, or two are about one field.
    """
    columns: dict[str, str] = {}
    for option in options or ():
        field, sign, name = option.partition("=")
        if not sign:
            raise FramingError(
                f"--column is '{option}', not a field and a column", remedy="write --column date=NAME"
            )
        if field.strip() in columns:
            raise FramingError(f"--column {field.strip()} is given twice", remedy="give it once")
        columns[field.strip()] = name.strip()
    return columns


def _share(given: str) -> tuple[int, int]:
    """Return the share of the shards that is given as 3/64."""
    number, _, of = given.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise FramingError(
            f"--shard is '{given}', not a share such as 3/64", remedy="the first of 64 is 1/64"
        )
    return int(number), int(of)


def show_rejects(results: Dataset, *, known: pd.DataFrame | None = None) -> int:
    """Print which articles were refused and why, but for those that are `known`.

    Returns
    -------
    int
        The exit status: 2 if no article was measured, 1 if some were refused, else 0.
    """
    from analysis.dataset import rejects
    from analysis.ingest.inspection import count

    measured, refused = results.n_rows("articles"), rejects.from_csv(results.rejects)
    if known is not None:
        told = set(map(tuple, known.astype("str").to_numpy()))
        refused = refused[[tuple(row) not in told for row in refused.astype("str").to_numpy()]]
    if len(refused):
        path = results.folder / "rejects.csv"
        reasons = refused["reason"].value_counts()
        counts = ", ".join(f"{reason} {n:,}" for reason, n in reasons.sort_index().items())
        typer.echo(
            f"framing: {count(len(refused), 'article')} refused ({counts}); {path} lists all of them:",
            err=True,
        )
    for reject in refused.head(5).itertuples():
        row = f", row {reject.row}" if isinstance(reject.row, str) else ""
        typer.echo(f"  {reject.source_file}{row}: {reject.reason}: {reject.detail}", err=True)
    if not measured:
        typer.echo("framing: nothing was measured", err=True)
        return 2
    return 1 if len(refused) else 0


def _refuse_to_replace(out: Path, articles: ArticleStore, study: Study, *, resume: bool) -> None:
    """Raise if this run would replace results of another, or lose what a stopped run has finished."""
    from analysis.annotators.results import record_of_run, unfinished_run
    from analysis.corpus import screen_store
    from analysis.dataset.folder import RUN_FILE
    from analysis.provenance import read_run

    old = read_run(out / RUN_FILE)
    stopped = unfinished_run(out)
    if not old and not stopped:
        return
    new = record_of_run(screen_store(articles)[0], study)
    if resume and new["fingerprint"] == stopped:
        return
    if old and old.get("fingerprint") != new["fingerprint"]:
        ways = [*_without_measuring_all(old, new, out), _CHOICES, *([_RESUME] if stopped else [])]
        raise FramingError(f"holds the results of {_difference(old, new)}", path=out, remedy="; ".join(ways))
    if stopped and not resume:
        raise FramingError(
            "holds the articles that a stopped run has finished", path=out, remedy=f"{_CHOICES}; {_RESUME}"
        )


def _without_measuring_all(old: dict[str, Any], new: dict[str, Any], out: Path) -> list[str]:
    """The command that brings a change of the study, or further articles, into the results of another run."""
    same_articles, same_study = (old.get(key) == new[key] for key in ("articles", "study"))
    if same_articles and not same_study:
        return [f"framing apply {in_a_command(out)} --study STUDY brings the changed study into them"]
    if same_study and not same_articles:
        return [f"framing add {in_a_command(out)} FILES adds further articles to them"]
    return []


def _difference(old: dict[str, Any], new: dict[str, Any]) -> str:
    """What another run measured, or measured with, in words."""
    parts = []
    if old.get("articles") != new["articles"]:
        parts.append("other articles")
    if old.get("study") != new["study"]:
        parts.append("another study")
    if not parts:
        parts.append("these articles, made with another version of the toolkit or of a library it uses")
    return " and ".join(parts)
