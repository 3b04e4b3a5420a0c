"""One sentence of the page's key findings."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.report.reader_filters import Filters


@dataclass(frozen=True)
class Finding:
    """One sentence with what to mind, and where its evidence is.

    Attributes
    ----------
    topic : str
        Heading it stands under.
    text : str
        The sentence, with interval and n.
    notes : tuple of str
        What qualifies it: how many comparisons were made, reprints, few articles.
    filters : mapping of str to str
        Filters of the article reader that show the sentences behind it; see `analysis.report.reader_filters`.
    task : str
        What would have to be validated for it: 'themes', 'voice' or 'tone'.
    theme : str
        The theme that is measured, where one is.
    """

    topic: str
    text: str
    task: str
    notes: tuple[str, ...] = ()
    filters: Filters = field(default_factory=dict)
    theme: str = ""
