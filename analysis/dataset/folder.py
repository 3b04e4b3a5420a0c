"""Open a results folder, and commit new results to it."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.dataset import arrow, shards
from analysis.dataset.parts import (
    CHANGED,
    MEASURE_AGAIN,
    Part,
    part_schema,
    read_part,
    read_verified,
    sha256,
    write_part,
)
from analysis.dataset.shards import Shard, parse_shard
from analysis.errors import ReadError, StudyError
from analysis.files import make_folder, write_file
from analysis.schemas import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from analysis.study import Study

RUN_FILE = "run.json"
REJECTS_FILE = "rejects.csv"
STUDY_FOLDER = "study"
DATASET = "dataset"  # the key of run.json that lists the files
CHECKSUM = "sha256"  # of run.json without this key
_COMMITTED = ".commit"  # new run.json, rejects and study, complete; they are being moved to their places


@dataclass(frozen=True)
class Dataset:
    """The results of one run on disk. Opening it reads `run.json` and the markers, no table.

    Attributes
    ----------
    folder : pathlib.Path
    run : dict
        How the tables were made (see `analysis.provenance.run_record`).
    shards : tuple of Shard
    families : tuple of Part
        Parts with the columns `article_id` and `family_id`.
    rejects : bytes
        Content of `rejects.csv`.
    """

    folder: Path
    run: dict[str, Any]
    shards: tuple[Shard, ...]
    families: tuple[Part, ...]
    rejects: bytes
    _study: tuple[Path, str] | None  # folder and fingerprint

    @cached_property
    def study(self) -> Study | None:
        """The study that was measured.

        Raises
        ------
        ReadError
            Its files are not those that were measured with.
        """
        return None if self._study is None else _load_study(*self._study)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables in parts, those of `analysis.schemas` first."""
        found = {name for shard in self.shards for name in shard.parts}
        return (*arrow.STORED, *sorted(found - set(arrow.STORED)))

    def parts(self, name: str) -> tuple[Part, ...]:
        """Return the parts of a table in the order of the shards; `families` is a table, too."""
        if name == arrow.FAMILIES.name:
            return self.families
        return tuple(shard.parts[name] for shard in self.shards if name in shard.parts)

    def columns(self, name: str) -> list[str]:
        """Return the columns of a table in its first part; empty if there is none.

        Raises
        ------
        ReadError
            The part is missing or damaged.
        """
        parts = self.parts(name)
        return list(part_schema(self.folder, parts[0]).names) if parts else []

    def n_rows(self, name: str) -> int:
        """Return the number of rows of a table."""
        return sum(part.rows for part in self.parts(name))

    def read(self, name: str) -> pa.Table:
        """Return a table of all shards, sorted by its key. The checksum of every part is verified.

        Raises
        ------
        ReadError
            A part is missing or damaged.
        """
        contract = arrow.FAMILIES if name == arrow.FAMILIES.name else arrow.STORED.get(name)
        return arrow.join_parts((read_part(self.folder, part) for part in self.parts(name)), contract)


def open_dataset(folder: Path) -> Dataset:
    """Open a results folder.

    Parameters
    ----------
    folder : path

    Returns
    -------
    Dataset

    Raises
    ------
    ReadError
        The folder has no complete results, or `run.json`, a marker or `rejects.csv` is damaged. The parts and the
        study are checked when they are read.
    """
    place = _current(folder)
    run = _verified_run(place, folder)
    listed = run.pop(DATASET)
    try:
        markers = tuple(
            parse_shard(read_verified(folder, file, expected)) for file, expected in listed["shards"].items()
        )
        families = tuple(Part(**part) for part in listed["families"])
        rejects = read_verified(place, REJECTS_FILE, listed["rejects"])
        study = (place / STUDY_FOLDER, listed["study"]) if listed["study"] else None
    except (LookupError, TypeError, AttributeError) as error:
        raise ReadError(
            f"this file lacks part of its content: {error!r}", path=folder / RUN_FILE, remedy=MEASURE_AGAIN
        ) from None
    return Dataset(folder, run, markers, families, rejects, study)


def _current(folder: Path) -> Path:
    """Return the folder of run.json, rejects and study: the new ones, if a run was stopped while it moved them."""
    return folder / _COMMITTED if (folder / _COMMITTED).is_dir() else folder


def _load_study(place: Path, expected: str) -> Study:
    """Return the study of the results, if it is the one of this fingerprint."""
    from analysis.study import load_study

    try:
        study: Study | None = load_study(place)
    except StudyError:
        study = None
    if study is None or study.fingerprint() != expected:
        raise ReadError(
            "the study was changed after the articles were measured with it, or is damaged",
            path=place,
            remedy=MEASURE_AGAIN,
        )
    return study


def _verified_run(place: Path, folder: Path) -> dict[str, Any]:
    """Return the content of run.json after a check of its checksum."""
    path = place / RUN_FILE
    if not path.is_file():
        raise _incomplete(folder)
    try:
        run = dict(json.loads(path.read_bytes()))
        whole = run.pop(CHECKSUM, None) == sha256(_canonical(run))
    except (ValueError, TypeError):
        run, whole = {}, False
    if DATASET not in run and _has_older_tables(folder):
        raise _incomplete(folder)
    if not whole or DATASET not in run:
        raise ReadError(CHANGED, path=path, remedy=MEASURE_AGAIN)
    return run


