"""Queries on tables in DuckDB, which needs no more memory than it is given."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from analysis.dataset.storage import OnDisk, TableData
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from analysis.dataset.metadata import ArticleIndex

MEMORY_LIMIT = "1GB"  # what does not fit is put into a temporary folder
COUNTING = "400MB"  # the same for counts, which are made piece by piece


def count(data: TableData, sql: str, articles: ArticleIndex) -> Iterator[pa.Table]:
    """Run a query on a table, piece by piece.

    Parameters
    ----------
    data : TableData
    sql : str
        A query on `rows`, the rows of some of the articles. There, article_id is the position of the article in the
        index. The results are about one article each.
    articles : ArticleIndex
        Rows of other articles are left out.

    Yields
    ------
    pyarrow.Table
        The result of each piece. The same table always gives the same results.
    """
    with _connected([data], COUNTING) as connection:
        connection.execute("SET threads = 1")  # sums of floats then do not depend on the number of cores
        # numbers are grouped faster than texts, and need not be looked up afterwards
        names = ", ".join(f'stored."{name}"' for name in data.columns if name != "article_id")
        for shards, define in data.batches():
            define(connection, "stored")
            connection.register("known", articles.of_shards(shards))
            connection.execute(
                f"CREATE OR REPLACE TEMP VIEW rows AS SELECT known.place AS article_id, {names} "
                "FROM stored JOIN known ON stored.article_id = known.article_id"
            )
            yield connection.sql(sql).to_arrow_table()


def query(tables: Mapping[str, TableData], sql: str) -> pd.DataFrame:
    """Run a query on several tables.

    Parameters
    ----------
    tables : mapping of str to TableData
    sql : str
        One statement that only reads.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    FramingError
        The statement is not a query, or cannot be run.
    """
    import duckdb

    with _connected(tables.values(), MEMORY_LIMIT) as connection:
        try:
            statements = connection.extract_statements(sql)
            if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
                raise FramingError(
                    "sql takes one statement that only reads",
                    remedy='for instance "SELECT * FROM themes LIMIT 5"',
                )
            words = set(re.findall(r"\w+", sql.lower()))
            # others are not read, so their checksums are not verified
            for name in words.intersection(tables):
                tables[name].define(connection, name)
            connection.execute("SET lock_configuration = true")
            return connection.sql(sql).to_arrow_table().to_pandas(types_mapper=_text)
        except duckdb.Error as error:
            raise FramingError(
                f"DuckDB cannot run this query: {error}", remedy=f"the tables are: {', '.join(tables)}"
            ) from None


@contextmanager
def _connected(tables: Iterable[TableData], memory: str) -> Iterator[DuckDBPyConnection]:
    """Yield a DuckDB database in memory that can read the parts of these tables, no other file and no network."""
    import duckdb

    folders = {f"{data.dataset.folder / data.name}/" for data in tables if isinstance(data, OnDisk)}
    with tempfile.TemporaryDirectory(prefix="framing-") as spill:
        connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "temp_directory": spill,
                "autoload_known_extensions": "false",
                "autoinstall_known_extensions": "false",
                "python_enable_replacements": "false",  # names of Python variables are not tables
            }
        )
        try:
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET allowed_directories = ?", [sorted(folders)])
            connection.execute("SET enable_external_access = false")
            yield connection
        finally:
            connection.close()


def _text(kind: Any) -> Any:
    """Return the dtype that texts have in the tables, None for other types."""
    import pandas as pd
    import pyarrow as pa

    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    return pd.StringDtype(na_value=float("nan")) if is_text else None
