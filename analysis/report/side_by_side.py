"""Numbers of groups of articles, for two outlets, countries or periods side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import UNDATED, group_column
from analysis.compare._core.intervals import MINIMUM_CLUSTERS
from analysis.compare._core.voices import QUOTED
from analysis.compare.measures.frames import FRAME_GROUP, PREFIX, frame_prevalence
from analysis.compare.measures.rates import quoted_shares, theme_prevalence, voice_shares
from analysis.compare.measures.relations import relation_balance
from analysis.compare.measures.tone import polarity_index
from analysis.evidence.reader_filters import Filters
from analysis.figures._core.links import group_filter
from analysis.report.findings import has_frames, issues_by_share
from analysis.report.formatting import frame_label
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Pair = tuple[str, str] | None
GROUPINGS = {"outlet": "outlets", "outlet_country": "countries", "year": "years", "month": "months"}
MOST_MONTHS = 36
MOST_ISSUES = 12


@dataclass(frozen=True)
class Line:
    """A line of the comparison: one number of each group.

    Attributes
    ----------
    heading, label : str
    filters : mapping of str to str
        Filters of the article reader that lead to its sentences, beside that of the group.
    source, item : str
        The table with its numbers, and its item there: a side, theme or frame.
    percent : bool
        Whether the number is a share.
    """

    heading: str
    label: str
    filters: Filters
    source: str
    item: str = ""
    percent: bool = True


def side_by_side(tables: Tables, pair: Pair) -> dict[str, Any]:
    """The numbers of all groups that can be compared.

    Parameters
    ----------
    tables : Tables
        With their study.
    pair : (str, str) or None
        The two sides of the study.

    Returns
    -------
    dict
        `lines`: heading, label, filters, percent; `groupings`: by column, its name in the plural, and `groups`: name,
        filters, number of articles, whether these are few, and values: estimate, low, high and n, line by line (None
        without a number). Columns with a single group are left out.
    """
    lines = _lines(tables, pair)
    groupings = {}
    for by in _columns(tables.metadata):
        counts = {str(name): n for name, n in group_column(tables.metadata, by).value_counts().items()}
        if len(counts) < 2:
            continue
        numbers = _numbers(tables, pair, by)
        values = [numbers[line.source].get(line.item, {}) for line in lines]
        groupings[by] = {
            "name": GROUPINGS[by],
            "groups": [
                {
                    "name": name,
                    "filters": group_filter(by, name),
                    "n": counts[name],
                    "few": counts[name] < MINIMUM_CLUSTERS,
                    "values": [found.get(name) for found in values],
                }
                for name in sorted(counts, key=lambda name: (name == UNDATED, name))
            ],
        }
    return {
        "lines": [
            {"heading": line.heading, "label": line.label, "filters": line.filters, "percent": line.percent}
            for line in lines
        ],
        "groupings": groupings,
    }


def _columns(articles: pd.DataFrame) -> list[str]:
    """Outlets, countries, and years; months if the articles are from few."""
    months = group_column(articles, "month")
    time = "month" if months.nunique() <= MOST_MONTHS and months.str[:4].nunique() <= 2 else "year"
    return ["outlet", "outlet_country", time]


def _lines(tables: Tables, pair: Pair) -> list[Line]:
    study = tables.study_or_error()
    themes, sides = study.theme_labels, study.side_labels
    lines = [Line("Speakers", "Words attributed to speakers", {"voice": QUOTED}, "voices", OUTLET)]
    lines += [
        Line("Speakers", f"Attributed words: {sides[side]}", {"voice": side}, "sides", side)
        for side in pair or ()
    ]
    lines += [
        Line("Themes: share of the articles", themes[theme], {"theme": theme}, "themes", theme)
        for theme in issues_by_share(theme_prevalence(tables, by=[]), study)["theme"].head(MOST_ISSUES)
    ]
    if not pair:
        return lines
    about = f"Relation: share of the articles about {sides[pair[0]]} and {sides[pair[1]]}"
    lines += [
        Line(
            about,
            frame_label(themes[theme]),
            {"theme": theme, "pair": "1"},
            "frames",
            theme.removeprefix(PREFIX),
        )
        for theme, group in study.theme_groups.items()
        if group == FRAME_GROUP and has_frames(tables)
    ]
    acts = {"acts": f"{pair[0]}<>{pair[1]}"}
    lines.append(Line("Relation: cooperation 1, conflict −1", "Balance of acts", acts, "acts", percent=False))
    return lines + [
        Line(
            "Tone of the own words: favourable 1, unfavourable −1",
            f"Towards {sides[side]}",
            {"about": f"side:{side}", "voice": OUTLET},
            "tone",
            side,
            percent=False,
        )
        for side in pair
    ]


def _numbers(tables: Tables, pair: Pair, by: str) -> dict[str, dict[str, dict[str, list[float | None]]]]:
    """Values by source, item and group."""
    voices = voice_shares(tables, by=[by])
    flipped = {"estimate": "estimate", "ci95_low": "ci95_high", "ci95_high": "ci95_low"}
    attributed = voices.assign(**{name: 1 - voices[other] for name, other in flipped.items()})
    found = {
        "voices": _by_item(attributed, by, "voice"),
        "sides": _by_item(quoted_shares(tables, by=[by]), by, "side"),
        "themes": _by_item(theme_prevalence(tables, by=[by]), by, "theme"),
    }
    if pair is None:
        return found
    if has_frames(tables):
        found["frames"] = _by_item(frame_prevalence(tables, pair, by=[by]), by, "frame")
    acts = relation_balance(tables, pair, by=[by]).assign(item="")
    tone = polarity_index(tables, by=[by], only=pair, voice=OUTLET, weight="article")
    return {**found, "acts": _by_item(acts, by, "item"), "tone": _by_item(tone, by, "side")}


def _by_item(rows: pd.DataFrame, by: str, item: str) -> dict[str, dict[str, list[float | None]]]:
    """Estimate, low, high and n by item and group; groups without a number are left out."""
    found: dict[str, dict[str, list[float | None]]] = {}
    columns = (rows[name].tolist() for name in (item, by, "estimate", "ci95_low", "ci95_high", "n"))
    for name, group, estimate, low, high, n in zip(*columns, strict=True):
        if estimate == estimate:
            found.setdefault(str(name), {})[str(group)] = [
                _short(estimate),
                _short(low),
                _short(high),
                int(n),
            ]
    return found


def _short(value: float) -> float | None:
    return None if value != value else round(float(value), 3)
