"""Small files that unpack to large ones are refused before they fill the memory."""

import gzip
import zipfile

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from analysis.ingest import read
from analysis.ingest.limits import unpacked_limit

LARGE = 21_000_000


def packed_text(path):
    path.write_bytes(gzip.compress(b"a " * (LARGE // 2), 1))


def packed_json(path):
    path.write_bytes(gzip.compress(b'{"text": "' + b"a " * (LARGE // 2) + b'"}', 1))


def workbook(path):
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * LARGE)


def word_document(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * LARGE)


def long_texts(path):
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a b " * 30_000] * 200}), path)


def many_rows(path):
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a b"] * 210_000}), path)


MADE = {
    "a.txt.gz": packed_text,
    "a.jsonl.gz": packed_json,
    "a.xlsx": workbook,
    "a.docx": word_document,
    "a.parquet": long_texts,
    "b.parquet": many_rows,
}


@pytest.mark.parametrize("name", MADE)
def test_a_small_file_that_unpacks_to_a_large_one_is_refused_alone(name, tmp_path):
    MADE[name](tmp_path / name)
    (tmp_path / "good.txt").write_text("The text.", "utf-8")
    reading = read(tmp_path)
    assert reading.articles["article_id"].tolist() == ["good"]
    assert reading.rejects["reason"].tolist() == ["too_large"]
    assert "the maximum for its size" in reading.rejects["detail"][0]


def test_large_exports_may_unpack_as_exports_do():
    assert unpacked_limit(100_000_000) >= 1_000_000_000
