"""Themes by side: a heatmap of rates by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.compare.measures.unknown_sides import known_sides, mark_unknown
from analysis.figures._core.heatmap import theme_heatmap
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_VOICES = 9


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return mark_unknown(rates.theme_rates(tables, by=[], voice="sides", weight=cut.weight))


def themes_by_side(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Themes down, voices across: hits per 1,000 words of that voice. The outlets' own words come first.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` returns it with voice 'sides' and one group.
    study : Study

    Returns
    -------
    FramingFigure
    """
    words = {str(voice): float(n) for voice, n in numbers.groupby("voice")["denominator"].max().items()}
    unknown = words.pop(UNATTRIBUTED, 0.0)
    attributed = unknown + sum(words.values()) - words.get(OUTLET, 0.0)
    spoken = sorted(words, key=lambda voice: (voice != OUTLET, -words[voice], voice))[:SHOWN_VOICES]
    missing = len(words) - len(spoken)
    rest = f" {missing} voices with fewer words are in the CSV." if missing else ""
    if unknown:
        rest += (
            f" Left out: the {100 * unknown / attributed:.0f} % of the attributed words whose speakers have no known "
            "side."
        )
    return theme_heatmap(
        known_sides(numbers),
        study,
        across="voice",
        columns={voice: f"{side_label(study, voice, 24)} ({words[voice]:,.0f})" for voice in spoken},
        note="Hits per 1,000 words of the voice; blank cells: no hits. In brackets: words of the voice; "
        f"if they are few, a single hit makes a high rate. Shading follows the square root of the rate.{rest}",
    )


ENTRY = Entry(
    section=Section.THEMES,
    order=60,
    on_page=True,
    title="Themes by side",
    question="Who raises a theme: the outlets themselves, or speakers of which side?",
    reading="A heatmap, themes down and voices across: hits per 1,000 words of that voice.",
    numbers=measure,
    draw=themes_by_side,
    empty="no theme of the codebook was found",
)
