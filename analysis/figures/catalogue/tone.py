"""In what tone: towards the two sides, and as a word list sees it."""

from __future__ import annotations

from analysis.compare.measures import rates, tone
from analysis.figures._core.registry import Entry
from analysis.figures._core.study_labels import pair
from analysis.figures.plots import tone_by_voice, tone_towards_sides

ENTRIES = (
    Entry(
        "tone_towards_sides",
        "Tone towards the two sides, by outlet and voice",
        "In what light does each outlet put the two sides, in its own words and in those it attributes?",
        "One panel per side, two points per outlet, its own words and the words it attributes: tone from -1 "
        "(unfavourable) to 1 (favourable), with intervals.",
        lambda tables: tone.polarity_index(
            tables, by=["outlet"], towards="side", only=pair(tables), voice="split"
        ),
        lambda numbers, study: tone_towards_sides.tone_towards(numbers, labels=study.side_labels),
        empty="no article mentions either side in a sentence whose tone was measured",
    ),
    Entry(
        "tone_model_and_vader",
        "The model and VADER, article by article",
        "Where does a word list say the opposite of the tone towards an actor?",
        "One panel per side, one point per article: VADER's score of the sentences that mention the side "
        "across, tone towards the side up; in the shaded quarters the two point in opposite directions.",
        lambda tables: tone.model_and_vader(tables, only=pair(tables)),
        lambda numbers, study: tone_towards_sides.model_and_vader(numbers, labels=study.side_labels),
        empty="no article mentions either side in a sentence whose tone was measured",
    ),
    Entry(
        "tone_by_voice",
        "Tone by outlet and voice",
        "Is it the outlet or its sources that sound positive or negative?",
        "Two points per outlet, its own words and the words it attributes: mean VADER score with intervals.",
        lambda tables: rates.tone_means(tables, by=["outlet"], voice="split"),
        lambda numbers, study: tone_by_voice.tone_by_voice(numbers),
        empty="the articles have no words that VADER knows",
    ),
)
