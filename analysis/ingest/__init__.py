"""Reading articles: one reader per source format, all giving the `articles` table."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.corpus import Reading
from analysis.errors import RejectedArticles
from analysis.ingest.reading import FindsOutlets, read

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Reading", "read", "read_articles"]


def read_articles(source: str | Path, *, outlets: FindsOutlets | None = None) -> pd.DataFrame:
    """Read articles of any supported format.

    Parameters
    ----------
    source : str or path
        A file, a folder or a glob: JSONL, JSON, CSV, TSV, Excel, Parquet, .txt, saved HTML pages.
    outlets : Outlets, optional
        `study.outlets`: gives outlets their canonical name and country.

    Returns
    -------
    pandas.DataFrame
        The `articles` table of `analysis.schemas`.

    Raises
    ------
    ReadError
        There is nothing at `source`, or nothing in it can be read.

    Warns
    -----
    RejectedArticles
        Some articles were refused; `analysis.ingest.read` returns them with the reasons.
    """
    reading = read(source, outlets=outlets)
    said = list(reading.notes)
    if len(reading.rejects):
        reasons = reading.rejects["reason"].value_counts().sort_index()
        counts = ", ".join(f"{reason} {count}" for reason, count in reasons.items())
        said.insert(
            0, f"{len(reading.rejects)} refused ({counts}); analysis.ingest.read(...).rejects lists them"
        )
    if said:
        warnings.warn("; ".join(said), RejectedArticles, stacklevel=2)
    return reading.articles
