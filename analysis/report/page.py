"""The page: fill its template from the tables of a run. Everything in it is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare._core.counts import COUNT, count_rows
from analysis.compare._core.intervals import MINIMUM_CLUSTERS
from analysis.compare._core.theme_hits import theme_hits
from analysis.display.scripts import inline_script
from analysis.evidence.reader import CORRECTIONS_SCRIPT, READER_SCRIPT, script_json
from analysis.evidence.reader_filters import fragment
from analysis.figures import draw_figures, page_figures
from analysis.figures._core.links import Link, hotspot_links, link_of, reader_legend, study_pair
from analysis.figures._core.number_table import number_table
from analysis.figures._core.registry import Section
from analysis.files import make_folder, write_file
from analysis.provenance import describe_run
from analysis.report.answer import answers, picture
from analysis.report.caveats import caveats
from analysis.report.corrected import COLUMNS as CORRECTED_COLUMNS
from analysis.report.corrected import corrected_note, corrected_rows, not_coded
from analysis.report.finding import OUTLETS, RELATION, SPEAKERS, THEMES, TONE, TOPICS, Finding
from analysis.report.findings import findings
from analysis.report.outlet_findings import compared_themes
from analysis.report.overview import outlet_list, overview, timeline
from analysis.report.pieces import FOLDER, PAGE_BYTES, Pieces, write_pieces
from analysis.report.reader_options import reader_options
from analysis.report.side_by_side import side_by_side
from analysis.report.validated import COLUMNS, cautions, coding_name, often_wrong, validated_rows
from analysis.report.wire_copy import COLUMNS as WIRE_COPY_COLUMNS
from analysis.report.wire_copy import wire_copy

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures import Drawn
    from analysis.study import Study
    from analysis.tables import Tables
    from analysis.validation.results import Summaries

SHOWN_REJECTS = 200
SHOWN_ACTORS = 100
LINKS_WIDTH = 1000
"""Width of a figure in the units of the boxes of its links."""
_TEMPLATES = Path(__file__).with_name("templates")
_SCRIPTS = [
    READER_SCRIPT,
    CORRECTIONS_SCRIPT,
    *(_TEMPLATES / f"{name}.js" for name in ("pieces", "side_by_side", "page")),
]
_SECTIONS = {
    THEMES: (Section.THEMES, Section.WORDS),
    SPEAKERS: (Section.SPEAKERS,),
    RELATION: (Section.RELATION,),
    TONE: (Section.TONE,),
    OUTLETS: (),
}
_FILTERS = {
    "words": "Words", "outlet": "Outlet", "theme": "Theme", "voice": "Voice", "speaker": "Speaker",
    "about": "Mentioned", "tone": "Tone", "with": "With theme", "kind": "Quote", "cue": "Cue", "acts": "Acts",
    "term": "Term", "use": "Use", "pair": "Sentences", "beside": "Also quotes", "when": "Published",
    "country": "Country", "only": "Article",
}  # fmt: skip


def write_report(
    tables: Tables,
    folder: str | Path,
    *,
    summaries: Summaries | None = None,
    drawn: Sequence[Drawn] | None = None,
    progress: bool = False,
) -> Path:
    """Write `index.html` into a folder.

    The articles are in the page, or in the folder `articles` beside it if they are more than 1,000 or the page would
    be larger than 5 MB; see `analysis.report.pieces`.

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
        Those that are not on the page are left out, and without texts those that read them.
    progress : bool, default False
        Write a line to standard error before each figure that is drawn.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    FramingError
        The folder cannot be written.
    """
    folder = make_folder(folder)
    summaries = summaries or {}
    if drawn is None:
        drawn = draw_figures(tables, only=page_figures(), summaries=summaries, progress=progress)
    figures = [
        figure
        for figure in drawn
        if figure.entry.on_page and (tables.has_text or not figure.entry.reads_texts)
    ]
    content, read_by_scripts = _content(tables, summaries, figures), _read_by_scripts(tables)
    without_articles = len(_render(content, read_by_scripts, Pieces(0)))
    pair = study_pair(tables.study_or_error())
    pieces = write_pieces(tables, pair, folder, room=PAGE_BYTES - without_articles)
    page = folder / "index.html"
    write_file(page, _render(content, read_by_scripts, pieces))
    return page


def _render(content: Mapping[str, Any], read_by_scripts: Mapping[str, Any], pieces: Pieces) -> bytes:
    """Fill the template."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    css = _template("page.css")
    script = inline_script(_SCRIPTS)
    page = environment.get_template("page.html.j2").render(
        # our own files, the only text on the page that is not escaped
        css=Markup(css),
        style_hash=_hash(css),
        script=Markup(script),
        script_hash=_hash(script),
        # JSON that no text can end; see script_json
        data=Markup(
            script_json({**read_by_scripts, "pieces": read_by_scripts["pieces"] | _about_pieces(pieces)})
        ),
        pieces=pieces.inline,
        in_files=bool(pieces.index),
        n_in_reader="" if (shown := f"{pieces.n_articles:,}") == content["n_articles"] else shown,
        **content,
    )
    return page.encode("utf-8")


