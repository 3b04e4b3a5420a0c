"""Loaded terms: used by the outlets themselves, kept at a distance, or only quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.compare.measures.adoption import DISTANCED, OWN, term_adoption
from analysis.compare.measures.adoption import QUOTED as QUOTED_USE
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    Piece,
    articles_by,
    divided_bars,
    footnote,
    largest,
    on_groups,
    percentage_axis,
    printable,
    rows_from_top,
)
from analysis.figures._core.options import options
from analysis.figures._core.registry import TERM, TEXTS_READ, Entry, Section
from analysis.figures._core.style import INK, OWN_WORDS, QUOTED, canvas, points, rows_that_fit

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_TERMS = 20
FEWEST_USES = 3  # of a term; with fewer, shares mean little
USES = (
    (OWN, OWN_WORDS, "", "the outlet's own words"),
    (DISTANCED, "white", "//", "in quotation marks or “so-called”"),
    (QUOTED_USE, QUOTED, "", "attributed to a speaker"),
)

_DISTANCE = (
    "A term in quotation marks or after “so-called” in the outlet's own words counts as distance, not as use."
)


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure; empty if the study lists no loaded terms."""
    import pandas as pd

    if tables.study_or_error().loaded_terms is None:
        return pd.DataFrame()
    by_term = cut.by == TERM
    return term_adoption(tables, by=[] if by_term else [cut.by], by_term=by_term, weight=cut.weight)


def adoption(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One bar per loaded term or group, divided among own use, use in quotation marks, and attributed use.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.adoption.term_adoption` returns it: by term for all outlets together, or by
        group for all terms together.
    study : Study

    Returns
    -------
    FramingFigure
    """
    if "term" not in numbers:
        return _by_group(numbers)
    listed = study.loaded_terms.groups if study.loaded_terms is not None else ()
    groups = {group.id: group.label for group in listed}
    terms = {term.id: term.label for group in listed for term in group.terms}
    used = numbers[numbers["denominator"] > 0]
    uses = used.groupby("term", sort=False)["denominator"].max()
    often = uses[uses >= FEWEST_USES] if (uses >= FEWEST_USES).any() else uses
    at_most = rows_that_fit(SHOWN_TERMS, fixed=1.6, each=0.4)
    kept = set(often.sort_values(ascending=False, kind="stable").index[:at_most])
    used = used[used["term"].isin(kept)]
    figure = canvas(1.7 + 0.29 * len(kept) + 0.24 * used["group"].nunique())
    axes = figure.subplots()
    heights, headings = _heights(used)
    rows = used.drop_duplicates("term").set_index("term")
    places = [heights[term] for term in rows.index]
    axes.set_yticks(
        places, [_term_label(row, terms, study.side_labels) for row in rows.reset_index().to_dict("records")]
    )
    axes.set_ylim(min(places) - 0.75, max([*places, *headings.values()]) + 0.5)
    narrow = options().is_narrow  # a heading then reaches into the space of the row labels
    for group, height in headings.items():
        axes.text(
            100 if narrow else 0.6,
            height - 0.1,
            printable(groups.get(group, group), 60),
            fontsize=points(8),
            fontweight="bold",
            ha="right" if narrow else "left",
            va="center",
        )
    _bars(axes, used.set_index("term"), list(rows.index), places)
    percentage_axis(figure, axes, "per cent of the uses of the term")
    missing = len(uses) - len(kept)
    rest = f" The CSV has {missing} more, with fewer uses." if missing else ""
    footnote(
        figure,
        "All outlets together. In brackets: the side that uses the term, if any, and the number of uses. Line "
        f"below a bar: 95 % interval of the own share over articles, omitted if articles are too few.{rest}",
        details=_DISTANCE,
    )
    return figure


def _by_group(numbers: pd.DataFrame) -> FramingFigure:
    """One bar per group of articles, for all terms together."""
    by = str(numbers.columns[0])
    used = numbers[numbers["denominator"] > 0]
    n_articles = articles_by(used, by)
    groups = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.5, each=0.3))
    figure = canvas(1.5 + 0.29 * len(groups))
    axes = figure.subplots()
    uses = used.drop_duplicates(by).set_index(by)["denominator"]
    heights = rows_from_top(axes, [f"{printable(group, 30)} ({uses[group]:,.0f})" for group in groups])
    _bars(axes, used.set_index(by), groups, heights)
    percentage_axis(figure, axes, "per cent of the uses of loaded terms")
    footnote(
        figure,
        "All loaded terms together. In brackets: the number of uses. Line below a bar: 95 % interval of the own "
        f"share over articles, omitted if articles are too few.{on_groups(n_articles, groups, by)}",
        details=_DISTANCE,
    )
    return figure


def _bars(axes: Axes, rows: pd.DataFrame, names: list[str], heights: Sequence[float]) -> None:
    """One divided bar per row, with the interval of the own share below it."""
    of_use = {use: rows[rows["use"] == use].reindex(names).reset_index() for use, *_ in USES}
    divided_bars(
        axes, heights, [Piece(of_use[use], colour, hatch, name) for use, colour, hatch, name in USES]
    )
    own = of_use[OWN]
    axes.hlines([place - 0.4 for place in heights], 100 * own["ci95_low"], 100 * own["ci95_high"], color=INK)


def _heights(used: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """Height of each term and of each group's heading, from the top in the order of loaded_terms.yml."""
    terms: dict[str, float] = {}
    headings: dict[str, float] = {}
    height = 0.0
    for group, rows in used.groupby("group", sort=False):
        headings[str(group)] = height
        for term in dict.fromkeys(rows["term"]):
            height -= 1.0
            terms[term] = height
        height -= 1.0
    return terms, headings


def _term_label(row: Mapping[object, object], terms: Mapping[str, str], sides: Mapping[str, str]) -> str:
    term, side = str(row["term"]), str(row["standpoint"])
    whose = f"{printable(sides.get(side, side), 24)}, " if side else ""
    return f"{printable(terms.get(term, term), 30)} ({whose}{row['denominator']:,.0f})"


ENTRY = Entry(
    section=Section.SPEAKERS,
    order=60,
    on_page=True,
    title="Loaded terms: used or only quoted",
    question="Which loaded terms do the outlets use themselves, and which do they only quote?",
    reading=(
        "One bar per loaded term, divided into uses in the outlets' own words, uses in quotation marks or "
        "after “so-called”, and uses in words attributed to a speaker."
    ),
    numbers=measure,
    draw=adoption,
    by=TERM,
    at_most=TEXTS_READ,
    empty="the study lists no loaded terms (loaded_terms.yml), or no article uses one",
    reads_texts=True,
)
