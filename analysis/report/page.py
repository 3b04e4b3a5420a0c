"""The page: fill its template from the tables of a run. Everything in it is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare._core.counts import COUNT, count_rows, voice_words
from analysis.compare._core.grouping import format_count
from analysis.compare._core.theme_hits import shown_themes, theme_hits
from analysis.compare.measures.wire_copy import theme_comparisons
from analysis.display.scripts import inline_script
from analysis.evidence.reader import READER_SCRIPT, reader_articles, script_json, text_blocks
from analysis.evidence.reader_filters import fragment
from analysis.figures import draw_figures, page_figures
from analysis.figures._core.links import Link, hotspot_links, link_of, reader_legend, study_pair
from analysis.figures._core.number_table import number_table
from analysis.files import make_folder, write_file
from analysis.provenance import corrections_note, describe_run
from analysis.report.corrected import COLUMNS as CORRECTED_COLUMNS
from analysis.report.corrected import corrected_note, corrected_rows, not_coded
from analysis.report.findings import findings
from analysis.report.validated import COLUMNS, cautions, validated_rows
from analysis.report.wire_copy import COLUMNS as WIRE_COPY_COLUMNS
from analysis.report.wire_copy import wire_copy
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures import Drawn
    from analysis.study import Study
    from analysis.tables import Tables
    from analysis.validation.results import Summaries

READER_ALL = 1_000  # articles that the reader holds at most
READER_SAMPLE = 200  # articles in the reader if there are more; the page then stays below 5 MB
SHOWN_REJECTS = 200
SHOWN_ACTORS = 100
LINKS_WIDTH = 1000
"""Width of a figure in the units of the boxes of its links."""
_TEMPLATES = Path(__file__).with_name("templates")


def write_report(
    tables: Tables,
    folder: str | Path,
    *,
    summaries: Summaries | None = None,
    drawn: Sequence[Drawn] | None = None,
) -> Path:
    """Write `index.html` into a folder.

    Parameters
    ----------
    tables : Tables
        With their study.
    folder : path
        Created if missing.
    summaries : mapping, optional
        Validations of these tables, as `analysis.validation.results.load_summaries` returns them. Without them the
        page says that nothing was validated.
    drawn : sequence of Drawn, optional
        The figures of these tables in print style, if they are drawn already; see `analysis.figures.draw_figures`.

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
    summaries = summaries or {}
    if drawn is None:
        drawn = draw_figures(tables, only=page_figures(), summaries=summaries)
    figures = [figure for figure in drawn if figure.entry.on_page]
    write_file(page, render(tables, summaries, figures).encode("utf-8"))
    return page


