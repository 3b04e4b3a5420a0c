"""Dictionaries of other programs as codebooks, and codebooks as dictionaries of other programs.

===========  =======================================================  ===========================================
suffix       format                                                   holds
===========  =======================================================  ===========================================
.yml, .yaml  this toolkit's; read: quanteda's, too                    everything
.csv, .tsv   a row per pattern; read: any with themes and words       all but the title
.qdc         REFI-QDA (MAXQDA, ATLAS.ti, NVivo, QualCoder, Taguette)  all but the title; patterns in descriptions
.dic         LIWC 2001 to 2015                                        words, phrases, ``*`` at the end; nesting
.dicx        LIWC-22, read only                                       words, phrases, ``*``
.cat         WordStat                                                 words, phrases, ``*`` and ``?``; nesting
.ykd         Yoshikoder                                               words, phrases, ``*``; nesting; definitions
.lcd         Lexicoder 2                                              words, phrases, ``*``
.lc3         Lexicoder 3                                              words, phrases, ``*``
===========  =======================================================  ===========================================

The id of a theme is the name of its category in every format, except .qdc, where it stands in the description.
Alternatives ``(oil|gas) field`` are written out where a format has none. Nothing is lost silently: reading says in
notes what was skipped or repaired, writing returns every entry that is not in the file as it is in the codebook.
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
_SIGNS = (  # how a file of another suffix begins
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?CodeBook\b", re.DOTALL), ".qdc"),
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<dictionary\b", re.DOTALL), ".ykd"),
    (re.compile(r"\s*%\s*[\r\n]"), ".dic"),
    (re.compile(r"\s*\+\S"), ".lc3"),
    (re.compile(r"(?:.*\n)?(?:title|themes)\s*:"), ".yml"),
    (re.compile(r"[^\t\n]+\r?\n(?:.*\r?\n)*?\s+\S.*\(\d+\)\s*$", re.MULTILINE), ".cat"),
)


@dataclass(frozen=True)
class ReadCodebook:
    """A codebook out of a file, and what was skipped or repaired on the way, one line per kind."""

    codebook: Codebook
    notes: tuple[str, ...]


def read_codebook(path: str | Path) -> ReadCodebook:
    """Read a codebook or a dictionary in any of the formats above.

    Parameters
    ----------
    path : path
        The suffix says the format; where it is none of the above, the beginning of the file does.

    Returns
    -------
    ReadCodebook
        With the fields `codebook` and `notes`.

    Raises
    ------
    StudyError
        The file cannot be read, is none of these formats, or holds no usable category; the message names file and
        line.

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
    """Write a codebook in the format that the suffix says.

    Parameters
    ----------
    codebook : Codebook
    path : path

    Returns
    -------
    WrittenCodebook
        With counts and every entry that the format could not hold: `losses`, in short `notes`, as a `table()`.

    Raises
    ------
    StudyError
        The suffix is none of those written, or nothing of the codebook can be said in the format.

    Examples
    --------
    >>> from analysis.study.formats import read_codebook, write_codebook
    >>> written = write_codebook(read_codebook("data/codebook.yml").codebook, "codebook.dic")
    >>> bool(written.losses)  # LIWC knows neither gaps between words nor exceptions
    True
    """
    from analysis.files import make_folder, write_file

    path = Path(path)
    losses = Losses()
    content = _writer(path)(codebook, losses)
    if codebook.scope != "theme" and path.suffix.lower() not in (".yml", ".yaml"):
        losses.add("", "scope", codebook.scope, "this format has no place for it")
    if losses.n_terms == 0:
        raise StudyError(
            "nothing of the codebook can be said in this format",
            path=path,
            remedy="write .yml, .csv or .qdc, which hold every pattern",
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
    for sign, name in _SIGNS:
        if sign.match(head):
            return name
    raise StudyError(
        f"'{path.suffix}' is no format of dictionaries, and the file does not begin like one",
        path=path,
        remedy=f"read are {', '.join(SUFFIXES)}",
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
            f"no format is written with the suffix '{path.suffix}'",
            path=path,
            remedy=f"written are {', '.join(WRITTEN)}",
        )
    return writers[path.suffix.lower()]
