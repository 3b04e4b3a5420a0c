"""Corrections by hand: wrong speakers, sides, themes and tones, kept in a file and applied to saved tables.

Corrections stand in `corrections.csv` in the results folder, one per line: the row and the column that are wrong, the
old and the new value, who corrected it, and when. A row is named by its key in its table, joined by colons. The
measured rows are kept in the record of the run, so that a line that is removed from the file is undone.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.dataset.layout import shards_of
from analysis.dataset.storage import OnDisk, article_of
from analysis.errors import FramingError, ReadError, StaleCorrections, expect
from analysis.files import write_file
from analysis.provenance import fingerprint_of
from analysis.revision.derived import with_derived_voices
from analysis.schemas import POLARITIES, TABLES, UNATTRIBUTED
from analysis.spreadsheet import harmless, original
from analysis.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

CORRECTIONS_FILE = "corrections.csv"
COLUMNS = ("row", "column", "old", "new", "who", "when")
CORRECTED = "correction"
"""The rule and the source of a speaker or side that was corrected."""

Row = dict[str, Any]


# -- what can be corrected


def _speaker(row: Row, new: str, study: Study) -> Row:
    if not new:
        nobody = dict.fromkeys(("speaker", "speaker_name", "speaker_rule", "speaker_source"))
        return {**row, **nobody, "side": UNATTRIBUTED}
    listed = {actor.id: actor for actor in study.actors.actors}
    if new not in listed:
        raise FramingError(
            f"there is no actor '{new}' in actors.yml",
            remedy="add the actor, or leave the new speaker empty and correct quotes.speaker_name and quotes.side",
        )
    actor = listed[new]
    found = {"speaker_rule": CORRECTED, "speaker_source": CORRECTED}
    return {**row, **found, "speaker": actor.id, "speaker_name": actor.name, "side": actor.side}


def _speaker_name(row: Row, new: str, study: Study) -> Row:
    return {**row, "speaker": None, "speaker_name": new or None}


def _side(row: Row, new: str, study: Study) -> Row:
    allowed = (*study.actors.side_ids, UNATTRIBUTED)
    _expect_one_of(new, allowed, "side")
    actor = row["speaker"]
    if actor is not None and study.actors[actor].side != new:
        raise FramingError(
            f"the speaker '{actor}' is on the side '{study.actors[actor].side}' in actors.yml",
            remedy="correct quotes.speaker, or the side of the actor in actors.yml",
        )
    rule = None if new == UNATTRIBUTED else CORRECTED
    return {**row, "side": new, "speaker_rule": rule, "speaker_source": rule}


def _theme(row: Row, new: str, study: Study) -> Row | None:
    if not new:
        return None
    _expect_one_of(new, [theme.id for theme in study.codebook.themes], "theme")
    return {**row, "theme": new}


def _polarity(row: Row, new: str, study: Study) -> Row:
    _expect_one_of(new, [str(value) for value in POLARITIES], "polarity")
    names = ("p_negative", "p_neutral", "p_positive")
    certain = {name: float(int(new) == value) for name, value in zip(names, (-1, 0, 1), strict=True)}
    return {**row, **certain, "polarity": int(new), "abstained": None}


def _expect_one_of(new: str, allowed: Iterable[str], what: str) -> None:
    values = list(allowed)
    if new not in values:
        raise FramingError(f"there is no {what} '{new}'", remedy=f"choose from: {', '.join(values)}")


Edit = Callable[[Row, str, Study], Row | None]
_EDITS: dict[str, Edit] = {
    "quotes.speaker": _speaker,
    "quotes.speaker_name": _speaker_name,
    "quotes.side": _side,
    "themes.theme": _theme,
    "mentions.polarity": _polarity,
}
_CORRECTED_TABLES = ("quotes", "themes", "mentions")


# -- the file


def no_corrections() -> pd.DataFrame:
    """A table of corrections without rows."""
    import pandas as pd

    return pd.DataFrame(columns=list(COLUMNS), dtype="str")


def read_corrections(path: str | Path) -> pd.DataFrame:
    """Read a file of corrections.

    Parameters
    ----------
    path : path

    Returns
    -------
    pandas.DataFrame
        All cells are text: row, column, old, new, who, when.

    Raises
    ------
    ReadError
        The file cannot be read, or lacks a column.
    """
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False).map(original)
    except (OSError, ValueError) as error:
        raise ReadError(
            f"cannot read the corrections: {error}",
            path=path,
            remedy=f"it needs the columns {', '.join(COLUMNS)}",
        ) from None
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise ReadError(
            f"the column '{missing[0]}' is missing", path=path, remedy=f"the columns are {', '.join(COLUMNS)}"
        )
    return table[list(COLUMNS)]


def add_correction(
    file: str | Path, tables: Tables, row: str, column: str, new: str, *, who: str, when: str | None = None
) -> None:
    """Add a correction to a file; `apply_corrections` applies it.

    Parameters
    ----------
    file : path
        `corrections.csv` of the results folder. Made if it is missing.
    tables : Tables
        The tables as shown to whoever corrects them.
    row : str
        The key of the row, joined by colons: a quote_id, `article_id:start` of a mention, or
        `article_id:start:theme` of a hit.
    column : {'quotes.speaker', 'quotes.speaker_name', 'quotes.side', 'themes.theme', 'mentions.polarity'}
    new : str
        The right value: the id of an actor, side or theme; -1, 0 or 1 for a polarity. An empty speaker is unknown,
        an empty theme removes the hit.
    who : str
        Name or initials of whoever corrects.
    when : str, optional
        Now, in UTC, if it is not given.

    Raises
    ------
    FramingError
        There is no such row or column, or the value does not fit.
    """
    append_corrections(file, [new_correction(tables, row, column, new, who=who, when=when)])


def new_correction(
    tables: Tables, row: str, column: str, new: str, *, who: str, when: str | None = None
) -> dict[str, str]:
    """A correction as a line of `corrections.csv`; for the parameters and errors see `add_correction`."""
    rows = _Rows(tables, [row])
    table, name = _table_and_column(column)
    old = rows.value(table, row, name)
    if old is None:
        raise FramingError(f"there is no row '{row}' in the table {table}")
    stamp = when or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    correction = dict(zip(COLUMNS, (row, column, old, str(new), who, stamp), strict=True))
    rows.edit(correction, tables.study_or_error())
    return correction


def append_corrections(file: str | Path, corrections: Sequence[Mapping[Any, Any]]) -> int:
    """Append corrections to a file that does not have them yet.

    Parameters
    ----------
    file : path
        Made if it is missing.
    corrections : sequence of mapping
        With the keys row, column, old, new, who and when.

    Returns
    -------
    int
        How many were not in the file.
    """
    import pandas as pd

    file = Path(file)
    known = read_corrections(file) if file.exists() else pd.DataFrame(columns=list(COLUMNS), dtype="str")
    new = pd.DataFrame(list(corrections), columns=list(COLUMNS), dtype="str")
    both = pd.concat([known, new], ignore_index=True).drop_duplicates(ignore_index=True)
    write_file(file, harmless(both).to_csv(index=False, lineterminator="\n").encode("utf-8"))
    return len(both) - len(known)


# -- applying


def apply_corrections(tables: Tables, corrections: pd.DataFrame | str | Path) -> Tables:
    """Apply corrections to tables. Corrections that were applied before and are not among them are undone.

    A corrected speaker of the study gives the quote its name and side. A corrected side changes the voice of
    everything in the quote and VADER's scores of the article. A corrected tone is certain, with probability 1.

    Parameters
    ----------
    tables : Tables
        With their study.
    corrections : pandas.DataFrame or path
        All corrections, with the columns row, column, old, new, who and when. The index counts the lines of the file.

    Returns
    -------
    Tables
        `run["corrections"]` has the corrections under "applied" and "stale", with the reason for each stale one.

    Raises
    ------
    FramingError
        A column or a new value is unknown.

    Warns
    -----
    StaleCorrections
        A row is gone or has another value than the old one, so its correction was not applied.

    Examples
    --------
    >>> tables = analysis.load_tables("results")
    >>> row = tables.quotes.query("side == 'iran'").iloc[0]
    >>> wrong = {"row": row["quote_id"], "column": "quotes.speaker", "old": row["speaker"], "new": "lavrov"}
    >>> corrected = analysis.apply_corrections(tables, pd.DataFrame([{**wrong, "who": "ann", "when": ""}]))
    >>> corrected.quotes.set_index("quote_id").loc[row["quote_id"], "side"]
    'russia'
    """
    import pandas as pd

    table = corrections if isinstance(corrections, pd.DataFrame) else read_corrections(corrections)
    expect(
        table, pd.DataFrame, what="corrections", expected="a table", remedy="read_corrections(path) reads one"
    )
    measured = uncorrected(tables)
    study = tables.study_or_error()
    rows = _Rows(measured, table["row"])
    applied, stale = [], []
    for place, correction in zip(table.index, table[list(COLUMNS)].to_dict("records"), strict=True):
        try:
            reason = rows.edit({str(name): cell for name, cell in correction.items()}, study)
        except FramingError as error:
            raise FramingError(
                f"correction of {correction['row']}: {error}", where=f"line {place + 2}"
            ) from None
        if reason:
            stale.append({**correction, "reason": reason})
        else:
            applied.append(correction)
    corrected = _with_consequences(rows.tables(), measured)
    record = {"applied": applied, "stale": stale, "rows": rows.replaced()}
    if stale:
        first = stale[0]
        warnings.warn(
            f"{len(stale)} of {len(table)} corrections do not fit the tables and were not applied; the first: "
            f"{first['column']} of {first['row']} {first['reason']}",
            StaleCorrections,
            stacklevel=2,
        )
    return replace(corrected, run=_with_record(measured.run, record if applied or stale else None))


def correct_folder(folder: str | Path, corrections: pd.DataFrame) -> dict[str, Any]:
    """Apply corrections to a results folder. Only shards with rows that change are read and written, one at a time.

    The folder then holds what `apply_corrections` returns.

    Parameters
    ----------
    folder : path
    corrections : pandas.DataFrame
        As for `apply_corrections`; without rows, corrections that were applied before are undone.

    Returns
    -------
    dict
        The record of the run, with the corrections that were applied and those that do not fit.

    Raises
    ------
    FramingError
        A column or a new value is unknown.
    """
    from analysis.dataset import arrow, commit, rejects
    from analysis.dataset.lock import locked
    from analysis.tables import load_tables, tables_of

    tables = load_tables(folder)
    data = tables.data("articles")
    assert isinstance(data, OnDisk) and data.added is not None
    dataset, families = data.dataset, data.added
    before = dict(tables.run.get("corrections") or {"applied": [], "stale": [], "rows": {}})
    n_shards = len(dataset.shards)
    shard_of = shards_of(families.index, n_shards)
    new_in, old_in = _by_shard(corrections, n_shards), _rows_by_shard(before["rows"], n_shards)
    plain = _with_record(tables.run, None)
    records, finished = [], []
    with locked(dataset.folder):
        for shard in dataset.shards:
            new, old = new_in.get(shard.number, corrections.iloc[:0]), old_in.get(shard.number)
            if old is None and new.empty:
                finished.append(shard)
                continue
            own = families[shard_of == shard.number]
            part = tables_of(replace(dataset, shards=(shard,)), own)
            run = plain if old is None else {**plain, "corrections": {**before, "rows": old}}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", StaleCorrections)  # the caller has them in the record
                made = apply_corrections(part.with_origin(run, tables.study_or_error()), new)
            records.append(made.run.get("corrections", {}))
            finished.append(made.check().write_as_shard(dataset.folder, shard.number))
        if not (records or before["applied"] or before["stale"]):
            return tables.run
        run = _with_record(plain, _joined(records, corrections))
        commit(
            dataset.folder,
            run=run,
            finished=finished,
            families=arrow.from_frame(families.reset_index(), arrow.FAMILIES),
            rejects=rejects.to_csv(tables.rejects),
            study=tables.study_or_error(),
        )
    return run


def _by_shard(corrections: pd.DataFrame, n_shards: int) -> dict[int, pd.DataFrame]:
    """The corrections of the articles of each shard."""
    import pandas as pd

    articles = [
        _article_of(_table_and_column(column)[0], row)
        for row, column in zip(corrections["row"], corrections["column"], strict=True)
    ]
    numbers = shards_of(pd.Index(articles, dtype="str"), n_shards)
    return {number: corrections[numbers == number] for number in set(numbers.tolist())}


def _rows_by_shard(rows: Mapping[str, Sequence[Row]], n_shards: int) -> dict[int, dict[str, list[Row]]]:
    """The rows that corrections replaced, by shard and table."""
    import pandas as pd

    found: dict[int, dict[str, list[Row]]] = {}
    for table, named in rows.items():
        articles = [_article_of(table, _id_now(table, row)) for row in named]
        for number, row in zip(shards_of(pd.Index(articles, dtype="str"), n_shards), named, strict=True):
            found.setdefault(int(number), {}).setdefault(table, []).append(row)
    return found


def _ordered(rows: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Replaced rows in the order of the tables and of the ids."""
    return {
        table: sorted(rows[table], key=partial(_id_now, table))
        for table in _CORRECTED_TABLES
        if table in rows
    }


