"""Write the tables of a run in one of the export formats."""

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
        The file to write, or for 'csv' the folder, which is created if missing.
    to : {'xlsx', 'csv', 'qdpx'}
        An Excel workbook, a folder of CSV files, or a REFI-QDA project; see `analysis.exports`.
    overwrite : bool, default False
        Replace existing files.

    Returns
    -------
    Exported

    Raises
    ------
    FramingError
        If the format is unknown, the suffix does not match it, or a file exists already or cannot be written.

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
    if to != "csv" and out.suffix.lower() != f".{to}":
        raise FramingError(
            f"the file must have the suffix .{to}",
            path=out,
            remedy=f"for example {out.stem or 'x'}.{to}",
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
    """Content by file name, and notes; the name is empty for formats with a single file."""
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
            f"already exists{listed}", path=place, remedy="choose another name, or add --overwrite"
        )
