"""`explore`: the widget."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import FramingError, expect

if TYPE_CHECKING:
    from analysis.explorer.widget import Explorer
    from analysis.tables import Tables


def explore(tables: Tables | str | Path, **chosen: Any) -> Explorer:
    """Explore a study in one widget: figures, groups, filters, and the sentences behind every number.

    Choose a figure, the groups (outlets, countries, kinds, languages, periods, any ``extra_*`` column), what counts
    equally, and filters: dates, outlets, themes, voice and side. A click on a mark of the figure lists its sentences;
    two groups can be compared side by side. "Export" gives the picture, the numbers and three lines of Python that
    make the figure again. "Correct" beside a sentence mends a wrong speaker, side, theme or tone; the figure follows.
    The widget needs the running kernel, but no network.

    Parameters
    ----------
    tables : Tables or path
        With their study; or a results folder, which the exported code then names and whose `corrections.csv` keeps
        the corrections.
    **chosen
        What is chosen at first: figure, by, weight, since, until, outlets, themes, voice, side, compared (two
        groups).

    Returns
    -------
    Explorer
        Shown when it is the last line of a cell. `figure` is the figure that is shown, `tables` the part of the
        tables that is chosen, `corrections` are those by hand, and `export(folder)` writes what "Export" offers.

    Raises
    ------
    FramingError
        anywidget is not installed, or a choice is unknown.

    Examples
    --------
    >>> widget = analysis.explore("results", figure="voice_shares", by="outlet_country")
    >>> widget.tables.articles["outlet_country"].nunique() > 1
    True
    """
    from analysis.tables import Tables, load_tables

    remedy = 'for instance analysis.explore("results")'
    expect(tables, (Tables, str, Path), what="tables", expected="the tables of a run", remedy=remedy)
    try:
        from analysis.explorer.widget import Explorer
    except ImportError:
        raise FramingError(
            "the widget needs anywidget", remedy='install it: pip install "media-framing[notebooks]"'
        ) from None
    known: Mapping[str, Any] = chosen
    if isinstance(tables, Tables):
        return Explorer(tables, None, known)
    return Explorer(load_tables(tables), Path(tables), known)
