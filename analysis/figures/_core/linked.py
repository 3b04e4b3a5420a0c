"""A figure as HTML for a notebook: its marks lead to the sentences behind them.

The HTML holds all it needs and fetches nothing. Without scripts (an untrusted notebook, a viewer that runs none) it
is the picture, its numbers, and links to the articles.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.display.html import escape
from analysis.display.scripts import inline_script
from analysis.evidence.reader import (
    CORRECTIONS_SCRIPT,
    READER_SCRIPT,
    reader_articles,
    script_json,
    shown_title,
    texts_in_order,
    web_address,
)
from analysis.evidence.reader_filters import describe_filters
from analysis.figures._core.hotspots import hotspots
from analysis.figures._core.links import reader_legend, row_filters, study_pair
from analysis.figures._core.number_table import cell_text
from analysis.figures._core.save import svg_bytes
from analysis.provenance import corrections_note

if TYPE_CHECKING:
    from analysis.figures._core.figure import FramingFigure, Row

TEMPLATES = Path(__file__).parents[1] / "templates"
LINKED_SCRIPTS = (READER_SCRIPT, CORRECTIONS_SCRIPT, TEMPLATES / "linked.js")
"""The ES modules of linked figures, in the order of their imports."""
MOST_BYTES, MOST_ARTICLES = 8_000_000, 3_000
"""Packed articles in one output; above either, the output has no sentences."""
SHOWN_LINKS = 200
_SHARE = "share"


def linked_html(figure: FramingFigure) -> str | None:
    """The figure as HTML; None if it was not drawn from tables.

    Parameters
    ----------
    figure : FramingFigure
    """
    if figure.entry is None or figure.tables is None or figure.cut is None or figure.numbers is None:
        return None
    entry = figure.entry
    svg = svg_bytes(figure, title=entry.title, description=entry.reading, look=figure.look)
    marks = linked_marks(figure)  # measured right after rendering
    small = len(figure.tables.metadata) <= MOST_ARTICLES  # others are not even read
    packed = pack({"marks": marks, **reader_data(figure)}) if small else ""
    name = hashlib.sha256(svg + packed.encode("ascii")).hexdigest()[:16]
    alt = escape(f"{entry.title}. {entry.reading}")
    width = round(96 * figure.get_size_inches()[0])
    look = f"max-width:{width}px;width:100%;background:#fff"
    picture = f"<img alt='{alt}' style='{look}' src='{data_address(svg)}'>"
    note = corrections_note(figure.tables.run)
    said = f"<p>{note}</p>" if note else ""
    below = f"{said}{_numbers(figure)}{_articles(figure)}{_script(name, packed)}"
    return f"<div data-framing='{name}'>{picture}{below}</div>"


def linked_marks(figure: FramingFigure) -> list[dict[str, Any]]:
    """The marks of a figure that was just rendered as SVG.

    Parameters
    ----------
    figure : FramingFigure
        With its tables.

    Returns
    -------
    list of dict
        `x`, `y`, `width`, `height` in per cent of the figure, `name`, `numbers` (as text) and `filters` of the
        article reader. Marks for which the reader has no filters are left out.
    """
    entry, tables, cut = figure.entry, figure.tables, figure.cut
    assert entry is not None and tables is not None and cut is not None
    study = tables.study_or_error()
    pair, labels = study_pair(study), {**study.theme_labels, **study.side_labels}
    marks = []
    for spot in hotspots(figure):
        filters = {
            name: value for name, value in row_filters(entry, spot.row, pair, cut.by_article).items() if value
        }
        if filters:
            box = zip(("x", "y", "width", "height"), (spot.x, spot.y, spot.width, spot.height), strict=True)
            marks.append(
                {
                    **{side: round(100 * value, 2) for side, value in box},
                    "name": describe_filters(filters, labels),
                    "numbers": describe_numbers(spot.row),
                    "filters": filters,
                }
            )
    return marks


def describe_numbers(row: Row) -> str:
    """The numbers of a row in words: estimate, interval, counts and n.

    Parameters
    ----------
    row : mapping
        A row of a figure's numbers.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"numerator": 12, "denominator": 48, "n": 6, "estimate": 0.25, "ci95_low": 0.1, "ci95_high": 0.45,
    ...        "method": "share of attributed words; bootstrap over 6 articles"}
    >>> describe_numbers(row)
    '25 % (95 % interval 10 to 45 %), n = 6; share of attributed words (12 of 48)'
    """
    what = cell_text(row.get("method")).partition(";")[0]
    percent = what.startswith(_SHARE)
    estimate, low, high = (_number(row.get(name), percent) for name in ("estimate", "ci95_low", "ci95_high"))
    unit = " %" if percent else ""
    parts = [f"{estimate}{unit}"] if estimate else []
    if low and high:
        parts.append(f"(95 % interval {low} to {high}{unit})")
    said = " ".join(parts) + (f", n = {cell_text(row.get('n'))}" if cell_text(row.get("n")) else "")
    counts = [_count(row.get(name)) for name in ("numerator", "denominator")]
    return f"{said}; {what} ({' of '.join(counts)})" if what and all(counts) else said


def reader_data(figure: FramingFigure) -> dict[str, Any]:
    """Articles, texts and legend for the article reader."""
    tables, cut = figure.tables, figure.cut
    assert tables is not None and cut is not None
    articles = reader_articles(tables, study_pair(tables.study_or_error()), by=cut.by_article)
    return {"articles": articles, "texts": texts_in_order(tables), "legend": reader_legend(tables)}


def pack(data: Mapping[str, Any]) -> str:
    """JSON, compressed and in base64, so that no text can end the script that holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)).decode("ascii")


