"""Which sentences stand behind a number: filters of the article reader, as the fragment of a link to it.

The reader (`templates/page.js`) knows these filters: only (one article), outlet, country, when (the start of a day,
or 'undated'), theme, with (a second theme in the sentence), voice ('outlet', 'quoted' or a side), speaker, beside (a
second speaker in the article), kind, cue, about ('side:ID' or an actor), tone ('-1', '0', '1'), acts ('SIDE>SIDE' or,
for acts either way, 'SIDE<>SIDE'), pair ('1': the sentence is about both sides of the study), term, use, words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from analysis.compare.measures.frames import PREFIX
from analysis.compare.measures.relations import ALL

_VOICES = {"outlet": "own words", "quoted": "attributed words"}

Where = Mapping[str, str]
Row = Mapping[str, Any]

# columns that mean the same in every figure
_COLUMNS = {
    "article_id": "only", "outlet": "outlet", "outlet_country": "country",
    "period": "when", "year": "when", "month": "when", "theme": "theme",
    "voice": "voice", "speaker_name": "speaker", "kind": "kind", "cue_class": "cue", "term": "term", "use": "use",
}  # fmt: skip


def fragment(where: Where) -> str:
    """The part of the page's address that sets the filters; empty without any.

    Parameters
    ----------
    where : mapping of str to str
        Values by filter; empty ones are left out.
    """
    chosen = {name: value for name, value in where.items() if value}
    return f"#{urlencode(chosen, quote_via=quote)}" if chosen else ""


def row_selection(figure: str, row: Row, pair: tuple[str, str] | None) -> dict[str, str]:
    """What stands behind one row of a figure's numbers.

    Parameters
    ----------
    figure : str
        Name of the figure.
    row : mapping
        The row by column.
    pair : (str, str) or None
        The two sides of the study.

    Returns
    -------
    dict of str to str
        Filters; none where the row's columns say nothing that the reader knows.
    """
    where = {
        name: _text(row[column]) for column, name in _COLUMNS.items() if column in row and _text(row[column])
    }
    if "side" in row and "speaker" not in where:
        # tone is towards a side, everything else comes from it
        where |= {"about": f"side:{row['side']}"} if "n_negative" in row else {"voice": _text(row["side"])}
    special = _SPECIAL.get(figure)
    return where | special(row, pair) if special else where


def told(where: Where, labels: Mapping[str, str]) -> str:
    """What a link is about, in words: 'Meridian Post · quoted: Iran', 'Russia → Iran'.

    Parameters
    ----------
    where : mapping of str to str
        As for `fragment`.
    labels : mapping of str to str
        Names of sides and themes by their ids.
    """
    words = []
    for name, value in where.items():
        label = labels.get(value, value)
        if name == "voice":
            words.append(_VOICES.get(value, f"quoted: {label}"))
        elif name == "about":
            words.append(f"about {labels.get(value.removeprefix('side:'), value)}")
        elif name == "acts":
            both = "<>" in value
            ends = [labels.get(side, side) for side in value.split("<>" if both else ">")]
            words.append((" and " if both else " → ").join(ends))
        elif value and name != "pair":
            words.append(label)
    return " · ".join(words)


def _text(value: Any) -> str:
    return "" if value is None or value != value else str(value)


def _acts(row: Row, _pair: tuple[str, str] | None) -> dict[str, str]:
    return {"acts": f"{row['source']}>{row['target']}"}


def _pair_acts(_row: Row, pair: tuple[str, str] | None) -> dict[str, str]:
    return {"acts": f"{pair[0]}<>{pair[1]}"} if pair else {}


def _pair_acts_of_group(row: Row, pair: tuple[str, str] | None) -> dict[str, str]:
    """The acts of the two; without a filter for what the row is about all of."""
    where = _pair_acts(row, pair)
    return where | {_COLUMNS[name]: "" for name in ("outlet_country", "period") if row[name] == ALL}


def _frames(row: Row, _pair: tuple[str, str] | None) -> dict[str, str]:
    return {"theme": f"{PREFIX}{row['frame']}", "pair": "1"}


def _two_themes(row: Row, _pair: tuple[str, str] | None) -> dict[str, str]:
    return {"theme": str(row["one"]), "with": str(row["other"])}


def _two_speakers(row: Row, _pair: tuple[str, str] | None) -> dict[str, str]:
    return {"speaker": str(row["one"]), "beside": str(row["other"])}


def _compared(row: Row, _pair: tuple[str, str] | None) -> dict[str, str]:
    """A group of articles that was compared with the others."""
    return {"outlet": str(row["group"])} if row.get("by") == "outlet" else {}


def _country_words(row: Row, _pair: tuple[str, str] | None) -> dict[str, str]:
    country = row["target" if row["estimate"] > 0 else "reference"]
    return {"words": str(row["item"]), "country": str(country), "voice": "outlet"}


def _side_words(row: Row, _pair: tuple[str, str] | None) -> dict[str, str]:
    return {"words": str(row["item"]), "voice": str(row["target" if row["estimate"] > 0 else "reference"])}


_SPECIAL: dict[str, Callable[[Row, tuple[str, str] | None], dict[str, str]]] = {
    "actor_network": _acts,
    "relation_over_time": _pair_acts,
    "relation_by_country": _pair_acts_of_group,
    "relationship_frames": _frames,
    "themes_together": _two_themes,
    "speaker_network": _two_speakers,
    "outlet_differences": _compared,
    "keyness": _country_words,
    "log_odds_words": _side_words,
}
