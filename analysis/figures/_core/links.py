"""Links from the rows and marks of a figure to their sentences in the article reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.compare._core.counts import count_rows, distinct
from analysis.evidence.reader_filters import describe_filters, fragment
from analysis.figures._core.style import side_colours

if TYPE_CHECKING:
    from analysis.figures._core.figure import Row
    from analysis.figures._core.hotspots import Hotspot
    from analysis.figures._core.registry import Entry, Pair
    from analysis.study import Study
    from analysis.tables import Tables

Link = Callable[["Row"], tuple[str, str]]
_USES = {"own": "own words", "distanced": "in quotation marks or so-called", "quoted": "attributed"}

# columns that have the same meaning in every figure
_COLUMNS = {
    "article_id": "only", "outlet": "outlet", "outlet_country": "country",
    "period": "when", "year": "when", "month": "when", "theme": "theme",
    "voice": "voice", "speaker_name": "speaker", "kind": "kind", "cue_class": "cue", "term": "term", "use": "use",
}  # fmt: skip


def row_filters(entry: Entry, row: Row, pair: Pair, by: str = "") -> dict[str, str]:
    """The filters that lead to the sentences behind one row of a figure's numbers.

    Parameters
    ----------
    entry : Entry
        Catalogue entry of the figure.
    row : mapping
        The row by column.
    pair : (str, str) or None
        The two sides of the study.
    by : str, optional
        The column that the figure is grouped by, if the reader is given the groups of the articles.

    Returns
    -------
    dict of str to str
        Empty if the reader has no filter for the row.
    """
    filters = {name: text for column, name in _COLUMNS.items() if (text := _text(row.get(column)))}
    if by and by not in _COLUMNS:
        filters["group"] = _text(row.get(by))
    if "side" in row and not {"speaker", "voice"} & filters.keys():
        filters["voice"] = _text(row["side"])
    return filters | entry.filters(row, pair)


def group_filter(by: str, value: str) -> dict[str, str]:
    """The filter that selects one group of articles.

    Parameters
    ----------
    by : str
        The column that the articles are grouped by.
    value : str
    """
    return {_COLUMNS.get(by, "group"): value}


def link_of(row: Row, *, entry: Entry, pair: Pair, labels: Mapping[str, str]) -> tuple[str, str]:
    """The link from a row of a figure's numbers to its sentences (empty if there is none), and its name.

    Parameters
    ----------
    row : mapping
        The row by column.
    entry : Entry
        Catalogue entry of the figure.
    pair : (str, str) or None
        The two sides of the study.
    labels : mapping of str to str
        Labels of sides and themes by id.
    """
    filters = row_filters(entry, row, pair)
    return fragment(filters), describe_filters(filters, labels)


def hotspot_links(hotspots: Sequence[Hotspot], size: tuple[int, int], link: Link) -> list[dict[str, Any]]:
    """The links that lie on the marks of a figure.

    Parameters
    ----------
    hotspots : sequence of Hotspot
    size : (int, int)
        Width and height of the figure in the units of the links' boxes.
    link : callable
        `link_of` for the figure.

    Returns
    -------
    list of dict
        `link`, `name`, `x`, `y`, `width`, `height`; nothing for marks for which the reader has no filters.
    """
    wide, high = size
    found = []
    for spot in hotspots:
        address, name = link(spot.row)
        if address:
            box = (spot.x * wide, spot.y * high, spot.width * wide, spot.height * high)
            x, y, width, height = (round(part, 1) for part in box)
            found.append({"link": address, "name": name, "x": x, "y": y, "width": width, "height": height})
    return found


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def study_pair(study: Study) -> tuple[str, str] | None:
    """The two sides that a study is about: the first two in its actors.yml."""
    sides = study.actors.side_ids[:2]
    return (sides[0], sides[1]) if len(sides) == 2 else None


def reader_legend(tables: Tables) -> dict[str, Any]:
    """Labels of everything that the article reader marks, and the tint of each side.

    Parameters
    ----------
    tables : Tables
        With their study.
    """
    study = tables.study_or_error()
    listed = study.loaded_terms.groups if study.loaded_terms is not None else ()
    quoted, mentioned = (count_rows(tables, name, ["side"])["side"] for name in ("quotes", "mentions"))
    sides = sorted({*distinct(quoted), *distinct(mentioned), *study.actors.side_ids})
    return {
        "sides": {
            side: {"label": study.side_labels.get(side, side), "tint": tinted(colour)}
            for side, colour in side_colours(sides, study.side_colours).items()
        },
        "themes": {
            theme.id: {"label": theme.label, "above": study.codebook.ancestors(theme.id)}
            for theme in study.codebook.themes
        },
        "actors": {actor.id: {"label": actor.name} for actor in study.actors.actors},
        "terms": {term.id: {"label": term.label} for group in listed for term in group.terms},
        "uses": {use: {"label": label} for use, label in _USES.items()},
    }


def tinted(colour: str) -> str:
    """A colour mixed with white until black text on it passes WCAG AA."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.38):02x}" for part in (red, green, blue))
