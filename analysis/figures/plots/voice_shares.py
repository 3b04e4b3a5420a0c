"""In whose voice: shares of an outlet's words, and loaded terms it uses itself against those it only quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.compare.measures.adoption import DISTANCED, OWN
from analysis.compare.measures.adoption import QUOTED as QUOTED_USE
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    Piece,
    articles_by,
    divided_bars,
    footnote,
    largest,
    left_out,
    legend_above,
    plain,
    rows_from_top,
    with_n,
)
from analysis.figures._core.palette import Side
from analysis.figures._core.style import INK, OWN_WORDS, QUOTED, canvas, points, room
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN_SIDES = 5
_REST_LOOK = Side("white", "", "o")
SHOWN_TERMS = 20
FEWEST_USES = 3  # of a term, for a share of them to say anything
_USES = (
    (OWN, OWN_WORDS, "", "the outlet's own words"),
    (DISTANCED, "white", "//", "in quotation marks or “so-called”"),
    (QUOTED_USE, QUOTED, "", "attributed to somebody"),
)


def voice_shares(numbers: pd.DataFrame, *, labels: Mapping[str, str], looks: Mapping[str, Side]) -> Figure:
    """One bar per outlet, divided among the voices: its own words, then each side it attributes words to.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.voice_shares` gives it, by outlet.
    labels : mapping of str to str
        By voice.
    looks : mapping of str to Side
        By voice: see `analysis.figures._core.palette.side_looks`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles, at_most=room(SHOWN_OUTLETS, fixed=1.6, each=0.24))
    voices, rest = _voices(numbers)
    figure = canvas(1.75 + 0.3 * len(outlets))
    axes = figure.subplots()
    places = rows_from_top(axes, with_n(outlets, n_articles))
    by_voice = {
        voice: numbers[numbers["voice"] == voice].set_index("outlet").reindex(outlets)
        for voice in (OUTLET, *voices)
    }
    pieces = [
        Piece(by_voice[voice], *looks[voice][:2], plain(labels.get(voice, voice), 26)) for voice in voices
    ]
    if rest:  # several rows together, which lead nowhere
        fewer = numbers[numbers["voice"].isin(rest)].groupby("outlet")[["estimate"]].sum().reindex(outlets)
        pieces.append(Piece(fewer, *_REST_LOOK[:2], "Sides with fewer words"))
    divided_bars(axes, places, pieces)
    own = by_voice[OUTLET]
    axes.hlines([place - 0.4 for place in places], 100 * own["ci95_low"], 100 * own["ci95_high"], color=INK)
    _finish(figure, axes, "per cent of all words")
    names = (
        f" Sides with fewer words: {', '.join(plain(labels.get(v, v), 20) for v in rest)}." if rest else ""
    )
    footnote(
        figure,
        "Line below a bar: 95 % interval of the outlet's own share over articles; none where there are too few. "
        f"n: articles.{left_out(n_articles, outlets)}",
        details="Every word belongs to the outlet or to the innermost speaker. Intervals of the other shares are in "
        f"the CSV.{names}",
    )
    return figure


def adoption(
    numbers: pd.DataFrame,
    *,
    groups: Mapping[str, str],
    terms: Mapping[str, str],
    sides: Mapping[str, str],
) -> Figure:
    """One bar per loaded term: used by the outlets themselves, shown at a distance, or only quoted.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.adoption.term_adoption` gives it for all outlets together.
    groups, terms, sides : mapping of str to str
        Labels of groups of terms, terms, and sides.

    Returns
    -------
    matplotlib.figure.Figure
    """
    used = numbers[numbers["denominator"] > 0]
    uses = used.groupby("term", sort=False)["denominator"].max()
    often = uses[uses >= FEWEST_USES] if (uses >= FEWEST_USES).any() else uses
    at_most = room(SHOWN_TERMS, fixed=1.6, each=0.4)
    kept = set(often.sort_values(ascending=False, kind="stable").index[:at_most])
    used = used[used["term"].isin(kept)]
    figure = canvas(1.7 + 0.29 * len(kept) + 0.24 * used["group"].nunique())
    axes = figure.subplots()
    heights, headings = _heights(used)
    rows = used.drop_duplicates("term").set_index("term")
    places = [heights[term] for term in rows.index]
    axes.set_yticks(places, [_term_label(row, terms, sides) for row in rows.reset_index().to_dict("records")])
    axes.set_ylim(min(places) - 0.75, max([*places, *headings.values()]) + 0.5)
    for group, height in headings.items():
        axes.text(
            0.6,
            height - 0.1,
            plain(groups.get(group, group), 60),
            fontsize=points(8),
            fontweight="bold",
            va="center",
        )
    by_use = {use: used[used["use"] == use].set_index("term").reindex(rows.index) for use, *_ in _USES}
    divided_bars(
        axes, places, [Piece(by_use[use], colour, hatch, name) for use, colour, hatch, name in _USES]
    )
    own = by_use[OWN]
    axes.hlines([place - 0.4 for place in places], 100 * own["ci95_low"], 100 * own["ci95_high"], color=INK)
    _finish(figure, axes, "per cent of the uses of the term")
    missing = len(uses) - len(kept)
    rest = f" {missing} terms with fewer uses stand in the CSV." if missing else ""
    footnote(
        figure,
        "All outlets together. In brackets: the side whose language the term is, and how often it was found. Line "
        f"below a bar: 95 % interval of the own share over articles; none where there are too few.{rest}",
        details="A quotation mark or “so-called” in the outlet's own words is distance, not use.",
    )
    return figure


def _voices(numbers: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The voices drawn one by one, the outlet first and unknown speakers last, and those put together."""
    words = numbers.groupby("voice")["numerator"].sum().sort_values(ascending=False, kind="stable")
    heard = [str(voice) for voice in words.index if words[voice] > 0]
    sides = [voice for voice in heard if voice not in (OUTLET, UNATTRIBUTED)]
    shown = [*([OUTLET] if OUTLET in heard else []), *sides[:SHOWN_SIDES]]
    return [*shown, *([UNATTRIBUTED] if UNATTRIBUTED in heard else [])], sides[SHOWN_SIDES:]


def _heights(used: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """Height of each term and of each group's heading, from the top down in the order of the study's file."""
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
    whose = f"{plain(sides.get(side, side), 18)}, " if side else ""
    return f"{plain(terms.get(term, term), 30)} ({whose}{row['denominator']:,.0f})"


def _finish(figure: Figure, axes: Axes, what: str) -> None:
    axes.set_xlim(0, 100)
    axes.set_xlabel(what)
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    handles, names = axes.get_legend_handles_labels()
    legend_above(figure, handles, names, fontsize=points(7.5), frameon=False)
