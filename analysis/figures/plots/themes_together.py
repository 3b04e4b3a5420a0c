"""Themes that come together: a network of issues that share sentences."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.compare.measures import cooccurrence
from analysis.errors import FramingError
from analysis.figures._core.hotspots import register_arrow
from analysis.figures._core.marks import footnote, printable
from analysis.figures._core.options import options
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.style import INK, canvas, on_slides, points
from analysis.figures._core.texts import say
from analysis.study.codebook import SHOWN_GROUP

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import FancyArrowPatch

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_LINKS = 25
MINIMUM = 3  # sentences that two themes share; fewer may be chance
_WIDEST, _LARGEST = 7.0, 230.0  # points, square points


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    groups = tables.study_or_error().theme_groups
    issues = [theme for theme, group in groups.items() if group == SHOWN_GROUP]
    return cooccurrence.co_occurrence(tables, within="sentence", themes=issues, weight=cut.weight)


def themes_together(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """The study's issues around a circle, joined where they share sentences more often than by chance.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.cooccurrence.co_occurrence` returns it for sentences and one group.
    study : Study

    Returns
    -------
    FramingFigure

    Raises
    ------
    FramingError
        The numbers describe several groups of articles.
    """
    groups, labels = study.theme_groups, study.theme_labels
    if numbers.duplicated(["one", "other"]).any():
        raise FramingError(
            "themes_together draws one group of articles", remedy="call co_occurrence with by=()"
        )
    issues = numbers[
        [all(groups.get(theme, SHOWN_GROUP) == SHOWN_GROUP for theme in pair) for pair in _pairs(numbers)]
    ]
    links = _links(issues)
    sizes = _sizes(issues)
    joined = {theme for one, other, _ in links for theme in (one, other)}
    order = _around({theme: n for theme, n in sizes.items() if theme in joined}, links)
    figure = canvas(5.6, in_proportion=True)
    axes = figure.subplots()
    axes.set_aspect("equal")
    axes.set_axis_off()
    across = 2.4 if on_slides() else 1.95
    axes.set_xlim(-across, across)
    high = 1.4 if options().is_narrow else 1.2
    axes.set_ylim(-high, high)
    places = {
        theme: (math.sin(2 * math.pi * i / len(order)), math.cos(2 * math.pi * i / len(order)))
        for i, theme in enumerate(order)
    }
    if not links:
        axes.text(
            0, 0, say("No two issues share {n} sentences or more.", n=MINIMUM), ha="center", va="center"
        )
    rows = {(row["one"], row["other"]): row for row in numbers.to_dict("records")}
    for (one, other, _), arrow in zip(links, _draw_links(axes, links, places), strict=True):
        register_arrow(axes, {str(name): value for name, value in rows[one, other].items()}, arrow)
    _draw_themes(axes, sizes, places, labels)
    _legend(figure, links)
    n_units = int(issues["n_units"].max()) if len(issues) else 0
    apart = [
        f"{printable(labels.get(theme, theme), 40)} ({n:,})"
        for theme, n in sizes.items()
        if theme not in joined
    ]
    alone = f" Without a line: {', '.join(apart)}." if apart else ""
    footnote(
        figure,
        f"The study's issues. Area of a dot: number of sentences with the issue (n, of {n_units:,}). A line "
        f"joins two issues that share at least {MINIMUM} sentences, more than expected by chance (lift above "
        f"1; no test); at most the {SHOWN_LINKS} closest pairs are shown. Wider and darker lines: a larger "
        "share of the sentences with either issue contain both (Jaccard index).",
        details=f"The CSV has intervals, and all pairs that share a sentence.{alone}",
    )
    return figure


def _pairs(numbers: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(numbers["one"], numbers["other"], strict=True))


def _links(numbers: pd.DataFrame) -> list[tuple[str, str, float]]:
    """The pairs that are drawn and their index, closest first."""
    kept = numbers[(numbers["numerator"] >= MINIMUM) & (numbers["lift"] > 1)]
    found = [
        (one, other, float(value)) for (one, other), value in zip(_pairs(kept), kept["estimate"], strict=True)
    ]
    return sorted(found, key=lambda link: (-link[2], link[:2]))[:SHOWN_LINKS]


def _sizes(numbers: pd.DataFrame) -> dict[str, int]:
    """Number of sentences with each theme."""
    sizes: dict[str, int] = {}
    for names, counts in (("one", "n_one"), ("other", "n_other")):
        sizes |= {str(theme): int(n) for theme, n in zip(numbers[names], numbers[counts], strict=True)}
    return dict(sorted(sizes.items()))


def _around(sizes: Mapping[str, int], links: Sequence[tuple[str, str, float]]) -> list[str]:
    """An order around the circle that puts close themes side by side, so that few lines cross."""
    close: dict[tuple[str, str], float] = {}
    for one, other, value in links:
        close[one, other] = close[other, one] = value
    strength = {theme: sum(value for (one, _), value in close.items() if one == theme) for theme in sizes}
    waiting = sorted(sizes, key=lambda theme: (-strength[theme], theme))
    order: list[str] = []
    while waiting:
        ends = (order[0], order[-1]) if order else ("", "")
        value, end, theme = max(
            ((close.get((end, theme), 0.0), end, theme) for theme in waiting for end in ends),
            key=lambda found: (found[0], strength[found[2]], found[2]),
        )
        if order and end == order[0] != order[-1] and value > 0:
            order.insert(0, theme)
        else:
            order.append(theme)
        waiting.remove(theme)
    return order


def _draw_links(
    axes: Axes, links: Sequence[tuple[str, str, float]], places: Mapping[str, tuple[float, float]]
) -> list[FancyArrowPatch]:
    """The lines, in the order of the links."""
    from matplotlib.patches import FancyArrowPatch

    strongest = max((value for *_, value in links), default=1.0)
    lines = []
    for one, other, value in reversed(links):
        line = FancyArrowPatch(
            places[one],
            places[other],
            arrowstyle="-",
            connectionstyle=f"arc3,rad={_bend(places[one], places[other]):.4f}",
            zorder=1 + value / strongest,
            shrinkA=0,
            shrinkB=0,
            capstyle="butt",
            **_look(value / strongest),
        )
        axes.add_patch(line)
        lines.append(line)
    return lines[::-1]


def _look(share: float) -> dict[str, Any]:
    """Width and grey of a line, by its index as a share of the largest index."""
    return {"linewidth": max(0.8, _WIDEST * share), "color": f"{0.78 - 0.6 * share:.3f}"}


def _legend(figure: Figure, links: Sequence[tuple[str, str, float]]) -> None:
    """A legend of three lines: the largest index and two shares of it."""
    from matplotlib.lines import Line2D

    if not links:
        return
    strongest = links[0][2]
    handles = [
        Line2D([], [], label=f"{100 * share * strongest:.0f} %", solid_capstyle="butt", **_look(share))
        for share in (1.0, 0.6, 0.3)
    ]
    title, size = say("sentences with both, of those with either"), points(7.5)
    if on_slides():  # no height to spare
        title = title.replace(", ", ",\n")
        figure.legend(handles=handles, loc="outside right upper", title=title, title_fontsize=size)
    else:
        figure.legend(handles=handles, loc="outside upper center", ncols=3, title=title, title_fontsize=size)


def _bend(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Curvature of a line towards the centre: most for neighbours, none for opposite themes."""
    distance = math.dist(start, end) / 2
    cross = start[0] * end[1] - start[1] * end[0]
    return math.copysign(0.35 * (1 - distance), -cross) if distance < 1 else 0.0


