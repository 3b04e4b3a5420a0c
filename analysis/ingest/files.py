"""Which files a path, a folder or a glob means, and who reads them."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ReadError
from analysis.ingest.readers import READERS
from analysis.ingest.records import Item, UnreadableFile

_PACKED = ".gz"
_FORMATS = f"formats: {', '.join(READERS)}; text formats also with {_PACKED}"
# Documents that may well be articles: in a folder they are refused by name, other files only counted.
_REMEDIES = {
    ".xls": "save it as .xlsx",
    ".ods": "save it as .xlsx",
    ".doc": "save it as .txt",
    ".docx": "save it as .txt",
    ".rtf": "save it as .txt",
    ".odt": "save it as .txt",
    ".pdf": "save its text as .txt",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
    ".webarchive": "save the page as .html",
    ".eml": "save its text as .txt",
    ".xml": "export it as JSON lines or CSV",
    ".rss": "export it as JSON lines or CSV",
    ".warc": "save the pages as .html",
    ".zip": "unpack it",
    ".tar": "unpack it",
    ".7z": "unpack it",
}


@dataclass(frozen=True)
class Found:
    """Files in a fixed order.

    Attributes
    ----------
    paths : list of pathlib.Path
        To be read; what cannot be is refused when it is tried.
    ignored : list of pathlib.Path
        Files of a folder that are of no format for articles.
    base : pathlib.Path
        The folder that all of them are in.
    alone : bool
        One file was asked for by name, so that failing to read it is an error.
    """

    paths: list[Path]
    ignored: list[Path]
    base: Path
    alone: bool


def find_files(source: str | Path) -> Found:
    """The files that a path, a folder (with all below it) or a glob means; hidden ones are passed over.

    Raises
    ------
    ReadError
        Nothing is there, or nothing in the folder is of a format that is read.
    """
    path = Path(source)
    if path.is_dir():
        return _in_folder(path)
    if path.exists():
        return Found([path], [], path.parent, alone=True)
    pattern = path.as_posix()
    if not glob.has_magic(pattern):
        raise ReadError("no such file or folder", path=path, remedy="check the path")
    parts = path.parts
    n_fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:n_fixed])
    files = _visible(base, "/".join(parts[n_fixed:]))
    if not files:
        raise ReadError("no file matches this pattern", path=path, remedy="check the path")
    return Found(files, [], base, alone=False)


def _in_folder(folder: Path) -> Found:
    files = _visible(folder, "**/*")
    wanted = [path for path in files if suffix(path) in READERS or suffix(path) in _REMEDIES]
    if not any(suffix(path) in READERS for path in wanted):
        there = f"; there are: {', '.join(path.name for path in files[:5])}" if files else "; it is empty"
        raise ReadError(f"no file in this folder can be read{there}", path=folder, remedy=_FORMATS)
    return Found(wanted, [path for path in files if path not in set(wanted)], folder, alone=False)


def _visible(base: Path, pattern: str) -> list[Path]:
    """Files that match, in one order on every machine; hidden ones and hidden folders are passed over."""
    files = [
        path
        for path in base.glob(pattern)
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(base).parts)
    ]
    return sorted(files, key=Path.as_posix)


def suffix(path: Path) -> str:
    """The suffix that tells the format, without that of the packing."""
    suffixes = [part.lower() for part in path.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == _PACKED else "".join(suffixes[-1:])


def is_named_by_file(path: Path) -> bool:
    """Whether the file is one article with the file's name for an id."""
    reader = READERS.get(suffix(path))
    return reader is not None and reader.named_by_file


def read_file(path: Path) -> list[Item]:
    """Everything that the reader of its format finds in a file.

    Raises
    ------
    UnreadableFile
        The format is not read, or nothing in the file is.
    """
    reader = READERS.get(suffix(path))
    packed = path.suffix.lower() == _PACKED
    if reader is None or (packed and not reader.is_text):
        raise UnreadableFile(
            f"'{path.suffix}' files are not read",
            path=path,
            reason="format",
            remedy=_REMEDIES.get(suffix(path), "unpack it" if packed and reader else _FORMATS),
        )
    return list(reader.read(path))
