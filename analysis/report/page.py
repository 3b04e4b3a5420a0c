"""Fill the page's template from the tables of a run; everything in it is escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare.theme_hits import theme_hits
from analysis.figures import FIGURES, numbers_and_figure
from analysis.figures.save import svg_bytes
from analysis.figures.style import side_colours
from analysis.files import make_folder, write_file
from analysis.report.copies import COLUMNS as COPIES_COLUMNS
from analysis.report.copies import copies
from analysis.report.reader import articles_json, script_json
from analysis.report.validated import COLUMNS, cautions, validated_rows

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare.validation_files import Summaries
    from analysis.figures.entry import Entry
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_REJECTS = 200
_TEMPLATES = Path(__file__).with_name("templates")


def write_report(tables: Tables, folder: str | Path, *, summaries: Summaries | None = None) -> Path:
    """Write `index.html` into a folder.

    Parameters
    ----------
    tables : Tables
        With their study.
    folder : path
        Made where missing.
    summaries : mapping, optional
        Validations of these tables, as `analysis.compare.validation_files.load_summaries` gives them; without any the
        page says that nothing was validated.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    FramingError
        The folder cannot be written.
    """
    page = make_folder(folder) / "index.html"
    write_file(page, render(tables, summaries or {}).encode("utf-8"))
    return page


def render(tables: Tables, summaries: Summaries) -> str:
    """The page as a string; see `write_report`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    study = tables.study_or_error()
    script = _template("page.js")
    return environment.get_template("page.html.j2").render(
        # our own files, the only text on the page that is not escaped
        css=Markup(_template("page.css")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"),
        data=Markup(_reader_data(tables, study)),
        figures=[_figure(entry, tables, summaries) for entry in FIGURES.values()],
        validated=validated_rows(summaries),
        cautions=cautions(summaries),
        copies=copies(tables),
        copies_columns=COPIES_COLUMNS,
        validated_tasks=", ".join(summaries),
        validated_columns=COLUMNS,
        themes=_themes(tables, study),
        n_actors=len(study.actors.actors),
        provenance=_provenance(tables.run),
        rejects=_rejects(tables.rejects),
        n_rejects=len(tables.rejects),
        **_header(tables, study),
    )


def _header(tables: Tables, study: Study) -> dict[str, str]:
    articles = tables.articles
    n_words = int(tables.tones["n_words"].sum())
    attributed = int(tables.tones.loc[tables.tones["voice"] != "outlet", "n_words"].sum())
    days = articles["published"].dropna()
    invented = study.outlets.invented & set(articles["outlet"])
    n_invented = int(articles["outlet"].isin(invented).sum())
    return {
        "title": f"{study.codebook.title}: who speaks, about what, in whose voice",
        "n_articles": f"{len(articles):,}",
        "n_outlets": f"{articles['outlet'].nunique():,}",
        "period": f"{days.min():%-d %B %Y} to {days.max():%-d %B %Y}" if len(days) else "",
        "n_words": f"{n_words:,}",
        "attributed_share": f"{100 * attributed / n_words:.0f} %" if n_words else "none",
        "notice": (
            f"{n_invented:,} of the {len(articles):,} articles come from {len(invented)} invented outlets. They were "
            "written to show and test the toolkit; they are not press coverage and must not be cited as such."
            if n_invented
            else ""
        ),
    }


def _figure(entry: Entry, tables: Tables, summaries: Summaries) -> dict[str, Any]:
    numbers, figure = numbers_and_figure(entry, tables, summaries)
    image = ""
    if figure is not None:
        image = base64.b64encode(svg_bytes(figure, title=entry.title, description=entry.reading)).decode(
            "ascii"
        )
    return {
        "name": entry.name,
        "title": entry.title,
        "question": entry.question,
        "alt": f"{entry.title}. {entry.reading} The numbers stand in the table below the figure.",
        "image": image,
        "empty": "Nothing to draw: no article of this run has what this figure shows.",
        "columns": list(numbers.columns),
        "rows": [[_cell(value) for value in row] for row in numbers.itertuples(index=False)],
    }


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _themes(tables: Tables, study: Study) -> list[dict[str, str]]:
    hits = theme_hits(tables).groupby("theme")["article_id"].agg(["size", "nunique"])
    counts = {theme: (int(size), int(articles)) for theme, size, articles in hits.itertuples()}
    return [
        {
            "label": theme.label,
            "definition": theme.definition,
            "hits": f"{counts.get(theme.id, (0, 0))[0]:,}",
            "articles": f"{counts.get(theme.id, (0, 0))[1]:,}",
        }
        for theme in study.codebook.themes
    ]


def _provenance(run: dict[str, Any]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in sorted(run.items()):
        shown = (
            ", ".join(f"{k} {v}" for k, v in sorted(value.items())) if isinstance(value, dict) else str(value)
        )
        flat.append((name.replace("_", " "), shown or "none"))
    return flat


def _rejects(rejects: pd.DataFrame) -> list[list[str]]:
    columns = ["source_file", "row", "title", "reason", "detail"]
    shown = rejects[columns].head(SHOWN_REJECTS).itertuples(index=False)
    return [[value if isinstance(value, str) else "" for value in row] for row in shown]


def _reader_data(tables: Tables, study: Study) -> str:
    """The reader's data: articles and the labels of everything marked in them."""
    legend = {
        "sides": {
            side: {"label": study.side_labels.get(side, side), "tint": tinted(colour)}
            for side, colour in side_colours(sorted(set(tables.quotes["side"])), study.side_colours).items()
        },
        "themes": {theme.id: {"label": theme.label} for theme in study.codebook.themes},
        "actors": {actor.id: {"label": actor.name} for actor in study.actors.actors},
    }
    return f'{{"articles":{articles_json(tables)},{script_json(legend)[1:]}'


def tinted(colour: str) -> str:
    """A colour mixed with white until black text on it passes WCAG AA."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.38):02x}" for part in (red, green, blue))


@cache
def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8").strip()
