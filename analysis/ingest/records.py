"""What readers hand on: one record per article, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Record:
    """One article as its source has it.

    Attributes
    ----------
    row : str or None
        Row, line or record in the file, from 1; None where the file is the article.
    fields : dict
        By the names of `analysis.ingest.columns.FIELDS`; values as the source has them.
    """

    row: str | None
    fields: dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """A record that cannot become an article: a short code for the reason, and what was found."""

    row: str | None
    reason: str
    detail: str
    title: str | None = None
    article_id: str | None = None
