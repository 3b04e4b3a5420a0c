"""Find the files of paths, folders and globs, and read each with the reader of its format."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.dataset.folder import RUN_FILE
from analysis.dataset.shards import FOLDER as SHARDS
from analysis.errors import ReadError
from analysis.ingest.limits import at_most
from analysis.ingest.readers import COMPANIONS, EXPORTS, READERS
from analysis.ingest.records import Item, Reader, UnreadableFile
from analysis.ingest.sniffing import look
from analysis.study import ARTICLES, is_study_folder

_PACKED = ".gz"
_TEXT = ".txt"
_MAILS = (".eml", ".mbox")  # often saved as .txt
_NAMES_SHOWN = 5
_FORMATS = f"supported formats: {', '.join(READERS)}; text formats may be compressed as {_PACKED}"
# Documents that may be articles. In a folder, each of them is listed among the rejects; other files are only counted.
_REMEDIES = {
    ".xls": "save it as .xlsx",
    ".ods": "save it as .xlsx",
    ".doc": "save it as .docx",
    ".odt": "save it as .docx",
    ".pdf": "save its text as .txt",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
    ".webarchive": "save the page as .html",
    ".xml": "export it as JSON lines or CSV",
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
    results : tuple of pathlib.Path
        Folders of results within the folder, which hold no articles to read.
    studies : tuple of pathlib.Path
        Study folders: the folder itself or within it. Of each, only the articles in its folder `articles` are read.
    """

    paths: list[Path]
    ignored: list[Path]
    base: Path
    alone: bool
    results: tuple[Path, ...] = ()
    studies: tuple[Path, ...] = ()


@dataclass(frozen=True)
class FileItems:
    """What a file holds.

    Attributes
    ----------
    items : iterator
        Its records, refusals and notes, read as they are asked for. Raises `UnreadableFile` if the file cannot be
        read; what came before does not count then.
    name : str
        The format, as `framing inspect` prints it.
    named_by_file, is_one_article, has_columns : bool
        As in `analysis.ingest.records.Reader`.
    """

    items: Iterator[Item]
    name: str
    named_by_file: bool = False
    is_one_article: bool = False
    has_columns: bool = False


def find_all(sources: Sequence[str | Path]) -> list[Found]:
    """Return the files of several sources, each file once.

    Raises
    ------
    ReadError
        There is nothing at a source; see `find_files`.
    """
    known: set[Path] = set()
    found = []
    for source in sources:
        there = find_files(source)
        new = [path for path in there.paths if path.absolute() not in known]
        known.update(path.absolute() for path in new)
        found.append(replace(there, paths=new, alone=there.alone and len(sources) == 1))
    return found


def find_files(source: str | Path) -> Found:
    """Return the files of a path, a folder with everything below it, or a glob. Hidden files are skipped.

    Raises
    ------
    ReadError
        There is no such file, the path is not a valid one, or no file in the folder has a supported format.
    """
    if source == "":  # Path("") is the current folder
        raise ReadError("the name of a file or folder is empty", remedy="name files, or . for this folder")
    path = Path(source)
    try:
        if path.is_dir():
            return _in_folder(path)
        if path.exists():
            return Found([path], [], path.parent, alone=True)
    except OSError as error:  # a name that is too long, or a folder that may not be opened
        raise ReadError(
            f"cannot be opened: {error.strerror or error}", path=path, remedy="check the path"
        ) from None
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
    results = tuple(
        path.parent for path in files if path.name == RUN_FILE and (path.parent / SHARDS).is_dir()
    )
    files = [path for path in files if not any(inside in path.parents for inside in results)]
    if results and not files:
        raise ReadError(
            "this folder holds results, not articles",
            path=folder,
            remedy="name the files that were measured; the results keep their texts in the folder articles",
        )
    studies = tuple(sorted(filter(is_study_folder, {path.parent for path in files})))
    files = [path for path in files if not any(_describes(path, study) for study in studies)]
    if studies and not files:
        raise ReadError(
            "a study folder without articles",
            path=studies[0],
            remedy=f"put articles into {studies[0] / ARTICLES}, or name the files to read",
        )
    files = [path for path in files if not _is_companion(path, files)]
    wanted = [
        path
        for path in files
        if suffix(path) in READERS or suffix(path) in _REMEDIES or _export(path) is not None
    ]
    if not any(suffix(path) in READERS or _export(path) is not None for path in wanted):
        if not files:
            raise ReadError(
                "the folder is empty", path=folder, remedy="put the articles into it, or check the path"
            )
        there = ", ".join(path.name for path in files[:_NAMES_SHOWN])
        raise ReadError(
            f"no file in this folder has a supported format; it holds {there}", path=folder, remedy=_FORMATS
        )
    ignored = [path for path in files if path not in set(wanted)]
    base = folder / ARTICLES if folder in studies else folder
    return Found(wanted, ignored, base, alone=False, results=results, studies=studies)


