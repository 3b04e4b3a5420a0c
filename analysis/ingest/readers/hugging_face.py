"""Arrow files: datasets that Hugging Face's `datasets` saved to disk, and other tables of Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.ingest.limits import streamed_limit, too_large
from analysis.ingest.readers.parquet import cells_of, size_of
from analysis.ingest.records import Item, Note, Reader, Record, Refusal, UnreadableFile
from analysis.ingest.rows import Row, Rows, row_records

_STATE, _PARTS = "state.json", "dataset_dict.json"
_STREAM = (
    b"\xff\xff\xff\xff"  # a stream of batches, as `datasets` writes it; files with an index begin with ARROW1
)


def read_arrow(path: Path, given: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Read the rows of an .arrow file, batch by batch; they are numbered from 1.

    Of a dataset that Hugging Face's `datasets` saved with `save_to_disk`, give the folder: its files are read one by
    one. The part of a `DatasetDict` (train, test ...) becomes the column `extra_split`, and numbers that stand for
    labels become their names. Columns of pictures, sounds and vectors are left out, with a note.

    Raises
    ------
    UnreadableFile
        The file is not Arrow, is too large for its size, or has no column with the text.
    """
    import pyarrow

    parts = _listed_parts(path)
    if parts and path.name not in parts:
        yield Note(f"not read: {_STATE} does not list the file as a part of the dataset")
        return
    yield from _missing_parts(path, parts)
    try:
        with pyarrow.OSFile(str(path)) as source:
            schema = _opened(source).schema
        names = [field.name for field in schema if not _is_media(field.type)]
        if left_out := [field.name for field in schema if field.name not in set(names)]:
            yield Note(f"columns left out, because they hold no text: {', '.join(left_out)}")
        split = _split(path)
        for item in row_records(names, Rows(lambda: _rows(path, names)), path, given):
            if split and isinstance(item, Record):
                item.others.setdefault("split", split)
            yield item
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"the Arrow file cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="save the dataset again, with save_to_disk",
        ) from None


def _opened(source: Any) -> Any:
    import pyarrow

    start = source.read(len(_STREAM))
    source.seek(0)
    if start == _STREAM:
        return pyarrow.ipc.open_stream(source)
    return pyarrow.ipc.open_file(source)


def _rows(path: Path, names: list[str]) -> Iterator[Row]:
    """Yield the rows of all batches with their numbers.

    Raises
    ------
    UnreadableFile
        Written out, the values need more memory than a file of this size may.
    """
    import pyarrow

    limit = streamed_limit(path.stat().st_size)
    number, size = 0, 0
    with pyarrow.OSFile(str(path)) as source:
        reader = _opened(source)
        labels = _labels(reader.schema)
        stream = isinstance(reader, pyarrow.RecordBatchStreamReader)
        for batch in reader if stream else map(reader.get_batch, range(reader.num_record_batches)):
            batch.validate(full=True)  # offsets of a damaged file may lead out of its memory
            batch = batch.select(names)
            size += sum(map(size_of, batch.columns))
            if size > limit:
                raise too_large(path, limit)
            columns = [
                _named(cells_of(column), labels.get(name, []))
                for name, column in zip(names, batch.columns, strict=True)
            ]
            for row in zip(*columns, strict=True):
                number += 1
                yield str(number), row


def _is_media(kind: Any) -> bool:
    """Whether the values of a column are bytes or vectors, as those of pictures, sounds and embeddings are."""
    from pyarrow import types

    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return types.is_floating(kind.value_type) or _is_media(kind.value_type)
    if types.is_struct(kind):
        return any(_is_media(field.type) for field in kind)
    return types.is_binary(kind) or types.is_large_binary(kind)


def _labels(schema: Any) -> dict[str, list[str]]:
    """Return the names of the labels of columns that have them, from what `datasets` writes into the schema."""
    try:
        about = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))
        features = about["info"]["features"]
        return {
            name: list(map(str, feature["names"]))
            for name, feature in features.items()
            if isinstance(feature, dict) and feature.get("_type") == "ClassLabel"
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _named(cells: list[Any], labels: list[str]) -> list[Any]:
    return (
        [labels[cell] if isinstance(cell, int) and 0 <= cell < len(labels) else cell for cell in cells]
        if labels
        else cells
    )


def _split(path: Path) -> str:
    """Return the part of a `DatasetDict` that a file belongs to; empty if it is not in one."""
    return path.parent.name if (path.parent.parent / _PARTS).exists() else ""


def _listed_parts(path: Path) -> list[str]:
    """Return the names of the files of the dataset, as the file beside them lists them; none if there is no list."""
    try:
        state = json.loads((path.parent / _STATE).read_bytes())
        return [Path(part["filename"]).name for part in state["_data_files"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _missing_parts(path: Path, parts: list[str]) -> Iterator[Refusal]:
    """Yield a refusal for each file of the dataset that is missing, once: with the first file that is there."""
    missing = [part for part in parts if not (path.parent / part).exists()]
    if [part for part in parts if part not in missing][:1] == [path.name]:
        for part in missing:
            detail = f"{_STATE} lists {part!r}, which is missing, so its rows are lost; copy the whole folder"
            yield Refusal(None, "unreadable", detail)


READER = Reader(
    (".arrow",),
    read_arrow,
    has_columns=True,
    is_text=False,
    name="Arrow",
    companions=frozenset({"dataset_info.json", _PARTS, _STATE}),
)
