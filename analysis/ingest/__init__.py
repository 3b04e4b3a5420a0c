"""Read articles: one reader for each source format, and one `articles` table for all of them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.corpus import ReadResult
from analysis.errors import RejectedArticles
from analysis.ingest.articles import FindsOutlets
from analysis.ingest.dates import DateOrder
from analysis.ingest.reading import Reading, read, read_to_store

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FindsOutlets", "ReadResult", "Reading", "read", "read_articles", "read_to_store"]

_SHOWN = 3


def read_articles(
    source: str | Path | pd.DataFrame | Sequence[str | Path],
    *,
    outlets: FindsOutlets | None = None,
    date_order: DateOrder | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Read articles of any supported format.

    Parameters
    ----------
    source : str, path, data frame, or sequence of str and paths
        A file, a folder, a glob or several of them: exports of Nexis, Factiva, ProQuest, Europresse, Integrum and
        Telegram, NewsML, mail, JSONL, JSON, CSV, TSV, Excel, Parquet, Word, .txt, saved HTML pages, web archives,
        corpora (CoNLL-U, TEI, UIMA CAS, Hugging Face datasets, AmCAT, 4CAT). Or a data frame with one row per
        article, with columns named as in a CSV file. Of a study folder, only its folder `articles` is read.
    outlets : Outlets, optional
        `study.outlets`: gives outlets their canonical name and country.
    date_order : {'day', 'month'}, optional
        What comes first in dates such as 03/04/2022. If not given, the other dates of the file decide where they can.
    columns : mapping of str to str, optional
        Column by field, for tables whose column names are not known: ``{"date": "Day of print", "text": "Words"}``.
        Fields are text, title, outlet, country, date, url, author and id.

    Returns
    -------
    pandas.DataFrame
        The `articles` table of `analysis.schemas`. What else the source knows of an article is in columns named
        `extra_*`, such as `extra_section`.

    Raises
    ------
    ReadError
        There is nothing at `source`, or nothing in it can be read.
    FramingError
        `columns` names an unknown field, or no file is a table.

    Warns
    -----
    RejectedArticles
        Some articles were refused; `analysis.ingest.read` returns them with the reasons.
    UserWarning
        Some articles that were kept have problems, such as dates that cannot be read or garbled texts.

    Examples
    --------
    >>> study = analysis.load_study("data")
    >>> articles = analysis.read_articles("data/articles", outlets=study.outlets)
    >>> articles[["outlet", "outlet_country"]].drop_duplicates().head(2).to_dict("split")["data"]
    [['Transcontinental Wire', 'Switzerland'], ['Meridian Post', 'United States']]
    """
    result = read(source, outlets=outlets, date_order=date_order, columns=columns)
    if len(result.rejects):
        warnings.warn(_summary(result), RejectedArticles, stacklevel=2)
    if result.notes:
        warnings.warn("\n".join(result.notes), UserWarning, stacklevel=2)
    return result.articles


def _summary(result: ReadResult) -> str:
    reasons = result.rejects["reason"].value_counts().sort_index()
    counts = ", ".join(f"{reason} {count:,}" for reason, count in reasons.items())
    first = [
        f"{row.source_file}{f', row {row.row}' if isinstance(row.row, str) else ''}: {row.detail}"
        for row in result.rejects.head(_SHOWN).itertuples()
    ]
    more = ["..."] if len(result.rejects) > _SHOWN else []
    plural = "s" if len(result.rejects) > 1 else ""
    summary = f"{len(result.rejects):,} article{plural} refused ({counts}); analysis.ingest.read returns all of them"
    return "\n".join([summary, *first, *more])
