"""Dictionaries of other programs as codebooks, and codebooks as dictionaries of other programs.

===========  =======================================================  ===========================================
suffix       format                                                   contents
===========  =======================================================  ===========================================
.yml, .yaml  this toolkit; quanteda (read only)                       everything
.csv, .tsv   one row per pattern                                      all except the title
.qdc         REFI-QDA (MAXQDA, ATLAS.ti, NVivo, QualCoder, Taguette)  all except the title; patterns in descriptions
.dic         LIWC 2001 to 2015                                        words, phrases, ``*`` at the end; nesting
.dicx        LIWC-22, read only                                       words, phrases, ``*``
.cat         WordStat                                                 words, phrases, ``*`` and ``?``; nesting
.ykd         Yoshikoder                                               words, phrases, ``*``; nesting; definitions
.lcd         Lexicoder 2                                              words, phrases, ``*``
.lc3         Lexicoder 3                                              words, phrases, ``*``
===========  =======================================================  ===========================================

The id of a theme is the name of its category in every format except .qdc, which has it in the description.
Alternatives ``(oil|gas) field`` are expanded for formats without them. Nothing is lost silently: reading returns
notes on what was skipped or repaired, and writing returns every entry that was changed or left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import StudyError
from analysis.study.formats.dictionary import Dictionary, Notes, beginning, check_size
from analysis.study.formats.losses import Losses, WrittenCodebook

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook

SUFFIXES = (".yml", ".yaml", ".csv", ".tsv", ".dic", ".dicx", ".cat", ".ykd", ".lcd", ".lc3", ".qdc")
WRITTEN = tuple(suffix for suffix in SUFFIXES if suffix not in (".tsv", ".dicx"))
_SIGNATURES = (  # beginnings of files with an unknown suffix
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?CodeBook\b", re.DOTALL), ".qdc"),
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<dictionary\b", re.DOTALL), ".ykd"),
    (re.compile(r"\s*%\s*[\r\n]"), ".dic"),
    (re.compile(r"\s*\+\S"), ".lc3"),
    (re.compile(r"(?:.*\n)?(?:title|themes)\s*:"), ".yml"),
    (re.compile(r"[^\t\n]+\r?\n(?:.*\r?\n)*?\s+\S.*\(\d+\)\s*$", re.MULTILINE), ".cat"),
)


@dataclass(frozen=True)
class ReadCodebook:
    """A codebook from a file, and notes on what was skipped or repaired, one line per kind."""

    codebook: Codebook
    notes: tuple[str, ...]


def read_codebook(path: str | Path) -> ReadCodebook:
    """Read a codebook or a dictionary in any of the formats above.

    Parameters
    ----------
    path : path
        The suffix decides the format. If it is not in the table, the beginning of the file does.

    Returns
    -------
    ReadCodebook
        With the fields `codebook` and `notes`.

    Raises
    ------
    StudyError
        If the file cannot be read, has none of these formats, or has no usable category. The message has the file
        and the line.

    Examples
    --------
    >>> from analysis.study.formats import read_codebook, write_codebook
    >>> written = write_codebook(read_codebook("data/codebook.yml").codebook, "codebook.cat")
    >>> len(read_codebook("codebook.cat").codebook.themes)
    30
    """
    from analysis.study.formats.assemble import codebook_of

    path = Path(path)
    check_size(path)
    notes = Notes()
    found = _reader(_format(path))(path, notes)
    codebook = codebook_of(found, path=path, notes=notes) if isinstance(found, Dictionary) else found
    return ReadCodebook(codebook, notes.lines())


def write_codebook(codebook: Codebook, path: str | Path) -> WrittenCodebook:
    """Write a codebook in the format of the suffix.

    Parameters
    ----------
    codebook : Codebook
    path : path

    Returns
    -------
    WrittenCodebook
        Counts, and every entry that the format cannot represent: in full as `losses` or `table()`, in short as
        `notes`.

    Raises
    ------
    StudyError
        If no format with this suffix can be written, or the format can represent nothing of the codebook.

    Examples
    --------
    >>> from analysis.study.formats import read_codebook, write_codebook
    >>> written = write_codebook(read_codebook("data/codebook.yml").codebook, "codebook.dic")
    >>> bool(written.losses)  # LIWC has neither gaps nor exceptions
    True
    """
    from analysis.files import make_folder, write_file

    path = Path(path)
    losses = Losses()
    content = _writer(path)(codebook, losses)
    if codebook.scope != "theme" and path.suffix.lower() not in (".yml", ".yaml"):
        losses.add("", "scope", codebook.scope, "the format has no field for it")
    if losses.n_terms == 0:
        raise StudyError(
            "this format cannot represent any pattern of the codebook",
            path=path,
            remedy="write .yml, .csv or .qdc, which represent every pattern",
        )
    make_folder(path.parent)
    write_file(path, content)
    n_patterns = sum(len(theme.patterns) for theme in codebook.themes)
    return WrittenCodebook(
        n_themes=len(codebook.themes),
        n_patterns=n_patterns,
        n_exceptions=sum(len(theme.exceptions) for theme in codebook.themes),
        n_terms=n_patterns if losses.n_terms is None else losses.n_terms,
        losses=losses.all(),
    )


def _format(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    head = beginning(path, 4096).decode("utf-8-sig", errors="replace")
    for signature, name in _SIGNATURES:
        if signature.match(head):
            return name
    raise StudyError(
        f"unknown codebook format '{path.suffix}'",
        path=path,
        remedy=f"supported are {', '.join(SUFFIXES)}",
    )


def _reader(suffix: str) -> Callable[[Path, Notes], Dictionary | Codebook]:
    from analysis.study.formats import csv_book, lexicoder, liwc, refi_qda, wordstat, yaml_book, yoshikoder

    return {
        ".yml": yaml_book.read,
        ".yaml": yaml_book.read,
        ".csv": csv_book.read,
        ".tsv": csv_book.read,
        ".dicx": csv_book.read,
        ".dic": liwc.read,
        ".cat": wordstat.read,
        ".ykd": yoshikoder.read,
        ".lcd": yoshikoder.read,
        ".lc3": lexicoder.read,
        ".qdc": refi_qda.read,
    }[suffix]


def _writer(path: Path) -> Callable[[Codebook, Losses], bytes]:
    from analysis.study.formats import csv_book, lexicoder, liwc, refi_qda, wordstat, yaml_book, yoshikoder

    writers = {
        ".yml": yaml_book.write,
        ".yaml": yaml_book.write,
        ".csv": csv_book.write,
        ".dic": liwc.write,
        ".cat": wordstat.write,
        ".ykd": yoshikoder.write_yoshikoder,
        ".lcd": yoshikoder.write_lexicoder,
        ".lc3": lexicoder.write,
        ".qdc": refi_qda.write,
    }
    if path.suffix.lower() not in writers:
        raise StudyError(
            f"codebooks cannot be written as '{path.suffix}'",
            path=path,
            remedy=f"supported are {', '.join(WRITTEN)}",
        )
    return writers[path.suffix.lower()]