def _id_now(table: str, replaced: Row) -> str:
    """The id of a row that was replaced; of one that was removed, the id that it had."""
    return str(replaced["now"] or _row_id(table, replaced["was"]))


def _article_of(table: str, row_id: str) -> str:
    """The article of a row."""
    return article_of(row_id) if table == "quotes" else row_id.rsplit(":", len(TABLES[table].key) - 1)[0]


def _joined(records: Sequence[Mapping[str, Any]], corrections: pd.DataFrame) -> dict[str, Any] | None:
    """The records of several shards as one, in the order of the corrections; None if it holds none."""
    order = {
        tuple(row): place for place, row in enumerate(corrections[list(COLUMNS)].itertuples(index=False))
    }

    def in_order(name: str) -> list[Row]:
        every = [one for record in records for one in record.get(name, ())]
        return sorted(every, key=lambda one: order[tuple(one[column] for column in COLUMNS)])

    rows: dict[str, list[Row]] = {}
    for record in records:
        for table, named in record.get("rows", {}).items():
            rows.setdefault(table, []).extend(named)
    rows = _ordered(rows)
    applied, stale = in_order("applied"), in_order("stale")
    return {"applied": applied, "stale": stale, "rows": rows} if applied or stale else None


def uncorrected(tables: Tables) -> Tables:
    """The tables as they were measured, without corrections."""
    record = tables.run.get("corrections")
    if not record:
        return tables
    rows = _Rows(tables, [row["now"] for named in record["rows"].values() for row in named if row["now"]])
    rows.restore(record["rows"])
    measured = _with_consequences(rows.tables(), tables)
    return replace(measured, run=_with_record(tables.run, None))


