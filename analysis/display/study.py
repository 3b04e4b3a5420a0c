"""HTML of a codebook and of a list of actors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.display.html import block, escape, table

_INDENT = "\u2003"
_NAMES = 6
"""Names listed per side; the rest are counted."""


def codebook_html(title: str, themes: Sequence[Any]) -> str:
    """The themes; those below another are indented.

    Parameters
    ----------
    title : str
    themes : sequence of Theme
    """
    n_patterns = sum(len(theme.patterns) for theme in themes)
    rows = [
        (_INDENT * depth + theme.label, theme.id, theme.group, theme.definition, len(theme.patterns))
        for depth, theme in _nested(themes, None, 0)
    ]
    return block(
        f"<p><b>{escape(title)}</b>: {len(themes):,} themes, {n_patterns:,} patterns</p>",
        table(("theme", "id", "group", "what counts", "patterns"), rows),
    )


def actors_html(sides: Sequence[Any], actors: Sequence[Any]) -> str:
    """The sides with some of their actors.

    Parameters
    ----------
    sides : sequence of Side
    actors : sequence of Actor
    """
    rows = []
    for side in sides:
        names = [actor.name for actor in actors if actor.side == side.id]
        more = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
        rows.append((side.label, side.id, len(names), ", ".join(names[:_NAMES]) + more))
    return block(
        f"<p><b>{len(actors):,} actors on {len(sides):,} sides</b></p>",
        table(("side", "id", "actors", "among them"), rows),
    )


def _nested(themes: Sequence[Any], parent: str | None, depth: int) -> list[tuple[int, Any]]:
    found = []
    for theme in themes:
        if theme.parent == parent:
            found += [(depth, theme), *_nested(themes, theme.id, depth + 1)]
    return found
