"""Tables on disk: whole, checked, and the same bytes for the same content."""

import csv
import dataclasses

import pandas as pd
import pytest

from analysis.errors import FramingError, ReadError
from analysis.rejects import reject
from analysis.schemas import TABLES
from analysis.tables import Tables, load_tables


def test_saving_and_loading_gives_the_same_tables(bundled, tmp_path):
    loaded = load_tables(bundled.save(tmp_path / "results"))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(bundled, name))
    assert loaded.run == bundled.run
    assert loaded.study.fingerprint() == bundled.study.fingerprint()


def test_saving_twice_gives_the_same_bytes(bundled, tmp_path):
    one, two = bundled.save(tmp_path / "one"), bundled.save(tmp_path / "two")
    files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert files
    for file in files:
        assert (one / file).read_bytes() == (two / file).read_bytes(), file


def test_every_table_keeps_its_contract(bundled):
    bundled.check()


def test_a_value_outside_the_contract_names_table_and_column(bundled):
    quotes = bundled.quotes.assign(kind="hearsay")
    with pytest.raises(FramingError, match=r"'quotes'[\s\S]*kind[\s\S]*hearsay"):
        dataclasses.replace(bundled, quotes=quotes).check()


def test_a_span_that_ends_before_it_starts_is_refused(bundled):
    mentions = bundled.mentions.assign(end=bundled.mentions["start"] - 1)
    with pytest.raises(FramingError, match="start <= end"):
        dataclasses.replace(bundled, mentions=mentions).check()


def test_missing_folder_and_unfinished_folder_are_told_apart(bundled, tmp_path):
    with pytest.raises(ReadError, match="no such results folder"):
        load_tables(tmp_path / "nowhere")
    folder = bundled.save(tmp_path / "results")
    (folder / "themes.parquet").unlink()
    with pytest.raises(ReadError, match=r"themes\.parquet.*--resume"):
        load_tables(folder)


def test_a_file_that_is_no_parquet_is_named(bundled, tmp_path):
    folder = bundled.save(tmp_path / "results")
    (folder / "themes.parquet").write_bytes(b"not a table")
    with pytest.raises(ReadError, match=r"themes\.parquet.*cannot be read"):
        load_tables(folder)


def test_empty_tables_have_the_contract_dtypes(tmp_path):
    empty = Tables.from_rows({}, articles=TABLES["articles"].empty())
    loaded = load_tables(empty.save(tmp_path))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), TABLES[name].empty())


def test_select_keeps_only_what_belongs_to_the_articles(bundled):
    wanted = bundled.articles["article_id"].iloc[:3].tolist()
    chosen = bundled.select(wanted)
    assert chosen.articles["article_id"].tolist() == sorted(wanted)
    assert set(chosen.quotes["article_id"]) <= set(wanted)
    assert set(chosen.quote_spans["quote_id"]) == set(chosen.quotes["quote_id"])


def test_a_rejected_article_is_not_measured_as_well(bundled):
    wanted = bundled.articles["article_id"].iloc[0]
    failed = {"source_file": "x", "article_id": wanted, "reason": "failed", "detail": "why"}
    tables = Tables.from_rows({"rejects": [failed]}, articles=bundled.articles).with_rejects()
    assert wanted not in set(tables.articles["article_id"])
    assert len(tables.articles) == len(bundled.articles) - 1


def test_a_folder_of_an_older_version_says_to_measure_again(bundled, tmp_path):
    folder = bundled.save(tmp_path / "old")
    path = folder / "mentions.parquet"
    pd.read_parquet(path).drop(columns="abstained").to_parquet(path)
    with pytest.raises(FramingError, match=r"(?s)another version.*framing annotate"):
        load_tables(folder)


def test_a_spreadsheet_runs_nothing_of_the_rejects(bundled, tmp_path):
    formula = '=HYPERLINK("http://tracker.example","Open")'
    row = reject(f"{formula}.csv", "empty", "+1", row="2", article_id=formula, title="@SUM(1)")
    tables = Tables.from_rows({"rejects": [row]}, articles=bundled.articles).with_rejects()
    tables.save(tmp_path)
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as file:
        _, cells = csv.reader(file)
    assert [cell[:2] for cell in cells] == ["'=", "2", "'=", "'@", "em", "'+"]
    pd.testing.assert_frame_equal(load_tables(tmp_path).rejects, tables.rejects)