def _incomplete(folder: Path) -> ReadError:
    """Return the error of a folder without complete results of this version."""
    make = "make them: framing run ARTICLES --out FOLDER"
    if not folder.is_dir():
        return ReadError("there is no such results folder", path=folder, remedy=make)
    if _has_older_tables(folder):
        message = "these results were written by an older version of the toolkit, in another layout"
        return ReadError(message, path=folder, remedy=MEASURE_AGAIN)
    if any((folder / shards.FOLDER).glob("*.json")):
        message = "the results are not complete, because the run was stopped before its end"
        return ReadError(message, path=folder, remedy="give the same command again with --resume")
    return ReadError("there are no results in this folder", path=folder, remedy=make)


def _has_older_tables(folder: Path) -> bool:
    """Whether the folder holds tables of the older layout, one file each."""
    return any(path.is_file() for path in folder.glob("*.parquet"))


def _canonical(run: Mapping[str, Any]) -> bytes:
    return json.dumps(run, indent=1, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def commit(
    folder: Path,
    *,
    run: Mapping[str, Any],
    finished: Iterable[Shard],
    families: pa.Table,
    rejects: bytes,
    study: Study | None,
) -> None:
    """Make finished shards the results of a folder. Until this has succeeded, the old results stay as they are.

    Parameters
    ----------
    folder : path
    run : mapping
        The record of the run.
    finished : iterable of Shard
        As `write_shard` returned them.
    families : pyarrow.Table
        One row per article, in any order: `article_id` and `family_id`.
    rejects : bytes
        Content of `rejects.csv`.
    study : Study or None

    Notes
    -----
    The new run.json, rejects and study are written into one folder, whose renaming is the moment at which the new
    results replace the old ones. They are then copied to their places, and files of the old results are removed.
    """
    complete_commit(folder)
    ordered = sorted(finished, key=lambda shard: shard.number)
    part = write_part(folder, arrow.FAMILIES.name, 0, arrow.sort_by_key(families, arrow.FAMILIES.key))
    listed = {
        "families": [asdict(part)],
        "rejects": sha256(rejects),
        "shards": {shard.file: shard.sha256 for shard in ordered},
        "study": None if study is None else study.fingerprint(),
    }
    record = {**run, DATASET: listed}
    new = folder / f"{_COMMITTED}.partial"
    shutil.rmtree(new, ignore_errors=True)
    make_folder(new)
    if study is not None:
        study.save(new / STUDY_FOLDER)
    write_file(new / REJECTS_FILE, rejects)
    write_file(new / RUN_FILE, _canonical({**record, CHECKSUM: sha256(_canonical(record))}) + b"\n")
    new.rename(folder / _COMMITTED)
    complete_commit(folder)
    _remove_others(folder, {part.file, *(file for shard in ordered for file in shard.files)})
    link_tables(folder)


def complete_commit(folder: Path) -> None:
    """Copy run.json, rejects and study to their places, if a run was stopped before it had done so."""
    new = folder / _COMMITTED
    if not new.is_dir():
        return
    for name in (STUDY_FOLDER, REJECTS_FILE, RUN_FILE):
        _replace(new / name, folder / name)
    done = folder / f"{_COMMITTED}.done"
    shutil.rmtree(done, ignore_errors=True)
    new.rename(done)
    shutil.rmtree(done, ignore_errors=True)


def remove_unfinished(folder: Path) -> None:
    """Remove the shards of a run that was stopped, and keep the complete results of another."""
    try:
        complete = open_dataset(folder)
    except ReadError:
        kept: set[str] = set()
    else:
        kept = {file for shard in complete.shards for file in shard.files}
        kept |= {part.file for part in complete.families}
    _remove_others(folder, kept)


def _replace(new: Path, old: Path) -> None:
    if new.is_dir():
        make_folder(old)
        names = {path.name for path in new.iterdir()}
        for path in new.iterdir():
            write_file(old / path.name, path.read_bytes())
        for path in old.iterdir():
            if path.name not in names and path.is_file():
                path.unlink()
    elif new.is_file():
        write_file(old, new.read_bytes())
    elif old.is_dir():
        shutil.rmtree(old)


def _remove_others(folder: Path, kept: set[str]) -> None:
    """Remove parts and markers that do not belong to the results, and tables of older versions."""
    for name in TABLES:
        if (older := folder / f"{name}.parquet").is_file():
            older.unlink()
    for path in (*folder.glob("*/part-*.parquet"), *(folder / shards.FOLDER).glob("*.json")):
        if path.parent.is_symlink():  # see link_tables
            continue
        if path.relative_to(folder).as_posix() not in kept:
            path.unlink(missing_ok=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def link_tables(folder: Path) -> None:
    """Make `TABLE.parquet` a link to the folder `TABLE`, for programs that open a table by this name.

    pandas, pyarrow, polars and DuckDB read a folder of parts as one table. The toolkit itself does not use the links,
    and a file system without links does without them.
    """
    for name in arrow.STORED:
        link = folder / f"{name}.parquet"
        if not link.is_symlink() and not link.exists() and (folder / name).is_dir():
            with contextlib.suppress(OSError):
                link.symlink_to(name, target_is_directory=True)
