"""The rows of a table, in a data frame or in the parts of a results folder.

Both can be read as a data frame, shard by shard, and by DuckDB (`analysis.dataset.query`).
"""

from __future__ import annotations

import re
import shutil
import tempfile
import warnings
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from analysis.dataset import arrow
from analysis.dataset.layout import shards_of
from analysis.dataset.parts import part_schema, read_part, read_verified

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from analysis.dataset.folder import Dataset
    from analysis.dataset.parts import Part

Made = TypeVar("Made")
Define = Callable[["DuckDBPyConnection", str], None]  # makes rows known to a connection, under a name
LARGE = 2_000_000_000  # bytes of a data frame from which loading it warns
KEPT = 100_000_000  # bytes of counts that are kept in memory; more are put into a temporary folder
_AT_ONCE = 40  # shards in one query
_QUOTE = r"-q\d+$"  # end of a quote_id, behind the article_id


class Recent:
    """Data frames that were made, so that figures after one another share their counts.

    The last ones are kept in memory, up to a size. Those before are put into a temporary folder if they have no texts
    but those of categories, and are forgotten otherwise. Several threads may ask; one that asks for what another is
    making waits for it.
    """

    def __init__(self) -> None:
        self._made: dict[Any, pd.DataFrame] = {}
        self._set_aside: dict[Any, _SetAside] = {}
        self._folder: Path | None = None
        self._making: dict[Any, RLock] = defaultdict(RLock)
        self._changing = RLock()

    def __reduce__(self) -> tuple[type[Recent], tuple[()]]:
        return Recent, ()  # copies of tables, in this process or another, make their counts themselves

    def __contains__(self, key: Any) -> bool:
        return key in self._made or key in self._set_aside

    def once(self, key: Any, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return what `make` returns. It is called if the key was not asked for, or was forgotten."""
        with self._changing:
            making = self._making[key]
        with making:
            found = self._made.get(key)
            if found is None:
                found = self._set_aside[key].frame() if key in self._set_aside else make()
            with self._changing:
                self._made.pop(key, None)
                self._made[key] = found
                while len(self._made) > 1 and sum(map(_n_bytes, self._made.values())) > KEPT:
                    oldest = next(iter(self._made))
                    self._put_aside(oldest, self._made.pop(oldest))
        return found

    def _put_aside(self, key: Any, frame: pd.DataFrame) -> None:
        if key in self._set_aside or not _is_plain(frame):
            return
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="framing-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._set_aside[key] = _SetAside.of(frame, self._folder / f"{len(self._set_aside)}.npz")


@dataclass(frozen=True)
class _SetAside:
    """A data frame in a file, which has the numbers of its columns. The categories stay in memory."""

    file: Path
    categories: dict[str, pd.CategoricalDtype]

    @classmethod
    def of(cls, frame: pd.DataFrame, file: Path) -> _SetAside:
        import numpy as np
        import pandas as pd

        texts = {str(n): kind for n, kind in frame.dtypes.items() if isinstance(kind, pd.CategoricalDtype)}
        numbers: dict[str, Any] = {
            str(name): column.cat.codes if name in texts else column for name, column in frame.items()
        }
        np.savez(file, allow_pickle=False, **{name: column.to_numpy() for name, column in numbers.items()})
        return cls(file, texts)

    def frame(self) -> pd.DataFrame:
        import numpy as np
        import pandas as pd

        with np.load(self.file) as numbers:
            columns = {
                name: pd.Categorical.from_codes(numbers[name], dtype=self.categories[name], validate=False)
                if name in self.categories
                else numbers[name]
                for name in numbers.files
            }
        return pd.DataFrame(columns, copy=False)


def _is_plain(frame: pd.DataFrame) -> bool:
    """Whether all columns are numbers or categories."""
    import pandas as pd

    kinds = frame.dtypes
    return all(isinstance(kind, pd.CategoricalDtype) or kind.kind in "biuf" for kind in kinds)


def _n_bytes(frame: pd.DataFrame) -> int:
    """Size of a data frame. Texts of categories, which frames share, do not count."""
    import pandas as pd

    arrays = (column.array for _, column in frame.items())
    return sum(one.codes.nbytes if isinstance(one, pd.Categorical) else one.nbytes for one in arrays)


@dataclass(eq=False)
class InMemory:
    """A table that is a data frame.

    Attributes
    ----------
    rows : pandas.DataFrame
    """

    rows: pd.DataFrame
    whole: None = field(default=None, init=False, repr=False)  # see `OnDisk`
    shards: tuple[int, ...] = field(default=(0,), init=False, repr=False)
    recent: Recent = field(default_factory=Recent, repr=False)
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [str(name) for name in self.rows.columns]

    def frame(self, columns: Sequence[str] | None = None, categories: Sequence[str] = ()) -> pd.DataFrame:
        """Return the table, or some of its columns, as a data frame. Categories are for tables on disk."""
        return self.rows if columns is None else self.rows[list(columns)]

    def with_columns(self, added: pd.DataFrame) -> InMemory:
        """Return the table with further columns, by article_id (the index of `added`)."""
        ids = self.rows["article_id"]
        return InMemory(self.rows.assign(**{str(name): ids.map(added[name]) for name in added}))

    def select(self, article_ids: pd.Index) -> InMemory:
        """Return the table with the rows of some of the articles."""
        return InMemory(self.rows[self.rows["article_id"].isin(article_ids)].reset_index(drop=True))

    def by_shard(self) -> Iterator[tuple[int, pd.DataFrame]]:
        """Yield the table as a single shard."""
        yield 0, self.rows

    def batches(self) -> Iterator[tuple[None, Define]]:
        """Yield the rows in pieces for queries; see `OnDisk`."""
        yield None, self.define

    def define(self, connection: DuckDBPyConnection, view: str) -> None:
        """Make the table known to a connection."""
        import pyarrow as pa

        connection.register(view, pa.Table.from_pandas(self.rows, preserve_index=False))

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """Return what `make` returns. It is called only when the key is first asked for."""
        return _once(self._made, key, make)


@dataclass(eq=False)
class OnDisk:
    """A table in the parts of a results folder.

    Attributes
    ----------
    dataset : Dataset
    name : str
    shards : tuple of int
        Numbers of the shards that are read.
    chosen : pandas.Index of str, optional
        The articles whose rows are read; by default all articles of the shards.
    added : pandas.DataFrame, optional
        Further columns, by article_id (the index).
    whole : OnDisk, optional
        The table from which articles were chosen.
    """

    dataset: Dataset
    name: str
    shards: tuple[int, ...]
    chosen: pd.Index | None = field(default=None, repr=False)
    added: pd.DataFrame | None = field(default=None, repr=False)
    whole: OnDisk | None = field(default=None, repr=False)
    recent: Recent = field(default_factory=Recent, repr=False)
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)
    _verified: set[str] = field(default_factory=set, repr=False)  # shared by all tables made from this one
    _divided: dict[str, Any] = field(
        default_factory=dict, repr=False
    )  # by shard: what is chosen, what is added

    def __len__(self) -> int:
        if self.chosen is None:
            return sum(part.rows for part in self._parts.values())
        return sum(len(rows) for _, rows in self.by_shard([self._owner]))

    @cached_property
    def _parts(self) -> dict[int, Part]:
        """The parts by number of their shard."""
        wanted = set(self.shards)
        return {
            shard.number: shard.parts[self.name]
            for shard in self.dataset.shards
            if shard.number in wanted and self.name in shard.parts
        }

    @cached_property
    def _stored(self) -> list[str]:
        """The columns of the parts. Those of the contract are in all; further ones may be missing in some."""
        contract = arrow.STORED.get(self.name)
        several = contract is None or contract.extra
        found: dict[str, None] = {}
        for part in list(self._parts.values())[: None if several else 1]:
            found |= dict.fromkeys(part_schema(self.dataset.folder, part).names)
        return list(found) if contract is None else [*contract.columns, *contract.further_columns(found)]

    @property
    def _owner(self) -> str:
        """The column that tells the article of a row."""
        return "article_id" if "article_id" in self._stored else "quote_id"

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._in_order([*self._stored, *([] if self.added is None else map(str, self.added.columns))])

    def _in_order(self, names: Sequence[str]) -> list[str]:
        """Sort columns as in the contract, further ones last."""
        known = list(arrow.TABLES[self.name].columns) if self.name in arrow.TABLES else []
        return sorted(names, key=lambda name: known.index(name) if name in known else len(known))

    def frame(self, columns: Sequence[str] | None = None, categories: Sequence[str] = ()) -> pd.DataFrame:
        """Return the table, or some of its columns, as a data frame sorted by the key.

        A warning gives the size before more than 2 GB are loaded. Columns that are asked for as categories take less
        memory if few values occur.
        """
        import pyarrow as pa

        contract = arrow.STORED.get(self.name)
        wanted = self.columns if columns is None else list(columns)
        key = () if contract is None else contract.key
        if columns is None and self.chosen is None:
            self._warn_if_large()
        stored = [name for name in dict.fromkeys((*wanted, *key, self._owner)) if name in self._stored]
        parts = [_encoded(self._schema(stored).empty_table(), categories)]
        parts += [_encoded(self._read(number, stored), categories) for number in self._parts]
        rows = arrow.sort_by_key(pa.concat_tables(parts, promote_options="default"), key).to_pandas()
        pa.default_memory_pool().release_unused()  # of parts that were read; several hundred MB of large tables
        return self._with_added(rows, wanted)[wanted]

    def by_shard(self, columns: Sequence[str] | None = None) -> Iterator[tuple[int, pd.DataFrame]]:
        """Yield the number and the rows of each shard. Shards without rows are included; one is, if there is none."""
        wanted = self.columns if columns is None else list(columns)
        stored = [name for name in dict.fromkeys((*wanted, self._owner)) if name in self._stored]
        for number in self.shards or (0,):
            rows = self._read(number, stored) if number in self._parts else self._schema(stored).empty_table()
            yield number, self._with_added(rows.to_pandas(), wanted, number)[wanted]

    def _read(self, number: int, columns: Sequence[str]) -> pa.Table:
        """Read some columns of a part; a column that it lacks is empty."""
        import pyarrow as pa

        rows = read_part(self.dataset.folder, self._parts[number], columns=columns)
        missing = [name for name in columns if name not in rows.column_names]
        for name in missing:
            rows = rows.append_column(name, pa.nulls(len(rows), pa.large_string()))
        return rows.select(list(columns))

    def _schema(self, columns: Sequence[str]) -> pa.Schema:
        import pyarrow as pa

        contract = arrow.STORED.get(self.name)
        if contract is None:
            known = part_schema(self.dataset.folder, next(iter(self._parts.values())))
        else:
            known = arrow.schema(contract)
        fields = [
            known.field(name) if name in known.names else pa.field(name, pa.large_string())
            for name in columns
        ]
        return pa.schema(fields, metadata=known.metadata)

    def _with_added(
        self, rows: pd.DataFrame, wanted: Sequence[str], shard: int | None = None
    ) -> pd.DataFrame:
        """Choose the rows and add further columns; the rows may be those of one shard."""
        import pandas as pd

        if self.chosen is not None:
            owners = rows[self._owner]
            ids = owners if self._owner == "article_id" else owners.str.replace(_QUOTE, "", regex=True)
            chosen = self.chosen if shard is None else self.chosen[self._places("chosen", self.chosen, shard)]
            rows = rows[ids.isin(chosen)].reset_index(drop=True)
        own = [] if self.added is None else [str(name) for name in self.added if name in wanted]
        if self.added is None or not own:
            return rows
        added = (
            self.added if shard is None else self.added.iloc[self._places("added", self.added.index, shard)]
        )
        if added.index.equals(pd.Index(rows["article_id"])):  # a join would make a table of all ids
            return rows.assign(**{name: added[name].array for name in own})
        return rows.join(added[own], on="article_id")

    def _places(self, what: str, article_ids: pd.Index, shard: int) -> np.ndarray:
        """The places of the ids that belong to a shard. A look-up of all ids for each shard would take too long."""
        import numpy as np

        n_shards = len(self.dataset.shards)

        def divide() -> tuple[np.ndarray, np.ndarray]:
            numbers = shards_of(article_ids, n_shards)
            order = np.argsort(numbers, kind="stable")
            return order, np.searchsorted(numbers[order], np.arange(n_shards + 1))

        order, edges = _once(self._divided, what, divide)
        return order[edges[shard] : edges[shard + 1]]

    def _warn_if_large(self) -> None:
        import pyarrow.parquet as pq

        size = 0
        for part in self._parts.values():
            about = pq.read_metadata(self.dataset.folder / part.file)
            size += sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))
        if size > LARGE:
            warnings.warn(
                f"the table '{self.name}' takes about {size / 1e9:.1f} GB of memory as a data frame; tables.sql, "
                "tables.iter, tables.select and the functions of analysis.compare work on any size",
                stacklevel=5,
            )

    def select(self, article_ids: pd.Index) -> OnDisk:
        """Return the table with the rows of some of the articles, in the shards to which these belong."""
        n_shards = len(self.dataset.shards)
        holding = (
            set(shards_of(article_ids, n_shards).tolist())
            if len(article_ids) < n_shards
            else set(self.shards)
        )
        shards = tuple(number for number in self.shards if number in holding)
        divided = {what: found for what, found in self._divided.items() if what == "added"}
        return replace(
            self,
            shards=shards,
            chosen=article_ids,
            whole=self.whole or self,
            recent=Recent(),
            _made={},
            _divided=divided,
        )

    def some_shards(self, numbers: Sequence[int]) -> OnDisk:
        """Return the table with the rows of some of the shards."""
        return replace(self, shards=tuple(numbers), whole=None, recent=Recent(), _made={})

    def with_columns(self, added: pd.DataFrame) -> OnDisk:
        """Return the table with further columns, by article_id (the index of `added`)."""
        known = None if self.added is None else self.added.drop(columns=added.columns, errors="ignore")
        joined = added if known is None else known.join(added)
        return replace(self, added=joined, recent=Recent(), _made={}, _divided={})

    def batches(self) -> Iterator[tuple[tuple[int, ...] | None, Define]]:
        """Yield the rows in pieces for queries. All rows of an article are in one piece.

        Each piece comes with the shards that it is from; None stands for all.
        """
        for first in range(0, max(1, len(self.shards)), _AT_ONCE):
            shards = self.shards[first : first + _AT_ONCE]
            yield shards, replace(self, shards=shards, _made={}).define

    def define(self, connection: DuckDBPyConnection, view: str) -> None:
        """Make the table known to a connection."""
        import pyarrow as pa

        if not self._parts:
            connection.register(view, self._schema(self._stored).empty_table())
            return
        self._verify()
        files = ", ".join(sql_text(str(self.dataset.folder / part.file)) for part in self._parts.values())
        contract = arrow.STORED.get(self.name)
        by_name = ", union_by_name=true" if contract is None or contract.extra else ""
        rows = f"SELECT * FROM read_parquet([{files}], hive_partitioning=false{by_name})"
        if self.added is not None:
            added = self.added.rename_axis("article_id").reset_index()
            connection.register(f"added_{view}", pa.Table.from_pandas(added, preserve_index=False))
            names = ", ".join(f'"{name}"' for name in self.columns)
            rows = f"SELECT {names} FROM ({rows}) LEFT JOIN added_{view} USING (article_id)"
        if self.chosen is not None:
            connection.register(f"chosen_{view}", pa.table({"chosen": pa.array(self.chosen)}))
            owner = (
                self._owner if self._owner == "article_id" else f"regexp_replace(quote_id, '{_QUOTE}', '')"
            )
            rows = f"SELECT * FROM ({rows}) WHERE {owner} IN (SELECT chosen FROM chosen_{view})"
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {rows}")

    def _verify(self) -> None:
        """Check that the parts are what was written, each of them once."""
        for part in self._parts.values():
            if part.file not in self._verified:
                read_verified(self.dataset.folder, part.file, part.sha256)
                self._verified.add(part.file)

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """Return what `make` returns. It is called only when the key is first asked for."""
        return _once(self._made, key, make)


TableData = InMemory | OnDisk


def article_of(quote_id: str) -> str:
    """Return the article_id of a quote."""
    return re.sub(_QUOTE, "", quote_id)


def _encoded(rows: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Store each text of some columns once."""
    for name in columns:
        if name in rows.column_names:
            rows = rows.set_column(rows.column_names.index(name), name, rows[name].dictionary_encode())
    return rows


def sql_text(text: str) -> str:
    """Return a text as SQL writes it, in quotation marks."""
    return "'" + text.replace("'", "''") + "'"


def _once(made: dict[Any, Any], key: Any, make: Callable[[], Made]) -> Made:
    if key not in made:
        made[key] = make()
    return cast(Made, made[key])
