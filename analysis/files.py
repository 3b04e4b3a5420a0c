"""Write files completely or not at all."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd


def make_folder(folder: str | Path) -> Path:
    """Make an output folder if it is missing.

    Raises
    ------
    FramingError
        The folder cannot be made.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FramingError(
            f"cannot make this output folder: {error.strerror}",
            path=folder,
            remedy="choose another with --out",
        ) from None
    return folder


def in_a_command(path: str | Path) -> str:
    """A path as it is typed in a command: in quotation marks if it contains a space."""
    return f'"{path}"' if " " in str(path) else str(path)


def write_file(path: Path, content: bytes) -> None:
    """Write a file completely or not at all.

    Raises
    ------
    FramingError
        The file cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        with partial.open("xb") as file:  # "x" follows no link that somebody has put there
            file.write(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise FramingError(
            f"cannot be written: {error.strerror}",
            path=path,
            remedy="free some space, or choose another --out, then continue with --resume",
        ) from None


class PartialFiles:
    """Files of a folder that are written piece by piece; see `partial_files`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, BinaryIO] = {}

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, in the order in which they were begun."""
        return tuple(self._folder / name for name in self._open)

    def append(self, name: str, content: bytes) -> None:
        """Add to the end of a file."""
        try:
            self.open(name).write(content)
        except OSError as error:
            raise self._not_written(name, error) from None

    def open(self, name: str) -> BinaryIO:
        """Return a file that is open for writing."""
        if name not in self._open:
            try:
                self._partial(name).unlink(missing_ok=True)
                self._open[name] = self._partial(name).open("xb")
            except OSError as error:
                raise self._not_written(name, error) from None
        return self._open[name]

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Yield a file that is open for writing, and report what the disk refuses as an error of this file."""
        try:
            yield self.open(name)
        except OSError as error:
            raise self._not_written(name, error) from None

    def _not_written(self, name: str, error: OSError) -> FramingError:
        return FramingError(
            f"cannot be written: {error.strerror}",
            path=self._folder / name,
            remedy="free some space, or choose another --out",
        )

    def close(self, *, keep: bool) -> None:
        """Close the files, and give them their names or remove them."""
        for name, file in self._open.items():
            file.close()
            if keep:
                self._partial(name).replace(self._folder / name)
            else:
                self._partial(name).unlink(missing_ok=True)

    def _partial(self, name: str) -> Path:
        return self._folder / f".{name}.partial"


@contextmanager
def partial_files(folder: Path) -> Iterator[PartialFiles]:
    """Write files that are too large for memory; they get their names when all of them are complete.

    Parameters
    ----------
    folder : path
        An existing folder.

    Yields
    ------
    PartialFiles
    """
    files = PartialFiles(folder)
    complete = False
    try:
        yield files
        complete = True
    finally:
        files.close(keep=complete)


class Scratch:
    """A temporary file without a name, which vanishes with this object or this process, however it ends.

    The environment variable TMPDIR says where it is.

    Raises
    ------
    FramingError
        There is not enough space.
    """

    def __init__(self) -> None:
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
        except OSError as error:
            raise _no_space(error) from None
        weakref.finalize(self, self._file.close)

    def append(self, content: bytes) -> tuple[int, int]:
        """Write to the end of the file, and return where it was written: place and size, as `read` needs them."""
        try:
            place = self._file.seek(0, 2)
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise _no_space(error) from None
        return place, len(content)

    def write(self, place: int, content: bytes) -> None:
        """Write over what was written at a place."""
        try:
            self._file.seek(place)
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise _no_space(error) from None

    def read(self, place: int, size: int) -> bytes:
        """Return what was written at a place."""
        self._file.seek(place)
        return self._file.read(size)


def _no_space(error: OSError) -> FramingError:
    return FramingError(
        f"the temporary folder cannot be written to: {error.strerror}",
        path=tempfile.gettempdir(),
        remedy="set the environment variable TMPDIR to a folder with as much free space as the articles need",
    )


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as a Parquet file. The same table always gives the same bytes."""
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(arrow, buffer, compression="zstd", version="2.6")
    return buffer.getvalue()
