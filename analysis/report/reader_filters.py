"""Filters of the article reader: which sentences a row of numbers counts, as the fragment of a link to the reader.

The reader (`templates/page.js`) knows these filters:

- only: one article; outlet, country: its source; when: the start of its date, or 'undated'
- theme, with: a theme, and a second theme in the same sentence
- voice: 'outlet', 'quoted' or a side; speaker, kind, cue: of a quote; beside: a second speaker in the article
- about: 'side:ID' or an actor; tone: '-1', '0' or '1'
- acts: 'SIDE>SIDE', or 'SIDE<>SIDE' for acts in both directions; pair: '1' for sentences about both sides
- term, use: a loaded term and how it is used; words: words to search for
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from analysis.figures._core.figure import Row
    from analysis.figures._core.registry import Entry, Pair

Filters = Mapping[str, str]

_VOICES = {"outlet": "own words", "quoted": "attributed words"}

# columns that have the same meaning in every figure
_COLUMNS = {
    "article_id": "only", "outlet": "outlet", "outlet_country": "country",
    "period": "when", "year": "when", "month": "when", "theme": "theme",
    "voice": "voice", "speaker_name": "speaker", "kind": "kind", "cue_class": "cue", "term": "term", "use": "use",
}  # fmt: skip


def fragment(filters: Filters) -> str:
    """The fragment of the page's address that sets the filters; empty if there are none.

    Parameters
    ----------
    filters : mapping of str to str
        Values by name; empty values are left out.
    """
    chosen = {name: value for name, value in filters.items() if value}
    return f"#{urlencode(chosen, quote_via=quote)}" if chosen else ""


def row_filters(entry: Entry, row: Row, pair: Pair) -> dict[str, str]:
    """The filters that lead to the sentences behind one row of a figure's numbers.

    Parameters
    ----------
    entry : Entry
        Catalogue entry of the figure.
    row : mapping
        The row by column.
    pair : (str, str) or None
        The two sides of the study.

    Returns
    -------
    dict of str to str
        Empty if the reader has no filter for the row.
    """
    filters = {name: text for column, name in _COLUMNS.items() if (text := _text(row.get(column)))}
    if "side" in row and not {"speaker", "voice"} & filters.keys():
        filters["voice"] = _text(row["side"])
    return filters | entry.filters(row, pair)


def describe_filters(filters: Filters, labels: Mapping[str, str]) -> str:
    """Filters in words, for example 'Meridian Post · quoted: Iran' or 'Russia → Iran'.

    Parameters
    ----------
    filters : mapping of str to str
        As for `fragment`.
    labels : mapping of str to str
        Labels of sides and themes by id.
    """
    words = []
    for name, value in filters.items():
        label = labels.get(value, value)
        if not value or name == "pair":
            continue
        if name == "voice":
            words.append(_VOICES.get(value, f"quoted: {label}"))
        elif name == "about":
            words.append(f"about {labels.get(value.removeprefix('side:'), value)}")
        elif name == "acts":
            both = "<>" in value
            ends = [labels.get(side, side) for side in value.split("<>" if both else ">")]
            words.append((" and " if both else " → ").join(ends))
        else:
            words.append(label)
    return " · ".join(words)


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)
