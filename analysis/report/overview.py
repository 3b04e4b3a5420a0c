"""The overview below the answer: tiles, the timeline of the articles, and the list of outlets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.compare._core.counts import voice_words
from analysis.compare._core.grouping import UNDATED, format_count, group_column
from analysis.compare._core.intervals import MINIMUM_CLUSTERS
from analysis.evidence.reader_filters import fragment
from analysis.report.validated import coding_name
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study import Study
    from analysis.study.events import Event
    from analysis.tables import Tables
    from analysis.validation.results import Summaries

MOST_MONTHS = 72  # bars of the timeline; with more months, it has a bar per year
CHART_HEIGHT = 96  # pixels
FEW_OUTLIERS = 0.02  # of the articles; so few early ones before a long gap do not stretch the time axis
LONG_GAP = 5  # periods
SEVERAL_COUNTRIES = "several countries"
_LABELS = 8  # labels of the time axis
_CLOSE = 2.5  # per cent of the width; numbers of events that are closer stand on different lines
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def overview(tables: Tables, study: Study, summaries: Summaries) -> dict[str, Any]:
    """The numbers of the tiles as text.

    Parameters
    ----------
    tables : Tables
    study : Study
    summaries : mapping
        As `analysis.validation.results.load_summaries` gives them.

    Returns
    -------
    dict
        `tiles`: (number, what it is, address); `unknown_share`: of the attributed words, empty if there are none;
        `n_articles`, `n_words`; `notice`: that articles were invented, or empty.
    """
    articles, tones = tables.metadata, voice_words(tables)
    n_words = int(tones["n_words"].sum())
    spoken = tones[tones["voice"] != OUTLET]
    attributed = int(spoken["n_words"].sum())
    unknown = int(spoken.loc[spoken["voice"] == UNATTRIBUTED, "n_words"].sum())
    n_outlets = articles["outlet"].nunique()
    tiles = [
        (f"{len(articles):,}", "article" if len(articles) == 1 else "articles", "#timeline"),
        (f"{n_outlets:,}", "outlet" if n_outlets == 1 else "outlets", "#outlets"),
        (_period(articles["published"].dropna()), "period", "#timeline"),
        (
            f"{100 * attributed / n_words:.0f} %" if n_words else "none",
            f"of {n_words:,} words attributed to speakers",
            fragment({"voice": "quoted"}),
        ),
        (
            "validated" if summaries else "not validated",
            f"by {coding_name(summaries)}: {', '.join(summaries)}"
            if summaries
            else "with a coded sample of this corpus",
            "#validation",
        ),
    ]
    invented = study.outlets.invented & set(articles["outlet"])
    n_invented = int(articles["outlet"].isin(invented).sum())
    return {
        "tiles": tiles,
        "unknown_share": f"{100 * unknown / attributed:.0f} %" if unknown else "",
        "notice": (
            f"{n_invented:,} of the {len(articles):,} articles come from "
            f"{format_count(len(invented), 'invented outlets')}. They were written to "
            "demonstrate and test the toolkit; they are not press coverage and must not be cited as such."
            if n_invented
            else ""
        ),
    }


def _period(days: pd.Series) -> str:
    if days.empty:
        return "no dates"
    first, last = days.min(), days.max()
    if last.year - first.year > 4:
        return f"{first.year}–{last.year}"
    ends = [f"{_MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def timeline(articles: pd.DataFrame, events: Sequence[Event]) -> dict[str, Any] | None:
    """Bars of the number of articles per month or year, and the events.

    Parameters
    ----------
    articles : pandas.DataFrame
        Their table without texts.
    events : sequence of Event
        Of the study; those outside the period are left out.

    Returns
    -------
    dict or None
        `unit`; `earlier`: articles before the first bar, as text; `bars`: x and width in per cent, y and height in
        pixels, link and text; `labels`: x and text; `events`: x, line (0 to 2), number, text; `undated`: number of
        articles. None if no article has a date.
    """
    months = group_column(articles, "month")
    dated = months[months != UNDATED]
    if dated.empty:
        return None
    first, last = str(dated.min()), str(dated.max())
    by_month = _number_of(last) - _number_of(first) < MOST_MONTHS
    periods = (
        [_month(number) for number in range(_number_of(first), _number_of(last) + 1)]
        if by_month
        else [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
    )
    counts = {str(name): n for name, n in (dated if by_month else dated.str[:4]).value_counts().items()}
    periods, earlier = _without_outliers(periods, counts)
    most = max(counts[period] for period in periods if period in counts)
    step = 100 / len(periods)
    bars = [
        {
            "x": round(place * step + 0.08 * step, 3),
            "width": round(0.84 * step, 3),
            "height": round(max(1.0, CHART_HEIGHT * counts[period] / most), 1),
            "y": round(CHART_HEIGHT - max(1.0, CHART_HEIGHT * counts[period] / most), 1),
            "link": fragment({"when": period}),
            "text": f"{_in_words(period)}: {format_count(counts[period], 'articles')}",
        }
        for place, period in enumerate(periods)
        if period in counts
    ]
    return {
        "unit": "month" if by_month else "year",
        "most": most,
        "bars": bars,
        "labels": _labels(periods, step),
        "events": _events(events, periods, step),
        "earlier": f"{earlier:,} before {periods[0]}" if earlier else "",
        "undated": len(months) - len(dated),
    }


def _without_outliers(periods: list[str], counts: dict[str, int]) -> tuple[list[str], int]:
    """Leave out first periods with few articles before a long gap; count those articles."""
    few = FEW_OUTLIERS * sum(counts.values())
    kept, earlier = periods, 0
    last = seen = 0
    for place, period in enumerate(periods):
        if period in counts:
            if place - last > LONG_GAP and seen <= few:
                kept, earlier = periods[place:], seen
            last, seen = place, seen + counts[period]
    return kept, earlier


def _labels(periods: Sequence[str], step: float) -> list[dict[str, Any]]:
    """Labels below the axis: years, or months if there are few."""
    if len(periods[0]) == 4 or len(periods) <= _LABELS:
        starts = list(enumerate(periods))
    else:
        starts = [(place, period) for place, period in enumerate(periods) if period.endswith("-01")]
        starts = starts or [(0, periods[0])]
    every = -(-len(starts) // _LABELS)
    return [
        {"x": round((place + 0.5) * step, 3), "text": _in_words(period)} for place, period in starts[::every]
    ]


def _events(events: Sequence[Event], periods: Sequence[str], step: float) -> list[dict[str, Any]]:
    marked: list[dict[str, Any]] = []
    ends = [-100.0, -100.0, -100.0]  # where the last number of each line stands
    for number, event in enumerate(sorted(events, key=lambda event: event.date), start=1):
        place = next(
            (i for i, period in enumerate(periods) if event.date.isoformat().startswith(period)), None
        )
        if place is None:
            continue
        x = step * (place + _part_of_period(event.date, periods[place]))
        line = next((i for i, end in enumerate(ends) if x - end > _CLOSE), 0)
        ends[line] = x
        day = f"{event.date.day} {_MONTHS[event.date.month - 1]} {event.date.year}"
        marked.append({"x": round(x, 3), "line": line, "number": number, "text": event.label, "day": day})
    return marked


def _part_of_period(day: date, period: str) -> float:
    return (day.day - 1) / 31 if len(period) > 4 else (day.timetuple().tm_yday - 1) / 366


def _number_of(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _in_words(period: str) -> str:
    return f"{_MONTHS[int(period[5:]) - 1]} {period[:4]}" if len(period) > 4 else period


def outlet_list(tables: Tables) -> dict[str, list[dict[str, str]]]:
    """The outlets, the one with the most articles first.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    dict
        `shown` and, with too few articles for an interval, `folded`: name, country, kind, articles, words,
        attributed (share of the words) and link.
    """
    articles, tones = tables.metadata, voice_words(tables)
    names = articles.set_index("article_id")["outlet"].astype("str")
    outlet = tones["article_id"].astype("str").map(names)
    words = tones.groupby(outlet)["n_words"].sum()
    own = tones[tones["voice"] == OUTLET].groupby(outlet)["n_words"].sum()
    countries = articles.groupby("outlet")["outlet_country"].unique()
    kinds = tables.study_or_error().outlets.kinds_in_words
    counts = articles["outlet"].value_counts().to_dict()
    lists: dict[str, list[dict[str, str]]] = {"shown": [], "folded": []}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        n_words = int(words.get(name, 0))
        attributed = 1 - own.get(name, 0) / n_words if n_words else 0.0
        row = {
            "name": str(name),
            "country": _country(countries.get(name, ())),
            "kind": kinds.get(str(name), ""),
            "articles": f"{counts[name]:,}",
            "words": f"{n_words:,}",
            "attributed": f"{100 * attributed:.0f} %" if n_words else "",
            "link": fragment({"outlet": str(name)}),
        }
        lists["shown" if counts[name] >= MINIMUM_CLUSTERS else "folded"].append(row)
    return lists


def _country(countries: Iterable[object]) -> str:
    """The country of an outlet. A name that stands for sites of several countries has none."""
    known = [country for country in countries if isinstance(country, str)]
    return SEVERAL_COUNTRIES if len(known) > 1 else "".join(known)
