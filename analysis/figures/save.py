"""Figures on disk: the picture as SVG and PNG, and the numbers that were drawn as CSV."""

from __future__ import annotations

import io
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures.style import style
from analysis.files import make_folder, write_file

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def save_figure(
    figure: Figure,
    numbers: pd.DataFrame,
    folder: str | Path,
    name: str,
    *,
    title: str = "",
    description: str = "",
) -> tuple[Path, Path, Path]:
    """Write NAME.svg, NAME.png and NAME.csv, the same bytes on every run.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    numbers : pandas.DataFrame
        What was drawn: one row per mark, with numerator, denominator, n and interval.
    folder : path
        Made where missing.
    name : str
        File name without suffix.
    title, description : str, optional
        What a screen reader says of the SVG.

    Returns
    -------
    tuple of three pathlib.Path

    Raises
    ------
    FramingError
        The name is not a plain file name, or the folder cannot be written.
    """
    if Path(name).name != name:
        raise FramingError(f"{name!r} is not a plain name for a figure", remedy="use letters, digits and _")
    folder = make_folder(folder)
    svg, png, csv = (folder / f"{name}.{suffix}" for suffix in ("svg", "png", "csv"))
    write_file(svg, svg_bytes(figure, title=title, description=description))
    write_file(png, _png(figure))
    write_file(csv, numbers.to_csv(index=False, lineterminator="\n", float_format="%.6g").encode("utf-8"))
    return svg, png, csv


def showing(figure: Figure) -> Figure:
    """The figure, able to show itself as the last line of a notebook cell.

    A figure made without pyplot has no way to do so unless the notebook has loaded pyplot's backend.
    """
    figure._repr_png_ = partial(_png, figure)  # type: ignore[attr-defined]
    return figure


def svg_bytes(figure: Figure, *, title: str = "", description: str = "") -> bytes:
    """A figure as SVG with text kept as text and an accessible name, the same bytes on every run."""
    buffer = io.BytesIO()
    _settle(figure)
    with style():  # the salt of the ids is a setting, too
        # without these, the file would carry the time and the version of matplotlib
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return _named(buffer.getvalue(), title, description)


def _named(svg: bytes, title: str, description: str) -> bytes:
    """An SVG with <title> and <desc> as first children of its root, where assistive technology looks for them."""
    if not title:
        return svg
    head, root, rest = svg.partition(b"<svg ")
    attributes, _, body = rest.partition(b">")
    name = f"\n <title>{escape(title)}</title>\n <desc>{escape(description)}</desc>"
    return head + root + b'role="img" ' + attributes + b">" + name.encode("utf-8") + body


def _settle(figure: Figure) -> None:
    """Lay the figure out for the last time and round every place.

    The solver behind the layout gives the last digits of a place differently from run to run, and the ids in an SVG
    are made from all digits.
    """
    with style():
        figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        axes.set_position(tuple(round(value, 5) for value in axes.get_position().bounds))


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    _settle(figure)
    with style():
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
