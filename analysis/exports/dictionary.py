"""Documentation of an export: tables, columns, origin and limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import format_count
from analysis.exports.reading import CONTRACTS, columns_of
from analysis.provenance import corrections_note, describe_run
from analysis.schemas import Column

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

_KINDS = {
    "text": "text",
    "integer": "whole number",
    "optional integer": "whole number",
    "number": "number",
    "flag": "true or false",
    "time": "date and time, UTC",
}


HOW_TO_READ = (
    "Each row is one finding. The columns outlet, published, title and sentence_text show where it was found. "
    "start and end are offsets in Unicode code points of the text in 'articles', from 0, end exclusive. "
    "'rejects' lists the articles that were refused, with the reason."
)


def introduction(tables: Tables) -> list[str]:
    """Introductory sentences: size of the corpus, and limits of the results."""
    articles = tables.metadata
    n_outlets = articles["outlet"].nunique()
    lines = [
        f"{len(articles):,} articles of {n_outlets:,} {'outlet' if n_outlets == 1 else 'outlets'}, measured with "
        f"media-framing {tables.run.get('toolkit', '(version unknown)')}. Articles refused: "
        f"{len(tables.rejects):,}.",
        "The results come from models and word lists. How accurate they are on these articles is known only "
        "from a comparison with a coded sample: see framing sample and framing validate.",
    ]
    if note := corrections_note(tables.run):
        lines.append(note)
    invented = tables.study.outlets.invented & set(articles["outlet"]) if tables.study else frozenset()
    if invented:
        n_invented = int(articles["outlet"].isin(invented).sum())
        lines.append(
            f"{n_invented:,} of the articles come from {format_count(len(invented), 'invented outlets')}. They "
            "were written to demonstrate and test the toolkit. They are not press coverage and must "
            "not be cited as such."
        )
    return lines


def contents(sizes: Mapping[str, int]) -> pd.DataFrame:
    """One row per table: its name, number of rows and meaning."""
    import pandas as pd

    return pd.DataFrame(
        {
            "table": list(sizes),
            "rows": list(sizes.values()),
            "meaning": [CONTRACTS[name].meaning for name in sizes],
        }
    )


def data_dictionary(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Document every column of the tables, from the contracts of `analysis.schemas`.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        See `analysis.exports.reading.readable`.

    Returns
    -------
    pandas.DataFrame
        One row per column: table, column, kind, meaning, values (if only certain values are allowed), may_be_empty.
    """
    import pandas as pd

    rows = [
        {
            "table": name,
            "column": column,
            "kind": _KINDS[contract.kind],
            "meaning": contract.meaning,
            "values": _values(contract),
            "may_be_empty": "yes" if contract.nullable else "no",
        }
        for name, frame in frames.items()
        for column, contract in columns_of(CONTRACTS[name], frame).items()
    ]
    return pd.DataFrame(rows, dtype="str")


def origin(tables: Tables) -> dict[str, str]:
    """Record of the run: one text per key of run.json."""
    return describe_run(tables.run)


def _values(column: Column) -> str:
    return ", ".join(str(value) for value in column.values or ())
