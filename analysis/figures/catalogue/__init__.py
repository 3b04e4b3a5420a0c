"""Every figure of the toolkit: its name, the question it answers, its numbers and how they are drawn."""

from analysis.figures._core.registry import Entry
from analysis.figures.catalogue import relations, speakers, themes, tone, words

FIGURES: dict[str, Entry] = {
    entry.name: entry for subject in (speakers, themes, tone, relations, words) for entry in subject.ENTRIES
}
