"""Small pieces of HTML for notebooks, readable on light and dark pages.

Text takes its colour from the page; backgrounds are transparent enough for dark and light text.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any


def escape(value: Any) -> str:
    """Escape text for HTML, including attributes."""
    return html.escape(str(value))


def block(*parts: str) -> str:
    """Join pieces of HTML into one output with its style.

    Parameters
    ----------
    *parts : str
        HTML.
    """
    return f"<style>{_style()}</style><div class='framing'>{''.join(parts)}</div>"


def paragraph(text: str, *, soft: bool = False) -> str:
    """Escaped text as a paragraph."""
    return f"<p{' class=soft' if soft else ''}>{escape(text)}</p>"


def with_html(bundle: Any, html_text: str) -> Any:
    """Add HTML to what a widget shows, for viewers without widgets, such as those of saved notebooks.

    Parameters
    ----------
    bundle : tuple or dict
        What `_repr_mimebundle_` of a widget returns: data by MIME type, with or without metadata. Without data, the
        widget shows itself in another way, and nothing is added.
    html_text : str
    """
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return ({**data, "text/html": html_text} if data else data), metadata


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table; whole numbers are right-aligned, with thousands separators."""
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@cache
def _style() -> str:
    return Path(__file__).with_name("display.css").read_text(encoding="utf-8")


def _cell(cell: Any) -> str:
    if isinstance(cell, int):
        return f"<td class='n'>{cell:,}</td>"
    return f"<td>{escape(cell)}</td>"