def render(tables: Tables, summaries: Summaries, drawn: Sequence[Drawn]) -> str:
    """The page as a string; see `write_report`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    study = tables.study_or_error()
    pair = study_pair(study)
    labels = {**study.theme_labels, **study.side_labels}
    compared = _compared(tables)
    shown = tables.sample(READER_SAMPLE) if len(tables.metadata) > READER_ALL else tables
    css = _template("page.css")
    script = inline_script([READER_SCRIPT, _TEMPLATES / "page.js"])
    return environment.get_template("page.html.j2").render(
        # our own files, the only text on the page that is not escaped
        css=Markup(css),
        style_hash=_hash(css),
        script=Markup(script),
        script_hash=_hash(script),
        # JSON that no text can end; see script_json
        data=Markup(script_json({"articles": reader_articles(shown, pair), "legend": reader_legend(tables)})),
        texts=[Markup(script_json(block)) for block in text_blocks(shown)],
        n_in_reader=f"{len(shown.metadata):,}" if shown is not tables else "",
        findings=_findings(tables, compared, summaries),
        figures=[
            _figure(figure, partial(link_of, entry=figure.entry, pair=pair, labels=labels))
            for figure in drawn
        ],
        validated=validated_rows(summaries),
        cautions=cautions(summaries),
        corrected=corrected_rows(summaries, labels),
        corrected_columns=CORRECTED_COLUMNS,
        wire_copy=wire_copy(tables, compared),
        wire_copy_columns=WIRE_COPY_COLUMNS,
        validated_tasks=", ".join(summaries),
        validated_columns=COLUMNS,
        themes=_themes(tables, study),
        actors=_actors(tables, study),
        shown_actors=SHOWN_ACTORS,
        n_actors=len(study.actors.actors),
        provenance=[(name, value or "none") for name, value in describe_run(tables.run).items()],
        corrections=corrections_note(tables.run),
        rejects=_rejects(tables.rejects),
        n_rejects=len(tables.rejects),
        **_header(tables, study),
    )


def _header(tables: Tables, study: Study) -> dict[str, str]:
    articles, tones = tables.metadata, voice_words(tables)
    n_words = int(tones["n_words"].sum())
    spoken = tones[tones["voice"] != OUTLET]
    attributed = int(spoken["n_words"].sum())
    unknown = int(spoken.loc[spoken["voice"] == UNATTRIBUTED, "n_words"].sum())
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
        "unknown_share": f"{100 * unknown / attributed:.0f} %" if unknown else "",
        "notice": (
            f"{n_invented:,} of the {len(articles):,} articles come from "
            f"{format_count(len(invented), 'invented outlets')}. They were written to "
            "demonstrate and test the toolkit; they are not press coverage and must not be cited as such."
            if n_invented
            else ""
        ),
    }


def _compared(tables: Tables) -> pd.DataFrame | None:
    """Theme rates of each outlet compared with all others; None if there is only one outlet."""
    several = tables.metadata["outlet"].nunique() > 1
    return theme_comparisons(tables, themes=shown_themes(tables)) if several else None


def _findings(
    tables: Tables, compared: pd.DataFrame | None, summaries: Summaries
) -> list[tuple[str, list[dict[str, str]]]]:
    """Sentences by topic, each with a link to its evidence and its caveats."""
    topics: dict[str, list[dict[str, str]]] = {}
    for finding in findings(tables, compared):
        notes = [*finding.notes, corrected_note(finding, summaries), not_coded(finding, summaries)]
        told = {
            "text": finding.text,
            "link": fragment(finding.filters),
            "notes": " ".join(filter(None, notes)),
        }
        topics.setdefault(finding.topic, []).append(told)
    return list(topics.items())


def _figure(drawn: Drawn, link: Link) -> dict[str, Any]:
    entry, links, height = drawn.entry, [], 0
    if drawn.figure is not None:
        wide, high = drawn.figure.get_size_inches()
        height = round(LINKS_WIDTH * high / wide)
        links = hotspot_links(drawn.hotspots, (LINKS_WIDTH, height), link)
    return {
        "name": entry.name,
        "title": entry.title,
        "question": entry.question,
        "alt": f"{entry.title}. {entry.reading} The numbers are in the table below the figure.",
        "image": base64.b64encode(drawn.svg).decode("ascii"),
        "links": links,
        "size": (LINKS_WIDTH, height),
        "why_not": drawn.why_not,
        **number_table(drawn.numbers, link),
    }


def _actors(tables: Tables, study: Study) -> list[dict[str, str]]:
    """The actors that are mentioned or quoted, the most mentioned first."""
    seen = _hits_and_articles(count_rows(tables, "mentions", ["actor_id"]), "actor_id")
    quotes = count_rows(tables, "quotes", ["speaker"]).groupby("speaker")[COUNT].sum().to_dict()
    there = [actor for actor in study.actors.actors if actor.id in seen or actor.id in quotes]
    return [
        {
            "name": actor.name,
            "side": study.side_labels[actor.side],
            "link": fragment({"about": actor.id}),
            "mentions": f"{seen.get(actor.id, (0, 0))[0]:,}",
            "articles": f"{seen.get(actor.id, (0, 0))[1]:,}",
            "quotes": f"{quotes.get(actor.id, 0):,}",
        }
        for actor in sorted(there, key=lambda actor: (-seen.get(actor.id, (0, 0))[0], actor.name))
    ]


def _hits_and_articles(counts: pd.DataFrame, name: str) -> dict[str, tuple[int, int]]:
    """Number of rows and of articles for each value of a column."""
    rows = counts.groupby(name)[COUNT].sum()
    articles = counts[[name, "article_id"]].drop_duplicates()[name].value_counts()
    return {str(value): (int(rows[value]), int(articles[value])) for value in rows.index}


def _themes(tables: Tables, study: Study) -> list[dict[str, str]]:
    counts = _hits_and_articles(theme_hits(tables), "theme")
    return [
        {
            "label": theme.label,
            "link": fragment({"theme": theme.id}),
            "definition": theme.definition,
            "hits": f"{counts.get(theme.id, (0, 0))[0]:,}",
            "articles": f"{counts.get(theme.id, (0, 0))[1]:,}",
        }
        for theme in study.codebook.themes
    ]


def _rejects(rejects: pd.DataFrame) -> list[list[str]]:
    columns = ["source_file", "row", "title", "reason", "detail"]
    shown = rejects[columns].head(SHOWN_REJECTS).itertuples(index=False)
    return [[value if isinstance(value, str) else "" for value in row] for row in shown]


@cache
def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    """The hash by which the page's security policy allows a script or style."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
