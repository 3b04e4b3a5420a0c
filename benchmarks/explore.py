"""How long the widget takes to answer: python -m benchmarks.explore RESULTS [--copies N]

Reads the texts, as the widget does in the background after it is opened. Then changes the groups, the filters and the
weights one after the other, shows every figure, and asks for the sentences of a mark.
`--copies` replicates the articles, so that a small study can stand for a large one.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

import analysis
from analysis.explorer.choice import Choice, chosen_tables
from analysis.explorer.view import control_options, evidence, figure_view, read_texts
from analysis.figures import FIGURES
from analysis.schemas import TABLES
from analysis.tables import Tables

CHANGES = (
    {},
    {"by": "outlet_country"},
    {"weight": "outlet"},
    {"voice": "iran"},
    {"since": "2022-01-01"},
    *({"figure": name} for name in FIGURES),
)
KEYS = ("article_id", "quote_id", "family_id")


def replicated(tables: Tables, copies: int) -> Tables:
    """The tables of as many copies of every article, each with ids of its own."""
    frames = {
        name: pd.concat(
            [_renamed(getattr(tables, name), number) for number in range(copies)], ignore_index=True
        )
        for name in TABLES
        if name != "rejects"
    }
    return replace(tables, **frames)


def _renamed(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    return frame.assign(**{key: frame[key] + f"~{number}" for key in KEYS if key in frame})


def timed(what: str, run: Callable[[], object]) -> object:
    """Run, and print the seconds of the wall clock and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = run()
    print(f"{what:48} {time.perf_counter() - wall:6.2f} s, {time.process_time() - cpu:6.2f} s of processor")
    return result


def main() -> None:
    """Print a table of times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results")
    parser.add_argument("--copies", type=int, default=1)
    given = parser.parse_args()
    tables = replicated(analysis.load_tables(given.results), given.copies)
    print(f"{len(tables.articles):,} articles")
    timed("controls", lambda: control_options(tables))
    timed("reading the texts, in the background", lambda: read_texts(tables))
    figure_view(tables, Choice(), given.results)  # loads matplotlib and fonts
    for change in CHANGES:
        choice = Choice(**change)
        said = ", ".join(f"{name}={value}" for name, value in change.items()) or "who_is_quoted"
        timed(said, lambda choice=choice: figure_view(chosen_tables(tables, choice), choice, given.results))
    view, _ = figure_view(tables, Choice(), given.results)
    timed("sentences of a bar", lambda: evidence(tables, Choice(), view["marks"][0]["filters"]))


if __name__ == "__main__":
    main()
