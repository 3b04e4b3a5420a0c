"""The relation of the two sides over time, by country of the outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import relations
from analysis.compare.measures.relations import ALL
from analysis.figures._core.balance import draw_balance
from analysis.figures._core.groups import group_nouns, group_of
from analysis.figures._core.links import group_filter
from analysis.figures._core.marks import footnote, legend_above, printable
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import two_side_labels, two_sides
from analysis.figures._core.style import FAINT, canvas, on_slides, points
from analysis.figures._core.texts import say
from analysis.figures._core.time_axis import event_list, events_by_place, mark_events

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

PANELS = 8
_NARROW = 6  # periods that have room in half the width
_LABELS = 12


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return relations.balance_by_group(
        tables, two_sides(tables), group=cut.by, voice="split", weight=cut.weight
    )


def relation_by_country(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Balance of cooperation and conflict by year and voice, one panel per country of outlets.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.relations.balance_by_group` returns it by outlet_country, with voice 'split'.
    study : Study

    Returns
    -------
    FramingFigure
    """
    pair, events = two_side_labels(study), study.events
    by = group_of(numbers)
    group, nouns = group_nouns(by)
    whole = numbers[numbers["period"] == ALL]
    acts = whole.groupby(by)["denominator"].sum().sort_values(ascending=False, kind="stable")
    groups = sorted(
        (str(name) for name in acts.index[acts > 0]), key=lambda name: (name != ALL, name not in pair)
    )
    periods = sorted(set(numbers["period"].astype(str)), key=lambda name: (name == ALL, name))
    narrow = len(periods) <= _NARROW
    across, down = _panels(len(groups), narrow=narrow)
    counted = narrow or not on_slides()  # two wide panels on a slide have no height for more lines
    shown, hidden = groups[: across * down], groups[across * down :]
    figure = canvas(1.2 + 1.9 * down)
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False).flat
    marked = events_by_place(events, periods)
    for axes, name in zip(panels, shown, strict=False):
        draw_balance(axes, numbers[numbers[by] == name], periods, at_most=_LABELS, acts=counted)
        mark_events(axes, marked)
        axes.axvline(len(periods) - 1.5, color=FAINT, linewidth=0.7, zorder=0)
        plural = "s" if acts[name] > 1 else ""
        n_acts = say(f"({{n}} act{plural})", n=f"{acts[name]:.0f}")
        title = f"{printable(name, 20) if name != ALL else say('all outlets')} {n_acts}"
        axes.set_title(title, fontsize=points(8), pad=points(13) * 1.15 if marked else None)
        axes.tick_params(axis="x", labelbottom=True)
    for axes in list(figure.axes)[len(shown) :]:
        axes.set_axis_off()
    legend_above(figure, *figure.axes[0].get_legend_handles_labels())
    more = (
        f" {nouns.capitalize()} with fewer acts, not shown: {', '.join(printable(name, 20) for name in hidden)}."
        if hidden
        else ""
    )
    below = (
        "Below each year: number of acts in own and in attributed words. "
        if counted
        else "The CSV has the number of acts. "
    )
    footnote(
        figure,
        f"Acts between {' and '.join(pair)} that are reported as done or planned, by {group}; "
        f"the balance is (cooperation − conflict) / (cooperation + conflict). {below}Lines: 95 % intervals "
        "over articles; paler points have no interval, because articles are too few or all "
        f"alike.{event_list(events, marked)}",
        details=f"With few outlets per {group}, a difference may be due to an outlet.{more}",
    )
    return figure


def _panels(groups: int, *, narrow: bool) -> tuple[int, int]:
    """Number of panels across and down, for as many groups as there is room."""
    if on_slides():
        return (min(groups, 3), 1) if narrow else (1, min(groups, 2))
    across = 2 if narrow else 1
    return across, -(-min(groups, PANELS) // across)


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Acts of the two sides on one another, in all countries or years where the row is about all of them."""
    acts = {"acts": f"{pair[0]}<>{pair[1]}"} if pair else {}
    of_all = [
        group_filter(column, "") for column, value in row.items() if isinstance(value, str) and value == ALL
    ]
    return {name: value for chosen in (acts, *of_all) for name, value in chosen.items()}


ENTRY = Entry(
    section=Section.RELATION,
    order=20,
    title="Cooperation and conflict over time, by country of the outlet",
    question="Do outlets of the two countries report the relationship differently from outlets elsewhere?",
    reading=(
        "One panel per country of outlets: the balance of conflict (-1) and cooperation (1), in own and in "
        "attributed words, year by year and for all years together."
    ),
    numbers=measure,
    draw=relation_by_country,
    by="outlet_country",
    filters=filters,
)
