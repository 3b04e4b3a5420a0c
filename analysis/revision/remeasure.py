"""Measure saved tables again with a changed study, without running the parser and the quote model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.annotators.article import MeasuredArticle, Row
from analysis.annotators.parsing.saved_parse import PARSES
from analysis.annotators.pipeline import MEASURES, Rows, failure, original_rows
from analysis.annotators.tone.classifier import TargetSentiment
from analysis.dataset.layout import shards_of
from analysis.dataset.storage import OnDisk
from analysis.errors import FramingError
from analysis.revision.affected import affected_by_actors
from analysis.revision.corrections import uncorrected
from analysis.revision.derived import with_voices
from analysis.revision.saved_article import SavedArticle, SavedRows, saved_rows
from analysis.schemas import TABLES, Table
from analysis.study import Study
from analysis.tables import tables_of

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset, Shard
    from analysis.tables import Tables

RowsOf = Callable[[MeasuredArticle], Iterable[Row]]

_AGAIN = "measure the articles again: framing annotate ARTICLES --out FOLDER --overwrite"
_BATCH = 64  # articles
_LIGHTER = 10  # times as much work is the measurement of an article from its text
_KEPT = ("sentences", PARSES.name, "quote_spans")  # do not depend on the study
_VERSIONS = ("toolkit", "code", "language_model", "models", "libraries")  # in the record of a run


def remeasure(tables: Tables, study: Study, *, workers: int | None = 1, progress: bool = True) -> Tables:
    """Measure the articles of some tables again with a changed study.

    The parses and the spans of the quotes are read from the tables. If the actors, their sides, the world's actors
    or the countries of outlets changed, mentions, speakers, sides, voices and acts are computed again in the articles
    that the change can affect (`analysis.revision.affected`); the tone is classified again in articles whose mentions
    changed. If the codebook changed, the themes are matched again.

    Parameters
    ----------
    tables : Tables
        With their study.
    study : Study
        The changed study.
    workers : int or None, default 1
        Number of processes. None uses one per core, or fewer for few articles. The tables do not depend on it.
    progress : bool, default True
        Show a progress bar.

    Returns
    -------
    Tables
        The same as `analysis.annotate` returns for these articles and the changed study. Corrections are not in it;
        apply them again with `analysis.apply_corrections`.

    Raises
    ------
    FramingError
        The tables have no parses, were made by another version of the toolkit or of a library, or an outlet has
        another name in the changed study.

    Examples
    --------
    >>> tables = analysis.load_tables("results")
    >>> changed = analysis.load_study("data")  # after an edit of data/codebook.yml or data/actors.yml
    >>> analysis.remeasure(tables, changed, progress=False)
    Tables(articles 52, ...)
    """
    from analysis import parallel

    tables = uncorrected(tables)
    run = _record(tables, study)
    changed, change = _changed(tables, study)
    part = _affected(changed, change)
    batches = _batches(part) if part is not None else []
    n_articles = sum(map(len, batches))
    n_workers = parallel.choose_workers(workers, n_articles // _LIGHTER)
    rows: Rows = {}
    with parallel.progress_bar(total=n_articles, shown=progress, what="measure again") as bar:
        measured = parallel.run(
            partial(_measure_batch, study=study, change=change), batches, workers=n_workers
        )
        for batch, done in zip(batches, measured, strict=True):
            for name, new in done.items():
                rows.setdefault(name, []).extend(new)
            bar.update(len(batch))
    return _replaced(changed, rows, change).with_origin(run, study)


def remeasure_folder(
    folder: str | Path, study: Study, *, workers: int | None = 1, progress: bool = True
) -> None:
    """Measure the articles of a results folder again with a changed study, shard by shard.

    The folder then holds what `remeasure` returns. Each process holds one shard in memory.

    Parameters
    ----------
    folder : path
    study, workers, progress
        As for `remeasure`.

    Raises
    ------
    FramingError
        The results hold corrections by hand, or one of the errors of `remeasure`.
    """
    from analysis import parallel, provenance
    from analysis.dataset import arrow, commit, rejects
    from analysis.dataset.lock import locked
    from analysis.tables import load_tables

    tables = load_tables(folder)
    if provenance.n_corrections(tables.run):
        raise FramingError(
            "these results hold corrections by hand",
            path=folder,
            remedy="take them out first: an empty corrections.csv, then framing apply",
        )
    run = _record(tables, study)
    data = tables.data("articles")
    assert isinstance(data, OnDisk) and data.added is not None
    dataset, families = data.dataset, data.added
    n_articles = len(families)
    n_workers = parallel.choose_workers(workers, n_articles // _LIGHTER)
    measure = partial(_remeasure_shard, old=tables.study_or_error(), study=study, run=run)
    finished: list[Shard] = []
    failed = [tables.rejects]
    with (
        locked(dataset.folder),
        parallel.progress_bar(total=n_articles, shown=progress, what="measure again") as bar,
    ):
        for shard, refused in parallel.run(measure, _shards_of(dataset, families), workers=n_workers):
            finished.append(shard)
            failed.append(refused)
            bar.update(shard.parts["articles"].rows + len(refused))
        refused = rejects.join(failed)
        kept = families[~families.index.isin(set(refused["article_id"]))].reset_index()
        commit(
            dataset.folder,
            run=run,
            finished=finished,
            families=arrow.from_frame(kept, arrow.FAMILIES),
            rejects=rejects.to_csv(refused),
            study=study,
        )


def _shards_of(dataset: Dataset, families: pd.DataFrame) -> Iterator[tuple[Dataset, pd.DataFrame]]:
    """Each shard as a data set of its own, without a study, and the families of its articles."""
    from analysis.dataset import rejects

    empty = replace(dataset, shards=(), families=(), rejects=rejects.to_csv(), _study=None)
    numbers = shards_of(families.index, len(dataset.shards))
    for shard in dataset.shards:
        yield replace(empty, shards=(shard,)), families[numbers == shard.number]


def _remeasure_shard(
    task: tuple[Dataset, pd.DataFrame], old: Study, study: Study, run: dict[str, Any]
) -> tuple[Shard, pd.DataFrame]:
    """Measure a shard again and write it. Return it with the articles that could not be measured."""
    dataset, families = task
    changed, change = _changed(tables_of(dataset, families).with_origin(dataset.run, old), study)
    part = _affected(changed, change)
    rows = _measure_batch(saved_rows(part), study, change) if part is not None else {}
    made = _replaced(changed, rows, change).with_origin(run, study)
    return made.check().write_as_shard(dataset.folder, dataset.shards[0].number), made.rejects


def _record(tables: Tables, study: Study) -> dict[str, Any]:
    """The record of the run that measures the articles again; an error if their tables are of another version."""
    from analysis import provenance
    from analysis.annotators.parsing.spacy_parser import model_name

    n_articles = len(tables.data("articles"))
    run = provenance.run_record(tables.iter("articles"), n_articles, study.fingerprint(), model_name())
    _refuse_other_versions(tables.run, run)
    return run


def _changed(tables: Tables, study: Study) -> tuple[Tables, _Change]:
    """The tables with the countries of the changed study, and what has to be measured again."""
    old = tables.study_or_error()
    articles = _with_countries(tables.articles, study)
    change = _Change(
        affected_by_actors(old, study, tables.articles, articles), old.codebook != study.codebook
    )
    if tables.run["study"] != old.fingerprint():  # the study of the results was edited after they were made
        change = _Change(set(articles["article_id"]), codebook=True)
    if change.articles and PARSES.name not in tables.further:
        raise FramingError(
            "these results have no parses; they were made by an older version of the toolkit", remedy=_AGAIN
        )
    return replace(tables, articles=articles), change


def _affected(tables: Tables, change: _Change) -> Tables | None:
    """The tables of the articles to measure again; None if there are none."""
    return tables if change.codebook else tables.select(change.articles) if change.articles else None


@dataclass(frozen=True)
class _Change:
    """What has to be measured again: the actors in some articles, and themes in all if the codebook changed."""

    articles: set[str]
    codebook: bool

    def affects(self, table: str, article_id: str | None = None) -> bool:
        """Whether the rows of a table have to be made again, of any article or of one."""
        if table == "themes":  # hits depend on the codebook alone; for their voices see `with_voices`
            return self.codebook
        some = bool(self.articles) if article_id is None else article_id in self.articles
        return some and table not in _KEPT


def _with_countries(articles: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The articles with the countries of their outlets in the study; unlisted outlets keep theirs."""
    listed = {name: study.outlets.find(name) for name in articles["outlet"].unique()}
    for name, outlet in listed.items():
        if outlet is not None and outlet.name != name:
            raise FramingError(
                f"the outlet '{name}' has the name '{outlet.name}' in the changed study",
                remedy=_AGAIN,
            )
    countries = {name: outlet.country for name, outlet in listed.items() if outlet and outlet.country}
    found = articles["outlet"].map(countries).astype("str")
    return articles.assign(outlet_country=found.where(found.notna(), articles["outlet_country"]))


