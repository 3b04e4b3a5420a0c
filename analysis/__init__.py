"""Media-framing analysis: who speaks, in what tone, about what, and in whose voice.

=================  ===============================================================================
`load_study`       read a codebook, actors and outlets from a folder
`read_articles`    read articles of any supported format
`annotate`         measure quotes, mentions, themes, tone and voice of every article
`Tables`           what was measured, as data frames
`load_tables`      read the tables that `Tables.save` or `framing annotate` wrote
`kwic`             keyword in context: the hits of a theme or a pattern in the tables
`export`           a workbook, CSV files or a REFI-QDA project, so that others can check the work
`quotes`           the quotes of one text
`themes`           the codebook's hits in one text
`tone`             the tone of one text towards the names in it
=================  ===============================================================================

Statistics stand in `analysis.compare`, pictures in `analysis.figures`, the page in `analysis.report`.

>>> import analysis
>>> analysis.quotes("“We need trade,” the envoy said.")["source"].tolist()
['the envoy']

Importing the package costs nothing; each name loads what it needs when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.annotate import annotate as annotate
    from analysis.annotate.quotes import quotes as quotes
    from analysis.annotate.themes import themes as themes
    from analysis.annotate.tone import tone as tone
    from analysis.compare.kwic import kwic as kwic
    from analysis.exports import export as export
    from analysis.ingest import read_articles as read_articles
    from analysis.study import load_study as load_study
    from analysis.tables import Tables as Tables
    from analysis.tables import load_tables as load_tables

_HOME = {
    "Tables": "analysis.tables",
    "export": "analysis.exports",
    "kwic": "analysis.compare.kwic",
    "load_study": "analysis.study",
    "load_tables": "analysis.tables",
    "quotes": "analysis.annotate.quotes",
    "read_articles": "analysis.ingest",
    "themes": "analysis.annotate.themes",
    "tone": "analysis.annotate.tone",
}

__all__ = [
    "Tables",
    "annotate",
    "export",
    "kwic",
    "load_study",
    "load_tables",
    "quotes",
    "read_articles",
    "themes",
    "tone",
]


def __getattr__(name: str) -> Any:
    if name == "annotate":  # a package that can be called; see its docstring
        return importlib.import_module("analysis.annotate")
    if name in _HOME:
        value = getattr(importlib.import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
