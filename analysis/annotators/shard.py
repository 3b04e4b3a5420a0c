"""One shard of articles on its way into a results folder: planned, measured in chunks, finished.

The plan, the articles and the rows of each finished chunk are files in a work folder. So chunks can be measured by
any process that sees the folder, and a run that was stopped continues where it was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.annotators.article import Article
from analysis.dataset import arrow, parts, shards
from analysis.dataset.shards import Shard
from analysis.dataset.streams import read_tables, write_tables
from analysis.errors import FramingError
from analysis.files import make_folder, write_file
from analysis.provenance import fingerprint
from analysis.schemas import TABLES, Table
from analysis.study import Study

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

CHUNK = 16  # articles; a run that is stopped loses at most one chunk per worker
WORK = ".work"  # in the results folder while a run goes on
_ARTICLES, _PLAN, _KNOWN = "articles.parquet", "plan.json", "known.arrow"
_COLUMNS = ("article_id", "title", "text", "published", "source_file", "outlet", "outlet_country")


@dataclass(frozen=True)
class ShardPlan:
    """What is to be done for one shard.

    Attributes
    ----------
    number : int
    fingerprint : str
        Of its articles and of what measures them.
    missing : tuple of str
        Ids of the articles that have to be measured. The rows of the others are known from earlier results.
    """

    number: int
    fingerprint: str
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the work folder."""
        return f"{self.number:04d}-{self.fingerprint}"

    @property
    def n_chunks(self) -> int:
        """Number of chunks to measure."""
        return -(-len(self.missing) // CHUNK)

    def chunk(self, number: int) -> tuple[str, ...]:
        """Return the ids of the articles of one chunk."""
        return self.missing[number * CHUNK : (number + 1) * CHUNK]

    def path(self, work: Path, number: int) -> Path:
        """Return the file with the rows of a chunk. Its name follows from the articles of the chunk."""
        return work / f"{number:04d}-{fingerprint(*self.chunk(number))}.arrow"


def write_plan(folder: Path, plan: ShardPlan, articles: bytes, known: Mapping[str, pa.Table]) -> Path:
    """Write what a worker has to know of a shard, and return the work folder of the shard.

    Parameters
    ----------
    folder : path
        The results folder.
    plan : ShardPlan
    articles : bytes
        All articles of the shard as a Parquet file.
    known : mapping of str to pyarrow.Table
        Rows of the articles that are not measured again.
    """
    work = make_folder(folder / WORK / plan.name)
    write_file(work / _ARTICLES, articles)
    write_tables(work / _KNOWN, known)
    content = {"number": plan.number, "fingerprint": plan.fingerprint, "missing": plan.missing}
    write_file(work / _PLAN, json.dumps(content).encode("ascii"))
    return work


def read_plan(work: Path) -> ShardPlan:
    """Return the plan of a work folder."""
    content = json.loads((work / _PLAN).read_bytes())
    return ShardPlan(content["number"], content["fingerprint"], tuple(content["missing"]))


def measure_chunk(work: Path, number: int, study: Study) -> int:
    """Measure one chunk and write its rows, unless they are there. Return the number of articles."""
    from analysis.annotators import pipeline

    plan = read_plan(work)
    chunk = plan.chunk(number)
    path = plan.path(work, number)
    if read_tables(path) is None:
        rows = pipeline.annotate_batch(_articles(work, chunk), study)
        write_tables(path, {name: arrow.from_rows(table, rows.get(name, [])) for name, table in _contracts()})
    return len(chunk)


def finish_shard(folder: Path, work: Path) -> Shard:
    """Join the rows of all chunks, write the parts and the marker of the shard, and remove the work folder.

    Raises
    ------
    FramingError
        A row does not match the contract of its table, or a file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    plan = read_plan(work)
    pieces = [_read_whole(work / _KNOWN), *(_read_whole(plan.path(work, n)) for n in range(plan.n_chunks))]
    tables = {
        name: _joined([piece[name] for piece in pieces if name in piece], table)
        for name, table in _contracts()
    }
    rejects = tables.pop("rejects").to_pylist()
    failed = pa.array([row["article_id"] for row in rejects], pa.large_string())
    articles = pq.read_table(work / _ARTICLES, partitioning=None)
    tables["articles"] = _without(articles, failed)
    shard = shards.write_shard(folder, plan.number, plan.fingerprint, tables, rejects=tuple(rejects))
    shutil.rmtree(work, ignore_errors=True)
    return shard


def _joined(pieces: Sequence[pa.Table], table: Table) -> pa.Table:
    """Return the rows of all chunks, sorted and checked."""
    import pyarrow as pa

    whole = pa.concat_tables([arrow.schema(table).empty_table(), *pieces])
    whole = arrow.sort_by_key(whole, table.key)
    table.check(whole.to_pandas())
    return whole


def _without(articles: pa.Table, ids: pa.Array) -> pa.Table:
    import pyarrow.compute as pc

    return (
        articles.filter(pc.invert(pc.is_in(articles["article_id"], value_set=ids))) if len(ids) else articles
    )


def _contracts() -> Sequence[tuple[str, Table]]:
    """Return the tables that are measured, by name: those of the toolkit, and those of further measures."""
    from analysis.annotators.pipeline import MEASURES

    measured = {name: table for name, table in TABLES.items() if name != "articles"}
    further = {m.table.name: m.table for m in MEASURES if m.table.name not in TABLES}
    return [*measured.items(), *sorted(further.items())]


def _read_whole(path: Path) -> dict[str, pa.Table]:
    tables = read_tables(path)
    if tables is None:
        raise FramingError(
            "this file of a run that is going on is missing or damaged",
            path=path,
            remedy="give the same command again with --resume",
        )
    return tables


def _articles(work: Path, ids: Sequence[str]) -> list[Article]:
    """Return some articles of a shard."""
    import pyarrow.parquet as pq

    table = pq.read_table(work / _ARTICLES, columns=list(_COLUMNS), partitioning=None).to_pandas()
    return articles_of(table.set_index("article_id", drop=False).loc[list(ids)])


def articles_of(frame: pd.DataFrame) -> list[Article]:
    """Return the rows of the table `articles` as the annotators need them."""
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
        for article_id, title, text, published, source, outlet, country in frame[list(_COLUMNS)].itertuples(
            index=False
        )
    ]


def input_of(frame: pd.DataFrame) -> bytes:
    """Return the articles of a shard as the Parquet file that is measured."""
    stored = arrow.STORED["articles"]
    return parts.parquet(arrow.sort_by_key(arrow.from_frame(frame, stored), stored.key))


def known_rows(tables: Mapping[str, pa.Table], ids: Sequence[str]) -> dict[str, Any]:
    """Return the rows of some articles.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        The tables of a shard.
    ids : sequence of str

    Returns
    -------
    dict of str to pyarrow.Table
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(list(ids), pa.large_string())
    kept = {
        name: table.filter(pc.is_in(table["article_id"], value_set=wanted))
        for name, table in tables.items()
        if "article_id" in table.column_names and name != "articles"
    }
    spans = tables["quote_spans"]
    quotes = kept["quotes"]["quote_id"].combine_chunks()
    return {**kept, "quote_spans": spans.filter(pc.is_in(spans["quote_id"], value_set=quotes))}
