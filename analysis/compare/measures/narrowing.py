"""Tables of a part of a study: some groups of articles, dates, themes, voices or sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import group_column
from analysis.compare._core.voices import QUOTED, expect_known, in_voice
from analysis.compare.measures.outlet_groups import OUTLET_KIND, OUTLET_SIDE, with_outlet_groups
from analysis.corpus import select
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    from analysis.tables import Tables


def narrowed(
    tables: Tables,
    *,
    where: Mapping[str, Sequence[str]] | None = None,
    since: str | None = None,
    until: str | None = None,
    themes: Sequence[str] = (),
    voice: str | None = None,
    side: str | None = None,
) -> Tables:
    """The tables of a part of a study. All statistics and figures work on it as on the whole.

    Parameters
    ----------
    tables : Tables
    where : mapping of str to sequence of str, optional
        Values to keep by column of `articles` or period: ``{"outlet": ["Meridian Post"], "year": ["2022"]}``. The
        column can be `outlet_kind` or `outlet_side`, too; see `analysis.compare.measures.outlet_groups`.
    since, until : str, optional
        First and last day, both included, as 2022-06-29.
    themes : sequence of str, optional
        Keep the hits of these themes and of those below them.
    voice : str, optional
        'outlet', 'quoted' or a side: keep the words in this voice, and what was found in them.
    side : str, optional
        Keep the mentions of this side and the acts in which it takes part.

    Returns
    -------
    Tables
        A copy; the tables given do not change.

    Raises
    ------
    FramingError
        No article is left, or a value, theme, voice or side does not exist.

    Examples
    --------
    >>> from analysis.compare.measures.narrowing import narrowed
    >>> tables = analysis.load_tables("results")
    >>> some = narrowed(tables, where={"outlet": ["Meridian Post"]}, themes=["sanctions"])
    >>> set(some.articles["outlet"]), set(some.themes["theme"])
    ({'Meridian Post'}, {'sanctions'})
    """
    tables = _of_articles(tables, where or {}, since, until)
    if themes:
        tables = replace(tables, themes=tables.themes[tables.themes["theme"].isin(_below(tables, themes))])
    if voice:
        tables = _in_voice(tables, voice)
    return _with_side(tables, side) if side else tables


def _of_articles(
    tables: Tables, where: Mapping[str, Sequence[str]], since: str | None, until: str | None
) -> Tables:
    if not {OUTLET_KIND, OUTLET_SIDE}.isdisjoint(set(where) - set(tables.metadata)):
        tables = with_outlet_groups(tables)
    articles = tables.metadata
    for column, wanted in where.items():
        groups = group_column(articles, column)
        expect_known(column, wanted, sorted(set(group_column(tables.metadata, column))))
        articles = articles[groups.isin(list(wanted))]
    if since or until:
        dated = articles[articles["published"].notna()]  # those without a date are in no period
        articles = select(dated, since=since or None, until=until or None)
    if tables.metadata.empty:
        raise FramingError("the tables have no article", remedy="the table rejects says why")
    if not len(articles):
        raise FramingError("no article is left", remedy="choose more outlets or a longer period")
    if len(articles) == len(tables.metadata):
        return tables
    return tables.select(articles["article_id"])


def _below(tables: Tables, themes: Sequence[str]) -> set[str]:
    codebook = tables.study_or_error().codebook
    known = [theme.id for theme in codebook.themes]
    expect_known("theme", themes, known)
    return {name for name in known if name in themes or not set(codebook.ancestors(name)).isdisjoint(themes)}


def _in_voice(tables: Tables, voice: str) -> Tables:
    kept: dict[str, Any] = {
        name: in_voice(getattr(tables, name), tables, voice)
        for name in ("themes", "mentions", "relations", "tones")
    }
    if voice not in (OUTLET, QUOTED):  # quotes of a side
        kept["quotes"] = tables.quotes[tables.quotes["side"] == voice]
    return replace(tables, **kept)


def _with_side(tables: Tables, side: str) -> Tables:
    expect_known("side", [side], tables.study_or_error().actors.side_ids)
    acts = tables.relations
    return replace(
        tables,
        mentions=tables.mentions[tables.mentions["side"] == side],
        relations=acts[(acts["source_side"] == side) | (acts["target_side"] == side)],
    )
