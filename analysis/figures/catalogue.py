"""Every figure of the toolkit: its name, the question it answers, its numbers and how they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare import dyads, quoting, rates, theme_counts, tone_index, tone_methods, wording
from analysis.compare import relations as relation_tables
from analysis.compare.outlet_differences import outlet_differences
from analysis.compare.reprints import reprint_times
from analysis.figures import (
    actor_tone,
    differences,
    loaded_terms,
    quoted,
    relation_groups,
    relations,
    reprints,
    speakers,
    theme_panels,
    themes,
    together,
    tone,
    voices,
)
from analysis.figures import wording as word_figures
from analysis.figures.entry import Entry
from analysis.figures.from_study import MONTHS_SHOWN, frame_labels, looks, pair, pair_labels, theme_course

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def _relation_course(tables: Tables) -> pd.DataFrame:
    """Balance of the study's pair by month or year, as the themes over time."""
    sides = pair(tables)
    months = relation_tables.relation_balance(tables, sides, by=["period"], voice="split")
    if months["period"].nunique() <= MONTHS_SHOWN:
        return months
    years = relation_tables.relation_balance(tables, sides, by=["year"], voice="split")
    return years.rename(columns={"year": "period"})


FIGURES: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            "who_is_quoted",
            "Who is quoted",
            "Which side's words fill an outlet's quotes?",
            "One panel per side, one bar per outlet: the side's share of the outlet's quoted words, with intervals.",
            lambda tables: rates.quoted_shares(tables, by=["outlet"]),
            lambda numbers, study: quoted.quoted_shares(
                numbers, labels=study.side_labels, looks=looks(numbers["side"], study)
            ),
            empty="no words are attributed to anybody",
        ),
        Entry(
            "speakers_and_cues",
            "Said or claimed",
            "Whose words do the outlets report as said, as claimed, as alleged?",
            "One bar per side and speaker: their quotes divided among the classes of the words that introduce them.",
            quoting.cue_classes,
            lambda numbers, study: speakers.speakers_and_cues(numbers, labels=study.side_labels),
            empty="no words are attributed to anybody",
        ),
        Entry(
            "direct_and_indirect",
            "Direct and indirect quotes",
            "Who is quoted word for word, and who in the outlet's words?",
            "One panel per kind of quote, one point per side: the kind's share of the side's quotes, with intervals.",
            quoting.quote_kinds,
            lambda numbers, study: speakers.direct_and_indirect(numbers, labels=study.side_labels),
            empty="no words are attributed to anybody",
        ),
        Entry(
            "speaker_network",
            "Who is quoted beside whom",
            "Which speakers do the same articles quote?",
            "A network: speakers around a circle by side; the wider a line, the more articles quote both.",
            quoting.quoted_together,
            lambda numbers, study: speakers.speaker_network(
                numbers,
                labels=study.side_labels,
                looks=looks([*numbers["side_one"], *numbers["side_other"]], study),
            ),
            empty="no article quotes two actors of the study",
        ),
        Entry(
            "voice_shares",
            "Whose words fill the articles",
            "How much of an outlet's text is its own, and how much does it leave to which side?",
            "One bar per outlet, divided among the outlet's own words and the sides it attributes words to, in "
            "per cent of all its words; a line gives the interval of its own share.",
            lambda tables: rates.voice_shares(tables, by=["outlet"]),
            lambda numbers, study: voices.voice_shares(
                numbers,
                labels=study.side_labels,
                looks=looks(numbers["voice"], study),
            ),
            empty="the articles have no words",
        ),
        Entry(
            "adoption",
            "Words that take a side: used or only quoted",
            "Which loaded terms do the outlets use themselves, and which do they leave to others?",
            "One bar per loaded term, divided among uses in the outlets' own words, uses in quotation marks or "
            "after so-called, and uses in words attributed to somebody.",
            loaded_terms.numbers,
            loaded_terms.figure,
            empty="the study lists no loaded terms (loaded_terms.yml), or no article uses one",
        ),
        Entry(
            "theme_rates",
            "Themes by outlet",
            "What does each outlet write about?",
            "A table of shaded cells, themes down and outlets across: hits per 1,000 words.",
            lambda tables: rates.theme_rates(tables, by=["outlet"]),
            lambda numbers, study: themes.theme_heatmap(
                numbers, labels=study.theme_labels, groups=study.theme_groups
            ),
            empty="no pattern of the codebook was found",
        ),
        Entry(
            "themes_by_outlet",
            "Issues by outlet, with intervals",
            "How sure are the outlets' rates of the most frequent issues?",
            "One small panel per issue, one point per outlet: hits per 1,000 words with intervals, and the rate "
            "of all outlets together as an upright line.",
            lambda tables: rates.theme_rates(tables, by=["outlet"]),
            lambda numbers, study: theme_panels.themes_by_outlet(
                numbers, labels=study.theme_labels, groups=study.theme_groups
            ),
            empty="no pattern of the codebook was found",
        ),
        Entry(
            "themes_over_time",
            "Themes over time",
            "When did a theme come up?",
            "One small panel per issue: hits per 1,000 words by month or year, with intervals; the study's events"
            " are marked by number.",
            theme_course,
            lambda numbers, study: themes.themes_over_time(
                numbers, labels=study.theme_labels, groups=study.theme_groups, events=study.events
            ),
            empty="no pattern of the codebook was found in an article with a date",
        ),
        Entry(
            "tone_towards_sides",
            "Tone towards the two sides, by outlet and voice",
            "In what light does each outlet put the two sides, in its own words and in those it attributes?",
            "One panel per side, two points per outlet, its own words and the words it attributes: tone from -1 "
            "(unfavourable) to 1 (favourable), with intervals.",
            lambda tables: tone_index.polarity_index(
                tables, by=["outlet"], towards="side", only=pair(tables), voice="split"
            ),
            lambda numbers, study: actor_tone.tone_towards(numbers, labels=study.side_labels),
            empty="no article mentions either side in a sentence whose tone was measured",
        ),
        Entry(
            "tone_model_and_vader",
            "The model and VADER, article by article",
            "Where does a word list say the opposite of the tone towards an actor?",
            "One panel per side, one point per article: VADER's score of the sentences that mention the side "
            "across, tone towards the side up; in the shaded quarters the two point in opposite directions.",
            lambda tables: tone_methods.model_and_vader(tables, only=pair(tables)),
            lambda numbers, study: actor_tone.model_and_vader(numbers, labels=study.side_labels),
            empty="no article mentions either side in a sentence whose tone was measured",
        ),
        Entry(
            "tone_by_voice",
            "Tone by outlet and voice",
            "Is it the outlet or its sources that sound positive or negative?",
            "Two points per outlet, its own words and the words it attributes: mean VADER score with intervals.",
            lambda tables: rates.tone_means(tables, by=["outlet"], voice="split"),
            lambda numbers, study: tone.tone_by_voice(numbers),
            empty="the articles have no words that VADER knows",
        ),
        Entry(
            "relation_over_time",
            "The relation over time",
            "Do the two sides cooperate or quarrel in the coverage, and who says so?",
            "Two points per month or year, the outlets' own words and the words they attribute: from -1, where "
            "all acts between the two sides are conflict, to 1, where all are cooperation; the study's events are"
            " marked.",
            _relation_course,
            lambda numbers, study: relations.relation_over_time(
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
            lambda numbers, study: relation_groups.relation_by_group(
                numbers, group="outlet_country", pair=pair_labels(study), events=study.events
            ),
        ),
        Entry(
            "relationship_frames",
            "Frames of the relationship by outlet",
            "As what does each outlet portray the tie of the two sides?",
            "A table of shaded cells, outlets down and frames across: articles in which the frame comes up in a "
            "sentence about both sides.",
            lambda tables: dyads.frame_prevalence(tables, pair(tables)),
            lambda numbers, study: relations.relationship_frames(
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
            lambda numbers, study: relations.actor_network(numbers, labels=study.side_labels),
            empty="no article tells of an act of one side on another",
        ),
        Entry(
            "themes_by_side",
            "Themes by side",
            "Which side brings a theme up: the outlets themselves, Russian, Iranian or other voices?",
            "A table of shaded cells, themes down and voices across: hits per 1,000 words of that voice.",
            lambda tables: rates.theme_rates(tables, by=[], voice="sides"),
            lambda numbers, study: themes.themes_by_side(
                numbers, labels=study.theme_labels, groups=study.theme_groups, sides=study.side_labels
            ),
            empty="no pattern of the codebook was found",
        ),
        Entry(
            "themes_together",
            "Themes that come together",
            "Which issues are raised in one breath?",
            "A network: issues around a circle, lines between those that share sentences more often than by "
            "chance; the wider and darker a line, the larger the share of sentences with either that have both.",
            lambda tables: theme_counts.co_occurrence(tables, within="sentence"),
            lambda numbers, study: together.themes_together(
                numbers, labels=study.theme_labels, groups=study.theme_groups
            ),
            empty="no sentence holds patterns of two themes",
        ),
        Entry(
            "outlet_differences",
            "Outlets against all others",
            "Which outlet has a theme in more of its articles than the others, and does that outlive the "
            "programs' errors?",
            "One small panel per theme, one row per outlet: percentage points more or fewer of its articles than "
            "of all others', with intervals; with hand coding, the estimates that the coding alone gives and that"
            " it puts right.",
            outlet_differences,
            lambda numbers, study: differences.outlet_differences(numbers, labels=study.theme_labels),
            validated=True,
            empty="no pattern of the codebook was found, or all articles come from one outlet",
        ),
        Entry(
            "keyness",
            "Words that set outlets apart",
            "Which words do the outlets of one country use more than those of another, in their own words?",
            "One row per word, a point with its interval: how many times as often one group uses it, as a power "
            "of two; beside it how evenly the word is spread over the articles of each group.",
            wording.outlet_wording,
            lambda numbers, _study: word_figures.keyness(numbers),
            empty="the articles come from one country of outlets, or share too few words",
        ),
        Entry(
            "log_odds_words",
            "Words of the two sides",
            "Which words do the articles let one side say and not the other?",
            "One dot per word: uses across, z of the log-odds up; words that one side says more stand above the "
            "grey band, those of the other below it.",
            lambda tables: wording.side_wording(tables, pair(tables)),
            lambda numbers, study: word_figures.log_odds(numbers, labels=study.side_labels),
            empty="one of the two sides is not quoted, or too few words are",
        ),
        Entry(
            "reprints_over_time",
            "Reprints over time",
            "How far and how fast did the same story travel?",
            "One row per family of near-identical articles, one mark per article: days since the earliest of them.",
            reprint_times,
            lambda numbers, _study: reprints.reprints_over_time(numbers),
            empty="no two articles with a date are nearly identical",
        ),
        Entry(
            "themes_by_voice",
            "Themes by voice",
            "Who brings a theme up: the outlets themselves, or the people they quote?",
            "Two points per theme, the outlets' own words and attributed words: hits per 1,000 words of that voice.",
            lambda tables: rates.theme_rates(tables, by=[], voice="split"),
            lambda numbers, study: themes.themes_by_voice(
                numbers, labels=study.theme_labels, groups=study.theme_groups
            ),
            empty="no pattern of the codebook was found",
        ),
    )
}
