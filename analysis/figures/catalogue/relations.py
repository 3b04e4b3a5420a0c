"""The relation of the two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import frames
from analysis.compare.measures import relations as relation_tables
from analysis.figures._core.registry import Entry
from analysis.figures._core.study_labels import MONTHS_SHOWN, frame_labels, pair, pair_labels, where_dated
from analysis.figures.plots import relation_by_country, relation_over_time

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def _relation_course(tables: Tables) -> pd.DataFrame:
    """Balance of the study's pair by month or year, as the themes over time."""
    sides = pair(tables)
    months = relation_tables.relation_balance(tables, sides, by=["period"], voice="split")
    if months["period"].nunique() <= MONTHS_SHOWN:
        return where_dated(months, "period")
    years = relation_tables.relation_balance(tables, sides, by=["year"], voice="split")
    return where_dated(years.rename(columns={"year": "period"}), "period")


ENTRIES = (
    Entry(
        "relation_over_time",
        "The relation over time",
        "Do the two sides cooperate or quarrel in the coverage, and who says so?",
        "Two points per month or year, the outlets' own words and the words they attribute: from -1, where "
        "all acts between the two sides are conflict, to 1, where all are cooperation; the study's events are"
        " marked.",
        _relation_course,
        lambda numbers, study: relation_over_time.relation_over_time(
            numbers, pair=pair_labels(study), events=study.events
        ),
        empty="no article with a date tells of an act of one side on the other",
    ),
    Entry(
        "relation_by_country",
        "The relation over time by country of the outlet",
        "Do outlets of the two countries tell the relation otherwise than outlets elsewhere?",
        "One panel for the outlets of each country: as the relation over time, the outlets' own words "
        "beside the words they attribute, year by year and all together.",
        lambda tables: relation_tables.balance_by_group(
            tables, pair(tables), group="outlet_country", voice="split"
        ),
        lambda numbers, study: relation_by_country.relation_by_group(
            numbers, group="outlet_country", pair=pair_labels(study), events=study.events
        ),
    ),
    Entry(
        "relationship_frames",
        "Frames of the relationship by outlet",
        "As what does each outlet portray the tie of the two sides?",
        "A table of shaded cells, outlets down and frames across: articles in which the frame comes up in a "
        "sentence about both sides.",
        lambda tables: frames.frame_prevalence(tables, pair(tables)),
        lambda numbers, study: relation_over_time.relationship_frames(
            numbers, labels=frame_labels(study), pair=pair_labels(study)
        ),
        empty="no sentence about both sides holds a pattern of a frame of the relationship",
    ),
    Entry(
        "actor_network",
        "Who acts on whom",
        "Which sides act on which, and is it cooperation or conflict?",
        "A network: sides around a circle, arrows from who acts to whom; the wider, the more acts; solid blue"
        " for cooperation, dashed brown for conflict, dotted grey for both.",
        lambda tables: relation_tables.who_acts_on_whom(tables),
        lambda numbers, study: relation_over_time.actor_network(numbers, labels=study.side_labels),
        empty="no article tells of an act of one side on another",
    ),
)
