"""The relation of two sides over time, one panel for each group of outlets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare.measures.relations import ALL
from analysis.figures._core.marks import footnote, legend_above, plain
from analysis.figures._core.style import FAINT, canvas, on_slides, points
from analysis.figures._core.time_axis import event_list, events_by_place, mark_events
from analysis.figures.plots.relation_over_time import draw_voices

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.study.events import Event

PANELS = 8
_NARROW = 6  # periods that have room in half the width
_LABELS = 12


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
        As `analysis.compare.measures.relations.balance_by_group` gives it, with voice 'split'.
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
    whole = numbers[numbers["period"] == ALL]
    acts = whole.groupby(group)["denominator"].sum().sort_values(ascending=False, kind="stable")
    told = sorted(
        (str(name) for name in acts.index[acts > 0]), key=lambda name: (name != ALL, name not in pair)
    )
    periods = sorted(set(numbers["period"].astype(str)), key=lambda name: (name == ALL, name))
    narrow = len(periods) <= _NARROW
    across, down = _panels(len(told), narrow=narrow)
    counted = narrow or not on_slides()  # two wide panels on a slide have no height for more lines
    shown, hidden = told[: across * down], told[across * down :]
    figure = canvas(1.2 + 1.9 * down)
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False).flat
    marked = events_by_place(events, periods)
    for axes, name in zip(panels, shown, strict=False):
        draw_voices(axes, numbers[numbers[group] == name], periods, "period", at_most=_LABELS, acts=counted)
        mark_events(axes, marked)
        axes.axvline(len(periods) - 1.5, color=FAINT, linewidth=0.7, zorder=0)
        plural = "s" if acts[name] > 1 else ""
        title = f"{plain(name, 20) if name != ALL else 'all outlets'} ({acts[name]:.0f} act{plural})"
        axes.set_title(title, fontsize=points(8), pad=points(13) * 1.15 if marked else None)
        axes.tick_params(axis="x", labelbottom=True)
    for axes in list(figure.axes)[len(shown) :]:
        axes.set_axis_off()
    legend_above(figure, *figure.axes[0].get_legend_handles_labels())
    more = f" Not shown, with fewer acts: {', '.join(plain(name, 20) for name in hidden)}." if hidden else ""
    below = (
        "Below each year the number of acts, in own and in attributed words. "
        if counted
        else "Numbers of acts are in the CSV. "
    )
    footnote(
        figure,
        f"Acts of {' and '.join(pair)} on one another, by the outlet's country: cooperation less conflict over "
        f"both; told as done or coming. {below}Lines: "
        "95 % interval over articles; paler points have too few for one, or the same in every article."
        f"{event_list(events, marked)}",
        details=f"Few outlets to a country: what sets it apart may be the outlet.{more}",
    )
    return figure


def _panels(groups: int, *, narrow: bool) -> tuple[int, int]:
    """Panels across and down, for as many of the groups as there is room for."""
    if on_slides():
        return (min(groups, 3), 1) if narrow else (1, min(groups, 2))
    across = 2 if narrow else 1
    return across, -(-min(groups, PANELS) // across)