def _with_consequences(tables: Tables, before: Tables) -> Tables:
    """Tables with the voices that follow from the sides of quotes that changed."""
    sides = tables.quotes[["quote_id", "article_id", "side"]].merge(
        before.quotes[["quote_id", "side"]], on="quote_id", suffixes=("", "_before")
    )
    changed = sides.loc[sides["side"] != sides["side_before"], "article_id"]
    return with_derived_voices(tables, set(changed))


def _with_record(run: dict[str, Any], record: dict[str, Any] | None) -> dict[str, Any]:
    """The record of the run with the corrections; the fingerprint depends on those that were applied."""
    parts = {name: value for name, value in run.items() if name not in ("fingerprint", "corrections")}
    applied = {"corrections": record["applied"]} if record else {}
    mark = {"fingerprint": fingerprint_of({**parts, **applied})} if "fingerprint" in run else {}
    return {**parts, **({"corrections": record} if record else {}), **mark}


def _table_and_column(column: str) -> tuple[str, str]:
    if column not in _EDITS:
        raise FramingError(
            f"the column '{column}' cannot be corrected", remedy=f"choose from: {', '.join(_EDITS)}"
        )
    table, _, name = column.partition(".")
    return table, name


@dataclass
class _Place:
    """A row that a correction names: as it was and as it is; None if it was removed."""

    was: Row
    now: Row | None


