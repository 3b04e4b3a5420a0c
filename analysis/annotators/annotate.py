"""Annotate a table of articles in batches and worker processes, with a checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from analysis.annotators.article import Article
    from analysis.annotators.checkpoint import Checkpoint
    from analysis.study import Study
    from analysis.tables import Tables

BATCH = 16  # articles; an interrupted run loses at most one batch per worker


def annotate(
    articles: pd.DataFrame,
    study: Study,
    *,
    workers: int | None = 1,
    progress: bool = True,
    checkpoint: str | Path | None = None,
    rejects: pd.DataFrame | None = None,
) -> Tables:
    """Measure quotes, mentions, themes, tone, relations and voices of every article.

    Parameters
    ----------
    articles : pandas.DataFrame
        As `analysis.read_articles` returns it. Articles that are empty, too long or in another language are listed
        in `Tables.rejects` with the reason.
    study : Study
        As `analysis.load_study` returns it.
    workers : int or None, default 1
        Number of processes. None uses one per core, or fewer for few articles. The tables do not depend on it.
    progress : bool, default True
        Show a progress bar.
    checkpoint : path, optional
        Folder for finished batches. An interrupted run with the same articles, study and toolkit is resumed from it.
        Batches of other runs are ignored.
    rejects : pandas.DataFrame, optional
        Articles refused while reading, to be included in `Tables.rejects`.

    Returns
    -------
    Tables

    Raises
    ------
    FramingError
        The articles lack a column, a worker process was killed, or the checkpoint cannot be written.

    Examples
    --------
    >>> study = analysis.load_study("data")
    >>> articles = analysis.read_articles("data/articles", outlets=study.outlets)
    >>> tables = analysis.annotate(articles, study, workers=2)
    >>> len(tables.articles), set(tables.tones["voice"]) >= {"outlet", "russia", "iran"}
    (52, True)
    """
    import pandas as pd

    from analysis import corpus, provenance
    from analysis.annotators.checkpoint import Checkpoint
    from analysis.annotators.parsing.spacy_parser import model_name
    from analysis.annotators.pipeline import MEASURES
    from analysis.errors import expect
    from analysis.schemas import TABLES
    from analysis.study import Study
    from analysis.tables import Tables

    read_them = 'read them first: analysis.read_articles("articles.jsonl")'
    expect(articles, pd.DataFrame, what="articles", expected="a table of articles", remedy=read_them)
    expect(
        study, Study, what="study", expected="a study", remedy='load it first: analysis.load_study("data")'
    )
    screened = corpus.screen(TABLES["articles"].check(articles))
    run = provenance.run_record(screened.articles, study.fingerprint(), model_name())
    store = Checkpoint(checkpoint, run["fingerprint"]) if checkpoint is not None else None
    rows = _measure(articles_of(screened.articles), study, workers=workers, progress=progress, store=store)
    further = [measure.table for measure in MEASURES if measure.table.name not in TABLES]
    tables = Tables.from_rows(rows, articles=screened.articles, further=further)
    return tables.with_rejects(screened.rejects, rejects).with_origin(run, study)


def _measure(
    articles: list[Article], study: Study, *, workers: int | None, progress: bool, store: Checkpoint | None
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all articles. Finished batches are read from the checkpoint, others are measured."""
    from functools import partial

    from analysis import parallel
    from analysis.annotators.pipeline import annotate_batch

    batches = [articles[first : first + BATCH] for first in range(0, len(articles), BATCH)]
    finished = [store.load(number) if store else None for number in range(len(batches))]
    missing = [batch for batch, done in zip(batches, finished, strict=True) if done is None]
    n_workers = parallel.choose_workers(workers, sum(map(len, missing)))
    measured = parallel.run(partial(annotate_batch, study=study), missing, workers=n_workers)
    rows: dict[str, list[dict[str, Any]]] = {}
    with parallel.progress_bar(total=len(articles), shown=progress, what="annotate") as bar:
        for number, (batch, done) in enumerate(zip(batches, finished, strict=True)):
            if done is None:
                done = next(measured)
                if store:
                    store.save(number, done)
            for name, new in done.items():
                rows.setdefault(name, []).extend(new)
            bar.update(len(batch))
    return rows


def articles_of(articles: pd.DataFrame) -> list[Article]:
    """Return the rows of the table `articles` as the annotators take them."""
    from analysis.annotators.article import Article

    columns = ["article_id", "title", "text", "published", "source_file", "outlet", "outlet_country"]
    return [
        Article(
            article_id,
            title,
            text,
            published.to_pydatetime() if published == published else None,
            source,
            outlet,
            country if isinstance(country, str) else "",
        )
        for article_id, title, text, published, source, outlet, country in articles[columns].itertuples(
            index=False
        )
    ]
