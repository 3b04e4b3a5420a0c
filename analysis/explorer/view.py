"""What the widget shows: the controls' options, the figure with its marks, and the articles behind a mark."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from analysis.compare._core.counts import count_rows, distinct
from analysis.compare._core.grouping import group_column
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import known_voices
from analysis.compare._core.weighting import WEIGHTS
from analysis.compare.measures.outlet_groups import OUTLET_KIND, OUTLET_SIDE, with_outlet_groups
from analysis.errors import FramingError
from analysis.evidence.reader import reader_articles, texts_in_order
from analysis.evidence.reader_filters import describe_filters
from analysis.explorer.choice import GROUPS, TIME_UNITS, Choice, code_of, draw_choice
from analysis.figures import FIGURES
from analysis.figures._core.groups import group_nouns
from analysis.figures._core.linked import data_address, linked_marks
from analysis.figures._core.links import reader_legend, study_pair
from analysis.figures._core.registry import TEXTS_READ
from analysis.figures._core.save import svg_bytes
from analysis.provenance import corrections_note, n_corrections
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST_ARTICLES = 2_000
"""Articles that are sent for one mark; more would be slow to read in the browser."""
_EACH = {
    "word": "each word, mention or act"
}  # what has its own weight where no article or outlet is evened out
_GROUP_FILTERS = ("outlet", "country", "when", "group")


def control_options(tables: Tables) -> dict[str, Any]:
    """The options of every control as (value, text), and the groups of every column that can be compared.

    Parameters
    ----------
    tables : Tables
        With their study.
    """
    study = tables.study_or_error()
    grouped = with_outlet_groups(tables).metadata
    own = [name for name in grouped.columns if name.startswith("extra_")]
    columns = [name for name in (*GROUPS, *own) if name in (OUTLET_KIND, OUTLET_SIDE, *grouped, *TIME_UNITS)]
    groups = {name: sorted(set(group_column(grouped, name))) for name in columns}
    columns = [name for name in columns if len(groups[name]) > 1 or name == "outlet"]
    days = tables.metadata["published"].dropna()
    found = set(distinct(count_rows(tables, "themes", ["theme", "voice", "negated"])["theme"]))
    voices = sorted(set(known_voices(tables)) - {OUTLET}, key=lambda side: (side == UNATTRIBUTED, side))
    return {
        "figures": [(entry.section.name.capitalize(), name, entry.title) for name, entry in FIGURES.items()],
        "by": [(name, _column_name(name)) for name in columns],
        "groups": {name: groups[name] for name in columns},
        "weights": [
            ("", "usual for the figure"),
            *((name, _EACH.get(name, f"each {name}")) for name in WEIGHTS),
        ],
        "outlets": [(name, name) for name in groups["outlet"]],
        "themes": [(theme.id, theme.label) for theme in study.codebook.themes if theme.id in found],
        "voices": [
            (OUTLET, "outlets' own words"),
            ("quoted", "attributed words"),
            *((side, f"quoted: {study.side_labels.get(side, side)}") for side in voices),
        ],
        "sides": [(side, study.side_labels[side]) for side in study.actors.side_ids],
        "first": f"{days.min():%Y-%m-%d}" if len(days) else "",
        "last": f"{days.max():%Y-%m-%d}" if len(days) else "",
    }


def figure_view(tables: Tables, choice: Choice, folder: str) -> tuple[dict[str, Any], pd.DataFrame]:
    """The figure of a choice with its marks and code, and its numbers.

    Parameters
    ----------
    tables : Tables
        The part that is chosen; see `chosen_tables`.
    choice : Choice
    folder : str
        The results folder, for the code.

    Returns
    -------
    dict, pandas.DataFrame
        `src`, `alt`, `marks`, `code`, `n_articles`, `corrections` (in words); or `why_not` instead of a
        picture. The table that was drawn.
    """
    drawn, entry = draw_choice(tables, choice), choice.entry
    common = {
        "title": entry.title,
        "question": entry.question,
        "n_articles": len(tables.metadata),
        "corrections": corrections_note(tables.run),
    }
    if drawn.figure is None:
        return {**common, "why_not": f"Nothing to draw: {drawn.why_not}."}, drawn.numbers
    svg = svg_bytes(drawn.figure, title=entry.title, description=entry.reading)
    view = {
        **common,
        "src": data_address(svg),
        "alt": f"{entry.title}. {entry.reading}",
        "marks": linked_marks(drawn.figure),
        "name": entry.name,
        "code": code_of(choice, folder, corrected=n_corrections(tables.run) > 0),
    }
    return view, drawn.numbers


def read_texts(tables: Tables) -> None:
    """Let the figures that read texts count what they need, once; choices made later are answered from it.

    More than `TEXTS_READ` articles are left to the figures, which draw a sample of them.

    Parameters
    ----------
    tables : Tables
    """
    if not tables.has_text or len(tables.metadata) > TEXTS_READ:
        return
    for entry in FIGURES.values():
        if entry.reads_texts or entry.at_most is not None:
            with suppress(FramingError):  # the figure itself will say what is wrong
                entry.numbers(tables, entry.cut())


def evidence(tables: Tables, choice: Choice, filters: Mapping[str, str]) -> tuple[dict[str, Any], bytes]:
    """The articles behind a mark, in one pane, or in two if two groups are compared.

    Parameters
    ----------
    tables : Tables
        The part that is chosen.
    choice : Choice
    filters : mapping of str to str
        Of the mark, for the article reader.

    Returns
    -------
    dict, bytes
        `panes` (title and filters of each) and `note`; and articles, texts and legend as compressed JSON.
    """
    study = tables.study_or_error()
    if choice.compared:
        rest = {name: value for name, value in filters.items() if name not in _GROUP_FILTERS}
        said = describe_filters(rest, {**study.theme_labels, **study.side_labels})
        panes = [
            {"title": f"{group} · {said}", "filters": {**rest, "group": group}} for group in choice.compared
        ]
        wanted = set(choice.compared)
        chosen = tables.metadata["article_id"][group_column(tables.metadata, choice.by).isin(wanted)]
    else:
        panes = [{"title": "", "filters": dict(filters)}]
        chosen = _articles_of(tables, choice.by, filters)
    note = (
        f"The first {MOST_ARTICLES:,} of {len(chosen):,} articles are searched."
        if len(chosen) > MOST_ARTICLES
        else ""
    )
    part = tables.select(chosen.iloc[:MOST_ARTICLES])
    pair = study_pair(study) if "pair" in filters else None
    articles = reader_articles(part, pair, by=choice.by, with_terms=bool({"term", "use"} & filters.keys()))
    data = {"articles": articles, "texts": texts_in_order(part), "legend": reader_legend(part)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return {"panes": panes, "note": note}, gzip.compress(text.encode("utf-8"), compresslevel=1)


def _articles_of(tables: Tables, by: str, filters: Mapping[str, str]) -> Any:
    """Ids of the articles that can have what the filters ask for; the reader looks closer."""
    articles = tables.metadata
    kept = articles["outlet"].notna()
    for name, column in (
        ("outlet", "outlet"),
        ("country", "outlet_country"),
        ("only", "article_id"),
        ("group", by),
    ):
        if name in filters:
            kept &= group_column(articles, column) == filters[name]
    if "theme" in filters:
        hits = theme_hits(tables)
        kept &= articles["article_id"].isin(
            hits.loc[hits["theme"] == filters["theme"], "article_id"].unique()
        )
    return articles.loc[kept, "article_id"]


def _column_name(name: str) -> str:
    if name in GROUPS:
        return group_nouns(name)[0]
    return name.removeprefix("extra_").replace("_", " ")
