"""Tables for reading: every row with outlet, date, title and sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.evidence.sentences import with_sentences
from analysis.exports.study_tables import STUDY_TABLES, study_tables
from analysis.schemas import TABLES, Column, Table

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

# reading order: findings first, then the texts
ORDER = (
    "articles", "quotes", "mentions", "themes", "relations", "tones", "codebook", "actors", "quote_spans",
    "sentences", "rejects",
)  # fmt: skip
CONTRACTS = {**TABLES, **STUDY_TABLES}
_HITS = ("quotes", "mentions", "themes", "relations")
_ABOUT = ("outlet", "published", "title")
_SENTENCE = Column("text", "the sentence that it starts in, white space collapsed")
_WORDS = Column("text", "the words from start to end")
_FIELD = Column("text", "field of the source, as it stands there", nullable=True)
# columns of ids, and the column with the names from the study
_NAMES = {
    ("mentions", "actor_id"): "actor_name",
    ("themes", "theme"): "theme_label",
    ("relations", "source_actor"): "source_name",
    ("relations", "target_actor"): "target_name",
}


def table_names(tables: Tables) -> list[str]:
    """Names of the tables that `readable` gives, in reading order."""
    return [name for name in ORDER if name in TABLES or tables.study is not None]


def readable(tables: Tables, *, every: bool = True) -> dict[str, pd.DataFrame]:
    """Add to every table what is needed to read a row on its own.

    Parameters
    ----------
    tables : Tables
        Without a study, the columns with names of themes and actors and the tables codebook and actors are left out.
    every : bool, default True
        Whether to include the tables that are not about articles: the study's and the rejects.

    Returns
    -------
    dict of str to pandas.DataFrame
        By name, in reading order. `columns_of` documents the columns.
    """
    about = tables.articles[["article_id", *_ABOUT]]
    owners = tables.quotes[["quote_id", "article_id"]]
    joined = {
        **{name: with_sentences(getattr(tables, name), tables) for name in _HITS},
        "tones": tables.tones.merge(about, on="article_id", how="left"),
        "quote_spans": _with_words(tables.quote_spans.merge(owners, on="quote_id", how="left"), tables),
        "sentences": _with_words(tables.sentences, tables),
        **(study_tables(tables.study) if tables.study else {}),
    }
    names = _names(tables)
    made = {}
    for name in table_names(tables):
        if not every and name in ("rejects", *STUDY_TABLES):
            continue
        frame = joined[name] if name in joined else getattr(tables, name)
        for (table, column), label in _NAMES.items():
            if table == name and table in names:
                frame = frame.assign(**{label: frame[column].map(names[table])})
        made[name] = frame[list(columns_of(CONTRACTS[name], frame))]
    return made


def columns_of(table: Table, frame: pd.DataFrame) -> Mapping[str, Column]:
    """Columns that a readable table has, in order: those of its contract, then further fields of the source."""
    known = _known_columns(table)
    names = [str(name) for name in frame]
    further = [name for name in names if table.extra and name.startswith(table.extra)]
    return {name: column for name, column in known.items() if name in names} | dict.fromkeys(further, _FIELD)


def _known_columns(table: Table) -> Mapping[str, Column]:
    articles = TABLES["articles"].columns
    joined = (
        {}
        if table.name in ("articles", "rejects", *STUDY_TABLES)
        else {name: articles[name] for name in _ABOUT}
    )
    if table.name in _HITS:
        joined["sentence_text"] = _SENTENCE
    if table.name in ("quote_spans", "sentences"):
        joined["text"] = _WORDS
    if table.name == "quote_spans":
        joined["article_id"] = articles["article_id"]
    made = dict(joined)
    for name, column in table.columns.items():
        made[name] = column
        if (table.name, name) in _NAMES:
            meaning = "name in the study; empty if there is none"
            made[_NAMES[table.name, name]] = replace(column, meaning=meaning, nullable=True, values=None)
    return made


def _with_words(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    words = [
        texts[article_id][start:end]
        for article_id, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    ]
    about = tables.articles[["article_id", *_ABOUT]]
    return rows.assign(text=words).merge(about, on="article_id", how="left")


def _names(tables: Tables) -> dict[str, dict[str, str]]:
    """Names of themes and actors in the study, by id, for each table."""
    if tables.study is None:
        return {}
    actors = {actor.id: actor.name for actor in tables.study.actors.actors}
    return {"themes": tables.study.theme_labels, "mentions": actors, "relations": actors}
