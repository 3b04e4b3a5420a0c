"""Theme hits counted for the theme itself and for all its ancestors in the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def theme_hits(tables: Tables, *, include_negated: bool = True) -> pd.DataFrame:
    """The table `themes`, with a further row for each ancestor of the theme that was found.

    The look-up counts each place only once within a branch of the codebook, for the lowest theme that matches there.
    A theme therefore has the hits of its own patterns and of its descendants, none of them twice.

    Parameters
    ----------
    tables : Tables
        Without a study the hierarchy is unknown, and each hit counts only for its own theme.
    include_negated : bool, default True
        Include hits under a negation.

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


def shown_themes(tables: Tables) -> list[str]:
    """Themes with hits that the report shows: those of `SHOWN_GROUPS`, sorted."""
    from analysis.study.codebook import SHOWN_GROUPS  # loads pydantic

    groups = tables.study_or_error().theme_groups
    return sorted(theme for theme in set(theme_hits(tables)["theme"]) if groups.get(theme) in SHOWN_GROUPS)
