"""Find the files of a path, a folder or a glob, and read each with the reader of its format."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ReadError
from analysis.ingest.readers import READERS
from analysis.ingest.records import Item, UnreadableFile

_PACKED = ".gz"
_FORMATS = f"supported formats: {', '.join(READERS)}; text formats may be compressed as {_PACKED}"
# Documents that may be articles. In a folder, each of them is listed among the rejects; other files are only counted.
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
        Files to read. A file that cannot be read is refused later.
    ignored : list of pathlib.Path
        Files of a folder whose format is not one for articles.
    base : pathlib.Path
        The folder that contains all of them.
    alone : bool
        The source is a single file, so that failing to read it is an error.
    """

    paths: list[Path]
    ignored: list[Path]
    base: Path
    alone: bool


def find_files(source: str | Path) -> Found:
    """Return the files of a path, a folder with everything below it, or a glob. Hidden files are skipped.

    Raises
    ------
    ReadError
        There is no such file, or no file in the folder has a supported format.
    """
    path = Path(source)
    if path.is_dir():
        return _in_folder(path)
    if path.exists():
        return Found([path], [], path.parent, alone=True)
    pattern = path.as_posix()
    if not glob.has_magic(pattern):
        raise ReadError("there is no such file or folder", path=path, remedy="check the path")
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
        there = (
            f"; it holds {', '.join(path.name for path in files[:5])}" if files else "; the folder is empty"
        )
        raise ReadError(f"no file in this folder has a supported format{there}", path=folder, remedy=_FORMATS)
    return Found(wanted, [path for path in files if path not in set(wanted)], folder, alone=False)


def _visible(base: Path, pattern: str) -> list[Path]:
    """Return matching files in the same order on every machine, without hidden files and folders."""
    files = [
        path
        for path in base.glob(pattern)
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(base).parts)
    ]
    return sorted(files, key=Path.as_posix)


def suffix(path: Path) -> str:
    """Return the suffix that shows the format, without .gz."""
    suffixes = [part.lower() for part in path.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == _PACKED else "".join(suffixes[-1:])


def is_named_by_file(path: Path) -> bool:
    """Whether a file of this format is one article whose id is the file's name."""
    reader = READERS.get(suffix(path))
    return reader is not None and reader.named_by_file


def read_file(path: Path) -> list[Item]:
    """Read a file with the reader of its format.

    Raises
    ------
    UnreadableFile
        The format is not supported, or nothing in the file can be read.
    """
    reader = READERS.get(suffix(path))
    packed = path.suffix.lower() == _PACKED
    if reader is None or (packed and not reader.is_text):
        raise UnreadableFile(
            f"files of the type '{path.suffix}' cannot be read",
            path=path,
            reason="format",
            remedy=_REMEDIES.get(suffix(path), "unpack it" if packed and reader else _FORMATS),
        )
    return list(reader.read(path))
