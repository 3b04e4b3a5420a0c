"""Datasets that Hugging Face's `datasets` saved to disk."""

import json

import pyarrow
import pytest

from analysis.ingest import read
from analysis.ingest.records import UnreadableFile
from benchmarks.made_corpora import arrow
from benchmarks.made_exports import made_articles

MADE = made_articles(6)


def saved(folder, *parts, listed=None):
    """Save a dataset: a file for each part, and the files that describe them."""
    folder.mkdir(parents=True)
    names = [f"data-{n:05}-of-{len(parts):05}.arrow" for n in range(len(parts))]
    for name, articles in zip(names, parts, strict=True):
        (folder / name).write_bytes(arrow(articles).replace(b"row-", b"%03d-" % MADE.index(articles[0])))
    (folder / "dataset_info.json").write_text('{"features": {"text": {"dtype": "string"}}}')
    (folder / "state.json").write_text(
        json.dumps({"_data_files": [{"filename": n} for n in listed or names]})
    )
    return folder


def test_all_parts_are_read_and_the_descriptions_are_neither_articles_nor_rejects(tmp_path):
    reading = read(saved(tmp_path / "d", MADE[:3], MADE[3:]))
    assert sorted(reading.articles["title"]) == sorted(made.title for made in MADE)
    assert reading.rejects.empty and reading.notes == ()
    assert set(reading.articles["extra_label"]) == {"ports", "grain"}


def test_parts_of_a_dataset_dict_have_their_name(tmp_path):
    saved(tmp_path / "d" / "train", MADE[:3])
    saved(tmp_path / "d" / "test", MADE[3:])
    (tmp_path / "d" / "dataset_dict.json").write_text('{"splits": ["train", "test"]}')
    reading = read(tmp_path / "d")
    assert reading.articles["extra_split"].value_counts().to_dict() == {"train": 3, "test": 3}
    assert reading.rejects.empty


def test_a_part_that_is_missing_is_refused_and_a_cache_is_not_read(tmp_path):
    names = ["data-00000-of-00001.arrow", "data-00001-of-00001.arrow"]
    folder = saved(tmp_path / "d", MADE[:3], listed=names)
    (folder / "cache-1.arrow").write_bytes(arrow(MADE[:3]))
    reading = read(folder)
    assert len(reading.articles) == 3
    assert "data-00001-of-00001.arrow" in reading.rejects["detail"].item()
    assert "state.json does not list the file" in reading.notes[0]


def test_files_with_an_index_are_read_and_vectors_are_left_out(tmp_path):
    table = pyarrow.table(
        {"text": ["One.", "Two."], "embedding": [[0.5, 1.0], [0.25, 1.0]], "picture": [{"bytes": b"x"}] * 2}
    )
    with pyarrow.ipc.new_file(str(tmp_path / "a.arrow"), table.schema) as writer:
        writer.write_table(table)
    reading = read(tmp_path / "a.arrow")
    assert sorted(reading.articles["text"]) == ["One.", "Two."]
    assert any(
        "columns left out, because they hold no text: embedding, picture" in note for note in reading.notes
    )


def test_a_file_that_is_cut_off_is_refused(tmp_path):
    data = arrow(MADE)
    for content in (data[: len(data) // 2], b"ARROW1", b"", b"no arrow at all"):
        (tmp_path / "a.arrow").write_bytes(content)
        with pytest.raises(UnreadableFile, match="Arrow file cannot be read"):
            read(tmp_path / "a.arrow")


def test_texts_that_are_kept_once_and_written_often_are_refused(tmp_path):
    text = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 1_000, "int32"), ["words " * 10_000])
    with pyarrow.ipc.new_stream(str(tmp_path / "a.arrow"), pyarrow.schema([("text", text.type)])) as writer:
        writer.write_table(pyarrow.table({"text": text}))
    with pytest.raises(UnreadableFile, match="20,000,000 bytes"):
        read(tmp_path / "a.arrow")
