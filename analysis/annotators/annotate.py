"""Annotate a table of articles: shard by shard, in worker processes, into a results folder."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

    from analysis.study import Study
    from analysis.tables import Tables


def annotate(
    articles: pd.DataFrame,
    study: Study,
    *,
    workers: int | None = 1,
    progress: bool = True,
    checkpoint: str | Path | None = None,
    rejects: pd.DataFrame | None = None,
    client: Client | None = None,
) -> Tables:
    """Measure quotes, mentions, themes, tone, acts and voices of every article.

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
        A results folder. What is finished is kept there, so an interrupted run is resumed from it, and articles that
        were measured before with the same study and toolkit are not measured again. In the end the folder has the
        results, as `Tables.save` writes them.
    rejects : pandas.DataFrame, optional
        Articles refused while reading, to be included in `Tables.rejects`.
    client : distributed.Client, optional
        Measure with the workers of this Dask cluster instead of `workers`. It needs a `checkpoint` that all machines
        see under the same path, and workers with one thread each.

    Returns
    -------
    Tables

    Raises
    ------
    FramingError
        A model or knowledge file of the toolkit is damaged, the articles lack a column, a worker process was killed,
        the checkpoint cannot be written, or another run is writing there.

    Examples
    --------
    >>> study = analysis.load_study("data")
    >>> articles = analysis.read_articles("data/articles", outlets=study.outlets)
    >>> tables = analysis.annotate(articles, study, workers=2)
    >>> len(tables.articles), set(tables.tones["voice"]) >= {"outlet", "russia", "iran"}
    (52, True)
    """
    import pandas as pd

    from analysis.annotators.results import measure_into
    from analysis.errors import FramingError, expect
    from analysis.study import Study
    from analysis.tables import load_tables

    read_them = 'read them first: analysis.read_articles("articles.jsonl")'
    expect(articles, pd.DataFrame, what="articles", expected="a table of articles", remedy=read_them)
    expect(
        study, Study, what="study", expected="a study", remedy='load it first: analysis.load_study("data")'
    )
    if client is not None and checkpoint is None:
        raise FramingError(
            "a cluster needs a folder", remedy="give one that all machines share as checkpoint="
        )
    with tempfile.TemporaryDirectory(prefix="framing-") as temporary:
        folder = Path(temporary if checkpoint is None else checkpoint)
        measure_into(
            folder, articles, study, workers=workers, progress=progress, refused=rejects, client=client
        )
        tables = load_tables(folder)
        # without a checkpoint, the folder is removed, so all tables are read
        return replace(tables, further=dict(tables.further)) if checkpoint is None else tables
