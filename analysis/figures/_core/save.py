"""Figures on disk: the picture as SVG, PNG or PDF, and the numbers that were drawn as CSV."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures._core.fonts import with_fonts
from analysis.figures._core.style import style
from analysis.files import make_folder, write_file

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
    """Write the picture in each format and NAME.csv, the same bytes on every run.

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
        What a screen reader says of the SVG, and the PDF's title and subject.
    formats : sequence of {'svg', 'png', 'pdf'}
    look : {'print', 'slides'}
        What the figure was drawn for, as for `analysis.figures._core.style`.

    Returns
    -------
    tuple of pathlib.Path
        The pictures in the order of `formats`, and the CSV.

    Raises
    ------
    FramingError
        The name is not a plain file name, a format is unknown, or the folder cannot be written.
    """
    if Path(name).name != name:
        raise FramingError(f"{name!r} is not a plain name for a figure", remedy="use letters, digits and _")
    check_formats(formats)
    folder = make_folder(folder)
    paths = [folder / f"{name}.{suffix}" for suffix in (*formats, "csv")]
    for path, suffix in zip(paths, formats, strict=False):
        if suffix == "svg":
            write_file(path, svg_bytes(figure, title=title, description=description, look=look))
        elif suffix == "pdf":
            write_file(path, _pdf(figure, title, description, look))
        else:
            write_file(path, _png(figure, look))
    csv = numbers.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    write_file(paths[-1], csv.encode("utf-8"))
    return tuple(paths)


def check_formats(formats: Iterable[str]) -> None:
    """Raise a FramingError that names the known formats where one is unknown."""
    unknown = [suffix for suffix in formats if suffix not in FORMATS]
    if unknown:
        raise FramingError(
            f"no format is called {', '.join(unknown)}", remedy=f"there are: {', '.join(FORMATS)}"
        )


def showing(figure: Figure, look: str = "print") -> Figure:
    """The figure, able to show itself as the last line of a notebook cell.

    A figure made without pyplot has no way to do so unless the notebook has loaded pyplot's backend.
    """
    figure._repr_png_ = partial(_png, figure, look)  # type: ignore[attr-defined]
    return figure


def svg_bytes(figure: Figure, *, title: str = "", description: str = "", look: str = "print") -> bytes:
    """A figure as SVG with a name for screen readers, text as text, its type embedded; always the same bytes."""
    # without these, the file would carry the time and the version of matplotlib
    svg = _picture(figure, "svg", look, {"Date": None, "Creator": None})
    return _named(with_fonts(svg), title, description)


def _named(svg: bytes, title: str, description: str) -> bytes:
    """An SVG with <title> and <desc> as first children of its root, where assistive technology looks for them."""
    if not title:
        return svg
    head, root, rest = svg.partition(b"<svg ")
    attributes, _, body = rest.partition(b">")
    name = f"\n <title>{escape(title)}</title>\n <desc>{escape(description)}</desc>"
    return head + root + b'role="img" ' + attributes + b">" + name.encode("utf-8") + body


def _pdf(figure: Figure, title: str, description: str, look: str) -> bytes:
    """A figure as PDF with its type embedded; no date, and no program's name."""
    nothing = {"CreationDate": None, "Creator": None, "Producer": None}
    return _picture(figure, "pdf", look, {"Title": title, "Subject": description, **nothing})


def _png(figure: Figure, look: str) -> bytes:
    return _picture(figure, "png", look, {"Software": None})


def _picture(figure: Figure, suffix: str, look: str, metadata: Mapping[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    with style(look):  # resolution, salt of the ids and kind of fonts are settings, too
        _settle(figure)
        figure.savefig(buffer, format=suffix, metadata=dict(metadata))
    return buffer.getvalue()


def _settle(figure: Figure) -> None:
    """Lay the figure out for the last time and round every place.

    The solver behind the layout gives the last digits of a place differently from run to run, and the ids in an SVG
    are made from all digits.
    """
    from matplotlib import rc_context

    if figure.get_layout_engine() is not None:  # else it was settled for another format
        figure.draw_without_rendering()
        with rc_context(
            {"figure.constrained_layout.use": False}
        ):  # "none" leaves one for which all is drawn twice
            figure.set_layout_engine(None)
    for axes in figure.axes:
        axes.set_position(tuple(round(value, 5) for value in axes.get_position().bounds))
