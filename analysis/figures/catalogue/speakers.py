"""Who speaks, and in whose voice."""

from __future__ import annotations

from analysis.compare.measures import quoting, rates
from analysis.figures._core.registry import Entry
from analysis.figures._core.study_labels import looks
from analysis.figures.plots import adoption, speaker_network, voice_shares, who_is_quoted

ENTRIES = (
    Entry(
        "who_is_quoted",
        "Who is quoted",
        "Which side's words fill an outlet's quotes?",
        "One panel per side, one bar per outlet: the side's share of the outlet's quoted words, with intervals.",
        lambda tables: rates.quoted_shares(tables, by=["outlet"]),
        lambda numbers, study: who_is_quoted.quoted_shares(
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
        lambda numbers, study: speaker_network.speakers_and_cues(numbers, labels=study.side_labels),
        empty="no words are attributed to anybody",
    ),
    Entry(
        "direct_and_indirect",
        "Direct and indirect quotes",
        "Who is quoted word for word, and who in the outlet's words?",
        "One panel per kind of quote, one point per side: the kind's share of the side's quotes, with intervals.",
        quoting.quote_kinds,
        lambda numbers, study: speaker_network.direct_and_indirect(numbers, labels=study.side_labels),
        empty="no words are attributed to anybody",
    ),
    Entry(
        "speaker_network",
        "Who is quoted beside whom",
        "Which speakers do the same articles quote?",
        "A network: speakers around a circle by side; the wider a line, the more articles quote both.",
        quoting.quoted_together,
        lambda numbers, study: speaker_network.speaker_network(
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
        lambda numbers, study: voice_shares.voice_shares(
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
        adoption.numbers,
        adoption.figure,
        empty="the study lists no loaded terms (loaded_terms.yml), or no article uses one",
    ),
)
