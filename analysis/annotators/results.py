"""Measure articles into a results folder. What is finished there is kept, whoever has measured it."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import corpus, parallel, provenance
from analysis.annotators import cluster
from analysis.annotators import shard as shard_work
from analysis.annotators.parsing.spacy_parser import model_name
from analysis.annotators.shard import WORK, ShardPlan
from analysis.corpus import ArticleStore
from analysis.dataset import arrow, layout, open_dataset, rejects, shards
from analysis.dataset.folder import Dataset, commit, complete_commit, remove_unfinished
from analysis.dataset.lock import locked
from analysis.dataset.parts import read_part, read_verified
from analysis.dataset.shards import Shard
from analysis.errors import ReadError
from analysis.files import make_folder, write_file
from analysis.integrity import check_files
from analysis.provenance import fingerprint
from analysis.schemas import TABLES
from analysis.study import Study

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

_MEASURED = ("article_id", "title", "text", "published", "outlet", "outlet_country")
STARTED = "run"  # in the work folder: fingerprint of the run that is going on


def measure_into(
    folder: Path,
    articles: pd.DataFrame | ArticleStore,
    study: Study,
    *,
    workers: int | None = 1,
    progress: bool = False,
    refused: pd.DataFrame | None = None,
    share: tuple[int, int] | None = None,
    client: Any = None,
) -> bool:
    """Measure articles into a results folder.

    Shards that are finished are kept. Of the others, articles that the folder has results for, made with the same
    study and toolkit, are not measured again.

    Parameters
    ----------
    folder : path
    articles : pandas.DataFrame or ArticleStore
    study, workers, progress
        As for `analysis.annotate`.
    refused : pandas.DataFrame, optional
        Articles refused while reading.
    share : tuple of int, optional
        Measure only one share of the shards: (3, 64) for the third of 64. The results are complete when a run without
        a share finds all shards finished.
    client : distributed.Client, optional
        Measure with the workers of this Dask cluster. They must see the folder under the same path.

    Returns
    -------
    bool
        Whether the results are complete.

    Raises
    ------
    FramingError
        See `analysis.annotate`.
    """
    check_files()
    if not isinstance(articles, ArticleStore):
        articles = ArticleStore.of([TABLES["articles"].check(articles)])
    wanted, unfit = corpus.screen_store(articles)
    run = record_of_run(wanted, study)
    n_workers = parallel.choose_workers(workers, len(wanted))
    with locked(folder, None if share is None else f"{share[0]}-of-{share[1]}"):
        complete_commit(folder)
        make_folder(folder / WORK)
        write_file(folder / WORK / STARTED, run["fingerprint"].encode("ascii"))
        planner = _Planner(folder, wanted, provenance.environment_fingerprint(run))
        first, step = (share[0] - 1, share[1]) if share is not None else (0, 1)
        numbers = range(first, planner.n_shards, step)
        total = int(planner.sizes[first::step].sum())
        with parallel.progress_bar(total=total, shown=progress, what="annotate") as bar:
            if client is None:
                finished = _measure(planner, numbers, study, n_workers, bar)
            else:
                finished = _measure_in_cluster(planner, numbers, study, client, bar)
        if share is None:
            _commit(folder, wanted, finished, run, study, rejects.join((refused, unfit)))
            shutil.rmtree(folder / WORK, ignore_errors=True)
    return share is None


def record_of_run(articles: ArticleStore, study: Study) -> dict[str, Any]:
    """Return the record of the run that measures these articles; see `analysis.provenance.run_record`."""
    return provenance.run_record(articles.parts(), len(articles), study.fingerprint(), model_name())


def unfinished_run(folder: Path) -> str | None:
    """Return the fingerprint of a run that was stopped in a results folder, if it has finished any articles."""
    work = folder / WORK
    try:
        complete = {one.file for one in open_dataset(folder).shards}
    except ReadError:
        complete = set()
    finished = any(one.file not in complete for one in shards.finished_shards(folder))
    if not finished and not any(work.glob("*/*-*.arrow")):
        return None
    try:
        return (work / STARTED).read_text(encoding="ascii")
    except (OSError, ValueError):
        return None


def discard_unfinished(folder: Path) -> None:
    """Remove what a run that was stopped has finished. Complete results stay."""
    with locked(folder):
        shutil.rmtree(folder / WORK, ignore_errors=True)
        remove_unfinished(folder)


def _commit(
    folder: Path,
    articles: ArticleStore,
    finished: Sequence[Shard],
    run: dict[str, Any],
    study: Study,
    refused: pd.DataFrame,
) -> None:
    """Make the finished shards the results of the folder."""
    failed = TABLES["rejects"].frame([row for shard in finished for row in shard.rejects])
    families = arrow.from_frame(articles.without(set(failed["article_id"])).metadata, arrow.FAMILIES)
    commit(
        folder,
        run=run,
        finished=finished,
        families=families,
        rejects=rejects.to_csv(refused, failed),
        study=study,
    )


@dataclass
class _Planner:
    """Finds out what is to be done for each shard."""

    folder: Path
    articles: ArticleStore
    environment: str
    finished: dict[tuple[int, str], Shard] = field(init=False)
    earlier: Dataset | None = field(init=False)
    n_shards: int = field(init=False)
    sizes: np.ndarray = field(init=False)  # articles of each shard

    def __post_init__(self) -> None:
        import numpy as np

        self.finished = {(one.number, one.fingerprint): one for one in shards.finished_shards(self.folder)}
        self.earlier = self._earlier()
        self.n_shards = layout.n_shards_for(len(self.articles))
        numbers = layout.shards_of(self.articles.metadata["article_id"], self.n_shards)
        self.sizes = np.bincount(numbers, minlength=self.n_shards)

    def _earlier(self) -> Dataset | None:
        """Return the results of the folder, if the same study and toolkit have made them."""
        try:
            earlier = open_dataset(self.folder)
        except ReadError:
            return None
        return earlier if provenance.environment_fingerprint(earlier.run) == self.environment else None

    def finished_shard(self, number: int, mark: str) -> Shard | None:
        """Return a shard if it is finished and all its parts are whole."""
        shard = self.finished.get((number, mark))
        if shard is None:
            return None
        try:
            for part in shard.parts.values():
                read_verified(self.folder, part.file, part.sha256)
        except ReadError:
            return None
        return shard

    def plan(self, number: int) -> Shard | tuple[ShardPlan, Path]:
        """Return a finished shard, or the plan of an unfinished one and its work folder."""
        articles = self.articles.shard(number, self.n_shards)
        content = shard_work.input_of(articles)
        mark = shards.shard_fingerprint(self.environment, content)
        if (shard := self.finished_shard(number, mark)) is not None:
            return shard
        ids, known = self._known(number, articles)
        missing = tuple(sorted(set(articles["article_id"]) - ids))
        plan = ShardPlan(number, mark, missing)
        return plan, shard_work.write_plan(self.folder, plan, content, known)

    def _known(self, number: int, articles: pd.DataFrame) -> tuple[set[str], dict[str, pa.Table]]:
        """Return the articles of a shard that were measured before and have not changed: their ids and rows."""
        if self.earlier is None:
            return set(), {}
        same = min(self.n_shards, len(self.earlier.shards))
        wanted = dict(zip(articles["article_id"], _prints(articles), strict=True))
        all_ids: set[str] = set()
        pieces: list[dict[str, pa.Table]] = []
        for shard in self.earlier.shards:
            if shard.number % same != number % same:
                continue
            try:
                tables = {name: read_part(self.folder, part) for name, part in shard.parts.items()}
            except ReadError:
                continue
            before = tables["articles"].to_pandas()
            ids = {
                article_id
                for article_id, found in zip(before["article_id"], _prints(before), strict=True)
                if wanted.get(article_id) == found
            }
            all_ids |= ids
            pieces.append(shard_work.known_rows(tables, sorted(ids)))
        names = {name for piece in pieces for name in piece}
        return all_ids, {
            name: arrow.join_parts(piece[name] for piece in pieces if name in piece) for name in sorted(names)
        }


def _prints(articles: pd.DataFrame) -> Iterator[str]:
    """Yield a fingerprint of each article in the columns that are measured."""
    for row in articles[list(_MEASURED)].itertuples(index=False):
        yield fingerprint(*(str(value) for value in row))


def _measure(planner: _Planner, numbers: Sequence[int], study: Study, workers: int, bar: Any) -> list[Shard]:
    """Measure what is missing, chunk by chunk, in this process or in several. Return the finished shards."""
    finished: list[Shard] = []
    begun: deque[_Begun] = deque()

    def tasks() -> Iterator[tuple[Path, int]]:
        for number in numbers:
            planned = planner.plan(number)
            if isinstance(planned, Shard):
                finished.append(planned)
                bar.update(int(planner.sizes[number]))
                continue
            plan, work = planned
            bar.update(int(planner.sizes[number]) - len(plan.missing))
            begun.append(_Begun(work, plan.n_chunks))
            yield from ((work, chunk) for chunk in range(plan.n_chunks))

    def finish() -> None:
        while begun and not begun[0].left:
            finished.append(shard_work.finish_shard(planner.folder, begun.popleft().work))

    measure = partial(_measure_chunk, study=study)
    with closing(parallel.run(measure, tasks(), workers=workers)) as measured:
        for n_articles in measured:
            bar.update(n_articles)
            finish()
            begun[0].left -= 1
            finish()
    finish()
    return finished


def _measure_in_cluster(
    planner: _Planner, numbers: Sequence[int], study: Study, client: Any, bar: Any
) -> list[Shard]:
    """Measure what is missing, shard by shard, with the workers of a cluster. Return the finished shards."""
    finished: list[Shard] = []

    def works() -> Iterator[Path]:
        for number in numbers:
            planned = planner.plan(number)
            if isinstance(planned, Shard):
                finished.append(planned)
                bar.update(int(planner.sizes[number]))
            else:
                yield planned[1]

    for shard in cluster.measure_shards(client, planner.folder, works(), study):
        finished.append(shard)
        bar.update(int(planner.sizes[shard.number]))
    return finished


@dataclass
class _Begun:
    """A shard of which some chunks are not yet measured."""

    work: Path
    left: int


def _measure_chunk(task: tuple[Path, int], study: Study) -> int:
    """Measure one chunk of a shard: its work folder and number."""
    return shard_work.measure_chunk(*task, study)