def _draw_themes(
    axes: Axes,
    sizes: Mapping[str, int],
    places: Mapping[str, tuple[float, float]],
    labels: Mapping[str, str],
) -> None:
    largest = max(sizes.values(), default=1)
    for theme, (x, y) in places.items():
        area = max(12.0, _LARGEST * sizes[theme] / largest)
        axes.scatter([x], [y], s=area, color=INK, edgecolors="white", linewidths=1.0, zorder=5)
        away = points(3) + math.sqrt(area / math.pi)
        side = "center" if abs(x) < 0.12 else "left" if x > 0 else "right"
        level = "bottom" if y > 0.9 else "top" if y < -0.9 else "center"
        name = f"{printable(labels.get(theme, theme), 40)} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{sizes[theme]:,})"
        axes.annotate(
            "\n".join(textwrap.wrap(name, 16 if options().is_narrow else 24)),
            (x, y),
            xytext=(0 if side == "center" else math.copysign(away, x), away * y),
            textcoords="offset points",
            ha=side,
            va=level,
            fontsize=points(7.5),
            linespacing=1.1,
        )


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Sentences with both themes."""
    return {"theme": str(row["one"]), "with": str(row["other"])}


ENTRY = Entry(
    section=Section.THEMES,
    order=70,
    title="Issues that occur together",
    question="Which issues come up in the same sentences?",
    reading=(
        "A network: issues around a circle. A line joins issues that share sentences more often than by "
        "chance; a wider and darker line means that they share a larger part of their sentences."
    ),
    numbers=measure,
    draw=themes_together,
    empty="no sentence contains two themes",
    filters=filters,
)
