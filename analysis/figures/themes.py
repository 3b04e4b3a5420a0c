"""Themes: how often by outlet, over time, and in whose words."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.figures.marks import (
    articles_by,
    estimates,
    footnote,
    largest,
    left_out,
    plain,
    rows_from_top,
    unshown,
    with_n,
)
from analysis.figures.style import COLUMN, FAINT, INK, OWN_WORDS, QUOTED, canvas, on_slides, points, room
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.study.events import Event

SHOWN_OVER_TIME, _ACROSS = 8, 4
GROUPS = ("issue", "generic", "relationship")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SHOWN_VOICES = 9
_SHOWN_PERIODS = 5


def theme_heatmap(numbers: pd.DataFrame, *, labels: Mapping[str, str], groups: Mapping[str, str]) -> Figure:
    """Themes down, outlets across; each cell is the rate per 1,000 words, printed and shaded.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.rates.theme_rates` gives it, by outlet.
    labels, groups : mapping of str to str
        By theme.

    Returns
    -------
    matplotlib.figure.Figure
    """
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles)
    return _heatmap(
        numbers,
        across="outlet",
        columns=dict(zip(outlets, with_n(outlets, n_articles), strict=True)),
        labels=labels,
        groups=groups,
        note="Hits per 1,000 words, headline included; blank: none. n: articles. Shading follows the square root of "
        f"the rate.{left_out(n_articles, outlets)}",
        details="A hit counts for the theme above its own, too. First the study's issues, then generic frames, then "
        "portrayals of the relationship. Intervals are in the CSV.",
    )


def themes_by_side(
    numbers: pd.DataFrame, *, labels: Mapping[str, str], groups: Mapping[str, str], sides: Mapping[str, str]
) -> Figure:
    """Themes down, voices across: who brings a theme up, per 1,000 words of that voice.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.rates.theme_rates` gives it with voice 'sides' and one group.
    labels, groups : mapping of str to str
        By theme.
    sides : mapping of str to str
        Label of each voice.

    Returns
    -------
    matplotlib.figure.Figure
        The voices with most words, the outlets' own first.
    """
    words = {str(voice): float(n) for voice, n in numbers.groupby("voice")["denominator"].max().items()}
    spoken = sorted(words, key=lambda voice: (voice != OUTLET, -words[voice], voice))[:SHOWN_VOICES]
    missing = len(words) - len(spoken)
    rest = f" {missing} voices with fewer words stand in the CSV." if missing else ""
    return _heatmap(
        numbers,
        across="voice",
        columns={voice: f"{plain(sides.get(voice, voice), 24)} ({words[voice]:,.0f})" for voice in spoken},
        labels=labels,
        groups=groups,
        note="Hits per 1,000 words of the same voice; blank: none. In brackets: words of the voice; where they are "
        f"few, a single hit makes a high rate. Shading follows the square root of the rate.{rest}",
        details="A hit counts for the theme above its own, too. First the study's issues, then generic frames, then "
        "portrayals of the relationship. Intervals are in the CSV.",
    )


def _heatmap(
    numbers: pd.DataFrame,
    *,
    across: str,
    columns: Mapping[str, str],
    labels: Mapping[str, str],
    groups: Mapping[str, str],
    note: str,
    details: str,
) -> Figure:
    import numpy as np

    found = _by_group(numbers[numbers[across].isin(list(columns))], groups)
    order = found[: room(len(found), fixed=1.6, each=0.17)]
    rates = numbers.pivot(index="theme", columns=across, values="estimate").loc[order, list(columns)]
    values = rates.to_numpy(dtype=float)
    figure = canvas(1.9 + 0.19 * len(rates))
    axes = figure.subplots()
    # a few themes dominate; the square root keeps the differences between the others visible
    shades = np.sqrt(values)
    axes.imshow(shades, cmap="Blues", aspect="auto", vmin=0, vmax=np.nanmax(shades, initial=0.1) * 1.15)
    axes.set_xticks(
        range(len(columns)), list(columns.values()), rotation=35, ha="right", rotation_mode="anchor"
    )
    axes.set_yticks(range(len(order)), [plain(labels.get(theme, theme), 40) for theme in order])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for place in range(1, len(order)):
        if groups.get(order[place]) != groups.get(order[place - 1]):
            axes.axhline(place - 0.5, color=INK, linewidth=0.8)
    dark = np.nanmax(shades, initial=0.1) * 0.75  # from here on white reads better than ink
    for (row, column), rate in np.ndenumerate(values):
        if rate > 0:
            colour = "white" if np.sqrt(rate) > dark else INK
            axes.text(column, row, f"{rate:.1f}", ha="center", va="center", fontsize=points(7), color=colour)
    footnote(figure, note + unshown(order, found, "themes"), details=details)
    return figure


def themes_over_time(
    numbers: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    groups: Mapping[str, str],
    events: Sequence[Event] = (),
) -> Figure:
    """The most frequent issues, one panel each, by period.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.rates.theme_rates` gives it, by period or year.
    labels, groups : mapping of str to str
        By theme.
    events : sequence of Event
        Marked by their number above the period they fall into.

    Returns
    -------
    matplotlib.figure.Figure
    """
    unit = "period" if "period" in numbers else "year"
    dated = numbers[numbers[unit].str.match(r"\d{4}")]
    n_articles = articles_by(dated, unit)
    n_undated = sum(articles_by(numbers[~numbers.index.isin(dated.index)], unit).values())
    undated = f" Not shown: {n_undated:,} articles without a date." if n_undated else ""
    periods = list(n_articles)
    themes = [theme for theme in _by_group(dated, groups) if groups.get(theme) == "issue"][:SHOWN_OVER_TIME]
    marked = events_by_place(events, periods)
    rows = 1 if on_slides() else 2
    figure = canvas(4.3 + (0.35 if marked else 0))
    panels = figure.subplots(rows, _ACROSS, sharex=True, sharey=True, squeeze=False)
    for axes, theme in zip(panels.flat, themes, strict=False):
        course = dated[dated["theme"] == theme].set_index(unit).reindex(periods)
        _course(axes, course)
        mark_events(axes, marked)
        title = "\n".join(textwrap.wrap(plain(labels.get(theme, theme)), 18))
        axes.set_title(title, fontsize=points(8), pad=points(13) * 1.15 if marked else None)
    for axes in panels[-1]:
        axes.set_xticks(*_period_ticks(periods, n_articles))
    for axes in panels.flat[len(themes) :]:
        axes.set_visible(False)
    figure.supylabel("hits per 1,000 words", fontsize=points(8))
    footnote(
        figure,
        "The issues with most hits. Grey bars: 95 % interval over articles; none where a period has too few. A line "
        f"joins periods that follow one another; those without articles are left out. n: articles.{undated}"
        f"{event_list(events, marked)}",
    )
    return figure


def themes_by_voice(numbers: pd.DataFrame, *, labels: Mapping[str, str], groups: Mapping[str, str]) -> Figure:
    """For each theme its rate in the outlets' own words beside its rate in the words they attribute.

    Parameters
    ----------
    numbers : pandas.DataFrame
        Rows of `analysis.compare.rates.theme_rates` with the column voice: 'outlet' or 'quoted'.
    labels, groups : mapping of str to str
        By theme.

    Returns
    -------
    matplotlib.figure.Figure
    """
    themes = _by_group(numbers, groups)
    found, n_articles = themes, int(numbers["n"].max())
    themes = found[: room(len(found), fixed=1.1, each=0.19)]
    figure = canvas(1.3 + 0.2 * len(themes), width=COLUMN * 0.86)
    axes = figure.subplots()
    places = rows_from_top(axes, [plain(labels.get(theme, theme), 40) for theme in themes])
    for voice, shift, colour, name in (
        ("outlet", 0.17, OWN_WORDS, "the outlets' own words"),
        ("quoted", -0.17, QUOTED, "words they attribute"),
    ):
        rows = numbers[numbers["voice"] == voice].set_index("theme").reindex(themes)
        words = numbers.loc[numbers["voice"] == voice, "denominator"].max()
        label = f"{name} ({0 if words != words else words:,.0f} words)"
        estimates(
            axes, rows, [p + shift for p in places], colour=colour, label=label, hollow=voice == "quoted"
        )
    for place in range(1, len(themes)):
        if groups.get(themes[place]) != groups.get(themes[place - 1]):
            axes.axhline(len(themes) - place - 0.5, color=FAINT, linewidth=0.8)
    axes.set_xlim(left=-0.012 * axes.get_xlim()[1])  # a point at zero stays whole
    axes.set_xlabel("hits per 1,000 words of the same voice")
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=2)
    footnote(
        figure,
        "Lines: 95 % interval over articles; paler points have too few hits or articles for one. "
        f"n: {n_articles:,} articles.{unshown(themes, found, 'themes')}",
        details="The study's issues first, then generic frames, then portrayals of the relationship.",
    )
    return figure


def _course(axes: Axes, rows: pd.DataFrame) -> None:
    places = range(len(rows))
    axes.vlines(places, rows["ci95_low"], rows["ci95_high"], color=FAINT, linewidth=2.6)
    axes.plot(
        places,
        rows["estimate"],
        marker="o",
        markersize=3.6,
        color=INK,
        linestyle="none",
        clip_on=False,
        zorder=3,
    )
    for place in range(1, len(rows)):
        if _adjoin(str(rows.index[place - 1]), str(rows.index[place])):
            axes.plot([place - 1, place], rows["estimate"].iloc[place - 1 : place + 1], color=INK)
    axes.set_xlim(-0.5, len(rows) - 0.5)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")


def _adjoin(earlier: str, later: str) -> bool:
    """Whether two months ('2022-06') or years ('2022') follow one another."""
    (year, _, month), (next_year, _, next_month) = earlier.partition("-"), later.partition("-")
    count = 12 if month else 1
    return count * (int(next_year) - int(year)) + int(next_month or 0) - int(month or 0) == 1


def events_by_place(events: Sequence[Event], periods: Sequence[str]) -> dict[int, list[int]]:
    """Numbers of the events (from 1, by day) for each place of a period on the axis; other periods have no place."""
    marked: dict[int, list[int]] = {}
    for number, event in enumerate(sorted(events, key=lambda e: e.date), start=1):
        for place, period in enumerate(periods):
            if event.date.isoformat().startswith(period):
                marked.setdefault(place, []).append(number)
    return marked


def mark_events(axes: Axes, marked: Mapping[int, Sequence[int]]) -> None:
    for place, numbers in marked.items():
        axes.axvline(place, color=FAINT, linewidth=0.7, linestyle=(0, (2, 2)), zorder=0)
        label = ",".join(map(str, numbers[:2])) + ("…" if len(numbers) > 2 else "")
        axes.text(
            place,
            1.02,
            label,
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            fontsize=points(7),
        )


def event_list(events: Sequence[Event], marked: Mapping[int, Sequence[int]]) -> str:
    """The events that are marked, for the footnote."""
    shown = {number for numbers in marked.values() for number in numbers}
    named = [
        f"{number} {plain(event.label, 60)}, {event.date.day} {MONTHS[event.date.month - 1]} {event.date.year}"
        for number, event in enumerate(sorted(events, key=lambda e: e.date), start=1)
        if number in shown
    ]
    return f" Events: {'; '.join(named)}." if named else ""


def _by_group(numbers: pd.DataFrame, groups: Mapping[str, str]) -> list[str]:
    """Themes with hits: the study's issues first, and within a group by hits."""
    hits = numbers.groupby("theme")["numerator"].sum()
    rank = {group: place for place, group in enumerate(GROUPS)}
    themes = [str(theme) for theme in hits.index if hits[theme] > 0]
    return sorted(themes, key=lambda theme: (rank.get(groups.get(theme, ""), len(rank)), -hits[theme], theme))


def _period_ticks(periods: Sequence[str], n_articles: Mapping[str, int]) -> tuple[list[int], list[str]]:
    """At most five labels, so that they never run into one another."""
    step = max(1, -(-len(periods) // _SHOWN_PERIODS))
    shown = list(range(0, len(periods), step))
    return shown, [_period_label(periods[i], n_articles[periods[i]]) for i in shown]


def _period_label(period: str, n: int) -> str:
    year, _, month = period.partition("-")
    return f"{MONTHS[int(month) - 1]}\n{year}\nn={n}" if month else f"{year}\nn={n}"
