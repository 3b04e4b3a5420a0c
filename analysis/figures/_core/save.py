"""Figures on disk: the picture as SVG, PNG or PDF, and the numbers that were drawn as CSV."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures._core.fonts import with_fonts
from analysis.figures._core.style import style
from analysis.files import make_folder, write_file
from analysis.spreadsheet import harmless

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


FORMATS = ("svg", "png", "pdf")


def save_figure(
    figure: Figure,
    numbers: pd.DataFrame,
    folder: str | Path,
    name: str,
    *,
    title: str = "",
    description: str = "",
    formats: Sequence[str] = ("svg", "png"),
    look: str = "print",
) -> tuple[Path, ...]:
    """Write a figure in each format and its numbers as NAME.csv; the same input gives the same bytes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    numbers : pandas.DataFrame
        The table that was drawn: one row per mark, with numerator, denominator, n and interval.
    folder : path
        Created if missing.
    name : str
        File name without suffix.
    title, description : str, optional
        Text for screen readers in the SVG; title and subject of the PDF.
    formats : sequence of {'svg', 'png', 'pdf'}
    look : {'print', 'slides'}
        The style the figure was drawn in; see `analysis.figures.style`.

    Returns
    -------
    tuple of pathlib.Path
        The pictures in the order of `formats`, then the CSV.

    Raises
    ------
    FramingError
        The name is not a plain file name, a format is unknown, or the folder cannot be written.
    """
    if Path(name).name != name:
        raise FramingError(f"{name!r} is not a valid figure name", remedy="use letters, digits and _ only")
    check_formats(formats)
    pictures = {
        suffix: picture_bytes(figure, suffix, title=title, description=description, look=look)
        for suffix in formats
    }
    return write_picture_files(pictures, numbers, folder, name)


def write_picture_files(
    pictures: Mapping[str, bytes], numbers: pd.DataFrame, folder: str | Path, name: str
) -> tuple[Path, ...]:
    """Write rendered pictures (by suffix) and the numbers as CSV; return the paths, the CSV last."""
    contents = {**pictures, "csv": numbers_csv(numbers).encode("utf-8")}
    folder = make_folder(folder)
    paths = tuple(folder / f"{name}.{suffix}" for suffix in contents)
    for path, content in zip(paths, contents.values(), strict=True):
        write_file(path, content)
    return paths


def numbers_csv(numbers: pd.DataFrame) -> str:
    """The numbers of a figure as CSV, safe to open in a spreadsheet."""
    return str(harmless(numbers).to_csv(index=False, lineterminator="\n", float_format="%.6g"))


def check_formats(formats: Iterable[str]) -> None:
    """Raise a FramingError that lists the known formats if one is unknown."""
    unknown = [suffix for suffix in formats if suffix not in FORMATS]
    if unknown:
        raise FramingError(
            f"unknown figure format: {', '.join(unknown)}", remedy=f"choose from {', '.join(FORMATS)}"
        )


def picture_bytes(
    figure: Figure, suffix: str, *, title: str = "", description: str = "", look: str = "print"
) -> bytes:
    """A figure in one of `FORMATS`."""
    if suffix == "svg":
        return svg_bytes(figure, title=title, description=description, look=look)
    if suffix == "pdf":
        return _pdf(figure, title, description, look)
    return png_bytes(figure, look=look)


def svg_bytes(figure: Figure, *, title: str = "", description: str = "", look: str = "print") -> bytes:
    """A figure as SVG with embedded fonts and text that stays text, and with a name for screen readers."""
    # without these, the file would carry the time and the version of matplotlib
    svg = _picture(figure, "svg", look, {"Date": None, "Creator": None})
    return _named(with_fonts(svg), title, description)


def png_bytes(figure: Figure, *, look: str = "print") -> bytes:
    """A figure as PNG without the name of the program that made it."""
    return _picture(figure, "png", look, {"Software": None})


def _named(svg: bytes, title: str, description: str) -> bytes:
    """Put <title> and <desc> first in the SVG, where screen readers look for them."""
    if not title:
        return svg
    head, root, rest = svg.partition(b"<svg ")
    attributes, _, body = rest.partition(b">")
    name = f"\n <title>{escape(title)}</title>\n <desc>{escape(description)}</desc>"
    return head + root + b'role="img" ' + attributes + b">" + name.encode("utf-8") + body


def _pdf(figure: Figure, title: str, description: str, look: str) -> bytes:
    """A figure as PDF with embedded fonts, without a date or the name of a program."""
    nothing = {"CreationDate": None, "Creator": None, "Producer": None}
    return _picture(figure, "pdf", look, {"Title": title, "Subject": description, **nothing})


def _picture(figure: Figure, suffix: str, look: str, metadata: Mapping[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    print_dpi = getattr(figure, "print_dpi", None)  # of a FramingFigure
    with style(look):  # resolution, the salt of SVG ids and the kind of fonts are settings too
        _settle(figure)
        chosen = {} if print_dpi is None or suffix != "png" else {"dpi": print_dpi}
        figure.savefig(buffer, format=suffix, metadata=dict(metadata), **chosen)
    return buffer.getvalue()


def _settle(figure: Figure) -> None:
    """Fix the layout of a figure and round the position of its axes.

    The layout solver may return different last digits from run to run, and the ids in an SVG depend on all digits.
    """
    from matplotlib import rc_context

    engine = figure.get_layout_engine()
    if engine is not None:  # otherwise it was fixed for another format
        engine.execute(figure)
        with rc_context(
            {"figure.constrained_layout.use": False}
        ):  # "none" would leave a placeholder for which everything is drawn twice
            figure.set_layout_engine(None)
    for axes in figure.axes:
        axes.set_position(tuple(round(value, 5) for value in axes.get_position().bounds))
