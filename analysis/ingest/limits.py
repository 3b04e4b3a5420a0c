"""Compressed files: how much they may unpack to, and what damaged ones raise.

A small file that would fill the memory of a machine is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis.ingest.records import Item, UnreadableFile

_ALWAYS_ALLOWED = 20_000_000  # bytes
_MOST_TIMES = 30  # exports shrink to a third to a tenth; texts repeated a thousand times shrink further
_MOST = 2_000_000_000  # bytes
_RECORD = 300  # bytes that a record has at least, unpacked; it takes several times as much memory
VALUES_OF_A_RECORD = 20  # on average, at most; see `check_count`
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What unpacking raises if an archive is damaged, encrypted or compressed in an unknown way."""


def unpacked_limit(packed: int) -> int:
    """Return the number of bytes that a file of `packed` bytes may unpack to.

    Examples
    --------
    >>> unpacked_limit(1_000), unpacked_limit(10_000_000)
    (20000000, 300000000)
    """
    return min(streamed_limit(packed), _MOST)


def streamed_limit(packed: int) -> int:
    """Return the same for a file that is never held in memory as a whole, however large it is."""
    return max(_ALWAYS_ALLOWED, _MOST_TIMES * packed)


def too_large(path: Path, limit: int) -> UnreadableFile:
    """Return the error for a file that unpacks to more than it may."""
    return UnreadableFile(
        f"the file unpacks to more than {limit:,} bytes, the maximum for its size",
        path=path,
        reason="too_large",
        remedy="check where it comes from; unpack it yourself or split it",
    )


def most_records(packed: int) -> int:
    """Return the number of records that a file of `packed` bytes may hold.

    Only records of a few bytes each, which are no articles, come to more.

    Examples
    --------
    >>> most_records(1_000), most_records(10_000_000)
    (66666, 1000000)
    """
    return streamed_limit(packed) // _RECORD


def check_count(path: Path, number: int, what: str = "records", *, each: int = 1) -> None:
    """Raise `UnreadableFile` if a file has more records than it may, or more of something that each may have."""
    limit = most_records(path.stat().st_size) * each
    if number > limit:
        raise UnreadableFile(
            f"the file holds more than {limit:,} {what}, the maximum for its size",
            path=path,
            reason="too_large",
            remedy="check where it comes from; remove empty records or split it",
        )


def at_most(path: Path, items: Iterable[Item]) -> Iterator[Item]:
    """Yield what a reader finds in a file.

    Raises
    ------
    UnreadableFile
        There are more records than a file of its size may have.
    """
    limit = most_records(path.stat().st_size)
    for number, item in enumerate(items, start=1):
        if number > limit:
            check_count(path, number)
        yield item


def check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise `UnreadableFile` if the parts of a Word document or a workbook unpack to more than they may."""
    limit = unpacked_limit(path.stat().st_size)
    if sum(entry.file_size for entry in archive.infolist()) > limit:
        raise too_large(path, limit)