def _describes(path: Path, study: Path) -> bool:
    """Whether a file belongs to a study folder without being one of its articles: codebook, actors, gold ..."""
    return study in path.parents and study / ARTICLES not in path.parents


def _is_companion(path: Path, files: Sequence[Path]) -> bool:
    """Whether a file describes other files of its folder or below."""
    suffixes = {kind for reader in COMPANIONS if path.name in reader.companions for kind in reader.suffixes}
    return bool(suffixes) and any(
        other != path and suffix(other) in suffixes and path.parent in other.parents for other in files
    )


def _visible(base: Path, pattern: str) -> list[Path]:
    """Return matching files in the same order on every machine, without hidden files and folders."""
    files = [
        path
        for path in base.glob(pattern)
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(base).parts)
    ]
    return sorted(files, key=Path.as_posix)


def path_text(path: str | Path) -> str:
    r"""Return a path as text. Bytes of a file name that are not UTF-8 are written as in 'caf\xe9.txt'."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def suffix(path: Path) -> str:
    """Return the suffix that shows the format, without .gz."""
    suffixes = [part.lower() for part in path.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == _PACKED else "".join(suffixes[-1:])


def _export(path: Path) -> Reader | None:
    """Return the reader that recognises the content of a file, or None."""
    seen = look(path)
    kinds = {seen.kind, suffix(path)} if seen.kind == _TEXT else {seen.kind}
    return next(
        (
            reader
            for reader in EXPORTS
            if kinds & set(reader.suffixes) and reader.recognises is not None and reader.recognises(seen.head)
        ),
        None,
    )


def read_file(path: Path, given: Mapping[str, str] | None = None) -> FileItems:
    """Read a file with the reader that recognises its content, or else with the reader of its name's ending.

    Parameters
    ----------
    path : pathlib.Path
    given : mapping of str to str, optional
        Column by field, as the user names them; a file that can be read as a table is then read as one.

    Raises
    ------
    UnreadableFile
        The format is not supported.
    """
    packed = path.suffix.lower() == _PACKED
    kind = look(path).kind
    by_name = READERS.get(kind if kind in _MAILS else suffix(path))
    reader = by_name if given and by_name and by_name.has_columns else _export(path) or by_name
    if reader is None and not packed:
        reader = READERS.get(kind) if kind != _TEXT else None
    if reader is None or (packed and not reader.is_text):
        raise UnreadableFile(
            f"files of the type '{path.suffix}' cannot be read",
            path=path,
            reason="format",
            remedy=_REMEDIES.get(suffix(path), "unpack it" if packed and reader else _FORMATS),
        )
    return FileItems(
        at_most(path, reader.read(path, given) if reader.has_columns else reader.read(path)),
        reader.name or suffix(path).lstrip("."),
        reader.named_by_file,
        reader.is_one_article,
        reader.has_columns,
    )


def common_base(found: Sequence[Found]) -> Path:
    """Return the folder that contains all files."""
    bases = [there.base for there in found]
    if len(bases) == 1:
        return bases[0]
    try:
        return Path(os.path.commonpath([base.absolute() for base in bases]))
    except ValueError:  # on different drives
        return bases[0]
