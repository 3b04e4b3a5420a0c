"""Rows that are derived from the texts. They are kept with the tables, so that figures and filters share them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def derived_rows(tables: Tables, key: Hashable, make: Callable[[Tables], pd.DataFrame]) -> pd.DataFrame:
    """Rows about single articles that `make` derives from their texts and measurements.

    Tables that were selected from others get their part of the rows of all, if these were made before or if most of
    the articles were selected.

    Parameters
    ----------
    tables : Tables
    key : hashable
        Name of what is made, with everything else on which it depends.
    make : callable
        Tables -> rows with the column article_id. The rows of an article must not depend on other articles.

    Returns
    -------
    pandas.DataFrame
        Callers share it and must not modify it.
    """
    origin = tables.origin
    most = 2 * len(tables.metadata) >= len(origin.metadata)
    if origin is tables or not (most or key in origin.recent):
        return tables.recent.once(key, lambda: make(tables))
    rows = origin.recent.once(key, lambda: make(origin))
    return rows[rows["article_id"].isin(tables.metadata["article_id"])].reset_index(drop=True)
