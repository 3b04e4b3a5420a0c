"""Rows of the `rejects` table: articles that were refused, each with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def reject(
    source_file: str | Path,
    reason: str,
    detail: str,
    *,
    row: str | None = None,
    article_id: str | None = None,
    title: str | None = None,
) -> dict[str, Any]:
    """Build one row of `rejects`.

    Parameters
    ----------
    source_file : str or path
    reason : str
        A short code, such as "empty" or "too_long".
    detail : str
        What was found and what the user can do about it.
    row : str, optional
        Row, line or record in the file, from 1.
    article_id, title : str, optional
        Where known. An empty string counts as unknown.

    Returns
    -------
    dict
        The columns of `rejects` in `analysis.schemas.TABLES`.
    """
    return {
        "source_file": str(source_file),
        "row": row,
        "article_id": article_id or None,
        "title": title or None,
        "reason": reason,
        "detail": detail,
    }
