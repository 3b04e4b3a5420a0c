"""What several figures take from a study: its two sides, and names and colours for what is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.compare.measures import frames, rates
from analysis.errors import FramingError
from analysis.figures._core.palette import Side, side_looks

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study import Study
    from analysis.tables import Tables

MONTHS_SHOWN = 12


def pair(tables: Tables) -> tuple[str, str]:
    """The two sides that a study is about: the first two of its actors.yml."""
    sides = tables.study_or_error().actors.side_ids[:2]
    if len(sides) < 2:
        raise FramingError("the study names fewer than two sides", remedy="add them to actors.yml")
    return sides[0], sides[1]


def pair_labels(study: Study) -> list[str]:
    return [study.side_labels[side] for side in study.actors.side_ids[:2]]


def frame_labels(study: Study) -> dict[str, str]:
    """Names of the frames of the relationship, without the word that sets them apart from themes."""
    return {
        theme.removeprefix(frames.PREFIX): (short := label.removeprefix("Relationship: "))[:1].upper()
        + short[1:]
        for theme, label in study.theme_labels.items()
        if study.theme_groups[theme] == frames.FRAME_GROUP
    }


def looks(sides: Iterable[str], study: Study) -> dict[str, Side]:
    """How each side is drawn; what is not in actors.yml comes last and in alphabetical order."""
    return side_looks(sorted(set(sides)), study.side_colours)


def theme_rates_over_time(tables: Tables) -> pd.DataFrame:
    """Theme rates by month, or by year where there are more months than a small panel can show."""
    months = rates.theme_rates(tables, by=["period"])
    if months["period"].nunique() <= MONTHS_SHOWN:
        return where_dated(months, "period")
    return where_dated(rates.theme_rates(tables, by=["year"]), "year")


def where_dated(numbers: pd.DataFrame, period: str) -> pd.DataFrame:
    """The numbers, or none of them where no article has a date and there is no course to draw."""
    dated = numbers.loc[numbers["denominator"] > 0, period].astype(str).str.match(r"\d{4}")
    return numbers if dated.any() else numbers.iloc[:0]
