"""Rows of a table counted per article: the input of every statistic.

Counting is done by DuckDB, shard by shard, and reads only the columns that it needs. The results are small: numbers,
and categories instead of texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.dataset.storage import sql_text

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from analysis.tables import Tables

COUNT = "count"  # the column with the number of rows


def count_rows(
    tables: Tables,
    table: str,
    by: Sequence[str],
    *,
    where: str = "",
    sums: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Count the rows of each article by the values of some columns.

    Parameters
    ----------
    tables : Tables
    table : str
        Name of the table that is counted.
    by : sequence of str
        Columns, or SQL expressions with a name: "coalesce(cue_class, 'none') AS cue_class".
    where : str, optional
        SQL condition on the rows.
    sums : mapping of str to str, optional
        SQL expressions that are summed over the rows, by name.

    Returns
    -------
    pandas.DataFrame
        One row per article and combination of values that occurs, in no particular order: article_id, the columns,
        `count`, and the sums. Texts are categories.
    """
    made = "".join(f", sum({expression}) AS {name}" for name, expression in (sums or {}).items())
    keys = ["article_id", *by]
    names = [column.rpartition(" AS ")[2] for column in keys]
    sql = (
        f"SELECT {', '.join(keys)}, count(*) AS {COUNT}{made} FROM rows{f' WHERE {where}' if where else ''} "
        f"GROUP BY {', '.join(names)}"
    )
    return per_article(tables, table, sql)


def count_in_all(tables: Tables, table: str, by: Sequence[str]) -> pd.DataFrame:
    """Count the rows of all articles together by the values of some columns, and the articles that have any.

    It needs little memory for columns of many values, such as names.

    Parameters
    ----------
    tables, table, by
        As for `count_rows`.

    Returns
    -------
    pandas.DataFrame
        One row per combination of values that occurs, sorted: the columns, `count`, and `n` (articles).
    """
    from analysis.dataset.metadata import article_index
    from analysis.dataset.query import count

    data, index = tables.data(table), article_index(tables.data("articles"))
    names = [column.rpartition(" AS ")[2] for column in by]
    sql = (
        f"SELECT {', '.join(names)}, sum({COUNT})::BIGINT AS {COUNT}, count(*) AS n FROM (SELECT {', '.join(by)}, "
        f"count(*) AS {COUNT} FROM rows GROUP BY article_id, {', '.join(names)}) GROUP BY {', '.join(names)}"
    )

    def make() -> pd.DataFrame:
        parts = encoded(count(data, sql, index), index.ids)
        return parts.groupby(names, observed=True, dropna=False)[[COUNT, "n"]].sum().reset_index()

    return data.recent.once((table, sql), make)


def is_one_of(column: str, texts: Iterable[str]) -> str:
    """Return the SQL condition that a column has one of some texts."""
    listed = ", ".join(map(sql_text, sorted(set(texts)))) or "NULL"
    return f"{column} IN ({listed})"


def voice_words(tables: Tables) -> pd.DataFrame:
    """The table `tones` with its columns article_id, voice, n_words and vader_compound; texts are categories."""
    return per_article(tables, "tones", "SELECT article_id, voice, n_words, vader_compound FROM rows")


def per_article(tables: Tables, table: str, sql: str) -> pd.DataFrame:
    """The result of a query that gives rows about one article each.

    It is kept with the table for a while, since several figures need the same counts.

    Parameters
    ----------
    tables : Tables
    table : str
        The table that the query reads.
    sql : str
        A query on `rows`, with article_id among its columns.

    Returns
    -------
    pandas.DataFrame
        Texts are categories. The categories of article_id are all articles, sorted.
    """
    from analysis.dataset.metadata import article_index
    from analysis.dataset.query import count

    data, articles = tables.data(table), tables.data("articles")
    index = article_index(articles)
    key = (table, sql)

    def make() -> pd.DataFrame:
        whole = data.whole
        if whole is None or 2 * len(data.shards) < len(whole.shards):
            return encoded(count(data, sql, index), index.ids)
        every = article_index(articles.whole or articles)
        made = whole.recent.once(key, lambda: encoded(count(whole, sql, every), every.ids))
        return _only_of(made, index.ids)

    return data.recent.once(key, make)


