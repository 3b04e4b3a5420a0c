"""One sentence of the page, and the topics under which sentences stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.evidence.reader_filters import Filters

THEMES, SPEAKERS, RELATION, TONE, OUTLETS = "themes", "speakers", "relation", "tone", "outlets"
TOPICS = {
    THEMES: "Themes",
    SPEAKERS: "Speakers",
    RELATION: "Relation",
    TONE: "Tone",
    OUTLETS: "Outlets",
}
"""Headings by topic, in the order of the page."""


@dataclass(frozen=True)
class Finding:
    """A sentence with its caveats and a link to its evidence.

    Attributes
    ----------
    topic : str
        One of `TOPICS`.
    text : str
        The sentence. Intervals stand in brackets.
    task : str
        The task that would validate it: 'themes', 'voice', 'tone' or 'sides'.
    notes : tuple of str
        What the page lists under "How sure is this?": the number of articles, p values, bounds.
    filters : mapping of str to str
        Filters of the article reader that show the sentences behind it; see `analysis.evidence.reader_filters`.
    theme : str
        The theme that it is about, if any.
    value : str
        What it states, as a validation of sides names it: 'share iran', 'russia minus iran'. Empty otherwise.
    short : str
        The sentence without its interval, if it can stand at the top of the page.
    warning : str
        What a reader must know beside the sentence: that it depends on a single outlet. Empty otherwise.
    """

    topic: str
    text: str
    task: str
    notes: tuple[str, ...] = ()
    filters: Filters = field(default_factory=dict)
    theme: str = ""
    value: str = ""
    short: str = ""
    warning: str = ""
