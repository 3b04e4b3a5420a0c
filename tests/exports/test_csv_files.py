"""Folders of CSV files: complete, documented, and safe to open."""

import io
import json

import pandas as pd
import pytest

from analysis.exports.csv_files import csv_names, write_csv_files
from analysis.exports.reading import CONTRACTS
from analysis.schemas import TABLES
from analysis.spreadsheet import original
from tests.exports.made_up import article, made_tables, theme_hit

FORMULA = '=HYPERLINK("http://example.org")'


def read_csv(files, name):
    return pd.read_csv(
        io.BytesIO(files[f"{name}.csv"]), encoding="utf-8-sig", keep_default_na=False, dtype="str"
    )


def csv_files(tables, folder):
    """Content by file name, and notes."""
    paths, notes = write_csv_files(tables, folder)
    assert {path.name for path in paths} == set(csv_names(tables)) == {path.name for path in folder.iterdir()}
    return {path.name: path.read_bytes() for path in paths}, notes


@pytest.fixture(scope="module")
def exported(bundled, tmp_path_factory):
    return csv_files(bundled, tmp_path_factory.mktemp("csv"))


@pytest.fixture(scope="module")
def files(exported):
    return exported[0]


def test_csv_files_hold_the_tables(files, bundled):
    assert set(files) == {*(f"{n}.csv" for n in CONTRACTS), "data_dictionary.csv", "README.md", "run.json"}
    for name in TABLES:
        frame = getattr(bundled, name)
        read = read_csv(files, name)
        assert len(read) == len(frame)
        for column in frame.select_dtypes(["str", "int64"]):
            assert read[column].map(original).tolist() == frame[column].fillna("").astype("str").tolist()
    assert read_csv(files, "mentions")["p_negative"].astype("float64").tolist() == pytest.approx(
        bundled.mentions["p_negative"].tolist(), abs=0, rel=0, nan_ok=True
    )
    assert json.loads(files["run.json"]) == bundled.run
    assert all(files[f"{name}.csv"].startswith(b"\xef\xbb\xbf") for name in CONTRACTS)


def test_readme_is_a_data_dictionary_without_html(tmp_path):
    text = "Peace, peace."
    tables = made_tables([article(text=text)], themes=[theme_hit("a0", text, 0, 5)])
    tables = tables.with_origin({"note": "<script>alert(1)</script> | [x](http://example.org)"}, None)
    readme = csv_files(tables, tmp_path)[0]["README.md"].decode("utf-8")
    assert "\\<script>" in readme and "\n<" not in readme and "](http" not in readme.replace("\\](", "")
    assert "| theme | text | theme id of the codebook |" in readme
    assert "theme_label" not in readme  # no study, no names


def test_formulas_in_csv_are_marked_and_counted(tmp_path):
    files, notes = csv_files(made_tables([article(title=FORMULA)]), tmp_path)
    assert read_csv(files, "articles")["title"].tolist() == [f"'{FORMULA}"]
    assert next(note for note in notes if "formula" in note).endswith(": 2")  # beside the sentence, too


def test_shards_are_written_one_after_another(exported, in_shards, tmp_path):
    other = csv_files(in_shards, tmp_path)
    assert other[1] == exported[1]
    for name in CONTRACTS:
        rows = [read_csv(files, name) for files, _ in (exported, other)]
        ordered = [frame.sort_values(list(frame), ignore_index=True) for frame in rows]
        pd.testing.assert_frame_equal(*ordered)


def test_an_export_that_fails_leaves_nothing(bundled, tmp_path, monkeypatch):
    def fail(*_):
        raise ValueError("stop")

    monkeypatch.setattr("analysis.exports.csv_files.data_dictionary", fail)
    with pytest.raises(ValueError, match="stop"):
        write_csv_files(bundled.select(bundled.articles["article_id"].head(2)), tmp_path)
    assert not list(tmp_path.iterdir())