def _refuse_other_versions(old: dict[str, Any], new: dict[str, Any]) -> None:
    changed = [name for name in _VERSIONS if old.get(name) != new[name]]
    if changed:
        raise FramingError(
            f"these results were made with another version of the toolkit or of a library ({', '.join(changed)})",
            remedy=_AGAIN,
        )


def _batches(tables: Tables) -> list[list[SavedRows]]:
    articles = list(saved_rows(tables))
    return [articles[first : first + _BATCH] for first in range(0, len(articles), _BATCH)]


def _measure_batch(batch: Iterable[SavedRows], study: Study, change: _Change) -> Rows:
    """Measure articles again. One that raises an error becomes a row of `rejects`, as in a measurement."""
    rows: Rows = {}
    for saved in batch:
        try:
            measured = _measure_again(saved, study, change)
        except Exception as error:  # an error in one article must not stop the others
            measured = {"rejects": [failure(saved.article, error)]}
        for name, new in measured.items():
            rows.setdefault(name, []).extend(new)
    return rows


def _measure_again(saved: SavedRows, study: Study, change: _Change) -> Rows:
    """The rows of the tables that depend on what changed."""
    article_id = saved.article.article_id
    article = SavedArticle(saved, study, keep_speakers=article_id not in change.articles)
    measures = {
        measure.table.name: measure.rows
        for measure in MEASURES
        if change.affects(measure.table.name, article_id)
    }
    rows = {
        name: list(_REUSING[name](article, rows_of) if name in _REUSING else rows_of(article))
        for name, rows_of in measures.items()
    }
    return original_rows(rows, article.newlines)


