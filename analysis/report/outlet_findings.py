"""Sentences on outlets compared with all others; only differences that hold however wire copy is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.compare._core.counts import voice_words
from analysis.compare._core.grouping import format_count
from analysis.compare._core.theme_hits import shown_themes
from analysis.compare.inference.multiple_testing import adjust
from analysis.compare.measures.outlet_groups import news_outlets, not_news
from analysis.compare.measures.units import polarity_units
from analysis.compare.measures.unknown_sides import MANY_UNKNOWN
from analysis.compare.measures.wire_copy import compare_each, robust_differences, theme_comparisons
from analysis.corpus import is_unknown_outlet
from analysis.report.finding import OUTLETS, Finding
from analysis.report.formatting import p_value, quoted, rounded, shortened, with_interval
from analysis.schemas import OUTLET, UNATTRIBUTED
from analysis.validation.validate import SHARE

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Row = Mapping[Any, Any]
LEVEL = 0.05
LISTED = 2
MAIN = "as one"  # the treatment of wire copy whose numbers are stated


@dataclass(frozen=True)
class Kind:
    """A set of comparisons and how it is put into words.

    Attributes
    ----------
    task : str
        As in `Finding`.
    subject : str
        What is compared, for the sentence on all comparisons.
    column : str
        Column that is compared: side or theme.
    sentence : callable
        Row, label -> the beginning of the sentence, up to the noun.
    filters : callable
        Row -> filters.
    scale, unit, gap, digits :
        Format of the numbers; `gap` is the unit of a difference.
    notes : tuple of str
        Notes on every difference of these comparisons.
    """

    task: str
    subject: str
    column: str
    sentence: Callable[[Row, str], str]
    filters: Callable[[Row], dict[str, str]]
    scale: float
    unit: str
    gap: str
    digits: int
    notes: tuple[str, ...] = ()


QUOTED_SIDES = Kind(
    "sides", "the shares of the sides in the attributed words", "side",
    lambda row, side: f"{shortened(row['outlet'])} gives {side} {_more(row)} of the attributed words than all other",
    lambda row: {"outlet": row["outlet"], "voice": row["side"]},
    100, " %", " points", 0,
)  # fmt: skip
THEME_RATES = Kind(
    "themes", "how often themes come up", "theme",
    lambda row, theme: f"{shortened(row['outlet'])} brings up {quoted(theme)} {_more(row)} often than all other",
    lambda row: {"outlet": row["outlet"], "theme": row["theme"]},
    1, " hits per 1,000 words", "", 1,
)  # fmt: skip
OWN_TONE = Kind(
    "tone", "the tone of the outlets' own words towards the two sides", "side",
    lambda row, side: f"{shortened(row['outlet'])}'s own words put {side} in a {_more(row)} favourable light than "
    "those of all other",
    lambda row: {"outlet": row["outlet"], "voice": OUTLET, "about": f"side:{row['side']}"},
    1, "", "", 2,
    ("Each article counts equally.", "The interval does not contain the error of the tone model."),
)  # fmt: skip


def compared_outlets(tables: Tables) -> Tables:
    """The articles of the outlets that the page compares: news outlets, or all outlets if fewer than two are.

    Parameters
    ----------
    tables : Tables
        With their study.

    Returns
    -------
    Tables
    """
    return news_outlets(tables) if not_compared(tables) else tables


def compared_noun(tables: Tables) -> str:
    """What the compared outlets are called: 'outlet', or 'news outlet' if others are left out."""
    return "news outlet" if not_compared(tables) else "outlet"


def not_compared(tables: Tables) -> dict[str, str]:
    """Kind of each outlet that `compared_outlets` leaves out, by name."""
    others = not_news(tables)
    return others if tables.metadata["outlet"].nunique() - len(others) > 1 else {}


def compared_themes(tables: Tables) -> pd.DataFrame | None:
    """Theme rates of each of the `compared_outlets` against all others; None if there is only one outlet."""
    several = tables.metadata["outlet"].nunique() > 1
    return theme_comparisons(compared_outlets(tables), themes=shown_themes(tables)) if several else None


def tone_comparisons(tables: Tables, sides: tuple[str, ...]) -> pd.DataFrame:
    """Tone of each outlet's own words towards each side against that of all others. Each article counts equally.

    Parameters
    ----------
    tables : Tables
    sides : tuple of str

    Returns
    -------
    pandas.DataFrame
        As `analysis.compare.measures.wire_copy.theme_comparisons`, with the column side instead of theme. The
        denominators are articles with mentions of the side, the numerators sums of their means.
    """

    # The sentences state numerator / denominator, so both must already be those of means of articles;
    # `weight="article"` would leave them as sums over mentions.
    def units(part: Tables) -> Callable[[str], pd.DataFrame]:
        def of_articles(side: str) -> pd.DataFrame:
            mentioned = polarity_units(part, side, voice=OUTLET).query("denominator > 0")
            return mentioned.assign(
                numerator=mentioned["numerator"] / mentioned["denominator"], denominator=1.0
            )

        return of_articles

    return compare_each(tables, "side", sides, units)


def unknown_shares(tables: Tables) -> dict[str, tuple[float, float]]:
    """Share of the attributed words without a known side, in each outlet and in all others, where it is large.

    Returns
    -------
    dict of str to (float, float)
        Outlets in which, or in whose others, it is above `MANY_UNKNOWN`.
    """
    tones = voice_words(tables)
    spoken = tones[tones["voice"] != OUTLET]
    outlets = spoken["article_id"].map(tables.metadata.set_index("article_id")["outlet"]).astype("str")
    words = spoken.groupby(outlets)["n_words"].sum()
    unknown = spoken[spoken["voice"] == UNATTRIBUTED].groupby(outlets)["n_words"].sum()
    unknown = unknown.reindex(words.index, fill_value=0)
    shares = {
        str(outlet): (unknown[outlet] / words[outlet], _ratio(unknown.drop(outlet), words.drop(outlet)))
        for outlet in words.index[words > 0]
    }
    return {outlet: both for outlet, both in shares.items() if max(both) > MANY_UNKNOWN}


def _ratio(above: pd.Series, below: pd.Series) -> float:
    return float(above.sum() / below.sum()) if below.sum() else 0.0


def outlet_findings(
    compared: pd.DataFrame,
    kind: Kind,
    labels: Mapping[str, str],
    unknown: Mapping[str, tuple[float, float]] | None = None,
    *,
    noun: str = "outlet",
) -> list[Finding]:
    """The significant differences, or the statement that there are none.

    Parameters
    ----------
    compared : pandas.DataFrame
        Comparisons of all outlets under all treatments of wire copy; see `analysis.compare.measures.wire_copy`.
    kind : Kind
    labels : mapping of str to str
        Labels of the sides or themes.
    unknown : mapping, optional
        For shares of sides: see `unknown_shares`. These findings get bounds.
    noun : str, default 'outlet'
        See `compared_noun`.

    Returns
    -------
    list of Finding
        At most `LISTED` differences by p value, then a sentence on all comparisons.
    """
    compared = _of_known_outlets(compared)
    if compared.empty:  # nobody is quoted, or no theme has a hit
        return []
    main = compared[compared["wire_copy"] == MAIN]
    tests = int(main["n_tests"].max()) if len(main) else 0
    stay = robust_differences(compared, level=LEVEL)
    stay = stay[stay["wire_copy"] == MAIN].sort_values(["p", "outlet", kind.column], kind="stable")
    found = [
        _difference(row, kind, labels, tests, (unknown or {}).get(row["outlet"]), noun)
        for row in stay.head(LISTED).to_dict("records")
    ]
    hanging = _pairs(compared, kind) - set(zip(stay["outlet"], stay[kind.column], strict=True))
    return [*found, _rest(kind, tests, len(main), len(stay), len(hanging), noun)]


def _of_known_outlets(compared: pd.DataFrame) -> pd.DataFrame:
    """The comparisons without those of articles whose outlet is unknown, which may be several."""
    known = ~compared["outlet"].astype("str").map(is_unknown_outlet).astype(bool)
    return compared if known.all() else adjust(compared[known], within=["wire_copy"])


def _difference(
    row: Row,
    kind: Kind,
    labels: Mapping[str, str],
    tests: int,
    unknown: tuple[float, float] | None,
    noun: str,
) -> Finding:
    of = labels.get(row[kind.column], str(row[kind.column]))
    rates = [row[f"numerator{side}"] / row[f"denominator{side}"] for side in ("", "_against")]
    # the comparison is scaled already (hits per 1,000 words), its parts are counts
    per = row["estimate"] / (rates[0] - rates[1]) if rates[0] != rates[1] else 1
    shown = rounded([rate * per * kind.scale for rate in rates], kind.digits)
    gap = with_interval(row, scale=kind.scale, unit=kind.gap, digits=kind.digits, signed=True)
    what = f"{kind.sentence(row, shortened(of))} {noun}s"
    unit = kind.unit if kind.unit == " %" else ""
    short = f"{what}: {shown[0]}{unit} against {shown[1]}{kind.unit}"
    text = f"{short}, a difference of {gap}."
    notes = (
        f"{row['n']:,} and {format_count(row['n_against'], 'articles')}.",
        f"{p_value(row['p_bh'])} after Benjamini-Hochberg over {format_count(tests, 'comparisons')}.",
        *([_bounds(row["estimate"], *unknown)] if unknown else []),
        *kind.notes,
    )
    theme = str(row["theme"]) if kind.column == "theme" else ""
    value = f"{SHARE}{row['side']}" if kind.task == "sides" else ""
    return Finding(OUTLETS, text, kind.task, notes, kind.filters(row), theme, value, short=short)


def _bounds(gap: float, here: float, elsewhere: float) -> str:
    """The lowest and highest difference that the words without a known side allow."""
    ends = gap - elsewhere, gap + here
    low, high = (f"{100 * end:+.0f}".replace("-", "−") for end in ends)
    alone = " They alone could explain the difference." if ends[0] < 0 < ends[1] else ""
    return (
        f"{100 * here:.0f} % of the outlet's attributed words and {100 * elsewhere:.0f} % of the others' have no "
        f"known side. Depending on whose words these are, the difference lies between {low} and {high} points.{alone}"
    )


def _rest(kind: Kind, tests: int, made: int, stay: int, hanging: int, noun: str) -> Finding:
    """A sentence on all comparisons, with notes on those that are not listed."""
    if not tests:
        return Finding(
            OUTLETS,
            f"{noun.capitalize()}s cannot be compared in {kind.subject}: too few articles or hits, or all articles "
            "alike.",
            kind.task,
        )
    several = f"Of {format_count(tests, 'comparisons')} of one {noun} with all others in {kind.subject}"
    if stay:
        text = f"{several}, {stay:,} {'is' if stay == 1 else 'are'} significant" + (
            f"; the {LISTED} with the smallest p values are listed." if stay > LISTED else "."
        )
    else:
        several = several[0].lower() + several[1:]
        text = f"No {noun} differs significantly from the others: {several}, none is significant."
    notes = []
    if hanging:
        notes.append(
            f"{format_count(hanging, 'differences')} would be significant under one way of counting "
            "near-identical articles but not under another; they are not listed."
        )
    if made > tests:
        notes.append(
            f"{format_count(made - tests, 'further comparisons')} had too few articles or hits for an interval."
        )
    return Finding(OUTLETS, text, kind.task, tuple(notes))


def _pairs(compared: pd.DataFrame, kind: Kind) -> set[tuple[str, str]]:
    """The comparisons that are significant under any treatment of wire copy."""
    some = compared[compared["p_bh"] < LEVEL]
    some = some[(some["ci95_low"] > 0) | (some["ci95_high"] < 0)]
    return set(zip(some["outlet"], some[kind.column], strict=True))


def _more(row: Row) -> str:
    return "more" if row["estimate"] > 0 else "less"