def data_address(svg: bytes) -> str:
    """An SVG as an address for an image."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"


@cache
def linked_style() -> str:
    """The style sheet of linked figures."""
    return (TEMPLATES / "linked.css").read_text(encoding="utf-8")


def _script(name: str, packed: str) -> str:
    if not 0 < len(packed) <= MOST_BYTES:
        return (
            "<p>The sentences behind the marks are left out, because the articles are too many for one output. "
            "analysis.explore(tables) shows them.</p>"
        )
    run = f"showLinked({script_json(name)}, {script_json(linked_style())});"
    script = inline_script([*LINKED_SCRIPTS, TEMPLATES / "output.js"], last=run)
    return f"<script type='text/plain'>{packed}</script><script>{script}</script>"


def _numbers(figure: FramingFigure) -> str:
    numbers = figure.numbers
    assert numbers is not None
    columns = [name for name in numbers.columns if name != "method"]
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell_text(row[name]))}</td>' for name in columns)}</tr>"
        for row in numbers.head(SHOWN_LINKS).to_dict("records")
    )
    return (
        f"<details><summary>Numbers ({len(numbers):,} rows)</summary><div style='overflow:auto;max-height:24rem'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _articles(figure: FramingFigure) -> str:
    """Links to the articles on the web, for viewers without scripts."""
    assert figure.tables is not None
    if len(figure.tables.metadata) > MOST_ARTICLES:
        return ""
    rows = figure.tables.data("articles").frame(["article_id", "outlet", "title", "url"]).to_dict("records")
    links = [
        f"<li><a href='{escape(address)}'>{escape(row['outlet'])}: {escape(_title(row))}</a></li>"
        for row in rows
        if (address := web_address(row["url"]))
    ]
    if not links:
        return ""
    return (
        f"<details><summary>Articles on the web ({len(links):,})</summary><ul>{''.join(links[:SHOWN_LINKS])}</ul>"
        "</details>"
    )


def _title(row: Mapping[Any, Any]) -> str:
    return shown_title(row["title"]) or str(row["article_id"])


def _number(value: Any, percent: bool) -> str:
    if value is None or value != value:
        return ""
    return f"{100 * value:.0f}" if percent else f"{value:.3g}".replace("-", "−")


def _count(value: Any) -> str:
    return "" if value is None or value != value else f"{value:,.0f}"
