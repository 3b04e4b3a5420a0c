"""Write the tables of a run in one of the export formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, get_args

from analysis.errors import FramingError, expect
from analysis.files import make_folder, partial_files, write_file
from analysis.tables import Tables

Format = Literal["xlsx", "csv", "qdpx", "conllu", "xmi", "standoff"]
FORMATS: tuple[Format, ...] = get_args(Format)
_FOLDERS = ("csv", "xmi")


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
    if to == "standoff":
        return _standoff(tables, out, overwrite=overwrite)
    tables.expect_text(f"the export as {to}")
    if to not in _FOLDERS and out.suffix.lower() != f".{to}":
        raise FramingError(
            f"the file must have the suffix .{to}",
            path=out,
            remedy=f"for example {out.stem or 'x'}.{to}",
        )
    if to == "csv":
        from analysis.exports.csv_files import csv_names, write_csv_files

        if not overwrite:
            _refuse_existing(out, csv_names(tables))
        return Exported(*write_csv_files(tables, make_folder(out)))
    if to == "xmi":
        from analysis.exports.cas import cas_files, cas_names

        names = cas_names(tables)
        if not overwrite:
            _refuse_existing(out, names)
        for name, file in cas_files(tables):
            write_file(make_folder(out) / name, file)
        return Exported(tuple(out / name for name in names), ())
    if not overwrite:
        _refuse_existing(out.parent, [out.name])
    with partial_files(make_folder(out.parent)) as files, files.writing(out.name) as stream:
        notes = _writer(to)(tables, stream)
    return Exported((out,), notes)


def _standoff(tables: Tables, out: Path, *, overwrite: bool) -> Exported:
    from analysis.exports.standoff import write_standoff

    if out.exists() and not overwrite and (not out.is_dir() or any(out.iterdir())):
        raise FramingError("already exists", path=out, remedy="choose another name, or add --overwrite")
    note = "add to README.md how the articles were chosen and where they can be found before you publish the folder"
    return Exported(write_standoff(tables, out), (note,))


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


def _refuse_existing(folder: Path, names: Sequence[str]) -> None:
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        place = folder / taken[0] if len(names) == 1 else folder
        listed = "" if len(names) == 1 else f": {', '.join(taken[:3])}{', ...' if len(taken) > 3 else ''}"
        raise FramingError(
            f"already exists{listed}", path=place, remedy="choose another name, or add --overwrite"
        )