class _Rows:
    """The rows of tables that corrections name, to be changed and put back."""

    def __init__(self, tables: Tables, ids: Iterable[str]) -> None:
        self._tables = tables
        wanted = set(ids)
        self._named = {name: _row_ids(tables, name) for name in _CORRECTED_TABLES}
        self._places: dict[tuple[str, str], _Place] = {}
        for name, row_ids in self._named.items():
            found = row_ids.isin(wanted)
            table = getattr(tables, name)[found]
            cells = table.astype("object").where(table.notna(), None).to_dict("records")
            for row_id, row in zip(row_ids[found], cells, strict=True):
                self._places[name, row_id] = _Place(row, row)

    def value(self, table: str, row_id: str, column: str) -> str | None:
        """A cell as text; None if there is no such row."""
        place = self._places.get((table, row_id))
        if place is None or place.now is None:
            return None
        return "" if place.now[column] is None else str(place.now[column])

    def edit(self, correction: Row, study: Study) -> str | None:
        """Apply one correction. Return the reason if it does not fit the row."""
        table, column = _table_and_column(correction["column"])
        row_id = correction["row"]
        value = self.value(table, row_id, column)
        if value is None:
            return "no longer exists"
        if value != correction["old"]:
            return f"is '{value}', not '{correction['old']}'"
        place = self._places[table, row_id]
        assert place.now is not None
        place.now = _EDITS[correction["column"]](place.now, correction["new"], study)
        if table == "themes" and place.now is not None:
            self._rename(row_id, place)
        return None

    def _rename(self, row_id: str, place: _Place) -> None:
        """Give a hit the id of its new theme; a hit of that theme in the same place makes it superfluous."""
        assert place.now is not None
        new_id = _row_id("themes", place.now)
        if new_id == row_id:
            return
        taken = ("themes", new_id) in self._places or (self._named["themes"] == new_id).any()
        if taken:
            place.now = None
            return
        self._places["themes", new_id] = self._places.pop(("themes", row_id))

    def restore(self, replaced: dict[str, list[Row]]) -> None:
        """Put back the rows that `replaced` recorded."""
        for table, rows in replaced.items():
            for row in rows:
                now = self._places.pop((table, row["now"])).now if row["now"] else None
                was = {**(now or {}), **row["was"]}
                self._places[table, _row_id(table, was)] = _Place(now or {}, was)

    def replaced(self) -> dict[str, list[Row]]:
        """The rows that changed, by table: the measured cells, and the id of the row with the corrected ones.

        All cells are kept of a row that was removed; `now` is None.
        """
        changed: dict[str, list[Row]] = {}
        for (table, row_id), place in self._places.items():
            if place.now == place.was:
                continue
            now = place.now or {}
            was = {name: cell for name, cell in place.was.items() if name not in now or now[name] != cell}
            changed.setdefault(table, []).append({"was": was, "now": row_id if now else None})
        return _ordered(changed)

    def tables(self) -> Tables:
        """The tables with the changed rows."""
        import pandas as pd

        frames: dict[str, Any] = {}
        for name, row_ids in self._named.items():
            places = [p for (table, _), p in self._places.items() if table == name and p.now != p.was]
            if not places:
                continue
            gone = {_row_id(name, place.was) for place in places if place.was}
            contract = TABLES[name]
            new = contract.frame([place.now for place in places if place.now is not None])
            kept = getattr(self._tables, name)[~row_ids.isin(gone)]
            frames[name] = pd.concat([kept, new]).sort_values(list(contract.key), ignore_index=True)
        return replace(self._tables, **frames)


def _row_id(table: str, row: Row) -> str:
    return ":".join(str(row[name]) for name in TABLES[table].key)


def _row_ids(tables: Tables, name: str) -> pd.Series:
    """The ids of all rows of a table."""
    first, *rest = TABLES[name].key
    table = getattr(tables, name)
    ids = table[first]
    for column in rest:
        ids = ids + ":" + table[column].astype("str")
    return ids
