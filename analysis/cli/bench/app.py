"""The group of benchmark commands, and how their results are printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from analysis.cli.app import app

bench_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(bench_app, name="bench", help="Measure the accuracy and speed of a part of the toolkit.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Measured(NamedTuple):
    """One number of a benchmark, with its 95 % interval if it has one.

    `n` is the number of observations and `detail` says what they are.
    """

    what: str
    value: float
    n: int
    detail: str
    low: float | None = None
    high: float | None = None


def show(results: Sequence[Measured], *, as_json: bool) -> None:
    """Print the numbers of a benchmark."""
    if as_json:
        typer.echo(json.dumps([result._asdict() for result in results], indent=1, ensure_ascii=False))
        return
    width = max(len(result.what) for result in results)
    for result in results:
        value = f"{result.value:,.0f}" if result.value >= 10 else f"{result.value:.3f}"
        interval = "" if result.low is None else f" [{result.low:.3f}, {result.high:.3f}]"
        typer.echo(f"{result.what:<{width}}  {value}{interval}  (n = {result.n:,}; {result.detail})")
