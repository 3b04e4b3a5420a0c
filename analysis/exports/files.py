"""From tables to files on disk, in any of the formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from analysis.errors import FramingError, expect
from analysis.files import make_folder, write_file
from analysis.tables import Tables

Format = Literal["xlsx", "csv", "qdpx"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes
    ----------
    files : tuple of pathlib.Path
    notes : tuple of str
        What was changed because the format cannot hold it, and what to know when reading it.
    """

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def export(tables: Tables, out: str | Path, *, to: Format, overwrite: bool = False) -> Exported:
    """Write the tables for a spreadsheet program or for a program for qualitative analysis.

    Parameters
    ----------
    tables : Tables
    out : path
        The file to write, or for 'csv' the folder, which is made where missing.
    to : {'xlsx', 'csv', 'qdpx'}
        A workbook, a folder of CSV files, or a REFI-QDA project; `analysis.exports` describes them.
    overwrite : bool, default False
        Replace what exists.

    Returns
    -------
    Exported

    Raises
    ------
    FramingError
        There is no such format, the file's suffix is another one's, it exists already, or it cannot be written.

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
        raise FramingError(f"cannot export to '{to}'", remedy=f"choose {', '.join(FORMATS)}")
    out = Path(out)
    if to != "csv" and out.suffix.lower() != f".{to}":
        raise FramingError(
            f"programs know such a file by its suffix .{to}",
            path=out,
            remedy=f"call it {out.stem or 'x'}.{to}",
        )
    contents, notes = _made(tables, to)
    folder, files = (out, contents) if to == "csv" else (out.parent, {out.name: contents[""]})
    if not overwrite:
        _refuse_existing(folder, files)
    make_folder(folder)
    for name, content in files.items():
        write_file(folder / name, content)
    return Exported(tuple(folder / name for name in files), notes)


def _made(tables: Tables, to: Format) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """The content of each file by its name; a format of one file leaves the name to the caller."""
    if to == "csv":
        from analysis.exports.csv_files import csv_files

        return csv_files(tables)
    if to == "xlsx":
        from analysis.exports.workbook import workbook

        content, notes = workbook(tables)
    else:
        from analysis.exports.qda_project import qda_project

        content, notes = qda_project(tables)
    return {"": content}, notes


def _refuse_existing(folder: Path, names: Mapping[str, bytes]) -> None:
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        place = folder / taken[0] if len(names) == 1 else folder
        listed = "" if len(names) == 1 else f": {', '.join(taken[:3])}{', ...' if len(taken) > 3 else ''}"
        raise FramingError(
            f"exists already{listed}", path=place, remedy="choose another name, or add --overwrite"
        )
