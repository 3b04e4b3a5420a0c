"""One sentence of the page's key findings."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.evidence.reader_filters import Filters


@dataclass(frozen=True)
class Finding:
    """A sentence with its caveats and a link to its evidence.

    Attributes
    ----------
    topic : str
        The heading under which it stands.
    text : str
        The sentence, with interval and n.
    notes : tuple of str
        Caveats, such as the number of comparisons or a small number of articles.
    filters : mapping of str to str
        Filters of the article reader that show the sentences behind it; see `analysis.evidence.reader_filters`.
    task : str
        The task that would validate it: 'themes', 'voice', 'tone' or 'sides'.
    theme : str
        The theme that it is about, if any.
    value : str
        What it states, as a validation of sides names it: 'share iran', 'russia minus iran'. Empty otherwise.
    """

    topic: str
    text: str
    task: str
    notes: tuple[str, ...] = ()
    filters: Filters = field(default_factory=dict)
    theme: str = ""
    value: str = ""
