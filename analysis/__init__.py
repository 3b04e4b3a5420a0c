"""Media-framing analysis: who speaks, in what tone, about what, and in whose voice.

=================== ==============================================================================
`load_study`        read a codebook, actors and outlets from a folder
`read_articles`     read articles of any supported format
`annotate`          measure quotes, mentions, themes, tone and voice of every article
`Tables`            what was measured, as data frames
`load_tables`       read the tables that `Tables.save` or `framing annotate` wrote
`remeasure`         measure saved tables again with a changed study, in seconds
`apply_corrections` apply corrections of speakers, sides, themes and tones by hand
`code`              code a sample by hand in JupyterLab; `framing code` does it in a browser
`explore`           a widget for the whole study: figures, filters, sentences
`join_texts`        put the words of articles back into tables that were published without them
`kwic`              keyword in context: the hits of a theme or a pattern in the tables
`export`            a workbook, CSV files or a REFI-QDA project, so that others can check the work
`quotes`            the quotes of one text
`themes`            the codebook's hits in one text
`tone`              the tone of one text towards the names in it
=================== ==============================================================================

Statistics are in `analysis.compare`, pictures in `analysis.figures`, sentences behind the numbers in
`analysis.evidence`, scores against a coded sample in `analysis.validation`.

>>> import analysis
>>> analysis.quotes("“We need trade,” the envoy said.")["source"].tolist()
['the envoy']

Importing the package costs nothing; each name loads what it needs when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import compare as compare
    from analysis import evidence as evidence
    from analysis import figures as figures
    from analysis import validation as validation
    from analysis.annotators.annotate import annotate as annotate
    from analysis.annotators.quotes import quotes as quotes
    from analysis.annotators.themes import themes as themes
    from analysis.annotators.tone import tone as tone
    from analysis.coding.widget import code as code
    from analysis.evidence.kwic import kwic as kwic
    from analysis.explorer.explore import explore as explore
    from analysis.exports import export as export
    from analysis.ingest import read_articles as read_articles
    from analysis.revision.corrections import apply_corrections as apply_corrections
    from analysis.revision.remeasure import remeasure as remeasure
    from analysis.study import load_study as load_study
    from analysis.tables import Tables as Tables
    from analysis.tables import join_texts as join_texts
    from analysis.tables import load_tables as load_tables

_MODULE_OF = {
    "Tables": "analysis.tables",
    "annotate": "analysis.annotators.annotate",
    "apply_corrections": "analysis.revision.corrections",
    "code": "analysis.coding.widget",
    "explore": "analysis.explorer",
    "export": "analysis.exports",
    "join_texts": "analysis.tables",
    "kwic": "analysis.evidence.kwic",
    "load_study": "analysis.study",
    "load_tables": "analysis.tables",
    "quotes": "analysis.annotators.quotes",
    "read_articles": "analysis.ingest",
    "remeasure": "analysis.revision.remeasure",
    "themes": "analysis.annotators.themes",
    "tone": "analysis.annotators.tone",
}
_PACKAGES = ("compare", "evidence", "figures", "validation")

__all__ = [
    "Tables",
    "annotate",
    "apply_corrections",
    "code",
    "compare",
    "evidence",
    "explore",
    "export",
    "figures",
    "join_texts",
    "kwic",
    "load_study",
    "load_tables",
    "quotes",
    "read_articles",
    "remeasure",
    "themes",
    "tone",
    "validation",
]


def __getattr__(name: str) -> Any:
    if name in _MODULE_OF:
        value = getattr(importlib.import_module(_MODULE_OF[name]), name)
        globals()[name] = value
        return value
    if name in _PACKAGES:
        return importlib.import_module(f"analysis.{name}")
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__doc__", "__file__", "__name__", "__path__"])
