"""Articles of any number: their texts in files on disk, what else is asked of all of them in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.dataset import arrow
from analysis.dataset.layout import shards_of
from analysis.files import Scratch, partial_files
from analysis.schemas import TABLES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

IN_MEMORY = 64_000_000  # bytes of articles; more are written to disk
_AT_ONCE = 5_000  # articles of a data frame
_BUCKETS = 256  # a power of two, as the number of shards
_ABOUT = ("article_id", "outlet", "published", "language", "n_words", "source_file")
_REPEATED = ("outlet", "language", "source_file")  # few different values
_ARTICLES = TABLES["articles"]


class SourceRows(dict[str, str]):
    """Rows in their files, by article_id. A data frame carries them in `attrs`, which all its copies share."""

    KEY = "source_rows"

    def __deepcopy__(self, memo: dict[int, Any]) -> SourceRows:
        return self


class StoreWriter:
    """Collects articles for an `ArticleStore`.

    Parts are kept in memory until they are many. Then they are written to a temporary file, in buckets by a hash of
    the article's id, so that each shard is in one bucket or in a few whole ones.

    Attributes
    ----------
    rows : dict of str to str
        As in `ArticleStore`; to be filled by the caller.
    """

    def __init__(self) -> None:
        self._waiting: list[pa.Table] = []
        self._n_bytes = 0
        self._about: list[pa.Table] = []
        self._families: list[pa.Array] = []
        self._further: set[str] = set()
        self.rows: dict[str, str] = {}
        self._disk: _Buckets | None = None

    def add(self, articles: pd.DataFrame) -> None:
        """Add articles, with the columns of the table `articles`. No id may occur twice."""
        stored = arrow.from_frame(articles, arrow.STORED["articles"])
        self._further.update(_ARTICLES.further_columns(stored.column_names))
        about = stored.select(list(_ABOUT))
        for name in _REPEATED:
            place = about.column_names.index(name)
            about = about.set_column(place, name, about[name].dictionary_encode())
        self._about.append(about)
        self._families.append(arrow.from_frame(articles, arrow.FAMILIES)["family_id"].combine_chunks())
        self._waiting.append(stored)
        self._n_bytes += stored.nbytes
        if self._n_bytes > IN_MEMORY:
            self._write()

    def finish(self) -> ArticleStore:
        """Return the store of all articles that were added."""
        import pyarrow as pa

        if self._disk is not None and self._waiting:
            self._write()
        empty = arrow.schema(arrow.STORED["articles"]).empty_table()
        kept = pa.concat_tables([empty, *self._waiting], promote_options="default")
        about = pa.concat_tables(self._about).unify_dictionaries().to_pandas() if self._about else None
        if about is None:
            about = empty.select(list(_ABOUT)).to_pandas().astype(dict.fromkeys(_REPEATED, "category"))
        families = pa.chunked_array(self._families, pa.large_string()).to_pandas()
        about = about.assign(family_id=families.astype("str"))
        return ArticleStore(about, tuple(sorted(self._further)), kept, self._disk, self.rows)

    def _write(self) -> None:
        import pyarrow as pa

        rows = pa.concat_tables(self._waiting, promote_options="default")
        self._waiting, self._n_bytes = [], 0
        self._disk = self._disk or _Buckets()
        self._disk.append(rows)


class _Buckets:
    """Articles on disk, in buckets by a hash of their ids."""

    def __init__(self) -> None:
        self._scratch = Scratch()
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(_BUCKETS)]

    def append(self, rows: pa.Table) -> None:
        import numpy as np
        import pyarrow as pa

        bucket = shards_of(rows["article_id"].to_pylist(), _BUCKETS)
        order = np.argsort(bucket, kind="stable")
        edges = np.searchsorted(bucket[order], np.arange(_BUCKETS + 1))
        ordered = rows.combine_chunks().take(order)
        for number, places in enumerate(self._places):
            part = ordered.slice(edges[number], edges[number + 1] - edges[number])
            buffer = pa.BufferOutputStream()
            with pa.ipc.new_stream(buffer, part.schema) as stream:
                stream.write_table(part)
            places.append(self._scratch.append(buffer.getvalue()))

    def read(self, number: int) -> pa.Table:
        import pyarrow as pa

        found = [pa.ipc.open_stream(self._scratch.read(*place)).read_all() for place in self._places[number]]
        return pa.concat_tables(found, promote_options="default")


@dataclass(frozen=True, eq=False)
class ArticleStore:
    """The table `articles`, which is read shard by shard, so that it need not fit into memory.

    Attributes
    ----------
    metadata : pandas.DataFrame
        One row per article, in the order in which they were added: article_id, outlet, published, language, n_words,
        source_file and family_id. Outlets, languages and files are categories.
    further : tuple of str
        Names of the columns `extra_*` that any article has.
    rows : mapping of str to str
        The row in its file of each article in a language that cannot be measured, by article_id, if it is known.
    """

    metadata: pd.DataFrame
    further: tuple[str, ...]
    _kept: pa.Table = field(repr=False)  # all articles, if they fit into memory
    _disk: _Buckets | None = field(repr=False)
    rows: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, parts: Iterable[pd.DataFrame]) -> ArticleStore:
        """Return a store of articles that are given in pieces."""
        writer = StoreWriter()
        for whole in parts:
            writer.rows.update(whole.attrs.get(SourceRows.KEY, {}))
            part = whole.copy(deep=False)
            part.attrs = {}  # they would be stored with the articles
            for first in range(0, len(part), _AT_ONCE):
                writer.add(part.iloc[first : first + _AT_ONCE])
        return writer.finish()

    def __len__(self) -> int:
        return len(self.metadata)

    def parts(self) -> Iterator[pd.DataFrame]:
        """Yield the articles in pieces that fit into memory, each sorted by id; at least one piece."""
        for number in range(_BUCKETS if self._disk else 1):
            yield self._frame(self._bucket(number))

    def shard(self, number: int, n_shards: int) -> pd.DataFrame:
        """Return the articles of a shard, sorted by id.

        Parameters
        ----------
        number : int
        n_shards : int
            How many shards there are; a power of two.
        """
        import pyarrow as pa

        if self._disk is None:
            return self._frame(self._kept.filter(pa.array(self._shards(n_shards) == number)))
        buckets = range(number % _BUCKETS, _BUCKETS, n_shards)
        rows = pa.concat_tables([self._bucket(one) for one in buckets], promote_options="default")
        if n_shards > _BUCKETS:
            wanted = shards_of(rows["article_id"].to_pylist(), n_shards) == number
            rows = rows.filter(pa.array(wanted))
        return self._frame(rows)

    def articles(self, article_ids: Collection[str]) -> pd.DataFrame:
        """Return some of the articles, in the order of `article_ids`."""
        import pandas as pd

        buckets = sorted(set(shards_of(article_ids, _BUCKETS).tolist())) if self._disk else [0]
        found = pd.concat([self._frame(self._bucket(number)) for number in buckets])
        return found.set_index("article_id", drop=False).loc[list(article_ids)].reset_index(drop=True)

    def with_families(self, family_ids: pd.Series) -> ArticleStore:
        """Return the store with other families.

        Parameters
        ----------
        family_ids : pandas.Series
            By article_id (the index).
        """
        found = self.metadata["article_id"].map(family_ids).astype("str")
        return replace(self, metadata=self.metadata.assign(family_id=found))

    def without(self, article_ids: Collection[str]) -> ArticleStore:
        """Return the store without some of the articles."""
        if not len(article_ids):
            return self
        kept = ~self.metadata["article_id"].isin(article_ids)
        return replace(self, metadata=self.metadata[kept].reset_index(drop=True))

    def frame(self) -> pd.DataFrame:
        """Return all articles as one table. Its `attrs` carry `rows`, from which `of` takes them again."""
        import pandas as pd

        parts = [part for part in self.parts() if len(part)] or [_ARTICLES.empty()]
        columns = [*_ARTICLES.columns, *self.further]
        whole = pd.concat([_with_columns(part, columns) for part in parts], ignore_index=True)
        if len(parts) > 1:
            whole = whole.sort_values("article_id", kind="stable", ignore_index=True)
        if self.rows:
            whole.attrs[SourceRows.KEY] = SourceRows(self.rows)
        return whole

    def write_parquet(self, path: Path) -> None:
        """Write all articles to a Parquet file, piece by piece."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = [*_ARTICLES.columns, *self.further]
        schema = pa.Schema.from_pandas(_with_columns(_ARTICLES.empty(), columns), preserve_index=False)
        with partial_files(path.parent) as files, pq.ParquetWriter(
            files.open(path.name), schema, compression="zstd", version="2.6"
        ) as writer:  # fmt: skip
            for part in self.parts():
                rows = _with_columns(part, columns)
                writer.write_table(pa.Table.from_pandas(rows, schema=schema, preserve_index=False))

    @cached_property
    def _family_of(self) -> pd.Series:
        return self.metadata.set_index("article_id")["family_id"]

    @cached_property
    def _numbers(self) -> dict[int, np.ndarray]:
        return {}

    def _shards(self, n_shards: int) -> np.ndarray:
        """Return the shard of each article in memory."""
        if n_shards not in self._numbers:
            self._numbers[n_shards] = shards_of(self._kept["article_id"].to_pylist(), n_shards)
        return self._numbers[n_shards]

    def _bucket(self, number: int) -> pa.Table:
        return self._kept if self._disk is None else self._disk.read(number)

    def _frame(self, rows: pa.Table) -> pd.DataFrame:
        """Return rows of the articles that belong to the store, with their families."""
        ordered = arrow.sort_by_key(rows, _ARTICLES.key).to_pandas()
        family = ordered["article_id"].map(self._family_of)
        belongs = family.notna()
        found = ordered.assign(family_id=family.astype("str"))
        columns = [*_ARTICLES.columns, *_ARTICLES.further_columns(found.columns)]
        return found.loc[belongs, columns].reset_index(drop=True)


def _with_columns(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    missing: dict[str, Any] = {
        name: pd.Series(None, index=rows.index, dtype="str") for name in columns if name not in rows
    }
    return rows.assign(**missing)[columns]
