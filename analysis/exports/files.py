"""Write the tables of a run in one of the export formats."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, get_args

from analysis.errors import FramingError, expect
from analysis.files import make_folder, partial_files, write_file
from analysis.tables import Tables

Format = Literal["xlsx", "csv", "qdpx", "conllu", "xmi", "standoff"]
FORMATS: tuple[Format, ...] = get_args(Format)
_FOLDERS = ("csv", "xmi", "standoff")
_TO_BE_ADDED = (
    "add to README.md how the articles were chosen and where they can be found before you publish the folder"
)
_MANY = 5_000  # articles from which the size of an export is estimated before it is written
_SAMPLED = 500  # articles that are exported for the estimate


@dataclass(frozen=True)
class Exported:
    """Result of an export.

    Attributes
    ----------
    files : tuple of pathlib.Path
    notes : tuple of str
        What was changed because of the format, and what to know when reading the files.
    """

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def export(tables: Tables, out: str | Path, *, to: Format, overwrite: bool = False) -> Exported:
    """Export the tables for a spreadsheet or for a program for qualitative data analysis.

    Parameters
    ----------
    tables : Tables
    out : path
        The file to write, or for 'csv', 'xmi' and 'standoff' the folder, which is created if missing.
    to : {'xlsx', 'csv', 'qdpx', 'conllu', 'xmi', 'standoff'}
        An Excel workbook, a folder of CSV files, a REFI-QDA project, the parsed articles as CoNLL-U, a folder of
        UIMA CAS files, or a results folder without the words of the articles; see `analysis.exports`.
    overwrite : bool, default False
        Replace existing files.

    Returns
    -------
    Exported

    Raises
    ------
    FramingError
        If the format is unknown, the suffix does not match it, a file exists already or cannot be written, or an
        export of more than 5,000 articles would not fit on the disk. Its size is estimated from a sample first.

    Examples
    --------
    >>> tables = analysis.load_tables("results")
    >>> analysis.export(tables, "check.qdpx", to="qdpx").files
    (PosixPath('check.qdpx'),)
    """
    expect(
        tables,
        Tables,
        what="tables",
        expected="the tables of a run",
        remedy='analysis.load_tables("results")',
    )
    if to not in FORMATS:
        raise FramingError(f"unknown format '{to}'", remedy=f"choose {', '.join(FORMATS)}")
    out = Path(out)
    if to != "standoff":
        tables.expect_text(f"the export as {to}")
    if to not in _FOLDERS and out.suffix.lower() != f".{to}":
        raise FramingError(
            f"the file must have the suffix .{to}",
            path=out,
            remedy=f"for example {out.stem or 'x'}.{to}",
        )
    if not overwrite:
        _refuse_existing(tables, out, to)
    _expect_space(tables, out, to)
    return _written(tables, out, to)


def _written(tables: Tables, out: Path, to: Format) -> Exported:
    """Write an export, over one that exists."""
    if to == "standoff":
        from analysis.exports.standoff import write_standoff

        return Exported(write_standoff(tables, out), (_TO_BE_ADDED,))
    if to == "csv":
        from analysis.exports.csv_files import write_csv_files

        return Exported(*write_csv_files(tables, make_folder(out)))
    if to == "xmi":
        from analysis.exports.cas import cas_files

        files = []
        for name, file in cas_files(tables):
            write_file(make_folder(out) / name, file)
            files.append(out / name)
        return Exported(tuple(files), ())
    with partial_files(make_folder(out.parent)) as partial, partial.writing(out.name) as stream:
        notes = _writer(to)(tables, stream)
    return Exported((out,), notes)


def _expect_space(tables: Tables, out: Path, to: Format) -> None:
    """Raise an error if an export of many articles does not fit on the disk. A sample of articles tells its size."""
    n_articles = len(tables.metadata)
    if n_articles <= _MANY:
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / f"sample.{to}"
        _written(tables.sample(_SAMPLED), sample, to)
        size, unpacked = (n * n_articles / _SAMPLED for n in _sizes(sample, to))
    place = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    _expect_free(place, size, "choose a folder on another disk, or export fewer articles (tables.select)")
    if unpacked:
        remedy = "set the environment variable TMPDIR to a folder on another disk, or export as csv"
        _expect_free(Path(tempfile.gettempdir()), size + unpacked, remedy)


def _sizes(written: Path, to: Format) -> tuple[int, int]:
    """Bytes of an export, and of the unpacked sheets that a workbook has in the temporary folder while it is made."""
    files = [written, *written.rglob("*")]
    size = sum(path.stat().st_size for path in files if path.is_file() and not path.is_symlink())
    if to != "xlsx":
        return size, 0
    with zipfile.ZipFile(written) as book:
        return size, sum(entry.file_size for entry in book.infolist())


def _expect_free(folder: Path, size: float, remedy: str) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise FramingError(
            f"the export needs about {size / 1e9:,.1f} GB here, and {free / 1e9:,.1f} GB are free",
            path=folder,
            remedy=remedy,
        )


def _writer(to: Format) -> Callable[[Tables, IO[bytes]], tuple[str, ...]]:
    """The function that writes a format into a file and returns notes."""
    if to == "xlsx":
        from analysis.exports.workbook import write_workbook

        return write_workbook
    if to == "conllu":
        from analysis.exports.conllu import write_conllu

        return write_conllu
    from analysis.exports.qda_project import write_qda_project

    return write_qda_project


def _refuse_existing(tables: Tables, out: Path, to: Format) -> None:
    folder, names = _targets(tables, out, to)
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        place = folder / taken[0] if len(names) == 1 else folder
        listed = "" if len(names) == 1 else f": {', '.join(taken[:3])}{', ...' if len(taken) > 3 else ''}"
        raise FramingError(
            f"already exists{listed}", path=place, remedy="choose another name, or add --overwrite"
        )


def _targets(tables: Tables, out: Path, to: Format) -> tuple[Path, Sequence[str]]:
    """The folder in which an export is written, and the names that must not exist there."""
    if to == "csv":
        from analysis.exports.csv_files import csv_names

        return out, csv_names(tables)
    if to == "xmi":
        from analysis.exports.cas import cas_names

        return out, cas_names(tables)
    if to == "standoff" and out.is_dir() and not any(out.iterdir()):
        return out, ()
    return out.parent, [out.name]