def _mention_rows(article: SavedArticle, rows_of: RowsOf) -> Iterable[Row]:
    """Mentions with the tone that was measured, or measured again where the mentions of the article changed."""
    before = [(*article.plain_span(row), row["actor_id"], row["side"]) for row in article.saved.mentions]
    if [(m.start, m.end, m.actor_id, m.side) for m in article.mentions] != before:
        return rows_of(article)
    return (
        {
            **article.hit(mention.start, mention.end),
            "actor_id": mention.actor_id,
            "side": mention.side,
            **{name: row[name] for name in TargetSentiment._fields},
        }
        for mention, row in zip(article.mentions, article.saved.mentions, strict=True)
    )


def _tone_rows(article: SavedArticle, rows_of: RowsOf) -> Iterable[Row]:
    """VADER's scores as they were measured, or measured again where a quote has another side."""
    before = [row["side"] for row in article.saved.quotes]
    return article.saved.tones if [one.side for one in article.speakers] == before else rows_of(article)


_REUSING = {"mentions": _mention_rows, "tones": _tone_rows}


def _replaced(tables: Tables, rows: Rows, change: _Change) -> Tables:
    """The tables with the rows that were measured again."""
    frames: dict[str, Any] = {}
    further = dict(tables.further)
    for table in (measure.table for measure in MEASURES if change.affects(measure.table.name)):
        of_table = frames if table.name in TABLES else further
        new = table.frame(rows.get(table.name, []))
        if table.name != "themes":
            before = tables.further[table.name] if table.name in further else getattr(tables, table.name)
            new = _with_rows(before[~before["article_id"].isin(change.articles)], new, table)
        of_table[table.name] = table.check(new)
    changed = replace(tables, **frames, further=further)
    if change.articles and not change.codebook:
        changed = replace(changed, themes=with_voices(changed.themes, changed.quotes))
    failed = [row["article_id"] for row in rows.get("rejects", [])]
    if not failed:
        return changed
    kept = changed.articles[~changed.articles["article_id"].isin(failed)]["article_id"]
    return changed.select(kept).with_rejects(TABLES["rejects"].frame(rows["rejects"]))


def _with_rows(kept: pd.DataFrame, new: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows of articles that are not affected, and the new rows, in the order of their keys."""
    import pandas as pd

    if not len(kept):
        return new
    return pd.concat([kept, new]).sort_values(list(table.key), kind="stable", ignore_index=True)
