"""Theme hits counted for the theme itself and for all its ancestors in the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.counts import count_rows, distinct
from analysis.compare._core.voices import expect_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from analysis.tables import Tables


def theme_hits(tables: Tables, *, include_negated: bool = True) -> pd.DataFrame:
    """Hits of each theme in each article and voice, including those of its descendants in the codebook.

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
        article_id, theme, voice, and `count`. Texts are categories. An article, theme and voice may have several
        rows.
    """
    hits = count_rows(tables, "themes", ["theme", "voice", "negated"])
    if tables.study is None:
        lines: dict[str, tuple[str, ...]] = {}
    else:
        codebook = tables.study.codebook
        lines = {theme.id: codebook.ancestors(theme.id) for theme in codebook.themes}

    def make() -> pd.DataFrame:
        chosen = hits if include_negated else hits[~hits["negated"].astype(bool)]
        return with_ancestors(chosen.drop(columns="negated"), lines)

    key = ("theme_hits", include_negated, tuple((theme, *line) for theme, line in lines.items()))
    return tables.data("themes").recent.once(key, make)


def chosen_themes(tables: Tables, themes: str | Iterable[str] | None = None) -> list[str]:
    """Return the themes to report: those that are given, or all with a hit.

    Parameters
    ----------
    tables : Tables
    themes : str or iterable of str, optional

    Returns
    -------
    list of str

    Raises
    ------
    FramingError
        If a theme is not in the codebook of the study.
    """
    if themes is None:
        return distinct(theme_hits(tables)["theme"])
    wanted = [themes] if isinstance(themes, str) else list(dict.fromkeys(themes))
    if tables.study is not None:
        expect_known("theme", wanted, [theme.id for theme in tables.study.codebook.themes])
    return wanted


def with_ancestors(hits: pd.DataFrame, ancestors: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Rows of themes, with a further row for each ancestor of a theme.

    Parameters
    ----------
    hits : pandas.DataFrame
        With the column theme, which has categories.
    ancestors : mapping of str to sequence of str
        Ancestors of each theme, the parent first.

    Returns
    -------
    pandas.DataFrame
    """
    import pandas as pd

    themes = hits["theme"].cat.categories
    lines = [tuple(ancestors.get(theme, ())) for theme in themes]
    if not any(lines):
        return hits
    names = pd.Index(sorted({*themes, *(theme for line in lines for theme in line)}), dtype="str")
    codes = hits["theme"].cat.codes.to_numpy()
    parts = []
    for depth in range(1 + max(map(len, lines))):
        # the theme itself, then its parent, then the parent of the parent
        chains = ((theme, *line) for theme, line in zip(themes, lines, strict=True))
        level = [chain[depth] if depth < len(chain) else None for chain in chains]
        code = names.get_indexer(pd.Index(level, dtype="str"))[codes]
        parts.append(
            hits[code >= 0].assign(theme=pd.Categorical.from_codes(code[code >= 0], categories=names))
        )
    return pd.concat(parts, ignore_index=True)


def shown_themes(tables: Tables) -> list[str]:
    """Themes with hits that the report shows: those of `SHOWN_GROUP`, sorted."""
    from analysis.study.codebook import SHOWN_GROUP  # loads pydantic

    groups = tables.study_or_error().theme_groups
    return sorted(
        theme for theme in distinct(theme_hits(tables)["theme"]) if groups.get(theme) == SHOWN_GROUP
    )
