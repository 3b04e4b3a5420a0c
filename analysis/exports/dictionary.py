"""What is what in an export: tables, columns, where they come from and how far to trust them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.exports.reading import CONTRACTS, columns_of
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
    "Each row is one finding. The columns outlet, published, title and sentence_text say where it stands; start and "
    "end count characters (Unicode code points) of the text in 'articles', from 0, end exclusive. Refused articles "
    "are in 'rejects', with the reason."
)


def introduction(tables: Tables) -> list[str]:
    """Sentences to read first."""
    articles = tables.articles
    n_outlets = articles["outlet"].nunique()
    lines = [
        f"{len(articles):,} articles of {n_outlets:,} {'outlet' if n_outlets == 1 else 'outlets'}, measured with "
        f"media-framing {tables.run.get('toolkit', '(version unknown)')}. Refused and not measured: "
        f"{len(tables.rejects):,}.",
        "The measurements are made by models and word lists and are not validated on these articles unless somebody "
        "coded a sample of them by hand: framing sample and framing validate.",
    ]
    invented = tables.study.outlets.invented & set(articles["outlet"]) if tables.study else frozenset()
    if invented:
        n_invented = int(articles["outlet"].isin(invented).sum())
        lines.append(
            f"{n_invented:,} of the articles come from {len(invented):,} invented outlets: written to show and test "
            "the toolkit, not press coverage, and not to be cited as such."
        )
    return lines


def contents(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per table: its name, rows and meaning."""
    import pandas as pd

    return pd.DataFrame(
        {
            "table": list(frames),
            "rows": [len(frame) for frame in frames.values()],
            "meaning": [CONTRACTS[name].meaning for name in frames],
        }
    )


def data_dictionary(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per column of the tables, from the contracts of `analysis.schemas`.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        As `analysis.exports.reading.readable` gives them.

    Returns
    -------
    pandas.DataFrame
        table, column, kind, meaning, values (those a cell may have, if they are listed), may_be_empty.
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
        for column, contract in columns_of(CONTRACTS[name]).items()
        if column in frame
    ]
    return pd.DataFrame(rows, dtype="str")


def origin(tables: Tables) -> dict[str, str]:
    """How the tables were made, one text per key of run.json."""
    return {
        name.replace("_", " "): ", ".join(f"{key} {part}" for key, part in sorted(value.items()))
        if isinstance(value, dict)
        else str(value)
        for name, value in sorted(tables.run.items())
    }


def _values(column: Column) -> str:
    return ", ".join(str(value) for value in column.values or ())
