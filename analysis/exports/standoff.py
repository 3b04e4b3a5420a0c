"""Export as a results folder without the words of the articles, with what a publication of data needs."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare.measures.frames import DYAD_SENTENCES, all_dyad_sentences
from analysis.exports.dictionary import introduction
from analysis.files import make_folder, write_file
from analysis.schemas import TABLES
from analysis.standoff import ANCHORS, ORIGINALS, TitleWords
from analysis.tables import load_tables

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

TO_BE_ADDED = (
    "Before you publish this folder, add to this card how the articles were chosen, what they can and cannot "
    "stand for, and where they can be found. Add the authors to CITATION.cff."
)
"""The part of the data card that only the authors can write."""

README, METADATA, CITATION = "README.md", "dataset.jsonld", "CITATION.cff"
_MEANINGS = {
    ORIGINALS: "SHA-256 of each text and headline, by which an article is recognised",
    ANCHORS: "hashes of some sequences of eight words, by which another copy of an article is aligned",
    DYAD_SENTENCES: "sentences that mention two sides",
}


def standoff_tables(tables: Tables, *, titles: TitleWords = "outline", keep: Collection[str] = ()) -> Tables:
    """Return tables without the words of the articles, ready to be published.

    Parameters
    ----------
    tables : Tables
    titles, keep
        See `analysis.Tables.without_text`.

    Returns
    -------
    Tables
        With the further table 'dyad_sentences', so that frames of a relationship can be counted without the texts.
    """
    public = tables.without_text(titles=titles, keep=keep)
    return public.with_further(**{DYAD_SENTENCES: all_dyad_sentences(tables)}) if tables.study else public


def write_standoff(
    tables: Tables,
    folder: Path,
    *,
    keep: Collection[str] = (),
    about: str = TO_BE_ADDED,
    authors: str = "to be filled in",
) -> tuple[Path, ...]:
    """Write a results folder without words, with a data card, metadata and a citation file.

    Parameters
    ----------
    tables : Tables
        With the words.
    folder : pathlib.Path
    keep : collection of str
        Names of `extra_*` columns of `articles` to keep.
    about : str
        Markdown for the data card: how the articles were chosen, and what they can and cannot stand for.
    authors : str
        For the citation file.

    Returns
    -------
    tuple of pathlib.Path
        The folder, and the three files about it.
    """
    folder = tables.save_changed(make_folder(folder), partial(standoff_tables, keep=keep))
    public = load_tables(folder)
    metadata = json.dumps(_metadata(public), indent=1, ensure_ascii=False)
    contents = {
        README: _card(public, about),
        METADATA: f"{metadata}\n",
        CITATION: _citation(public, authors),
    }
    for name, content in contents.items():
        write_file(folder / name, content.encode())
    return (folder, *(folder / name for name in contents))


def _further(tables: Tables) -> dict[str, str]:
    """The further tables with their meanings."""
    return {name: meaning for name, meaning in _MEANINGS.items() if name in tables.further}


def _title(tables: Tables) -> str:
    return f"{tables.study.codebook.title if tables.study else 'Media framing'}: measurements without texts"


def _period(tables: Tables) -> str:
    dates = tables.metadata["published"].dropna()
    return f"{dates.min():%Y-%m-%d}/{dates.max():%Y-%m-%d}" if len(dates) else ""


def _card(tables: Tables, about: str) -> str:
    lines = [f"# {_title(tables)}", ""]
    for line in introduction(tables):
        lines += [line, ""]
    lines += [
        "The tables hold measurements of the articles and none of their words. `articles.text` is an outline: an x "
        "for each character of a word. The articles belong to their publishers. Whoever has them puts the words back "
        "with `framing join FOLDER ARTICLES --out RESULTS`.",
        "",
        about.strip(),
        "",
        "## Outlets",
        "",
        "| outlet | articles | from | to |",
        "|---|---|---|---|",
        *_outlets(tables.metadata),
        "",
        "## Tables",
        "",
        "| table | rows | meaning |",
        "|---|---|---|",
        *(f"| {name} | {len(tables.data(name)):,} | {table.meaning} |" for name, table in TABLES.items()),
        *(
            f"| {name} | {len(tables.data(name)):,} | {meaning} |"
            for name, meaning in _further(tables).items()
        ),
        "",
    ]
    return "\n".join(lines)


def _outlets(articles: pd.DataFrame) -> list[str]:
    rows = []
    for outlet, own in articles.groupby("outlet"):
        dates = own["published"].dropna()
        period = (f"{dates.min():%Y-%m-%d}", f"{dates.max():%Y-%m-%d}") if len(dates) else ("", "")
        name = str(outlet).replace("|", "\\|").replace("\n", " ")
        rows.append(f"| {name} | {len(own):,} | {period[0]} | {period[1]} |")
    return rows


def _metadata(tables: Tables) -> dict[str, Any]:
    """The folder as a schema.org Dataset."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": _title(tables),
        "description": " ".join(introduction(tables)),
        "temporalCoverage": _period(tables),
        "measurementTechnique": f"media-framing {tables.run.get('toolkit', '')}".strip(),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": table.meaning}
            for name, table in TABLES.items()
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": f"{name}/",
                "encodingFormat": "application/x-parquet",
            }
            for name in (*(name for name in TABLES if name != "rejects"), *_further(tables))
        ],
    }


def _citation(tables: Tables, authors: str) -> str:
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these measurements, please cite them.",
        "type: dataset",
        f"title: {json.dumps(_title(tables), ensure_ascii=False)}",
        "authors:",
        f"  - name: {json.dumps(authors, ensure_ascii=False)}",
        f"abstract: {json.dumps(' '.join(introduction(tables)), ensure_ascii=False)}",
        "",
    ]
    return "\n".join(lines)
