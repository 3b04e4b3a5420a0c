"""Tables in Arrow: the columns of the contracts in `analysis.schemas` with their types on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.schemas import TABLES, Table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_ARTICLES = TABLES["articles"]
# The family of an article depends on all articles, so it has a table of its own.
STORED: dict[str, Table] = {
    **{name: table for name, table in TABLES.items() if name != "rejects"},
    "articles": replace(
        _ARTICLES,
        columns={name: column for name, column in _ARTICLES.columns.items() if name != "family_id"},
    ),
}
FAMILIES = Table(
    "families",
    ("article_id",),
    {name: _ARTICLES.columns[name] for name in ("article_id", "family_id")},
    "the family of near-identical articles that each article belongs to",
)


@cache
def schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table. It has the metadata from which pandas restores the dtypes."""
    import pyarrow as pa

    return pa.Schema.from_pandas(table.empty(), preserve_index=False)


def from_rows(table: Table, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Return rows as an Arrow table.

    Parameters
    ----------
    table : Table
        The contract. Only its own columns are taken.
    rows : sequence of dict
        A nullable column may be left out.

    Returns
    -------
    pyarrow.Table
        In the order of the rows.
    """
    import pyarrow as pa

    columns = schema(table)
    return pa.table(
        [
            pa.array(
                [row.get(name) if table.columns[name].nullable else row[name] for row in rows],
                type=columns.field(name).type,
                from_pandas=True,
            )
            for name in columns.names
        ],
        schema=columns,
    )


def from_frame(frame: pd.DataFrame, table: Table | None = None) -> pa.Table:
    """Return a data frame as an Arrow table; without a contract, with the types of the frame.

    Columns `extra_*` without a value are left out, as if the shard had never known of them.
    """
    import pyarrow as pa

    if table is None:
        return pa.Table.from_pandas(frame, preserve_index=False)
    columns = schema(table)
    extra = [name for name in table.further_columns(frame.columns) if frame[name].notna().any()]
    for name in extra:
        columns = columns.append(pa.field(name, pa.large_string()))
    return pa.Table.from_pandas(frame[columns.names], schema=columns, preserve_index=False)


def sort_by_key(table: pa.Table, key: Sequence[str]) -> pa.Table:
    """Return a table sorted by its key; equal keys keep their order."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(table) < 2 or not key:
        return table
    keys = pa.table({**{name: table[name] for name in key}, "_place": pa.array(np.arange(len(table)))})
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names])
    return table.take(order)


def join_parts(parts: Iterable[pa.Table], table: Table | None = None) -> pa.Table:
    """Return the parts of a table as one, sorted by its key, with the columns `extra_*` of all parts at the end.

    A table without a contract is sorted by article.
    """
    import pyarrow as pa

    whole = list(parts)
    if not whole:
        return schema(table).empty_table() if table is not None else pa.table({})
    joined = pa.concat_tables(whole, promote_options="default")
    if table is None:
        return sort_by_key(joined, ("article_id",)) if len(whole) > 1 else joined
    joined = joined.select([*table.columns, *table.further_columns(joined.column_names)])
    return sort_by_key(joined, table.key) if len(whole) > 1 else joined