def _content(tables: Tables, summaries: Summaries, drawn: Sequence[Drawn]) -> dict[str, Any]:
    """What the template shows, without the articles."""
    study = tables.study_or_error()
    pair = study_pair(study)
    compared = compared_themes(tables)
    found = findings(tables, compared)
    about = overview(tables, study, summaries)
    drawn_on_top = picture(tables)
    return dict(
        has_text=tables.has_text,
        any_address=_any_address(tables),
        n_articles=f"{len(tables.metadata):,}",
        title=study.codebook.title,
        answers=[
            {
                "topic": answer.topic,
                "name": TOPICS[answer.topic],
                "phrases": answer.phrases,
                "warning": " ".join(filter(None, [answer.warning, _caution(answer.topic, found, summaries)])),
            }
            for answer in answers(tables, pair, found)
        ],
        picture=drawn_on_top,
        picture_caution=_picture_caution(drawn_on_top, summaries),
        timeline=timeline(tables.metadata, study.events),
        topics=_topics(found, summaries, _figures(tables, drawn)),
        notes=[{"about": note, "text": text} for note, text in _notes(found, summaries)],
        caveats=caveats(tables, pair, about["unknown_share"]),
        outlets=outlet_list(tables),
        few=MINIMUM_CLUSTERS,
        validated=validated_rows(summaries),
        cautions=cautions(summaries),
        corrected=corrected_rows(summaries, {**study.theme_labels, **study.side_labels}),
        corrected_columns=CORRECTED_COLUMNS,
        wire_copy=wire_copy(tables, compared),
        wire_copy_columns=WIRE_COPY_COLUMNS,
        validated_tasks=", ".join(summaries),
        coding=coding_name(summaries),
        validated_columns=COLUMNS,
        themes=_themes(tables, study),
        actors=_actors(tables, study),
        shown_actors=SHOWN_ACTORS,
        n_actors=len(study.actors.actors),
        provenance=[(name, value or "none") for name, value in describe_run(tables.run).items()],
        rejects=_rejects(tables.rejects),
        n_rejects=len(tables.rejects),
        **about,
    )


def _read_by_scripts(tables: Tables) -> dict[str, Any]:
    """What the page's scripts read, without the articles."""
    return {
        "legend": reader_legend(tables),
        "options": reader_options(tables),
        "labels": _FILTERS,
        "pieces": {"results": str(tables.run.get("fingerprint", ""))[:16]},
        "sideBySide": side_by_side(tables, study_pair(tables.study_or_error())),
    }


def _about_pieces(pieces: Pieces) -> dict[str, Any]:
    return {
        "articles": pieces.n_articles,
        "count": len(pieces.inline) or len(pieces.index.get("has", [])),
        "inFiles": bool(pieces.index),
        "folder": FOLDER,
        "index": pieces.index,
    }


def _any_address(tables: Tables) -> bool:
    return bool(tables.data("articles").frame(["url"])["url"].notna().any())


def _topics(
    found: Sequence[Finding], summaries: Summaries, figures: Sequence[tuple[Section, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The sections of the page with their sentences and figures."""
    numbered = list(enumerate(found, start=1))
    return [
        {
            "id": topic,
            "name": name,
            "findings": [
                {
                    "number": number,
                    "text": finding.text,
                    "link": fragment(finding.filters),
                    "warning": " ".join(filter(None, [finding.warning, _caution_of(finding, summaries)])),
                    "corrected": corrected_note(finding, summaries),
                    "has_note": bool(finding.notes or not_coded(finding, summaries)),
                }
                for number, finding in numbered
                if finding.topic == topic
            ],
            "figures": [figure for section, figure in figures if section in _SECTIONS[topic]],
        }
        for topic, name in TOPICS.items()
    ]


def _caution(topic: str, found: Sequence[Finding], summaries: Summaries) -> str:
    """What limits the answer on a topic: it was not validated although others were, or is often wrong."""
    about = [finding for finding in found if finding.topic == topic]
    if topic == OUTLETS:
        return next((_caution_of(finding, summaries) for finding in about if finding.short), "")
    if topic == TONE and any(not_coded(finding, summaries) for finding in about):
        return f"Tone was not compared with {coding_name(summaries)}."
    if topic == RELATION and any(finding.theme and not_coded(finding, summaries) for finding in about):
        return f"The frames were not compared with {coding_name(summaries)}."
    return ""


def _picture_caution(drawn: Mapping[str, Any] | None, summaries: Summaries) -> str:
    """The themes of the picture on which the toolkit is often wrong."""
    bars = drawn["bars"] if drawn else []
    wrong = [str(bar["label"]) for bar in bars if often_wrong(bar["theme"], summaries)]
    return f"The toolkit is often wrong on: {', '.join(wrong)}." if wrong else ""


def _caution_of(finding: Finding, summaries: Summaries) -> str:
    """That a theme was not validated or is often wrong, for a place that cannot be overlooked."""
    if not finding.theme:
        return ""
    return not_coded(finding, summaries) or often_wrong(finding.theme, summaries)


def _notes(found: Sequence[Finding], summaries: Summaries) -> list[tuple[str, str]]:
    """For each sentence its beginning, and what limits it."""
    return [
        (finding.text, " ".join(filter(None, [*finding.notes, not_coded(finding, summaries)])))
        for finding in found
    ]


def _figures(tables: Tables, drawn: Sequence[Drawn]) -> list[tuple[Section, dict[str, Any]]]:
    study = tables.study_or_error()
    labels = {**study.theme_labels, **study.side_labels}
    made = []
    for figure in drawn:
        link = partial(link_of, entry=figure.entry, pair=study_pair(study), labels=labels)
        made.append((figure.entry.section, _figure(figure, link)))
    return made


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
        **number_table(drawn.numbers.iloc[_drawn_rows(drawn.numbers, links, link)], link),
        "n_rows": len(drawn.numbers),
    }


def _drawn_rows(numbers: pd.DataFrame, links: Sequence[Mapping[str, Any]], link: Link) -> list[int]:
    """Positions of the rows that marks of the figure stand for; of all rows if it has no marks."""
    marked = {mark["link"] for mark in links}
    addresses = [
        link({str(name): value for name, value in row.items()})[0] for row in numbers.to_dict("records")
    ]
    return [place for place, address in enumerate(addresses) if not marked or address in marked]


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
