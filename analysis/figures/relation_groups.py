"""The relation of two sides over time, one panel for each group of outlets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare.relations import ALL
from analysis.figures.marks import footnote, plain
from analysis.figures.relations import BALANCE_TICKS, draw_voices
from analysis.figures.style import COLUMN, FAINT
from analysis.figures.themes import event_list, events_by_place, mark_events

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.study.events import Event

PANELS = 8
_NARROW = 6  # periods that have room in half the width


def relation_by_group(
    numbers: pd.DataFrame,
    *,
    group: str,
    pair: Sequence[str],
    events: Sequence[Event] = (),
) -> Figure:
    """Balance of cooperation and conflict between two sides by year and voice, group by group.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.relations.balance_by_group` gives it, with voice 'split'.
    group : str
        The column that holds the groups of outlets.
    pair : sequence of str
        Labels of the two sides.
    events : sequence of Event
        Marked by number over the year they fall in.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.figure import Figure

    whole = numbers[numbers["period"] == ALL]
    acts = whole.groupby(group)["denominator"].sum().sort_values(ascending=False, kind="stable")
    told = sorted((str(name) for name in acts.index[acts > 0]), key=lambda name: name != ALL)
    shown = told[:PANELS]
    periods = sorted(set(numbers["period"].astype(str)), key=lambda name: (name == ALL, name))
    across = 2 if len(periods) <= _NARROW else 1
    down = -(-len(shown) // across)
    figure = Figure(figsize=(COLUMN, 1.2 + 1.75 * down))
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False).flat
    marked = events_by_place(events, periods)
    for axes, name in zip(panels, shown, strict=False):
        draw_voices(axes, numbers[numbers[group] == name], periods, "period")
        mark_events(axes, marked)
        axes.axvline(len(periods) - 1.5, color=FAINT, linewidth=0.7, zorder=0)
        axes.set_title(
            f"{plain(name) if name != ALL else 'all outlets'} ({acts[name]:.0f} act{'s' if acts[name] > 1 else ''})",
            loc="left",
            pad=12,
        )
        axes.set_yticks(*BALANCE_TICKS)
        axes.tick_params(axis="x", labelbottom=True)
    for axes in list(figure.axes)[len(shown) :]:
        axes.set_axis_off()
    figure.axes[0].legend(loc="lower left", bbox_to_anchor=(0, 1.32), ncols=2)
    hidden = told[PANELS:]
    more = f" Not shown, with fewer acts: {', '.join(hidden)}." if hidden else ""
    footnote(
        figure,
        f"Acts of {' and '.join(pair)} on one another, by the outlet's country: cooperation less conflict over "
        "both; told as done or coming. Beside each point the number of acts. Lines: 95 % interval over articles; "
        f"paler points have too few for one, or the same in every article.{more}{event_list(events, marked)}",
    )
    return figure
