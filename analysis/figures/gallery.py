"""index.html of a folder of figures: pictures, captions, and links to all files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.files import make_folder, write_file

if TYPE_CHECKING:
    from analysis.figures._core.registry import Drawn
    from analysis.tables import Tables

_TEMPLATES = Path(__file__).with_name("templates")


def write_gallery(drawn: Sequence[Drawn], folder: str | Path, tables: Tables, formats: Sequence[str]) -> Path:
    """Write `index.html` beside the figures. It needs no network, no script and nothing outside the folder.

    Parameters
    ----------
    drawn : sequence of Drawn
        In the order of the page. Figures that were not drawn are listed with the reason.
    folder : path
        The folder of the figures.
    tables : Tables
        The tables they were drawn from.
    formats : sequence of {'svg', 'png', 'pdf'}
        The formats in which they were written.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    FramingError
        The folder cannot be written.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = environment.get_template("gallery.html.j2").render(
        css=Markup(_css()),  # our own file, the only text on the page that is not escaped
        figures=[_figure(figure, formats) for figure in drawn if figure.figure is not None],
        missing=[(figure.entry.title, figure.why_not) for figure in drawn if figure.figure is None],
        n_figures=len(drawn),
        **_header(tables),
    )
    path = make_folder(folder) / "index.html"
    write_file(path, page.encode("utf-8"))
    return path


def _figure(drawn: Drawn, formats: Sequence[str]) -> dict[str, Any]:
    entry = drawn.entry
    files = [(suffix.upper(), f"{entry.name}.{suffix}") for suffix in formats]
    shown = next((name for kind, name in files if kind in ("SVG", "PNG")), "")
    files.append(("CSV (the numbers drawn)", f"{entry.name}.csv"))
    return {
        "name": entry.name,
        "title": entry.title,
        "question": entry.question,
        "caption": drawn.figure.caption if drawn.figure else "",
        "alt": f"{entry.title}. {entry.reading} The numbers are in {entry.name}.csv.",
        "image": shown,
        "files": files,
    }


def _header(tables: Tables) -> dict[str, Any]:
    study, articles = tables.study_or_error(), tables.metadata
    days = articles["published"].dropna()
    return {
        "title": study.codebook.title,
        "n_articles": len(articles),
        "n_outlets": articles["outlet"].nunique(),
        "n_invented": int(articles["outlet"].isin(study.outlets.invented).sum()),
        "period": f"{days.min():%-d %B %Y} to {days.max():%-d %B %Y}" if len(days) else "",
    }


@cache
def _css() -> str:
    return (_TEMPLATES / "gallery.css").read_text(encoding="utf-8").strip()