def distinct(column: pd.Series) -> list[str]:
    """The texts that occur in a column, sorted.

    Parameters
    ----------
    column : pandas.Series
        Text or categories of text.

    Returns
    -------
    list of str
    """
    import numpy as np
    import pandas as pd

    if not isinstance(column.dtype, pd.CategoricalDtype):
        return sorted(column.dropna().unique())
    codes = column.cat.codes.to_numpy()
    used = np.bincount(codes[codes >= 0], minlength=len(column.cat.categories)) > 0
    return sorted(column.cat.categories[used])


def recoded(column: pd.Series, names: Mapping[str, str]) -> pd.Series:
    """Replace the texts of a column; those that are not among the names stay.

    Parameters
    ----------
    column : pandas.Series
        Text or categories of text.
    names : mapping of str to str

    Returns
    -------
    pandas.Series
        Of the same kind.
    """
    import numpy as np
    import pandas as pd

    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.replace(dict(names))
    known = [names.get(name, name) for name in column.cat.categories]
    categories = pd.Index(sorted(set(known)), dtype="str")
    code = np.append(categories.get_indexer(pd.Index(known, dtype="str")), -1)  # code -1 takes the last
    made = pd.Categorical.from_codes(code[column.cat.codes.to_numpy()], categories=categories)
    return pd.Series(made, index=column.index)


def _only_of(rows: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """The rows of some articles."""
    import numpy as np
    import pandas as pd

    column = rows["article_id"]
    code = np.append(ids.get_indexer(column.cat.categories), -1)[column.cat.codes.to_numpy()]
    made = rows[code >= 0].reset_index(drop=True)
    return made.assign(article_id=pd.Categorical.from_codes(code[code >= 0], categories=ids))


def encoded(parts: Iterable[pa.Table], ids: pd.Index) -> pd.DataFrame:
    """Results of a query as one data frame with categories for texts; each part is made small when it is read.

    Parameters
    ----------
    parts : iterable of pyarrow.Table
        As `analysis.dataset.query.count` yields them.
    ids : pandas.Index of str
        The categories of article_id.

    Returns
    -------
    pandas.DataFrame
        As `per_article` returns it.
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    columns: dict[str, list[np.ndarray]] = {}
    texts: dict[str, dict[str, int]] = {}  # the texts of each column, and the code of each
    for part in parts:
        for name in part.column_names:
            values = part[name].combine_chunks()
            if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
                known = texts.setdefault(name, {})
                columns.setdefault(name, []).append(_coded(values.dictionary_encode(), known))
            else:
                columns.setdefault(name, []).append(_small(values.to_numpy(zero_copy_only=False)))
    made = {name: np.concatenate(columns.pop(name)) for name in list(columns)}
    return pd.DataFrame(
        {
            name: _categories(values, ids if name == "article_id" else texts.get(name))
            for name, values in made.items()
        }
    )


def _coded(values: pa.DictionaryArray, known: dict[str, int]) -> np.ndarray:
    """The code of each text, -1 for an empty cell. New texts get the next codes."""
    import numpy as np

    code = np.array([known.setdefault(text, len(known)) for text in values.dictionary.to_pylist()], int)
    kind = np.min_scalar_type(-max(1, len(known)))
    return np.append(code, -1).astype(kind)[values.indices.fill_null(len(code)).to_numpy()]


def _categories(values: np.ndarray, names: pd.Index | dict[str, int] | None) -> np.ndarray | pd.Categorical:
    """Codes as sorted categories; numbers as they are."""
    import numpy as np
    import pandas as pd

    if names is None:
        return values
    if isinstance(names, pd.Index):
        return pd.Categorical.from_codes(values, categories=names, validate=False)
    ordered = pd.Index(sorted(names), dtype="str")
    code = np.append(ordered.get_indexer(pd.Index(list(names), dtype="str")), -1)
    kind = np.min_scalar_type(-max(1, len(ordered)))
    return pd.Categorical.from_codes(code.astype(kind)[values], categories=ordered)


def _small(values: np.ndarray) -> np.ndarray:
    """Whole numbers in 32 bits if they fit."""
    import numpy as np

    fits = values.dtype == np.int64 and (not len(values) or max(values.max(), -values.min()) < 2**31)
    return values.astype(np.int32) if fits else values
