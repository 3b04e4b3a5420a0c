"""Filters of the article reader: what they are, in the address of a page and in words.

The reader (`templates/reader.js`) knows these filters:

- group: the group of the article, if the reader is given groups
- only: one article; outlet, country: its source; when: the start of its date, or 'undated'
- theme, with: a theme, and a second theme in the same sentence
- voice: 'outlet', 'quoted' or a side; speaker, kind, cue: of a quote; beside: a second speaker in the article
- about: 'side:ID' or an actor; tone: '-1', '0' or '1'
- acts: 'SIDE>SIDE', or 'SIDE<>SIDE' for acts in both directions; pair: '1' for sentences about both sides,
  in which negated hits of themes do not count
- term, use: a loaded term and how it is used; words: words to search for
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

Filters = Mapping[str, str]

_VOICES = {"outlet": "own words", "quoted": "attributed words"}


def fragment(filters: Filters) -> str:
    """The fragment of the page's address that sets the filters; empty if there are none.

    Parameters
    ----------
    filters : mapping of str to str
        Values by name; empty values are left out.
    """
    chosen = {name: value for name, value in filters.items() if value}
    return f"#{urlencode(chosen, quote_via=quote)}" if chosen else ""


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
