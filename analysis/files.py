"""Write files completely or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as a Parquet file. The same table always gives the same bytes."""
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(arrow, buffer, compression="zstd", version="2.6")
    return buffer.getvalue()
