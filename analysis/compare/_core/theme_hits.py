"""Hits of themes as they are counted: each for its own theme and for every theme above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def theme_hits(tables: Tables, *, include_negated: bool = True) -> pd.DataFrame:
    """The table `themes` with a further row for each theme above the one that was found.

    Look-up counts a place once for a theme and the themes above it, at the lowest of them that matches there. So a
    theme has the hits of its own patterns and those of the themes below it, none of them twice.

    Parameters
    ----------
    tables : Tables
        Without a study, nothing is known of themes above others, and each hit counts for its own.
    include_negated : bool, default True
        Keep hits under a negation.

    Returns
    -------
    pandas.DataFrame
        The columns of `themes`.
    """
    hits = tables.themes if include_negated else tables.themes[~tables.themes["negated"]]
    if tables.study is None:
        return hits
    codebook = tables.study.codebook
    chains = {theme.id: [theme.id, *codebook.ancestors(theme.id)] for theme in codebook.themes}
    if all(len(chain) == 1 for chain in chains.values()):
        return hits
    counted = hits.assign(theme=hits["theme"].map(chains)).explode("theme", ignore_index=True)
    return counted.astype({"theme": "str"})
